"""A store in memory: for evaluation without a database, and to test every other store against."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from musubi_engine.index.documents import DocumentTerms
from musubi_engine.index.packing import Posting, count_entries, unpack, unpack_mask
from musubi_engine.index.segments import Segment, build_segment, merge
from musubi_engine.index.store import Block, Snapshot, alive_mask, delta_block


@dataclass(slots=True)
class _Partition:
    segments: list[Segment] = field(default_factory=list)
    delta: dict[int, DocumentTerms] = field(default_factory=dict)
    dead: set[int] = field(default_factory=set)
    _postings: dict[tuple[int, int], Posting] = field(default_factory=dict)
    _masks: dict[tuple[int, int], NDArray[np.uint8]] = field(default_factory=dict)
    _lengths: dict[int, int] = field(default_factory=dict)

    def length(self, segment: Segment) -> int:
        """Of all its documents; kept, as segments never change."""
        if id(segment) not in self._lengths:
            self._lengths[id(segment)] = segment.total_length
        return self._lengths[id(segment)]

    def posting(self, segment: Segment, term: int) -> Posting:
        """Where a segment has the term; kept once it was asked for, as segments never change."""
        name = (id(segment), term)
        if name not in self._postings:
            self._postings[name] = unpack(segment.postings[term], segment.size)
        return self._postings[name]

    def mask(self, segment: Segment, term: int) -> NDArray[np.uint8]:
        """Who of a segment has the term; kept, as segments never change."""
        name = (id(segment), term)
        if name not in self._masks:
            self._masks[name] = unpack_mask(segment.postings[term], segment.size)
        return self._masks[name]


class MemoryStore:
    """Segments, delta and tombstones per partition, as the SQL store has them."""

    def __init__(self) -> None:
        self._partitions: dict[int, _Partition] = {}

    def add(self, partition: int, document: DocumentTerms) -> None:
        """Index one document; its key must be new in the partition."""
        self._partition(partition).delta[document.key] = document

    def add_segment(self, partition: int, documents: Sequence[DocumentTerms]) -> None:
        """Index many documents at once; their keys must be new in the partition."""
        self._partition(partition).segments.append(build_segment(documents))

    def add_built(self, partition: int, segment: Segment) -> None:
        """Index what is packed already; its keys must be new in the partition."""
        self._partition(partition).segments.append(segment)

    def remove(self, partition: int, key: int) -> None:
        """From now on no search returns the key."""
        self._partition(partition).dead.add(key)

    def merge(self, partition: int) -> None:
        """Make one segment of everything that lives. Answers do not change."""
        held = self._partition(partition)
        segments = [*held.segments, build_segment(list(held.delta.values()))]
        dead = np.array(sorted(held.dead), np.int64)
        merged = merge([(s, alive_mask(s.keys, dead)) for s in segments])
        self._partitions[partition] = _Partition(segments=[merged])

    def read(self, partitions: Sequence[int], terms: Sequence[int], *, masks: Sequence[int] = ()) -> Snapshot:
        blocks: list[Block] = []
        size = total_length = 0
        for partition in partitions:
            held = self._partition(partition)
            dead = np.array(sorted(held.dead), np.int64)
            for segment in held.segments:
                alive = alive_mask(segment.keys, dead)
                postings = {term: held.posting(segment, term) for term in terms if term in segment.postings}
                asked = {term: held.mask(segment, term) for term in masks if term in segment.postings}
                blocks.append(Block(segment.keys, segment.lengths, alive, postings, asked))
                size += segment.size if alive is None else int(alive.sum())
                total_length += held.length(segment)
                if alive is not None:
                    total_length -= int(segment.lengths[~alive].sum(dtype=np.int64))
            living = [d for d in held.delta.values() if d.key not in held.dead]
            size += len(living)
            total_length += sum(document.length for document in living)
            rows = [
                (term, document.key, document.terms[term], document.length)
                for document in living
                for term in {*terms, *masks}
                if term in document.terms
            ]
            block = delta_block(rows, dead, masks)
            if block is not None:
                blocks.append(block)
        return Snapshot(tuple(blocks), size, total_length)

    def frequencies(self, partitions: Sequence[int], terms: Sequence[int]) -> Mapping[int, int]:
        found = dict.fromkeys(terms, 0)
        for partition in partitions:
            held = self._partition(partition)
            for term in found:
                for segment in held.segments:
                    if term in segment.postings:
                        found[term] += count_entries(segment.postings[term], segment.size)
                found[term] += sum(term in document.terms for document in held.delta.values())
        return found

    def _partition(self, partition: int) -> _Partition:
        return self._partitions.setdefault(partition, _Partition())
