"""The orders that are compared; each turns scores and the last seven days into what a list is sorted by."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from musubi_engine.exposure import ExposureRule, handicaps, keys_within

Floats: TypeAlias = NDArray[np.float64]

STEP: Final = 0.05
"""Scores within one step count as a tie where ties are drawn by lot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """What happened to each offer in the last seven days; each array is seeds × 1 × offers."""

    shown: Floats
    opened: Floats
    contacts: Floats


class Policy(Protocol):
    """One way to order."""

    def keys(self, scores: Floats, week: Week, ties: Floats, /) -> Floats:
        """What is sorted by, largest first; seeds × visits × offers, like `scores` and `ties` (uniform draws)."""


class ByRelevance:
    """The engine's score alone."""

    def keys(self, scores: Floats, _week: Week, _ties: Floats, /) -> Floats:
        """The scores."""
        return scores


class RandomTies:
    """By score in steps of 0.05, by lot within a step."""

    def keys(self, scores: Floats, _week: Week, ties: Floats, /) -> Floats:
        """The step of the score, then the lot."""
        result: Floats = np.floor(scores / STEP) + ties
        return result


@dataclass(frozen=True, slots=True)
class SmartSort:
    """score ÷ (1 + connections in seven days) ^ β."""

    beta: float

    def keys(self, scores: Floats, week: Week, _ties: Floats, /) -> Floats:
        """The penalised score."""
        result: Floats = scores * (1 + week.contacts) ** -self.beta
        return result


@dataclass(frozen=True, slots=True)
class Fair:
    """The product's own rule (`musubi_engine.exposure`); no offer says to how many it can say yes."""

    rule: ExposureRule

    def keys(self, scores: Floats, week: Week, _ties: Floats, /) -> Floats:
        """What the rule sorts by, within its bound."""
        load = handicaps(shown=week.shown, opened=week.opened, contacts=week.contacts, beta=self.rule.beta)
        offers = scores.shape[-1]
        lists = np.broadcast_to(load, scores.shape).reshape(-1, offers)
        return keys_within(scores.reshape(-1, offers), lists, self.rule.bound).reshape(scores.shape)


SAME_LOSS: Final[Mapping[str, float]] = {
    "J=60, V=900": 0.0579,
    "J=100, V=600": 0.0561,
    "J=300, V=2000": 0.0348,
    "J=300, V=600, weak personalisation": 0.027,
}
"""SmartSort's β, by regime, with which it gives up as much nDCG@10 as ours (`simulate --tune`)."""

KEEPING_CONTACTS: Final[Mapping[str, float]] = {
    "J=60, V=900": 0.035,
    "J=100, V=600": 0.02,
    "J=300, V=2000": 0.02,
    "J=300, V=600, weak personalisation": 0.02,
}
"""The largest β with which SmartSort keeps 99 % of the contacts, by regime (`simulate --tune`)."""

RELEVANCE: Final = "relevance"
SMART_SAME_LOSS: Final = "SmartSort, same loss"
SMART_KEEPING: Final = "SmartSort, 99 % of contacts"
OURS: Final = "ours"


def compared(regime: str) -> dict[str, Policy]:
    """The orders that the report compares in a regime; SmartSort twice, tuned on other seeds."""
    return {
        RELEVANCE: ByRelevance(),
        "random within ties": RandomTies(),
        SMART_SAME_LOSS: SmartSort(SAME_LOSS[regime]),
        SMART_KEEPING: SmartSort(KEEPING_CONTACTS[regime]),
        OURS: Fair(ExposureRule()),
    }
