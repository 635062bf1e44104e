"""Weights from judged grades, and what they are worth on needs they have not seen.

A pairwise logistic regression with the signs of the signals kept: of two offers for one need the
one with the higher grade should score higher, and a pair counts by what swapping it would change
in nDCG (Burges 2010, LambdaRank), re-weighted a few times. No chance enters but the folds' seed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from musubi_engine.weights import Weights

NAMES: Final = tuple(field.name for field in fields(Weights))
_SCALE: Final = 6.0
_RIDGE: Final = 0.001
_ROUNDS: Final = 3
_CUT: Final = 10
# Beyond the first ten, order still matters, half as much: it is what Recall@50 counts.
_BELOW: Final = 1.0

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Judged:
    """The feasible offers of one need: signal values (offers, signals), grades, refs."""

    values: Floats
    grades: NDArray[np.int64]
    refs: tuple[str, ...]


def fit(needs: Sequence[Judged], start: Weights) -> Weights:
    """Weights fitted to the needs, cautions below 0 and evidence above, as large in all as `start`.

    Without a need to learn from, `start` itself.
    """
    if not needs:
        return start
    signs = np.array([getattr(start, name) for name in NAMES])
    bounds = [(0.0, None) if sign >= 0 else (None, 0.0) for sign in signs]
    pairs = [_pairs(need) for need in needs]
    differences = np.vstack(
        [need.values[better] - need.values[worse] for need, (better, worse) in zip(needs, pairs, strict=True)]
    )
    weights = signs.astype(np.float64)
    for _ in range(_ROUNDS):
        counts = np.concatenate(
            [
                _stakes(need, better, worse, weights)
                for need, (better, worse) in zip(needs, pairs, strict=True)
            ]
        )
        weights = _solve(differences, counts / counts.sum(), weights, bounds)
    size = np.abs(signs).sum() / max(float(np.abs(weights).sum()), 1e-9)
    return Weights(**{name: float(value * size) for name, value in zip(NAMES, weights, strict=True)})


def order(need: Judged, weights: Weights) -> list[str]:
    """The need's offers by these weights, best first, ties by ref."""
    scores = need.values @ np.array([getattr(weights, name) for name in NAMES])
    return [ref for _, ref in sorted(zip((-np.round(scores, 9)).tolist(), need.refs, strict=True))]


def folds(refs: Sequence[str], number: int, seed: int) -> list[list[str]]:
    """The refs in `number` parts of nearly equal size, dealt out by the seed."""
    mixed = np.random.default_rng(seed).permutation(len(refs))
    return [[refs[index] for index in mixed[part::number]] for part in range(number)]


def interval(values: Sequence[float], seed: int, draws: int = 2000) -> tuple[float, float]:
    """The bootstrap 95 % interval of the mean, by drawing needs with replacement."""
    known = np.array(values)
    drawn = np.random.default_rng(seed).integers(0, len(known), (draws, len(known)))
    low, high = np.quantile(known[drawn].mean(axis=1), (0.025, 0.975))
    return float(low), float(high)


def _pairs(need: Judged) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    better, worse = np.nonzero(need.grades[:, None] > need.grades[None, :])
    return better, worse


def _stakes(need: Judged, better: NDArray[np.int64], worse: NDArray[np.int64], weights: Floats) -> Floats:
    """What swapping each pair would change in the need's nDCG, in its present order."""
    scores = need.values @ weights
    places = np.empty(len(scores))
    places[np.argsort(-scores, kind="stable")] = np.arange(len(scores))
    discounts = np.where(places < _CUT, 1.0, 0.0) / np.log2(places + 2) + _BELOW / np.log2(places + 2)
    ideal = np.sort(need.grades)[::-1][:_CUT]
    best = float((ideal / np.log2(np.arange(len(ideal)) + 2)).sum()) or 1.0
    gain = (need.grades[better] - need.grades[worse]).astype(np.float64)
    stakes: Floats = gain * np.abs(discounts[better] - discounts[worse]) / best
    return stakes


def _solve(
    differences: Floats, counts: Floats, start: Floats, bounds: Sequence[tuple[float | None, float | None]]
) -> Floats:
    def loss(weights: Floats) -> tuple[float, Floats]:
        margin = np.clip(_SCALE * (differences @ weights), -50, 50)
        wrong = -1 / (1 + np.exp(margin))
        value = float((counts * np.logaddexp(0, -margin)).sum() + _RIDGE * (weights**2).sum())
        return value, _SCALE * (differences.T @ (counts * wrong)) + 2 * _RIDGE * weights

    found = minimize(loss, start, jac=True, bounds=bounds, method="L-BFGS-B", options={"maxiter": 150})
    solved: Floats = found.x
    return solved


def mean_by_need(values: Mapping[str, float]) -> float:
    """The mean over needs, 0 without any."""
    return sum(values.values()) / len(values) if values else 0.0
