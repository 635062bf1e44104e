"""Nobody is introduced to themselves."""

from musubi_engine.types import Blocker, Listing


def check(need: Listing, offer: Listing, /) -> Blocker | None:
    """Rule out two listings of one actor."""
    if need.actor != offer.actor:
        return None
    return Blocker(
        rule="own",
        sentence="ニーズと提供が同じ主体のものです。",
        change="ほかの主体の提供を選んでください。",
    )
