"""Which values are the largest, whatever their number and however many of them are equal; lengths in two bytes."""

import numpy as np
import pytest
from numpy.typing import NDArray

from musubi_engine.index import bm25, short
from musubi_engine.index.scoring import largest

SIZES = (50, 1_024, 16_384, 16_385, 20_011, 70_000, 262_144)
"""Up to 16,384 all are compared; above only runs that hold one of the best, and those after the last whole run."""


def by_sorting(values: NDArray[np.generic], n: int) -> list[int]:
    """The same by ordering everything."""
    return np.flatnonzero(values >= np.sort(values)[-n]).tolist()


@pytest.mark.parametrize("size", SIZES)
def test_the_largest_are_those_of_sorting_everything(size: int) -> None:
    chance = np.random.default_rng(size)
    few_scores = np.where(chance.random(size) < 0.01, chance.random(size), 0.0)
    shapes = {
        "all different": chance.random(size),
        "mostly nothing": few_scores,
        "many equal": chance.integers(0, 7, size).astype(float),
        "all equal": np.zeros(size),
        "rising": np.arange(size),
        "falling": np.arange(size)[::-1].copy(),
        "the best at the end": np.where(np.arange(size) >= size - 5, 2.0, few_scores),
    }
    for name, values in shapes.items():
        for n in (1, 10, 50):
            assert largest(values, n).tolist() == by_sorting(values, n), (name, n)
        assert largest(values, size).tolist() == list(range(size)), name


@pytest.mark.parametrize("longest", [0xFFFF, 0x10000])
def test_lengths_are_kept_in_two_bytes_where_they_fit_and_score_to_the_same_bit(longest: int) -> None:
    lengths = np.array([1, 115, 300, longest], np.int32)
    kept = short(lengths)
    assert kept.dtype == (np.uint16 if longest <= 0xFFFF else np.int32)
    assert kept.tolist() == lengths.tolist()
    counts = np.array([1, 2, 3, 255], np.uint8)
    for times in (1, 200_000):  # worked out one by one, and by a table
        few, many = np.tile(counts, times), np.tile(lengths, times)
        found = bm25.saturation(few, short(many), 120.5)
        assert found.dtype == np.float64
        assert found.tobytes() == bm25.saturation(few, many, 120.5).tobytes()
    assert short(np.empty(0, np.int32)).tolist() == []
