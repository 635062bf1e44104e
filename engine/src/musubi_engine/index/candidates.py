"""The candidate step: the few documents worth comparing one by one, out of all that a set of facets admits.

Exact: whatever the facets admit has been looked at, so nothing is lost by a limit that was applied too early.
Facets are read as packed masks, one bit a document: a million are joined in a tenth of a millisecond.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from musubi_engine.index.documents import facet_term
from musubi_engine.index.scoring import average_length, largest, occurrences, own_score, term_weights
from musubi_engine.index.search import like_terms
from musubi_engine.index.store import Block, PostingStore, Snapshot
from musubi_engine.text import term_counts

_MANY = 16  # one document in so many
_BYTE = 8

Number = TypeVar("Number", np.float64, np.int64)


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateQuery:
    """What is sought, and how many.

    `facets`: groups, of each of which a candidate has at least one; `without`: it has none of these.
    A candidate's points are `likeness` × how alike its words are to `text` (0..1, counted as 1 from `full` on) plus
    what `points` gives for each of its facets. Taken are the `best` by points, the `alike` by words alone
    and the `newest`, each of all that the facets admit.
    """

    text: str
    facets: tuple[frozenset[str], ...]
    without: frozenset[str] = frozenset()
    points: Mapping[str, float] = field(default_factory=dict)
    likeness: float = 1.0
    full: float = 1.0
    best: int = 100
    alike: int = 0
    newest: int = 0


@dataclass(frozen=True, slots=True)
class Candidates:
    """`admitted` documents have the facets; `keys` are those taken, most points first, ties the later first.

    `likeness[i]` is the share (0..1) of the text's wording that the i-th has, as `scores_for` measures it.
    """

    admitted: int
    keys: tuple[int, ...]
    likeness: tuple[float, ...]
    points: tuple[float, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Admitted:
    """The documents of one block that the facets admit: keys, BM25, points of facets."""

    keys: NDArray[np.int64]
    words: NDArray[np.float64]
    facets: NDArray[np.float64]


def candidates(store: PostingStore, partitions: Sequence[int], query: CandidateQuery) -> Candidates:
    """The candidates of a query. O(documents / 8 + postings of the text's telling terms).

    Raises ValueError for an empty group of facets, which nothing could have.
    """
    if any(not group for group in query.facets):
        message = "A group of facets is empty."
        raise ValueError(message)
    counted = term_counts(query.text)
    terms = tuple(sorted(like_terms(store, partitions, counted)))
    groups = [tuple(map(facet_term, sorted(group))) for group in query.facets]
    without = tuple(map(facet_term, sorted(query.without)))
    points = {facet_term(facet): value for facet, value in sorted(query.points.items()) if value}
    asked = sorted({*without, *points, *(term for group in groups for term in group)})
    snapshot = store.read(partitions, terms, masks=asked)
    weights = term_weights(snapshot, terms)
    average = average_length(snapshot)
    found = [
        _admitted(block, admits, weights, points, average)
        for block in snapshot.blocks
        if (admits := _admits(block, groups, without)) is not None
    ]
    own = own_score(counted, weights, average)
    return _taken(found, own, query)


def admitted(store: PostingStore, partitions: Sequence[int], facets: Sequence[frozenset[str]]) -> int:
    """How many documents have a facet of each group."""
    groups = [tuple(map(facet_term, group)) for group in facets]
    snapshot: Snapshot = store.read(
        partitions, (), masks=sorted({term for group in groups for term in group})
    )
    masks = (_admits(block, groups, ()) for block in snapshot.blocks)
    return sum(int(np.count_nonzero(mask)) for mask in masks if mask is not None)


def _admits(
    block: Block, groups: Sequence[tuple[int, ...]], without: tuple[int, ...]
) -> NDArray[np.bool_] | None:
    """bool[n]: the living that have a facet of each group and none of `without`; None where a group has nobody."""
    mask: NDArray[np.uint8] | None = None
    for group in groups:
        present = [block.masks[term] for term in group if term in block.masks]
        if not present:
            return None
        union = present[0] if len(present) == 1 else np.bitwise_or.reduce(present)
        mask = union if mask is None else mask & union
    size = len(block.keys)
    if mask is None:
        mask = np.packbits(np.ones(size, bool))
    for term in without:
        if term in block.masks:
            mask = mask & ~block.masks[term]
    admits = np.unpackbits(mask, count=size).view(np.bool_)
    return admits if block.alive is None else admits & block.alive


def _admitted(
    block: Block,
    admits: NDArray[np.bool_],
    weights: Mapping[int, float],
    points: Mapping[int, float],
    average: float,
) -> _Admitted:
    positions = np.flatnonzero(admits)
    words: NDArray[np.float64] = np.zeros(len(positions))
    found = occurrences(block, tuple(weights), weights, average, admits)
    if len(found.positions):
        places = _places(admits, found.positions)
        words = np.bincount(places, found.gains, len(positions)).astype(np.float64, copy=False)
    return _Admitted(block.keys[positions], words, _facet_points(block, positions, points))


def _places(admits: NDArray[np.bool_], positions: NDArray[np.intp]) -> NDArray[np.intp]:
    """intp[n]: the how-manieth of the admitted each position is, all of them admitted; counted in packed bits."""
    packed = np.packbits(admits)
    until = np.cumsum(np.bitwise_count(packed), dtype=np.intp)
    byte = positions >> 3
    behind = packed.take(byte) << (1 + (positions & 7)).astype(np.uint8)
    places: NDArray[np.intp] = until.take(byte) - np.bitwise_count(behind) - 1
    return places


def _facet_points(
    block: Block, positions: NDArray[np.intp], points: Mapping[int, float]
) -> NDArray[np.float64]:
    """float64[n]: what the facets of some documents are worth, eight facets at a time.

    Which of the eight a document has is one byte, and what the byte is worth is looked up: in the same order, and
    so to the same bit, in whatever blocks the documents lie.
    """
    found = np.zeros(len(positions))
    facets = list(points.items())
    many = len(positions) * _MANY > len(block.keys)
    for start in range(0, len(facets), _BYTE):
        eight = facets[start : start + _BYTE]
        worth = np.zeros(1)
        for _, value in eight:
            worth = np.concatenate([worth, worth + value])
        has = np.zeros(len(block.keys) if many else len(positions), np.uint8)
        for term, _ in reversed(eight):
            has += has
            if (mask := block.masks.get(term)) is not None:
                has |= np.unpackbits(mask, count=len(has)) if many else _bits(mask, positions)
        found += worth.take(has.take(positions) if many else has)
    return found


def _bits(mask: NDArray[np.uint8], positions: NDArray[np.intp]) -> NDArray[np.uint8]:
    """uint8[n]: the bits of a packed mask at some positions."""
    bits: NDArray[np.uint8] = (mask[positions >> 3] >> (7 - (positions & 7)).astype(np.uint8)) & 1
    return bits


def _taken(found: Sequence[_Admitted], own: float, query: CandidateQuery) -> Candidates:
    if not found:
        return Candidates(0, (), (), ())
    keys = _joined([one.keys for one in found])
    likeness, points = _joined([one.words for one in found]), _joined([one.facets for one in found])
    # In place: at a million documents every further array costs more than what is worked out in it.
    if own:
        likeness /= own
        np.minimum(likeness, 1.0, out=likeness)
    near = likeness / query.full
    np.minimum(near, 1.0, out=near)
    near *= query.likeness
    points += near
    chosen = np.unique(
        np.concatenate(
            [
                _first(points, keys, query.best),
                _first(likeness, keys, query.alike),
                _first(keys, keys, query.newest),
            ]
        )
    )
    chosen = chosen[np.lexsort((-keys[chosen], -points[chosen]))]
    return Candidates(
        len(keys),
        tuple(keys[chosen].tolist()),
        tuple(likeness[chosen].tolist()),
        tuple(points[chosen].tolist()),
    )


def _joined(parts: Sequence[NDArray[Number]]) -> NDArray[Number]:
    return parts[0] if len(parts) == 1 else np.concatenate(parts)


def _first(
    values: NDArray[np.float64] | NDArray[np.int64], keys: NDArray[np.int64], number: int
) -> NDArray[np.intp]:
    """Indexes of the `number` largest values; of equal ones those with the higher key."""
    if number <= 0 or not len(values):
        return np.empty(0, np.intp)
    if number >= len(values):
        return np.arange(len(values))
    near = largest(values, number)
    least = values[near].min()
    above, level = near[values[near] > least], near[values[near] == least]
    if 0 < (rest := number - len(above)) < len(level):
        level = level[largest(keys[level], rest)]
    return np.concatenate([above, level])
