"""Only what is published can be matched; a reserved listing is already being arranged."""

from musubi_engine.labels import SIDES, STATES
from musubi_engine.types import Blocker, Listing


def check(need: Listing, offer: Listing, /) -> Blocker | None:
    """Rule out a listing that is not open to others now."""
    for listing in (need, offer):
        if listing.state != "published":
            side = SIDES.get(listing.side, listing.side)
            return Blocker(
                rule="state",
                sentence=f"この{side}は「{STATES.get(listing.state, listing.state)}」です。",
                change=f"{side}が公開中になれば、候補になります。",
            )
    return None
