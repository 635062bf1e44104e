"""Okapi BM25 (Robertson and Zaragoza 2009, §3.4), with the idf that is never negative."""

import math

import numpy as np
from numpy.typing import NDArray

K1 = 1.2
B = 0.75
_WORTH_A_TABLE = 2  # occurrences to an entry


def idf(size: int, frequency: int) -> float:
    """Weight of a term that `frequency` of `size` documents have."""
    return math.log1p((size - frequency + 0.5) / (frequency + 0.5))


def length_norms(lengths: NDArray[np.integer], average: float) -> NDArray[np.float64]:
    """float64[n]: k1 · (1 − b + b · length / average)."""
    return K1 * (1 - B + B * (lengths.astype(np.float64) / average))


def saturate(counts: NDArray[np.uint8], norms: NDArray[np.float64]) -> NDArray[np.float64]:
    """float64[n]: count · (k1 + 1) / (count + norm); 0 where the count is 0."""
    return counts * (K1 + 1) / (counts + norms)


def saturation(
    counts: NDArray[np.uint8], lengths: NDArray[np.integer], average: float
) -> NDArray[np.float64]:
    """float64[n]: `saturate` of n occurrences in documents of n lengths, to the same bit.

    Many occurrences share few counts and lengths: each pair is then worked out once and looked up.
    """
    if not len(counts):
        return np.empty(0)
    width = int(lengths.max()) + 1
    height = int(counts.max()) + 1
    if width * height * _WORTH_A_TABLE > len(counts):
        return saturate(counts, length_norms(lengths, average))
    norms = length_norms(np.arange(width, dtype=np.int32), average)
    table = saturate(np.arange(height, dtype=np.uint8)[:, None], norms).ravel()
    places = counts.astype(np.int32)
    places *= width
    places += lengths
    found: NDArray[np.float64] = table.take(places)
    return found
