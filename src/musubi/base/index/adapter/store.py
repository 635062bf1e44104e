"""Reading the index as the engine wants it: one consistent state per question, without a lock."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from musubi.base.index.adapter import sql
from musubi.base.index.adapter.cache import BoundedCache
from musubi.base.index.adapter.replica import reading_alias
from musubi.base.index.adapter.rows import unpack_living
from musubi_engine.index import (
    Block,
    Posting,
    Snapshot,
    alive_mask,
    both,
    delta_block,
    short,
    unpack,
    unpack_mask,
)

Mask: TypeAlias = NDArray[np.uint8]
V = TypeVar("V")

_TRIES = 20


@dataclass(frozen=True, slots=True, eq=False)
class _Documents:
    keys: NDArray[np.int64]
    lengths: NDArray[np.integer]
    total_length: int


# Of a million documents: 10 MB of keys and lengths, 1 MB of who lives, 125 kB a facet, 5 bytes a posting. Together under the 150 MB
# by which a process may grow, with what a question takes while it is answered.
_documents: BoundedCache[_Documents] = BoundedCache(48 * 1024 * 1024)
_postings: BoundedCache[Posting] = BoundedCache(12 * 1024 * 1024)
_masks: BoundedCache[Mask] = BoundedCache(10 * 1024 * 1024)
_living: BoundedCache[NDArray[np.bool_]] = BoundedCache(8 * 1024 * 1024)
_ABSENT = Posting(np.empty(0, np.uint16), np.empty(0, np.uint8))
_NOBODY: Mask = np.empty(0, np.uint8)


class _Replaced(Exception):
    """A merge replaced a segment, or who of it is dead, between two statements."""


@dataclass(frozen=True, slots=True)
class _Segment:
    id: int
    token: int
    size: int
    dead_token: int


class SqlStore:
    """The engine's PostingStore on the database, or a replica of it that has what this thread has written.

    Holds nothing but which of them it asks, so that one question is answered by one: make it anew for the next.
    """

    def __init__(self) -> None:
        self._using = reading_alias()

    def read(self, partitions: Sequence[int], terms: Sequence[int], *, masks: Sequence[int] = ()) -> Snapshot:
        for _ in range(_TRIES):
            try:
                return self._read(partitions, terms, masks)
            except _Replaced:
                continue
        message = "The index was merged again and again while it was read."
        raise RuntimeError(message)

    def frequencies(self, partitions: Sequence[int], terms: Sequence[int]) -> Mapping[int, int]:
        found = dict.fromkeys(terms, 0)
        for term, number in sql.run(
            sql.statements().frequencies, terms, partitions, terms, partitions, using=self._using
        ):
            found[term] += number
        return found

    def _read(self, partitions: Sequence[int], terms: Sequence[int], masks: Sequence[int]) -> Snapshot:
        segments: list[_Segment] = []
        dead_keys: list[int] = []
        delta: list[tuple[int, int, int, int]] = []
        size = total_length = 0
        for what, *row in sql.run(
            sql.statements().state,
            partitions,
            partitions,
            partitions,
            partitions,
            sorted({*terms, *masks}),
            partitions,
            using=self._using,
        ):
            if what == 4:
                delta.append((row[0], row[1], row[2], row[3]))
            elif what == 1:
                segments.append(_Segment(*row))
            elif what == 2:
                dead_keys.append(row[0])
            else:
                size, total_length = int(row[0]), int(row[1])
        dead = np.array(sorted(dead_keys), np.int64)
        documents, living = _documents_of(segments, self._using), _living_of(segments, self._using)
        postings, masked = _postings_of(segments, terms, self._using), _masks_of(segments, masks, self._using)
        blocks = []
        for segment, held in zip(segments, documents, strict=True):
            alive = both(living.get(segment.dead_token), alive_mask(held.keys, dead))
            size += segment.size
            total_length += held.total_length
            if alive is not None:
                gone = np.flatnonzero(~alive)
                size -= len(gone)
                total_length -= int(held.lengths[gone].sum(dtype=np.int64))
            blocks.append(
                Block(held.keys, held.lengths, alive, postings[segment.token], masked[segment.token])
            )
        block = delta_block(delta, dead, masks)
        if block is not None:
            blocks.append(block)
        return Snapshot(tuple(blocks), size, total_length)


def _documents_of(segments: Sequence[_Segment], using: str) -> list[_Documents]:
    found = {segment.token: _documents.get(segment.token) for segment in segments}
    missing = [segment.id for segment in segments if found[segment.token] is None]
    if missing:
        rows = sql.run(sql.statements().segments, missing, using=using, as_bytes=True)
        if len(rows) < len(missing):
            raise _Replaced
        for token, keys, lengths in rows:
            read = short(np.frombuffer(bytes(lengths), "<i4"))
            held = _Documents(np.frombuffer(bytes(keys), "<i8"), read, int(read.sum(dtype=np.int64)))
            _documents.put(token, held, len(keys) + read.nbytes)
            found[token] = held
    return [known for segment in segments if (known := found[segment.token]) is not None]


def _living_of(segments: Sequence[_Segment], using: str) -> dict[int, NDArray[np.bool_]]:
    """Token of the dead -> who lives; segments whose documents all live have none."""
    sizes = {segment.dead_token: segment.size for segment in segments if segment.dead_token}
    found = {token: alive for token in sizes if (alive := _living.get(token)) is not None}
    missing = [segment.id for segment in segments if segment.dead_token not in {0, *found}]
    if missing:
        for token, dead in sql.run(sql.statements().dead, missing, using=using, as_bytes=True):
            if token in sizes:
                found[token] = unpack_living(bytes(dead), sizes[token])
                _living.put(token, found[token], found[token].nbytes)
        if len(found) < len(sizes):
            raise _Replaced
    return found


def _postings_of(
    segments: Sequence[_Segment], terms: Sequence[int], using: str
) -> dict[int, dict[int, Posting]]:
    """Token -> term -> posting, for the terms that occur."""
    found = _kept(_postings, segments, terms)
    for token, postings in _read_each(*_missing(segments, found, terms), unpack, _ABSENT, using).items():
        for term, posting in postings.items():
            _postings.put((token, term), posting, posting.positions.nbytes + posting.counts.nbytes)
        found[token] |= postings
    return {
        token: {term: p for term, p in postings.items() if p is not _ABSENT}
        for token, postings in found.items()
    }


def _masks_of(segments: Sequence[_Segment], terms: Sequence[int], using: str) -> dict[int, dict[int, Mask]]:
    """Token -> term -> who has it, for the terms that occur; a mask is kept, its posting is not."""
    found = _kept(_masks, segments, terms)
    for token, masks in _read_each(*_missing(segments, found, terms), unpack_mask, _NOBODY, using).items():
        for term, mask in masks.items():
            _masks.put((token, term), mask, mask.nbytes)
        found[token] |= masks
    return {
        token: {term: mask for term, mask in masks.items() if mask is not _NOBODY}
        for token, masks in found.items()
    }


def _kept(
    cache: BoundedCache[V], segments: Sequence[_Segment], terms: Sequence[int]
) -> dict[int, dict[int, V]]:
    """Token -> term -> what this process has read of it before."""
    found: dict[int, dict[int, V]] = {}
    for segment in segments:
        known = {term: cache.get((segment.token, term)) for term in terms}
        found[segment.token] = {term: value for term, value in known.items() if value is not None}
    return found


def _missing(
    segments: Sequence[_Segment], found: Mapping[int, Mapping[int, object]], terms: Sequence[int]
) -> tuple[list[_Segment], list[int]]:
    """The segments of which something was not read yet, and all such terms."""
    incomplete = [segment for segment in segments if len(found[segment.token]) < len(terms)]
    unknown = {term for segment in incomplete for term in terms if term not in found[segment.token]}
    return incomplete, sorted(unknown)


def _read_each(
    segments: Sequence[_Segment],
    terms: Sequence[int],
    unpacked: Callable[[bytes, int], V],
    absent: V,
    using: str,
) -> dict[int, dict[int, V]]:
    """Token -> each term -> its posting as unpacked from (bytes, size of the segment), or what stands for none."""
    if not segments:
        return {}
    by_id = {segment.id: segment for segment in segments}
    found = {segment.token: dict.fromkeys(terms, absent) for segment in segments}
    still_there = 0
    ids = list(by_id)
    for segment_id, term, data in sql.run(
        sql.statements().postings, ids, terms, ids, using=using, as_bytes=True
    ):
        if term is None:
            still_there += 1
        else:
            segment = by_id[segment_id]
            found[segment.token][term] = unpacked(bytes(data), segment.size)
    if still_there < len(by_id):
        raise _Replaced
    return found
