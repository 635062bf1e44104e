"""Searching a store: exact totals, exact BM25 at the statistics of the moment, later first on ties.

A document's score adds its terms in the order of their hashes, so it is the same to the last bit
however the documents are spread over segments.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from musubi_engine.index import bm25
from musubi_engine.index.documents import EVERY
from musubi_engine.index.narrowing import narrowed
from musubi_engine.index.packing import Posting
from musubi_engine.index.query import Order, Plan, Query, plan_query
from musubi_engine.index.store import Block, PostingStore, Snapshot
from musubi_engine.text import term_counts, term_hash

MOST_LIKE_TERMS = 80
MOST_LIKE_POSTINGS = 400_000  # read and added up in some 5 ms
_COMMON_SHARE = 0.05  # a term in more documents than this says little and costs most …
_COMMON_FROM = 1000  # … but a small town's index reads everything


@dataclass(frozen=True, slots=True)
class Hits:
    """`total` documents match; `keys` and `scores` are those of the page asked for, best first."""

    total: int
    keys: tuple[int, ...]
    scores: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Scores:
    """`values[i]` belongs to the i-th key asked for, 0.0 if it is not indexed; `own` is the text's score for itself."""

    values: tuple[float, ...]
    own: float


def search(
    store: PostingStore,
    partitions: Sequence[int],
    query: Query,
    limit: int = 20,
    offset: int = 0,
) -> Hits:
    """Documents that match, a page of them. O(postings of the terms). Raises ValueError for a negative page."""
    if limit < 0 or offset < 0:
        message = "limit and offset count from 0."
        raise ValueError(message)
    like = like_terms(store, partitions, query.any_text)
    plan = plan_query(query, like)
    if plan.impossible:
        return Hits(0, (), ())
    snapshot = store.read(partitions, plan.terms)
    weights = term_weights(snapshot, plan.scored)
    average = snapshot.total_length / snapshot.size if snapshot.total_length else 1.0
    found = [_match(block, plan, weights, average) for block in snapshot.blocks]
    keys = np.concatenate([np.empty(0, np.int64), *(keys for keys, _ in found)])
    scores = np.concatenate([np.empty(0), *(scores for _, scores in found)])
    best = _page(keys, scores, limit, offset, query.order)
    return Hits(len(keys), tuple(keys[best].tolist()), tuple(scores[best].tolist()))


def scores_for(store: PostingStore, partitions: Sequence[int], text: str, keys: Sequence[int]) -> Scores:
    """BM25 of the text's most telling terms (at most 80) for given documents."""
    scored = tuple(sorted(like_terms(store, partitions, text)))
    wanted = np.array(keys, np.int64)
    values = np.zeros(len(wanted))
    if not scored or not len(wanted):
        return Scores(tuple(values.tolist()), 0.0)
    snapshot = store.read(partitions, scored)
    weights = term_weights(snapshot, scored)
    average = snapshot.total_length / snapshot.size if snapshot.total_length else 1.0
    for block in snapshot.blocks:
        if not len(block.keys):
            continue
        at = np.minimum(np.searchsorted(block.keys, wanted), len(block.keys) - 1)
        here = block.keys[at] == wanted
        if block.alive is not None:
            here &= block.alive[at]
        values[here] = _score(block, at[here], scored, weights, average)
    return Scores(tuple(values.tolist()), own_score(text, weights, average))


def like_terms(store: PostingStore, partitions: Sequence[int], text: str) -> tuple[int, ...]:
    """The terms of a text that tell most (tf · idf), without the commonest of the language.

    A term that one document has comes last: that document is mostly the text itself. (Taking the
    rarest first instead lost a tenth of the relevant offers on the judged collection.) In a large index the
    last of them are left out where they would cost most: together no more than 400,000 postings.
    """
    if not text.strip():
        return ()
    times = {term_hash(term): count for term, count in term_counts(text)[0].items()}
    return telling_terms(times, store.frequencies(partitions, [*times, EVERY]))


def telling_terms(times: Mapping[int, int], frequency: Mapping[int, int]) -> tuple[int, ...]:
    """Of a text's terms (with how often each occurs) those that tell most; see `like_terms`."""
    size = frequency[EVERY]
    most = max(_COMMON_FROM, _COMMON_SHARE * size)

    def tells(term: int) -> tuple[bool, float, int]:
        return (frequency[term] == 1, -times[term] * bm25.idf(size, frequency[term]), term)

    telling = sorted((term for term in times if 0 < frequency[term] <= most), key=tells)[:MOST_LIKE_TERMS]
    costs = accumulate(frequency[term] for term in telling)
    return tuple(term for term, cost in zip(telling, costs, strict=True) if cost <= MOST_LIKE_POSTINGS)


def term_weights(snapshot: Snapshot, terms: Sequence[int]) -> dict[int, float]:
    """Term -> its idf at the snapshot's moment, the dead not counted."""
    weights = {}
    for term in terms:
        frequency = 0
        for block in snapshot.blocks:
            posting = block.postings.get(term)
            if posting is None:
                continue
            if block.alive is None:
                frequency += len(posting.positions)
            else:
                frequency += int(np.count_nonzero(block.alive[posting.positions]))
        weights[term] = bm25.idf(snapshot.size, frequency)
    return weights


def _match(
    block: Block, plan: Plan, weights: dict[int, float], average: float
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Keys and scores of the living documents of a block that match."""
    if plan.needs_scored:
        positions, scores = _scatter(block, plan, weights, average)
    else:
        positions = narrowed(block, _required(block, plan.groups), plan)
        scores = _score(block, positions, plan.scored, weights, average)
    return block.keys[positions], scores


def _required(block: Block, groups: Sequence[tuple[int, ...]]) -> NDArray[np.int64]:
    """Positions of the living documents that have a term of every group, the rarest group first."""
    postings = []
    for group in groups:
        present = [block.postings[term] for term in group if term in block.postings]
        if not present:
            return np.empty(0, np.int64)
        postings.append(present)
    postings.sort(key=lambda present: sum(len(posting.positions) for posting in present))
    positions = _union(postings[0], len(block.keys))
    for present in postings[1:]:
        if not len(positions):
            return positions
        positions = positions[_has_any(positions, present, len(block.keys))]
    if block.alive is not None:
        positions = positions[block.alive[positions]]
    return positions


def _union(present: Sequence[Posting], size: int) -> NDArray[np.int64]:
    """All positions of some postings, ascending: by sorting if few, by a table if many."""
    if len(present) == 1:
        return present[0].positions.astype(np.int64)
    entries = sum(len(posting.positions) for posting in present)
    if entries * 64 < size:
        return np.unique(np.concatenate([posting.positions for posting in present])).astype(np.int64)
    table = np.zeros(size, bool)
    for posting in present:
        table[posting.positions] = True
    return np.flatnonzero(table).astype(np.int64)


def _has_any(positions: NDArray[np.int64], present: Sequence[Posting], size: int) -> NDArray[np.bool_]:
    """Which of a few positions are in the postings: by bisection if few, by a table if many."""
    entries = sum(len(posting.positions) for posting in present)
    if len(positions) * 16 < entries:
        found = np.zeros(len(positions), bool)
        for posting in present:
            _, hit = _locate(posting, positions)
            found |= hit
        return found
    table = np.zeros(size, bool)
    for posting in present:
        table[posting.positions] = True
    return table[positions]


def _locate(posting: Posting, positions: NDArray[np.int64]) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """Where each position would stand in a posting, and whether it does. A posting is never empty."""
    sought = positions.astype(posting.positions.dtype)
    at = np.minimum(np.searchsorted(posting.positions, sought), len(posting.positions) - 1)
    return at, posting.positions[at] == sought


def _score(
    block: Block,
    positions: NDArray[np.integer],
    scored: Sequence[int],
    weights: dict[int, float],
    average: float,
) -> NDArray[np.float64]:
    """Scores of given positions, term by term."""
    scores = np.zeros(len(positions))
    if not len(positions) or not scored:
        return scores
    norms = bm25.length_norms(block.lengths[positions], average)
    sought = positions.astype(np.int64)
    for term in scored:
        posting = block.postings.get(term)
        if posting is None:
            continue
        at, hit = _locate(posting, sought)
        counts = np.where(hit, posting.counts[at], 0).astype(np.uint8)
        scores += weights[term] * bm25.saturate(counts, norms)
    return scores


def _scatter(
    block: Block, plan: Plan, weights: dict[int, float], average: float
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Positions and scores of the living that have a scored term, and a term of every group."""
    present = [(term, block.postings[term]) for term in plan.scored if term in block.postings]
    if not present:
        return np.empty(0, np.int64), np.empty(0)
    # All postings as one array: a town has many short ones, and each step costs more than its work.
    positions = np.concatenate([posting.positions for _, posting in present]).astype(np.int64)
    counts = np.concatenate([posting.counts for _, posting in present])
    weight = np.repeat(
        [weights[term] for term, _ in present], [len(posting.counts) for _, posting in present]
    )
    mask = block.alive
    if plan.groups or plan.narrows:
        mask = np.zeros(len(block.keys), bool)
        mask[narrowed(block, _required(block, plan.groups), plan)] = True
    if mask is not None:
        keep = mask[positions]
        positions, counts, weight = positions[keep], counts[keep], weight[keep]
    norms = bm25.length_norms(block.lengths[positions], average)
    gains = weight * bm25.saturate(counts, norms)
    scores: NDArray[np.float64] = np.bincount(positions, gains, len(block.keys)).astype(np.float64)
    found = np.flatnonzero(scores)
    return found.astype(np.int64), scores[found]


def _page(
    keys: NDArray[np.int64],
    scores: NDArray[np.float64],
    limit: int,
    offset: int,
    order: Order,
) -> NDArray[np.intp]:
    """Indexes of the page: by score and then key, or by key, descending."""
    wanted = limit + offset
    if not limit or not len(keys):
        return np.empty(0, np.intp)
    by_score = order is Order.RELEVANCE
    ranked = scores if by_score else keys
    candidates = np.arange(len(keys))
    if wanted < len(keys):
        last = np.partition(ranked, len(keys) - wanted)[len(keys) - wanted]
        candidates = np.flatnonzero(ranked >= last)
    sort_by = (-keys[candidates], -scores[candidates]) if by_score else (-keys[candidates],)
    return candidates[np.lexsort(sort_by)][offset:wanted]


def own_score(text: str, weights: dict[int, float], average: float) -> float:
    """What a document of just this text would score: the measure for how much of it is shared."""
    counts, length = term_counts(text)
    norm = bm25.length_norms(np.array([length], np.int32), average)
    own = 0.0
    for term, count in counts.items():
        weight = weights.get(term_hash(term), 0.0)
        own += weight * float(bm25.saturate(np.array([min(count, 255)], np.uint8), norm)[0])
    return own
