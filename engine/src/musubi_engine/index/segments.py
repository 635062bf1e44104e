"""Segments: many documents packed at once, and several made into one without the dead."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from musubi_engine.index.documents import DocumentTerms
from musubi_engine.index.packing import Posting, pack, unpack
from musubi_engine.index.store import short


@dataclass(frozen=True, slots=True, eq=False)
class Segment:
    """`keys` int64[n] ascending, `lengths` as `short` has them, `postings` term hash -> packed bytes."""

    keys: NDArray[np.int64]
    lengths: NDArray[np.integer]
    postings: Mapping[int, bytes]

    @property
    def size(self) -> int:
        return len(self.keys)

    @property
    def total_length(self) -> int:
        return int(self.lengths.sum(dtype=np.int64))


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """What a merge must know of a segment before it reads the postings; `alive` None: all are."""

    keys: NDArray[np.int64]
    lengths: NDArray[np.integer]
    alive: NDArray[np.bool_] | None


@dataclass(frozen=True, slots=True, eq=False)
class MergePlan:
    """`targets[i][old position]` is the position in the merged segment, or -1 for the dead."""

    keys: NDArray[np.int64]
    lengths: NDArray[np.integer]
    targets: tuple[NDArray[np.int64], ...]


class SegmentBuilder:
    """Collects documents in little memory (9 bytes a posting) until `build`."""

    def __init__(self) -> None:
        self.size = 0
        self.entries = 0
        self._keys: list[int] = []
        self._lengths: list[int] = []
        self._terms: list[NDArray[np.int64]] = []
        self._counts: list[NDArray[np.uint8]] = []

    def add(self, document: DocumentTerms) -> None:
        """Take one document; keys may come in any order."""
        entries = len(document.terms)
        self.size += 1
        self.entries += entries
        self._keys.append(document.key)
        self._lengths.append(document.length)
        self._terms.append(np.fromiter(document.terms, np.int64, entries))
        self._counts.append(np.fromiter(document.terms.values(), np.uint8, entries))

    def build(self) -> Segment:
        """The segment. Raises ValueError if a key was added twice."""
        owners = np.repeat(self._keys, [len(terms) for terms in self._terms]).astype(np.int64)
        return segment_from_rows(
            np.array(self._keys, np.int64),
            np.array(self._lengths, np.int32),
            np.concatenate([np.empty(0, np.int64), *self._terms]),
            owners,
            np.concatenate([np.empty(0, np.uint8), *self._counts]),
        )


def build_segment(documents: Iterable[DocumentTerms]) -> Segment:
    """Pack documents of any order. O(postings · log postings); raises ValueError if a key occurs twice."""
    builder = SegmentBuilder()
    for document in documents:
        builder.add(document)
    return builder.build()


def segment_from_rows(
    keys: NDArray[np.int64],
    lengths: NDArray[np.int32],
    terms: NDArray[np.int64],
    owners: NDArray[np.int64],
    counts: NDArray[np.uint8],
) -> Segment:
    """Pack rows: n documents (keys, lengths) and m occurrences (term, owner's key, count), any order.

    Raises ValueError if a key occurs twice. Rows whose owner is not among the keys are left out.
    """
    by_key = np.argsort(keys, kind="stable")
    keys, lengths = keys[by_key], lengths[by_key]
    if (np.diff(keys) <= 0).any():
        message = "A key occurs twice."
        raise ValueError(message)
    if not len(keys):
        return Segment(keys, short(lengths), {})
    positions = np.minimum(np.searchsorted(keys, owners), len(keys) - 1)
    order = np.lexsort((positions, terms))
    order = order[keys[positions[order]] == owners[order]]
    terms, counts, positions = terms[order], counts[order], positions[order]
    distinct, first = np.unique(terms, return_index=True)
    starts = first.tolist()
    postings = {
        term: pack(positions[start:stop], counts[start:stop], len(keys))
        for term, start, stop in zip(distinct.tolist(), starts, [*starts[1:], len(terms)], strict=False)
    }
    return Segment(keys, short(lengths), postings)


def plan_merge(parts: Sequence[Part]) -> MergePlan:
    """Where each living document of the parts goes. Raises ValueError if a key lives in two."""
    alive = [np.ones(len(p.keys), bool) if p.alive is None else p.alive for p in parts]
    empty = np.empty(0, np.int64)
    keys = np.concatenate([empty, *(p.keys[a] for p, a in zip(parts, alive, strict=True))])
    lengths = np.concatenate([empty, *(p.lengths[a] for p, a in zip(parts, alive, strict=True))]).astype(
        np.int32
    )
    order = np.argsort(keys, kind="stable")
    merged = keys[order]
    if (np.diff(merged) <= 0).any():
        message = "A key lives in two segments."
        raise ValueError(message)
    targets = []
    for part, living in zip(parts, alive, strict=True):
        target = np.full(len(part.keys), -1, np.int64)
        target[living] = np.searchsorted(merged, part.keys[living])
        targets.append(target)
    return MergePlan(merged, lengths[order], tuple(targets))


def merge_posting(plan: MergePlan, found: Iterable[tuple[int, Posting]]) -> Posting | None:
    """One term's posting in the merged segment, from (number of the part, posting); None if all are dead."""
    positions, counts = [], []
    for number, posting in found:
        target = plan.targets[number][posting.positions]
        living = target >= 0
        if living.all():
            positions.append(target)
            counts.append(posting.counts)
        elif living.any():
            positions.append(target[living])
            counts.append(posting.counts[living])
    if not positions:
        return None
    if len(positions) == 1:
        return Posting(positions[0], counts[0])
    all_positions = np.concatenate(positions)
    order = np.argsort(all_positions)
    return Posting(all_positions[order], np.concatenate(counts)[order])


def merge(segments: Sequence[tuple[Segment, NDArray[np.bool_] | None]]) -> Segment:
    """Several segments with their masks of the living, as one segment in memory."""
    plan = plan_merge([Part(s.keys, s.lengths, alive) for s, alive in segments])
    postings = {}
    for term in sorted(set(chain.from_iterable(s.postings for s, _ in segments))):
        found = (
            (number, unpack(segment.postings[term], segment.size))
            for number, (segment, _) in enumerate(segments)
            if term in segment.postings
        )
        posting = merge_posting(plan, found)
        if posting is not None:
            postings[term] = pack(*posting, len(plan.keys))
    return Segment(plan.keys, short(plan.lengths), postings)
