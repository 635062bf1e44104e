"""What groups of single terms cannot say: words with synonyms, words that must not occur, given keys."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from musubi_engine.index.query import Plan
from musubi_engine.index.store import Block


def narrowed(block: Block, positions: NDArray[np.int64], plan: Plan) -> NDArray[np.int64]:
    """Those of some positions (ascending) that the rest of the plan lets through."""
    if plan.only is not None and len(positions):
        wanted = np.fromiter(plan.only, np.int64, len(plan.only))
        positions = positions[np.isin(block.keys[positions], wanted)]
    for choice in plan.choices:
        if not len(positions):
            return positions
        met = np.zeros(len(positions), bool)
        for terms in choice:
            met |= _has_all(block, positions, terms)
        positions = positions[met]
    for terms in plan.excluded:
        if not len(positions):
            return positions
        positions = positions[~_has_all(block, positions, terms)]
    return positions


def _has_all(block: Block, positions: NDArray[np.int64], terms: Sequence[int]) -> NDArray[np.bool_]:
    """bool[n]: which of the positions have every term."""
    met = np.ones(len(positions), bool)
    for term in terms:
        posting = block.postings.get(term)
        if posting is None:
            return np.zeros(len(positions), bool)
        table = np.zeros(len(block.keys), bool)
        table[posting.positions] = True
        met &= table[positions]
    return met
