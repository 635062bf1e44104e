"""Bounds of the search for teams: which actors can still be in a team, and how good it can be at most."""

from typing import Final

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

_STEP: Final = 0.7


def prices_of(ranks: Floats, shares: Floats, size: int, prices: Floats, steps: int) -> tuple[Floats, float]:
    """Prices of the lines' rests that bring the bound near its least, and that bound; any ≥ 0 are valid.

    `shares` are gifts as parts of the rest. Stops as soon as the bound is below 0: no team is possible.
    """
    best, least = prices, np.inf
    step = float(ranks.max(initial=1.0))
    for _ in range(steps):
        worth = ranks + shares @ prices
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


def possible_members(gifts: Ints, rest: Ints, slots: int) -> npt.NDArray[np.bool_]:
    """Which actors may be in a team of `slots` that meets the rest: two necessary conditions."""
    if not len(gifts):
        return np.zeros(0, dtype=bool)
    reaches = (gifts + (slots - 1) * gifts.max(axis=0) >= rest).all(axis=1)
    fractions = (gifts / rest).sum(axis=1)
    possible = reaches & (fractions + (slots - 1) * fractions.max() >= len(rest) - 1e-9)
    return np.asarray(possible, dtype=bool)


def sum_of_largest(values: Floats, number: int) -> float:
    if len(values) > number:
        values = np.partition(values, len(values) - number)[len(values) - number :]
    return float(values.sum())
