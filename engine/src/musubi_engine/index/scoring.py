"""BM25 over the blocks of a snapshot, at the statistics of its moment.

A document's score adds its terms in the order of their hashes, so it is the same to the last bit
however the documents are spread over segments.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from musubi_engine.index import bm25
from musubi_engine.index.documents import MOST_COUNTS
from musubi_engine.index.packing import Posting
from musubi_engine.index.store import Block, Snapshot
from musubi_engine.text import term_hash

_RUNS = 1024  # of values, among whose largest a floor is looked for
_FEW = 16 * _RUNS
_MANY = 4  # from a quarter of the runs on, all values are compared as fast


def term_weights(snapshot: Snapshot, terms: Sequence[int]) -> dict[int, float]:
    """Term -> its idf at the snapshot's moment, the dead not counted."""
    frequency = dict.fromkeys(terms, 0)
    for block in snapshot.blocks:
        dead = None if block.alive is None else np.flatnonzero(~block.alive)
        for term in terms:
            if (posting := block.postings.get(term)) is not None:
                frequency[term] += _number_alive(posting, block.alive, dead)
    return {term: bm25.idf(snapshot.size, number) for term, number in frequency.items()}


def _number_alive(posting: Posting, alive: NDArray[np.bool_] | None, dead: NDArray[np.intp] | None) -> int:
    """How many of a posting live, by looking for the fewer: its documents, or the dead."""
    if alive is None or dead is None:
        return len(posting.positions)
    if len(dead) > len(posting.positions):
        return int(np.count_nonzero(alive.take(posting.positions)))
    return len(posting.positions) - int(np.count_nonzero(locate(posting, dead)[1]))


def average_length(snapshot: Snapshot) -> float:
    """Of the living documents, in weighted tokens; 1.0 where all are empty."""
    return snapshot.total_length / snapshot.size if snapshot.total_length else 1.0


def locate(posting: Posting, positions: NDArray[np.integer]) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """Where each position would stand in a posting, and whether it does. A posting is never empty."""
    sought = positions.astype(posting.positions.dtype)
    at = np.minimum(np.searchsorted(posting.positions, sought), len(posting.positions) - 1)
    return at, posting.positions[at] == sought


def scores_at(
    block: Block,
    positions: NDArray[np.integer],
    scored: Sequence[int],
    weights: Mapping[int, float],
    average: float,
) -> NDArray[np.float64]:
    """float64[n]: scores of n positions, term by term; `scored` ascending."""
    scores = np.zeros(len(positions))
    if not len(positions) or not scored:
        return scores
    norms = bm25.length_norms(block.lengths[positions], average)
    sought = positions.astype(np.int64)
    for term in scored:
        posting = block.postings.get(term)
        if posting is None:
            continue
        at, hit = locate(posting, sought)
        counts = np.where(hit, posting.counts[at], 0).astype(np.uint8)
        scores += weights[term] * bm25.saturate(counts, norms)
    return scores


@dataclass(frozen=True, slots=True, eq=False)
class Occurrences:
    """Where some terms occur in a block: `positions` intp[n] term by term, and what each adds to a score."""

    positions: NDArray[np.intp]
    gains: NDArray[np.float64]


def occurrences(
    block: Block,
    scored: Sequence[int],
    weights: Mapping[int, float],
    average: float,
    mask: NDArray[np.bool_] | None = None,
) -> Occurrences:
    """All occurrences of some terms, in the order of `scored`, where the mask lets them through.

    As one array: a town has many short postings, and each step costs more than its work.
    """
    present = [(weights[term], block.postings[term]) for term in scored if term in block.postings]
    if not present:
        return Occurrences(np.empty(0, np.intp), np.empty(0))
    # Left in the bytes they are stored in until it is known which are needed.
    held = np.concatenate([posting.positions for _, posting in present])
    counts = np.concatenate([posting.counts for _, posting in present])
    ends = np.cumsum([len(posting.counts) for _, posting in present])
    if mask is None:
        positions = held.astype(np.intp)
        each = np.diff(ends, prepend=0)
    else:
        keep = np.flatnonzero(mask.take(held))
        positions, counts = held[keep].astype(np.intp), counts[keep]
        each = np.diff(np.searchsorted(keep, ends), prepend=0)
    weight = np.repeat(np.array([weight for weight, _ in present]), each)
    gains = bm25.saturation(counts, block.lengths.take(positions), average)
    gains *= weight
    return Occurrences(positions, gains)


def page_of(
    keys: NDArray[np.int64],
    scores: NDArray[np.float64],
    limit: int,
    offset: int,
    *,
    by_score: bool = True,
) -> NDArray[np.intp]:
    """Indexes of the page: by score and then key, or by key, descending."""
    wanted = limit + offset
    if not limit or not len(keys):
        return np.empty(0, np.intp)
    ranked = scores if by_score else keys
    candidates = np.arange(len(keys))
    if wanted < len(keys):
        candidates = largest(ranked, wanted)
    sort_by = (-keys[candidates], -scores[candidates]) if by_score else (-keys[candidates],)
    return candidates[np.lexsort(sort_by)][offset:wanted]


def largest(values: NDArray[np.float64] | NDArray[np.int64], n: int) -> NDArray[np.intp]:
    """Indexes, ascending, of the n largest of at least n values and of all that tie with the last of them. n from 1."""
    if len(values) <= _FEW:
        return np.flatnonzero(values >= _nth_largest(values, n))
    near = _near_the_top(values, n)
    known = values[near]
    return near[known >= _nth_largest(known, n)]


def _near_the_top(values: NDArray[np.float64] | NDArray[np.int64], n: int) -> NDArray[np.intp]:
    """Indexes, ascending, of all values that may be among the n largest, and of few others."""
    # What at least n reach: of runs of values the best of each is one, no two the same.
    width = len(values) // max(_RUNS, 4 * n) + 1
    runs = values[: len(values) // width * width].reshape(-1, width)
    best = runs.max(axis=1)
    floor = _nth_largest(best, n)
    reaching = np.flatnonzero(best >= floor)
    if len(reaching) * _MANY > len(runs):
        return np.flatnonzero(values >= floor)
    # Only the runs that reach it are looked through again, and what is left over after the last.
    within = (reaching[:, None] * width + np.arange(width)).ravel()
    near: NDArray[np.intp] = np.concatenate([within, np.arange(runs.size, len(values))])
    return near[values[near] >= floor]


def _nth_largest(values: NDArray[np.float64] | NDArray[np.int64], n: int) -> float:
    """Selected from below: from above numpy takes some 15 times as long where many are equal."""
    found: float = -np.partition(-values, n - 1)[n - 1].item()
    return found


def own_score(counted: tuple[Mapping[str, int], int], weights: Mapping[int, float], average: float) -> float:
    """What a document of just this text would score: the measure for how much of it is shared.

    `counted`: the text's terms with how often each occurs, and its length in tokens, as `term_counts` has them.
    """
    counts, length = counted
    norm = float(bm25.length_norms(np.array([length], np.int32), average)[0])
    own = 0.0
    for term, count in counts.items():
        weight = weights.get(term_hash(term), 0.0)
        if weight:
            capped = min(count, MOST_COUNTS)
            own += weight * (capped * (bm25.K1 + 1) / (capped + norm))
    return own
