"""One object at a time, in the transaction of its save."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.db import transaction

from musubi.base.index.adapter import digest_of, document_facets, pack_texts, save_delta
from musubi.base.index.adapter.replica import remember_write
from musubi.base.index.models import Document, DocumentText
from musubi.base.index.services.keys import new_keys, place_of, stands_at
from musubi.base.index.services.locks import hold_object, share_index
from musubi.base.index.services.vectors import forget_vectors, write_vectors
from musubi_engine.index import IndexDocument, analyse


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexRow:
    """By what an object is found.

    `fields`: title, body, actor, any of them. `since`: by which it stands among others, the newest first; it is best
    the moment at which the object came to be seen, which no edit moves (None: behind all that have one).
    """

    object_id: int
    partition: int
    fields: Mapping[str, str]
    facets: Iterable[str] = ()
    since: dt.datetime | None = None


@transaction.atomic
def index_object(*, kind: str, row: IndexRow) -> None:
    """Let the object be found by these texts and facets, and by nothing it had before.

    Found by every process once the caller's transaction commits. Does nothing if nothing changed. Raises ValueError
    for an unknown field.
    """
    document = analyse(IndexDocument(key=0, fields=row.fields, facets=document_facets(kind, row.facets)))
    texts = pack_texts(row.fields.values())
    digest = digest_of(row.partition, document, texts)
    place = place_of(kind, row.object_id, row.since)
    share_index()
    hold_object(kind, row.object_id)
    old = Document.objects.filter(kind=kind, object_id=row.object_id).first()
    if old is not None:
        if bytes(old.digest) == digest and stands_at(old.key, place):
            return
        _bury(old)
    remember_write()
    (key,) = new_keys([(place, old.key if old is not None else None)])
    new = Document.objects.create(
        key=key, partition=row.partition, kind=kind, object_id=row.object_id, digest=digest
    )
    DocumentText.objects.create(key=new.key, partition=row.partition, data=texts)
    save_delta(row.partition, replace(document, key=new.key))
    write_vectors([(new, texts)])


@transaction.atomic
def remove_object(*, kind: str, object_id: int) -> None:
    """Let the object be found no more. Does nothing if it is not indexed."""
    share_index()
    hold_object(kind, object_id)
    old = Document.objects.filter(kind=kind, object_id=object_id).first()
    if old is not None:
        remember_write()
        _bury(old)


def _bury(document: Document) -> None:
    """Its postings stay where they are until a merge: a save never touches what a merge reads."""
    document.tombstone().save(force_insert=True)
    DocumentText.objects.filter(key=document.key).delete()
    document.delete()
    forget_vectors([document])
