"""Why an offer is not among a need's candidates."""

from musubi_engine.feasibility import blockers
from musubi_engine.types import Blocker, Listing


def why_not(need: Listing, offer: Listing) -> tuple[Blocker, ...]:
    """Each hard rule the pair breaks with what would have to change.

    Empty when nothing forbids the pair: then it only stands further down the list.
    """
    return blockers(need, offer)
