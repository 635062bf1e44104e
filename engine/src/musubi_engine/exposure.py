"""Who was found this week stands a little lower, who was not seen a little higher, within a bound.

The rule: offers stand by score ÷ (shown × found) ^ (β × known), where, counted over seven days,
shown = 1 + times shown ÷ 20, found = 1 + 5 × min(1, contacts ÷ openings), and known = (share of the list that
anybody opened or contacted) ^ 0.7: of a list about which little is known, little is moved. Contacts count
however people came; opening by a direct link counts as opening. An offer that does not say to how many it
can say yes counts as the median of those in the list that do. Where the full rule would cost a list L of its own
nDCG@10, β is divided by 1 + L ÷ (1.5 bound), and lowered further until the loss is at most `bound`:
so no list loses more. Equal values stand by score, then load, then ref.

Sources: SmartSort (Manshadi, Rodilitz, Saban, Suresh 2023: the score falls with each recent connection; its
formula is not public, the exponent β is our reading) and les-emplois (recent applications ÷ openings).
Compared with them by `musubi-engine simulate`; docs/matching.md §5 has the figures.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from musubi_engine.telling import NOTHING, Sentence, pattern, say

Floats: TypeAlias = NDArray[np.float64]

DAYS: Final = 7
"""The days a load looks back on, today included."""
DEPTH: Final = 10
"""The places that the bound protects: nDCG@10 with the engine's scores as gains."""
MOST_BETA: Final = 1.0
MOST_BOUND: Final = 0.2

SHOWN_FOR_ONE: Final = 20.0
FOUND: Final = 5.0
KNOWN: Final = 0.7
SOFT: Final = 1.5
_HALVINGS = 12
# Nothing has no logarithm; what scores below counts as this.
_LEAST = 1e-9
_DECIMALS = 9
_DISCOUNTS: Floats = 1 / np.log2(2 + np.arange(DEPTH))

LOWERED: Final = pattern("この7日間に%(number)s件の話が届いているため、少し下げています。")
SHOWN: Final = pattern("この7日間に%(number)s回表示されているため、少し下げています。")
RAISED: Final = pattern("この一週間だれも開いていない提供なので、少し上げています。")
SEEN_LESS: Final = pattern("ほかの提供より表示や紹介が少ないため、少し上げています。")


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """What became of one offer in the last seven days; `openings`: to how many more it can say yes, if it says."""

    shown: int = 0
    opened: int = 0
    contacted: int = 0
    openings: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExposureRule:
    """How strongly load counts (`beta`, 0 = not at all) and the share of a list's nDCG@10 it may cost (`bound`)."""

    beta: float = 0.13
    bound: float = 0.02

    def __post_init__(self) -> None:
        """Raises ValueError outside 0 ≤ beta ≤ 1 and 0 ≤ bound ≤ 0.2."""
        if not 0 <= self.beta <= MOST_BETA:
            raise ValueError(f"beta must be between 0 and {MOST_BETA}: {self.beta}")
        if not 0 <= self.bound <= MOST_BOUND:
            raise ValueError(f"bound must be between 0 and {MOST_BOUND}: {self.bound}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """One offer in the fair order; places count from 0, `sentence` is empty where it was not moved."""

    ref: str
    score: float
    place: int
    by_score: int
    sentence: str = ""


def fair_order(
    scores: Mapping[str, float], ledger: Mapping[str, Exposure], rule: ExposureRule
) -> list[Placed]:
    """The offers of one list, best first: `scores` (0..1) and `ledger` by ref; who is not in the ledger is new.

    The order's nDCG@10, with the scores as gains, is at least 1 − `rule.bound`.
    """
    refs = sorted(scores)
    if not refs:
        return []
    gains = np.array([[scores[ref] for ref in refs]], dtype=np.float64)
    seen = [ledger.get(ref, Exposure()) for ref in refs]
    load = handicaps(
        shown=np.array([[each.shown for each in seen]], dtype=np.float64),
        opened=np.array([[each.opened for each in seen]], dtype=np.float64),
        contacts=np.array([[each.contacted for each in seen]], dtype=np.float64),
        openings=np.array([_openings(seen)]),
        beta=rule.beta,
    )
    keys = np.round(keys_within(gains, load, rule.bound), _DECIMALS)[0]
    fair = sorted(range(len(refs)), key=lambda at: (-keys[at], -gains[0, at], load[0, at], refs[at]))
    by_score = sorted(range(len(refs)), key=lambda at: (-gains[0, at], refs[at]))
    before = {at: place for place, at in enumerate(by_score)}
    return [
        Placed(
            ref=refs[at],
            score=scores[refs[at]],
            place=place,
            by_score=before[at],
            sentence=_sentence(seen[at], place - before[at]),
        )
        for place, at in enumerate(fair)
    ]


def handicaps(
    *, shown: Floats, opened: Floats, contacts: Floats, openings: Floats | float = 1.0, beta: float
) -> Floats:
    """By how much the logarithm of each score falls; lists × offers, counts of the last seven days."""
    known = np.mean((opened > 0) | (contacts > 0), axis=-1, keepdims=True) ** KNOWN
    load = np.log1p(shown / SHOWN_FOR_ONE) + np.log1p(FOUND * np.minimum(1.0, contacts / openings))
    result: Floats = beta * known * load
    return result


def keys_within(scores: Floats, load: Floats, bound: float) -> Floats:
    """What each list is sorted by, largest first, so that its loss is at most `bound`; lists × offers."""
    logs = np.log(np.maximum(scores, _LEAST))
    best = _gain(scores, first_places(scores))
    loss = _loss(scores, logs - load, best)
    spent = SOFT * bound
    share = np.where(loss > 0, spent / np.maximum(spent + loss, _LEAST), 1.0)
    excess = np.flatnonzero(_loss(scores, logs - share[:, None] * load, best) > bound)
    if excess.size:
        low, high = np.zeros(excess.size), share[excess]
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            keys = logs[excess] - middle[:, None] * load[excess]
            over = _loss(scores[excess], keys, best[excess]) > bound
            low, high = np.where(over, low, middle), np.where(over, middle, high)
        share[excess] = low
    result: Floats = logs - share[:, None] * load
    return result


def first_places(keys: Floats) -> NDArray[np.intp]:
    """Which offers stand in the first ten places of each list; lists × min(10, offers)."""
    depth = min(DEPTH, keys.shape[-1])
    if depth == keys.shape[-1]:
        return np.argsort(-keys, axis=-1)
    first = np.argpartition(-keys, depth - 1, axis=-1)[:, :depth]
    within = np.argsort(-np.take_along_axis(keys, first, axis=-1), axis=-1)
    return np.take_along_axis(first, within, axis=-1)


def _loss(scores: Floats, keys: Floats, best: Floats) -> Floats:
    reached = _gain(scores, first_places(keys))
    result: Floats = np.where(best > 0, 1 - reached / np.where(best > 0, best, 1.0), 0.0)
    return result


def _gain(scores: Floats, places: NDArray[np.intp]) -> Floats:
    result: Floats = np.take_along_axis(scores, places, axis=-1) @ _DISCOUNTS[: places.shape[-1]]
    return result


def _openings(seen: Sequence[Exposure]) -> list[float]:
    """How many each can say yes to; silence counts as the median, so that it neither helps nor harms."""
    said = [each.openings for each in seen if each.openings is not None]
    usual = float(max(1, median(said))) if said else 1.0
    return [usual if each.openings is None else float(max(1, each.openings)) for each in seen]


def _sentence(seen: Exposure, moved: int) -> Sentence:
    """Why it was moved by so many places (down is positive); who falls was shown or contacted, and how often is told."""
    if moved > 0:
        return say(LOWERED, number=seen.contacted) if seen.contacted else say(SHOWN, number=seen.shown)
    if moved < 0:
        return say(SEEN_LESS if seen.opened or seen.contacted else RAISED)
    return NOTHING
