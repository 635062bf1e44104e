"""Many objects at once, straight into segments, in bounded memory."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice

from django.db import transaction
from django.db.models import Count

from musubi.base.common.processes import in_order
from musubi.base.index.adapter import RULES, digest_of, document_facets, pack_texts, save_segment
from musubi.base.index.adapter.replica import remember_write
from musubi.base.index.models import (
    BuiltWith,
    DeltaPosting,
    Document,
    DocumentText,
    DocumentVector,
    Posting,
    Segment,
    Tombstone,
    Vocabulary,
)
from musubi.base.index.services.documents import IndexRow
from musubi.base.index.services.keys import new_keys, place_of, stands_at
from musubi.base.index.services.locks import hold_index
from musubi.base.index.services.merging import merge_partition
from musubi.base.index.services.vectors import forget_vectors, write_vectors
from musubi_engine.index import DocumentTerms, IndexDocument, SegmentBuilder, analyse

_CHUNK = 500  # objects looked up and numbered together
_ENTRIES = 2_000_000  # postings held in memory before a segment is written: about 100 MB


@dataclass(frozen=True, slots=True)
class _Prepared:
    """What is made of a row before it is known whether it had changed."""

    row: IndexRow
    document: DocumentTerms
    texts: bytes
    digest: bytes


@transaction.atomic
def bulk_index(*, kind: str, rows: Iterable[IndexRow], jobs: int = 1) -> int:
    """Index many objects of a kind as `index_object` would; returns how many had changed.

    All or nothing. Reads `rows` once and holds at most some thousand a process. Of an object given twice the
    last counts. Other writers to the index wait. Texts are read by `jobs` processes: the answers are the same.
    """
    hold_index()
    remember_write()
    builders: dict[int, SegmentBuilder] = {}
    changed = 0
    for prepared in in_order(partial(_prepare, kind), _chunks(rows), jobs=jobs):
        for partition, document in _number(kind, prepared):
            changed += 1
            builder = builders.setdefault(partition, SegmentBuilder())
            builder.add(document)
        while sum(builder.entries for builder in builders.values()) > _ENTRIES:
            fullest = max(builders, key=lambda partition: builders[partition].entries)
            _write(fullest, builders.pop(fullest))
    for partition, builder in builders.items():
        _write(partition, builder)
    return changed


@transaction.atomic
def clear() -> None:
    """Empty the index. Until the caller's transaction commits, others still search the old one."""
    hold_index()
    for model in (
        DeltaPosting,
        Tombstone,
        Posting,
        Segment,
        DocumentText,
        DocumentVector,
        Vocabulary,
        Document,
    ):
        model.objects.all().delete()
    BuiltWith.objects.update_or_create(pk=1, defaults={"rules": RULES})


@transaction.atomic
def rebuild(kinds: Iterable[tuple[str, Iterable[IndexRow]]], *, jobs: int = 1) -> int:
    """Replace the whole index by these rows, kind by kind; returns how many.

    Searches answer from the old index until the commit. A save that happens meanwhile waits and is
    indexed after it, provided the rows are read from the database as they are asked for.
    """
    clear()
    number = sum(bulk_index(kind=kind, rows=rows, jobs=jobs) for kind, rows in kinds)
    # Written piece by piece to need little memory; read fastest as one.
    pieces = Segment.objects.order_by().values("partition").annotate(n=Count("pk")).filter(n__gt=1)
    for partition in list(pieces.values_list("partition", flat=True)):
        merge_partition(partition, everything=True)
    return number


def _chunks(rows: Iterable[IndexRow]) -> Iterator[list[IndexRow]]:
    rows = iter(rows)
    while chunk := list(islice(rows, _CHUNK)):
        yield list({row.object_id: row for row in chunk}.values())


def _prepare(kind: str, rows: list[IndexRow]) -> list[_Prepared]:
    """Reads the rows' texts; asks no database."""
    prepared = []
    for row in rows:
        facets = document_facets(kind, row.facets)
        document = analyse(IndexDocument(key=0, fields=row.fields, facets=facets))
        texts = pack_texts(row.fields.values())
        prepared.append(_Prepared(row, document, texts, digest_of(row.partition, document, texts)))
    return prepared


def _number(kind: str, prepared: Sequence[_Prepared]) -> list[tuple[int, DocumentTerms]]:
    """(partition, analysed document under its new key) of the rows that changed."""
    ids = [each.row.object_id for each in prepared]
    old = {d.object_id: d for d in Document.objects.filter(kind=kind, object_id__in=ids)}
    analysed: list[DocumentTerms] = []
    texts: list[bytes] = []
    places: list[tuple[int, int | None]] = []
    fresh: list[Document] = []
    buried: list[Document] = []
    for each in prepared:
        row, known = each.row, old.get(each.row.object_id)
        place = place_of(kind, row.object_id, row.since)
        if known is not None:
            if bytes(known.digest) == each.digest and stands_at(known.key, place):
                continue
            buried.append(known)
        analysed.append(each.document)
        texts.append(each.texts)
        places.append((place, known.key if known is not None else None))
        fresh.append(
            Document(partition=row.partition, kind=kind, object_id=row.object_id, digest=each.digest)
        )
    Tombstone.objects.bulk_create(document.tombstone() for document in buried)
    DocumentText.objects.filter(pk__in=[d.pk for d in buried]).delete()
    Document.objects.filter(pk__in=[d.pk for d in buried]).delete()
    forget_vectors(buried)
    for document, key in zip(fresh, new_keys(places), strict=True):
        document.key = key
    Document.objects.bulk_create(fresh)
    DocumentText.objects.bulk_create(
        DocumentText(key=row.key, partition=row.partition, data=packed)
        for row, packed in zip(fresh, texts, strict=True)
    )
    write_vectors(list(zip(fresh, texts, strict=True)))
    return [
        (row.partition, replace(document, key=row.key)) for row, document in zip(fresh, analysed, strict=True)
    ]


def _write(partition: int, builder: SegmentBuilder) -> None:
    segment = builder.build()
    save_segment(partition, segment.keys, segment.lengths, segment.postings.items())
