"""Bounds of the search for teams: which actors can still be in a team, and how good it can be at most."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

_STEP: Final = 0.7
_ROUNDING: Final = 1e-9
# So many of the earlier pools are looked at, and so many of them asked for: each costs a line.
_EARLIER: Final = 12
_ASKED: Final = 3


@dataclass(frozen=True, slots=True)
class Pool:
    """Actors at one time: `gives` (actors × lines, ≥ 0), `targets` (lines, ≥ 1), `scores` (whole, ≥ 0)."""

    gives: Ints
    targets: Ints
    scores: Ints
    own: int | None = None
    """How many of the lines, from the first, are the need's; None: all."""


def without_repeats(pools: Sequence[Pool]) -> list[Pool]:
    """The pools, each later one with lines that only a team meets which is not as good in an earlier pool.

    Positions must mean the same actors in every pool.
    """
    found = []
    for number, pool in enumerate(pools):
        news = [
            _gains(pool, earlier)
            for earlier in pools[: min(number, _EARLIER)]
            if np.array_equal(earlier.targets, pool.targets)
        ]
        news = sorted(news, key=np.count_nonzero)[:_ASKED]
        gives = np.column_stack([np.minimum(pool.gives, pool.targets), *news]).astype(np.int64)
        targets = np.concatenate([pool.targets, np.ones(len(news), dtype=np.int64)])
        found.append(Pool(gives, targets, pool.scores, len(pool.targets)))
    return found


def _gains(pool: Pool, earlier: Pool) -> npt.NDArray[np.bool_]:
    """Who gives more in the pool than in the earlier one of the same targets, or has a better score there."""
    more = np.minimum(pool.gives, pool.targets) > np.minimum(earlier.gives, earlier.targets)
    return np.asarray(more.any(axis=1) | (pool.scores > earlier.scores), dtype=bool)


def prices_of(ranks: Floats, shares: Floats, size: int, prices: Floats, steps: int) -> tuple[Floats, float]:
    """Prices of the lines' rests that bring the bound near its least, and that bound; any ≥ 0 are valid.

    `shares` are gifts as parts of the rest. Stops as soon as the bound is below 0: no team is possible.
    """
    best, least = prices, np.inf
    step = float(ranks.max(initial=1.0))
    for _ in range(steps):
        # Not a product of matrices: those of this size would be spread over threads that wait for each other.
        worth = ranks + np.einsum("ij,j->i", shares, prices)
        chosen = np.argpartition(worth, len(worth) - size)[-size:] if len(worth) > size else slice(None)
        bound = float(worth[chosen].sum() - prices.sum())
        if bound < least:
            best, least = prices, bound
        else:
            step *= _STEP
        over = shares[chosen].sum(axis=0) - 1.0
        length = float(np.sqrt((over * over).sum()))
        if bound < 0 or length == 0:
            break
        prices = np.maximum(0.0, prices - step * over / length)
    return best, least


def possible_members(gifts: Ints, rest: Ints, slots: int, own: int) -> npt.NDArray[np.bool_]:
    """Which actors may be in a team of `slots` that meets the rest: two necessary conditions.

    The first `own` lines are the need's; the second condition is sharper without the others.
    """
    if not len(gifts):
        return np.zeros(0, dtype=bool)
    reaches = (gifts + (slots - 1) * gifts.max(axis=0) >= rest).all(axis=1)
    fractions = (gifts[:, :own] / rest[:own]).sum(axis=1)
    possible = reaches & (fractions + (slots - 1) * fractions.max() >= own - _ROUNDING)
    return np.asarray(possible, dtype=bool)


def possible_after(
    gifts: Ints, first: npt.NDArray[np.intp], rest: Ints, slots: int, own: int
) -> npt.NDArray[np.bool_]:
    """`first` × actors: who may be among the `slots` that follow each of the first, by the second condition."""
    left = (rest - gifts[first])[:, :own].astype(np.float64)
    # Where nothing is left of the line, nobody has a part in it.
    part = 1.0 / np.maximum(left, 1.0)
    fractions = np.zeros((len(first), len(gifts)))
    taken = np.empty_like(fractions)
    for line, given in enumerate(gifts[:, :own].T.astype(np.float64)):
        np.minimum(given, left[:, line, None], out=taken)
        taken *= part[:, line, None]
        fractions += taken
    asked = (left > 0).sum(axis=1)
    enough = fractions + (slots - 1) * fractions.max(axis=1, keepdims=True) >= asked[:, None] - _ROUNDING
    return np.asarray(enough, dtype=bool)


def sum_of_largest(values: Floats, number: int) -> float:
    if len(values) > number:
        values = np.partition(values, len(values) - number)[len(values) - number :]
    return float(values.sum())
