"""The best documents for some terms, without counting or ordering the others: exact BM25, as in a search.

No page asks this by itself: it is the question on which indexes are compared (`bench speed`, beside Tantivy), made of
the same parts as searches and candidates.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from musubi_engine.index.scoring import average_length, largest, occurrences, page_of, term_weights
from musubi_engine.index.store import PostingStore


@dataclass(frozen=True, slots=True)
class Best:
    """Keys and scores, best first, ties the later first."""

    keys: tuple[int, ...]
    scores: tuple[float, ...]


def best_for(store: PostingStore, partitions: Sequence[int], terms: Sequence[int], limit: int) -> Best:
    """The documents that have any of these terms, at most `limit`. O(postings). ValueError for a negative limit."""
    if limit < 0:
        message = "limit counts from 0."
        raise ValueError(message)
    wanted = sorted(set(terms))
    if not wanted or not limit:
        return Best((), ())
    snapshot = store.read(partitions, wanted)
    weights, average = term_weights(snapshot, wanted), average_length(snapshot)
    keys: NDArray[np.int64] = np.empty(0, np.int64)
    scores: NDArray[np.float64] = np.empty(0)
    for block in snapshot.blocks:
        found = occurrences(block, wanted, weights, average, block.alive)
        sums = np.bincount(found.positions, found.gains, len(block.keys)).astype(np.float64, copy=False)
        positions = largest(sums, limit) if len(sums) > limit else np.arange(len(sums))
        positions = positions[sums[positions] > 0]
        keys, scores = (
            np.concatenate([keys, block.keys[positions]]),
            np.concatenate([scores, sums[positions]]),
        )
        best = page_of(keys, scores, limit, 0)
        keys, scores = keys[best], scores[best]
    return Best(tuple(keys.tolist()), tuple(scores.tolist()))
