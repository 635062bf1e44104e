"""Searching a store: exact totals, exact BM25 at the statistics of the moment, later first on ties."""

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
from musubi_engine.index.scoring import (
    average_length,
    locate,
    occurrences,
    own_score,
    page_of,
    scores_at,
    term_weights,
)
from musubi_engine.index.store import Block, PostingStore
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
    like = like_terms(store, partitions, term_counts(query.any_text))
    plan = plan_query(query, like)
    if plan.impossible:
        return Hits(0, (), ())
    return _carry_out(store, partitions, plan, limit, offset, query.order)


def _carry_out(
    store: PostingStore, partitions: Sequence[int], plan: Plan, limit: int, offset: int, order: Order
) -> Hits:
    snapshot = store.read(partitions, plan.terms)
    weights = term_weights(snapshot, plan.scored)
    average = average_length(snapshot)
    found = [_match(block, plan, weights, average) for block in snapshot.blocks]
    keys = np.concatenate([np.empty(0, np.int64), *(keys for keys, _ in found)])
    scores = np.concatenate([np.empty(0), *(scores for _, scores in found)])
    best = page_of(keys, scores, limit, offset, by_score=order is Order.RELEVANCE)
    return Hits(len(keys), tuple(keys[best].tolist()), tuple(scores[best].tolist()))


def scores_for(store: PostingStore, partitions: Sequence[int], text: str, keys: Sequence[int]) -> Scores:
    """BM25 of the text's most telling terms (at most 80) for given documents."""
    counted = term_counts(text)
    scored = tuple(sorted(like_terms(store, partitions, counted)))
    wanted = np.array(keys, np.int64)
    values = np.zeros(len(wanted))
    if not scored or not len(wanted):
        return Scores(tuple(values.tolist()), 0.0)
    snapshot = store.read(partitions, scored)
    weights = term_weights(snapshot, scored)
    average = average_length(snapshot)
    for block in snapshot.blocks:
        if not len(block.keys):
            continue
        at = np.minimum(np.searchsorted(block.keys, wanted), len(block.keys) - 1)
        here = block.keys[at] == wanted
        if block.alive is not None:
            here &= block.alive[at]
        values[here] = scores_at(block, at[here], scored, weights, average)
    return Scores(tuple(values.tolist()), own_score(counted, weights, average))


def like_terms(
    store: PostingStore, partitions: Sequence[int], counted: tuple[Mapping[str, int], int]
) -> tuple[int, ...]:
    """The terms of a text (as `term_counts` has them) that tell most (tf · idf), without the commonest of the language.

    A term that one document has comes last: that document is mostly the text itself. (Taking the
    rarest first instead lost a tenth of the relevant offers on the judged collection.) In a large index the
    last of them are left out where they would cost most: together no more than 400,000 postings.
    """
    times = {term_hash(term): count for term, count in counted[0].items()}
    if not times:
        return ()
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


def _match(
    block: Block, plan: Plan, weights: dict[int, float], average: float
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Keys and scores of the living documents of a block that match."""
    if plan.needs_scored:
        positions, scores = _scatter(block, plan, weights, average)
    else:
        positions = narrowed(block, _required(block, plan.groups), plan)
        scores = scores_at(block, positions, plan.scored, weights, average)
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
            _, hit = locate(posting, positions)
            found |= hit
        return found
    table = np.zeros(size, bool)
    for posting in present:
        table[posting.positions] = True
    return table[positions]


def _scatter(
    block: Block, plan: Plan, weights: dict[int, float], average: float
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Positions and scores of the living that have a scored term, and a term of every group."""
    mask = block.alive
    if plan.groups or plan.narrows:
        mask = np.zeros(len(block.keys), bool)
        mask[narrowed(block, _required(block, plan.groups), plan)] = True
    found = occurrences(block, plan.scored, weights, average, mask)
    scores = np.bincount(found.positions, found.gains, len(block.keys)).astype(np.float64, copy=False)
    positions = np.flatnonzero(scores > 0).astype(np.int64)
    return positions, scores[positions]
