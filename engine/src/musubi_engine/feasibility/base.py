"""What the rules share: which resources of an offer are in question for a need."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from musubi_engine.telling import NOTHING, Sentence, say
from musubi_engine.types import Blocker, Listing


@dataclass(frozen=True, slots=True, kw_only=True)
class InWords:
    """An obstacle for a person.

    `change` is what would have to happen, in the dictionary form of the verb without a full
    stop, so that it can be promised or only demanded; `advice` is said instead of both.
    """

    sentence: Sentence
    change: Sentence = NOTHING
    advice: Sentence = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """What a rule finds in the way; `tell` puts it into words, which of thousands of pairs nobody asks for."""

    rule: str
    tell: Callable[[], InWords]


class Rule(Protocol):
    """A hard rule: an obstacle when it rules the pair out, at most one for each call."""

    def __call__(self, need: Listing, offer: Listing, /) -> Obstacle | None:
        """Judge one need and one offer."""


def told(obstacle: Obstacle, *, alone: bool) -> Blocker:
    """The obstacle for a person; only one that stands alone promises anything."""
    words = obstacle.tell()
    if words.advice:
        change = words.advice
    elif alone:
        change = say("%(change)sと、候補になります。", change=words.change)
    else:
        change = say("%(change)s必要があります。", change=words.change)
    return Blocker(rule=obstacle.rule, sentence=words.sentence, change=change)


def resources_in_question(need: Listing, offer: Listing) -> frozenset[str]:
    """What of the offer the need would take: the shared resources, else all that is offered."""
    return (need.resources & offer.resources) or offer.resources
