"""Engine values as rows, and rows as engine values."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice
from secrets import randbits

import numpy as np
from numpy.typing import NDArray

from musubi.base.index.adapter import sql
from musubi.base.index.enums import EVERY
from musubi.base.index.models import DeltaPosting, Posting, Segment
from musubi_engine.index import DocumentTerms, count_entries
from musubi_engine.index.facets import FACETS_VERSION
from musubi_engine.text import TEXT_VERSION

_KEYS = "3"
RULES = f"text {TEXT_VERSION}, {_KEYS}.{FACETS_VERSION}"
"""How texts are cut, what keys and facets tell: an index that was built by other rules must be built anew."""
_BATCH = 2000


@dataclass(frozen=True, slots=True, eq=False)
class DeltaRows:
    """Documents that no segment holds yet (`keys`, `lengths`) and their m occurrences."""

    keys: NDArray[np.int64]
    lengths: NDArray[np.int32]
    terms: NDArray[np.int64]
    owners: NDArray[np.int64]
    counts: NDArray[np.uint8]


def digest_of(partition: int, document: DocumentTerms, texts: bytes) -> bytes:
    """16 bytes that are equal when partition, terms, counts, length and packed texts are."""
    terms = np.array(sorted(document.terms.items()), "<i8")
    head = f"{partition} {document.length} ".encode()
    return blake2b(head + terms.tobytes() + texts, digest_size=16).digest()


def kind_facet(kind: str) -> str:
    """The facet by which documents of one kind are searched alone."""
    return f"document:{kind}"


def document_facets(kind: str, facets: Iterable[str]) -> frozenset[str]:
    """A document's own facets and that of its kind."""
    return frozenset({*facets, kind_facet(kind)})


def save_delta(partition: int, document: DocumentTerms) -> None:
    """Write one document's rows."""
    key, length = document.key, document.length
    rows = [(partition, term, key, count, length) for term, count in document.terms.items()]
    sql.insert("index_deltaposting", rows)


def load_delta(partition: int) -> DeltaRows:
    """Everything of a partition that no segment holds yet, read in one statement."""
    rows = (
        DeltaPosting.objects.filter(partition=partition)
        .order_by()
        .values_list("term", "key", "count", "length")
        .iterator(chunk_size=_BATCH)
    )
    chunks = [np.empty((0, 4), np.int64)]
    while chunk := list(islice(rows, _BATCH)):
        chunks.append(np.array(chunk, np.int64))
    table = np.concatenate(chunks)
    heads = table[table[:, 0] == EVERY]
    return DeltaRows(
        heads[:, 1].copy(),
        heads[:, 3].astype(np.int32),
        table[:, 0].copy(),
        table[:, 1].copy(),
        table[:, 2].astype(np.uint8),
    )


def save_segment(
    partition: int,
    keys: NDArray[np.int64],
    lengths: NDArray[np.integer],
    postings: Iterable[tuple[int, bytes]],
) -> Segment:
    """Write a segment; its postings are taken one by one, so they need not fit in memory."""
    segment = Segment.objects.create(
        token=randbits(63),
        partition=partition,
        size=len(keys),
        total_length=int(lengths.sum(dtype=np.int64)),
        keys=keys.astype("<i8").tobytes(),
        lengths=lengths.astype("<i4").tobytes(),
    )
    rows = ((segment.pk, term, count_entries(data, len(keys)), data) for term, data in postings)
    while batch := list(islice(rows, _BATCH)):
        sql.insert("index_posting", batch)
    return segment


def stream_postings(segments: Iterable[Segment]) -> Iterator[tuple[int, int, bytes]]:
    """(term, segment id, data) of several segments in the order of the terms."""
    rows = (
        Posting.objects.filter(segment__in=[segment.pk for segment in segments])
        .order_by("term", "segment_id")
        .values_list("term", "segment_id", "data")
        .iterator(chunk_size=_BATCH)
    )
    for term, segment_id, data in rows:
        yield term, segment_id, bytes(data)


def living_of(segment: Segment) -> NDArray[np.bool_] | None:
    """bool[size]: who of a segment lives, but for tombstones; None: all."""
    return unpack_living(bytes(segment.dead), segment.size) if segment.dead_token else None


def unpack_living(dead: bytes, size: int) -> NDArray[np.bool_]:
    """bool[size]: who is not marked as dead."""
    living: NDArray[np.bool_] = np.unpackbits(np.frombuffer(dead, np.uint8), count=size) == 0
    living.flags.writeable = False  # kept, and shared by all who ask
    return living


def save_living(segment: Segment, living: NDArray[np.bool_]) -> None:
    """Mark all others of a segment as dead."""
    segment.dead, segment.dead_token = np.packbits(~living).tobytes(), randbits(63)
    segment.save(update_fields=["dead", "dead_token"])


def delete_delta(partition: int, keys: NDArray[np.int64]) -> None:
    """Remove these documents' rows and no others."""
    if len(keys):
        sql.run(sql.statements().delete_delta, [partition], keys.tolist())


def delete_tombstones(keys: NDArray[np.int64]) -> None:
    """Forget that these keys are dead."""
    if len(keys):
        sql.run(sql.statements().delete_tombstones, keys.tolist())
