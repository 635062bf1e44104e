"""Okapi BM25 (Robertson and Zaragoza 2009, §3.4), with the idf that is never negative."""

import math

import numpy as np
from numpy.typing import NDArray

K1 = 1.2
B = 0.75


def idf(size: int, frequency: int) -> float:
    """Weight of a term that `frequency` of `size` documents have."""
    return math.log1p((size - frequency + 0.5) / (frequency + 0.5))


def length_norms(lengths: NDArray[np.int32], average: float) -> NDArray[np.float64]:
    """float64[n]: k1 · (1 − b + b · length / average)."""
    return K1 * (1 - B + B * (lengths / average))


def saturate(counts: NDArray[np.uint8], norms: NDArray[np.float64]) -> NDArray[np.float64]:
    """float64[n]: count · (k1 + 1) / (count + norm); 0 where the count is 0."""
    return counts * (K1 + 1) / (counts + norms)
