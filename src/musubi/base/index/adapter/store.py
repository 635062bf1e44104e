"""Reading the index as the engine wants it: one consistent state per question, without a lock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from musubi.base.index.adapter import sql
from musubi.base.index.adapter.cache import BoundedCache
from musubi_engine.index import Block, Posting, Snapshot, alive_mask, delta_block, unpack

_TRIES = 20


@dataclass(frozen=True, slots=True, eq=False)
class _Documents:
    keys: NDArray[np.int64]
    lengths: NDArray[np.int32]
    total_length: int


# A segment of 100,000 documents has 1.2 MB of keys and lengths; a posting a few hundred bytes.
_documents: BoundedCache[_Documents] = BoundedCache(64 * 1024 * 1024)
_postings: BoundedCache[Posting] = BoundedCache(128 * 1024 * 1024)
_ABSENT = Posting(np.empty(0, np.uint16), np.empty(0, np.uint8))


class _Replaced(Exception):
    """A merge replaced a segment between two statements."""


@dataclass(frozen=True, slots=True)
class _Segment:
    id: int
    token: int
    size: int


class SqlStore:
    """The engine's PostingStore on the default database. Holds nothing: any number may exist."""

    def read(self, partitions: Sequence[int], terms: Sequence[int]) -> Snapshot:
        for _ in range(_TRIES):
            try:
                return self._read(partitions, terms)
            except _Replaced:
                continue
        message = "The index was merged again and again while it was read."
        raise RuntimeError(message)

    def frequencies(self, partitions: Sequence[int], terms: Sequence[int]) -> Mapping[int, int]:
        found = dict.fromkeys(terms, 0)
        for term, number in sql.run(sql.statements().frequencies, terms, partitions, terms, partitions):
            found[term] += number
        return found

    def _read(self, partitions: Sequence[int], terms: Sequence[int]) -> Snapshot:
        segments: list[_Segment] = []
        dead_keys: list[int] = []
        delta: list[tuple[int, int, int, int]] = []
        size = total_length = 0
        for what, *row in sql.run(
            sql.statements().state, partitions, partitions, partitions, terms, partitions
        ):
            if what == 4:
                delta.append((row[0], row[1], row[2], row[3]))
            elif what == 1:
                segments.append(_Segment(*row[:3]))
            elif what == 2:
                dead_keys.append(row[0])
            else:
                size, total_length = int(row[0]), int(row[1])
        dead = np.array(sorted(dead_keys), np.int64)
        documents = _documents_of(segments)
        postings = _postings_of(segments, terms)
        blocks = []
        for segment, held in zip(segments, documents, strict=True):
            alive = alive_mask(held.keys, dead)
            size += segment.size
            total_length += held.total_length
            if alive is not None:
                size -= int(np.count_nonzero(~alive))
                total_length -= int(held.lengths[~alive].sum(dtype=np.int64))
            blocks.append(Block(held.keys, held.lengths, alive, postings[segment.token]))
        block = delta_block(delta, dead)
        if block is not None:
            blocks.append(block)
        return Snapshot(tuple(blocks), size, total_length)


def _documents_of(segments: Sequence[_Segment]) -> list[_Documents]:
    found = {segment.token: _documents.get(segment.token) for segment in segments}
    missing = [segment.id for segment in segments if found[segment.token] is None]
    if missing:
        rows = sql.run(sql.statements().segments, missing)
        if len(rows) < len(missing):
            raise _Replaced
        for token, keys, lengths in rows:
            read = np.frombuffer(bytes(lengths), "<i4")
            held = _Documents(np.frombuffer(bytes(keys), "<i8"), read, int(read.sum(dtype=np.int64)))
            _documents.put(token, held, len(keys) + len(lengths))
            found[token] = held
    return [known for segment in segments if (known := found[segment.token]) is not None]


def _postings_of(segments: Sequence[_Segment], terms: Sequence[int]) -> dict[int, dict[int, Posting]]:
    """Token -> term -> posting, for the terms that occur."""
    found: dict[int, dict[int, Posting]] = {segment.token: {} for segment in segments}
    unknown: set[int] = set()
    incomplete: list[_Segment] = []
    for segment in segments:
        known = {term: _postings.get((segment.token, term)) for term in terms}
        missing = [term for term, posting in known.items() if posting is None]
        if missing:
            unknown.update(missing)
            incomplete.append(segment)
        found[segment.token] = {term: p for term, p in known.items() if p is not None}
    if incomplete:
        for token, postings in _read_postings(incomplete, sorted(unknown)).items():
            found[token] |= postings
    return {
        token: {term: p for term, p in postings.items() if p is not _ABSENT}
        for token, postings in found.items()
    }


def _read_postings(segments: Sequence[_Segment], terms: Sequence[int]) -> dict[int, dict[int, Posting]]:
    """Token -> each term -> posting or _ABSENT; kept for the next time."""
    by_id = {segment.id: segment for segment in segments}
    found = {segment.token: dict.fromkeys(terms, _ABSENT) for segment in segments}
    still_there = 0
    for segment_id, term, data in sql.run(sql.statements().postings, list(by_id), terms, list(by_id)):
        if term is None:
            still_there += 1
        else:
            segment = by_id[segment_id]
            found[segment.token][term] = unpack(bytes(data), segment.size)
    if still_there < len(by_id):
        raise _Replaced
    for token, postings in found.items():
        for term, posting in postings.items():
            _postings.put((token, term), posting, posting.positions.nbytes + posting.counts.nbytes)
    return found
