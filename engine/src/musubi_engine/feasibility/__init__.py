"""Hard rules, one file each: what breaks one is never shown, and can be asked for (why_not)."""

from typing import Final

from musubi_engine.feasibility import (
    area,
    capacity,
    conditions,
    declined,
    own,
    resources,
    sides,
    state,
    time,
)
from musubi_engine.feasibility.base import Obstacle, Rule, told
from musubi_engine.types import Blocker, Listing

# In the order a person would ask; the cheap ones stand first where that does no harm.
RULES: Final[tuple[Rule, ...]] = (
    sides.check,
    state.check,
    own.check,
    declined.check,
    resources.check,
    area.check,
    conditions.check,
    capacity.check,
    time.check,
)
# For a wider view: an offer of something else may still stand beside what was asked for.
RULES_BESIDE: Final = tuple(rule for rule in RULES if rule is not resources.check)


def blockers(need: Listing, offer: Listing) -> tuple[Blocker, ...]:
    """Every hard rule that the pair breaks, in the order of `RULES`; empty when it is feasible.

    Only a blocker that stands alone says that its change would make the pair a candidate.
    """
    found = obstacles(need, offer)
    return tuple(told(obstacle, alone=len(found) == 1) for obstacle in found)


def obstacles(need: Listing, offer: Listing) -> tuple[Obstacle, ...]:
    """What the broken rules find in the way, before it is put into a sentence for a person."""
    found = (rule(need, offer) for rule in RULES)
    return tuple(obstacle for obstacle in found if obstacle is not None)


def feasible(need: Listing, offer: Listing, *, beside: bool = False) -> bool:
    """Whether no hard rule rules the pair out; `beside` also admits offers of nothing asked for."""
    for rule in RULES_BESIDE if beside else RULES:  # noqa: SIM110 (half the time of all(): thousands of pairs)
        if rule(need, offer) is not None:
            return False
    return True
