"""Only what is published can be matched; a reserved listing is already being arranged."""

from musubi_engine.feasibility.base import Obstacle
from musubi_engine.labels import SIDES, STATES
from musubi_engine.types import Listing


def check(need: Listing, offer: Listing, /) -> Obstacle | None:
    """Rule out listings that are not open to others now."""
    if need.state == offer.state == "published":
        return None
    closed = [listing for listing in (need, offer) if listing.state != "published"]
    names = [SIDES.get(listing.side, listing.side) for listing in closed]
    states = "、".join(
        f"この{name}は「{STATES.get(listing.state, listing.state)}」"
        for name, listing in zip(names, closed, strict=True)
    )
    return Obstacle(rule="state", sentence=f"{states}です。", change=f"{'と'.join(names)}が公開中になる")
