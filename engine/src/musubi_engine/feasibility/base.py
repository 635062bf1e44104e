"""What the rules share: which resources of an offer are in question for a need."""

from functools import lru_cache
from typing import Protocol

from musubi_engine.types import Blocker, Listing


class Rule(Protocol):
    """A hard rule: a blocker when it rules the pair out."""

    def __call__(self, need: Listing, offer: Listing, /) -> Blocker | None:
        """Judge one need and one offer."""


@lru_cache(maxsize=4096)
def _resources(kinds: tuple[str, ...]) -> frozenset[str]:
    return frozenset(kinds)


def resources_of(listing: Listing) -> frozenset[str]:
    """The listing's resources; the same few sets are asked for thousands of pairs."""
    return _resources(tuple(line.resource for line in listing.lines))


def resources_in_question(need: Listing, offer: Listing) -> frozenset[str]:
    """What of the offer the need would take: the shared resources, else all that is offered."""
    offered = resources_of(offer)
    return (resources_of(need) & offered) or offered
