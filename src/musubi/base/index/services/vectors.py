"""Vectors of listings: written with the listing, made anew as a whole by the worker."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from secrets import randbits

from django.conf import settings
from django.db import transaction
from django.db.models import F, Max, QuerySet

from musubi.base.common.processes import in_order
from musubi.base.index.adapter.texts import said_in
from musubi.base.index.adapter.vectors import (
    LEARNT,
    WITH_VECTORS,
    embedding_of,
    learn,
    vectors_of,
    wanted_maker,
)
from musubi.base.index.models import Document, DocumentText, DocumentVector, VectorBasis
from musubi.base.index.services.locks import share_index

LEAST_TEXTS = 50
"""Below, a list is short enough to be read, and a save need not wait for vectors (docs/matching.md)."""
MOST_TEXTS = 20_000
"""So many are learnt from, evenly by their numbers: memory is bounded whatever the town's size."""
CHANGED_SHARE, CHANGED_LEAST = 0.2, 50
OLDEST = dt.timedelta(days=30)
"""After so long a change, however small, is enough: words of texts that were taken back go too."""
_CHUNK, _PAGE = 500, 5_000


def write_vectors(documents: Sequence[tuple[Document, bytes]]) -> None:
    """The vectors of new documents with their packed texts, by each basis there is, in their own transaction."""
    about = [(document.object_id, said_in(packed)) for document, packed in documents if _has_vector(document)]
    if not about or not settings.VECTORS:
        return
    for token, made_by in VectorBasis.objects.values_list("token", "made_by"):
        DocumentVector.objects.bulk_create(_made(token, made_by, about))


def forget_vectors(documents: Iterable[Document]) -> None:
    """To be called when the documents are deleted already: a basis being filled may have waited for that."""
    ids = [document.object_id for document in documents if _has_vector(document)]
    if ids:
        DocumentVector.objects.filter(object_id__in=ids).delete()


def learn_vectors(
    *, now: dt.datetime, jobs: int = 1, when_changed: Callable[[], object] | None = None
) -> int:
    """Learn a new basis if enough has changed, and make the vectors that are missing; returns how many.

    Killed at any point it goes on where it was: a new basis is current only when all its vectors are
    there. Where vectors are turned off, or listings are too few to learn from, all are forgotten.
    Vectors are made by `jobs` processes. `when_changed` is called in the transaction in which readers get
    other vectors than before, or none any more.
    """
    maker = wanted_maker()
    listings = _listings()
    texts = listings.count()
    if not maker or (maker == LEARNT and texts < LEAST_TEXTS):
        _forget_all(when_changed)
        _forget_others(None)
        return 0
    basis = VectorBasis.objects.filter(is_current=False, made_by=maker).first()
    if basis is None:
        current = VectorBasis.objects.filter(is_current=True).first()
        basis = current if current and not _is_due(current, maker, texts, now) else _begin(maker, texts, now)
    number = _fill(basis, jobs)
    if not basis.is_current:
        _make_current(basis, when_changed)
    elif number and when_changed is not None:  # pairs that had no vector were scored without
        with transaction.atomic():
            when_changed()
    _forget_others(basis)
    return number


def _has_vector(document: Document) -> bool:
    return document.kind in WITH_VECTORS


def _listings() -> QuerySet[Document]:
    return Document.objects.filter(kind__in=WITH_VECTORS)


def _is_due(current: VectorBasis, maker: str, texts: int, now: dt.datetime) -> bool:
    if current.made_by != maker:
        return True
    if maker != LEARNT:
        return False
    since = DocumentVector.objects.filter(basis=current.token, pk__gt=current.newest_vector)
    changed = since.count()
    if now - current.learnt_at >= OLDEST:
        return changed > 0 or texts != current.texts
    return changed >= max(CHANGED_LEAST, texts * CHANGED_SHARE)


def _begin(maker: str, texts: int, now: dt.datetime) -> VectorBasis:
    step = -(-texts // MOST_TEXTS) or 1
    keys = _listings().annotate(part=F("object_id") % step).filter(part=0).order_by().values("key")
    packed = DocumentText.objects.filter(key__in=keys).order_by("key").values_list("data", flat=True)
    data = learn((said_in(each) for each in packed.iterator(chunk_size=_CHUNK)), maker)
    with transaction.atomic():
        VectorBasis.objects.filter(is_current=False).delete()
        return VectorBasis.objects.create(
            token=randbits(63),
            made_by=maker,
            data=data,
            texts=texts,
            learnt_at=now,
            is_current=False,
        )


def _fill(basis: VectorBasis, jobs: int) -> int:
    """The vectors that listings lack of a basis, a few hundred in a transaction."""
    if embedding_of(basis.token, basis.made_by) is None:
        message = "The vectors of this basis cannot be made here: see the log."
        raise RuntimeError(message)
    number = 0
    made_of = partial(_made_of_packed, basis.token, basis.made_by)
    for made in in_order(made_of, _lacking(basis), jobs=jobs):
        with transaction.atomic():
            share_index()
            # Of those that were saved anew or deleted meanwhile the text that was read is no more.
            alive = (
                Document.objects.select_for_update().filter(key__in=list(made)).values_list("key", flat=True)
            )
            rows = [made[key] for key in alive.order_by("key")]
            DocumentVector.objects.bulk_create(rows, ignore_conflicts=True)
        number += len(rows)
    return number


def _lacking(basis: VectorBasis) -> Iterator[list[tuple[int, int, bytes]]]:
    """(key, object, packed texts) of listings without a vector, a few hundred at a time."""
    # Whether each of some thousand has one is asked apart: for a few hundred that have none the database would each
    # time go through all that have (0.3 s at 200,000 vectors, PostgreSQL).
    last = -1
    while page := dict(
        _listings().filter(key__gt=last).order_by("key").values_list("key", "object_id")[:_PAGE]
    ):
        last = max(page)
        held = DocumentVector.objects.filter(basis=basis.token, object_id__in=page.values()).order_by()
        there = set(held.values_list("object_id", flat=True))
        keys = [key for key, object_id in page.items() if object_id not in there]
        for start in range(0, len(keys), _CHUNK):
            texts = DocumentText.objects.filter(key__in=keys[start : start + _CHUNK]).order_by("key")
            yield [(key, page[key], bytes(data)) for key, data in texts.values_list("key", "data")]


def _made_of_packed(
    token: int, made_by: str, rows: Sequence[tuple[int, int, bytes]]
) -> dict[int, DocumentVector]:
    """Key → unsaved vector; reads nothing but the basis."""
    about = [(object_id, said_in(packed)) for _, object_id, packed in rows]
    return dict(zip((key for key, _, _ in rows), _made(token, made_by, about), strict=True))


def _made(token: int, made_by: str, about: Sequence[tuple[int, str]]) -> list[DocumentVector]:
    """Unsaved vectors of (object, text); none where this process cannot make them, so that saving goes on."""
    embedding = embedding_of(token, made_by)
    if embedding is None:
        return []
    vectors = vectors_of([text for _, text in about], embedding)
    return [
        DocumentVector(object_id=object_id, basis=token, data=data)
        for (object_id, _), data in zip(about, vectors, strict=True)
    ]


@transaction.atomic
def _make_current(basis: VectorBasis, when_changed: Callable[[], object] | None) -> None:
    VectorBasis.objects.filter(is_current=True).delete()
    basis.is_current = True
    basis.newest_vector = DocumentVector.objects.aggregate(newest=Max("pk"))["newest"] or 0
    # An error, and nothing changed, if somebody else began anew.
    basis.save(update_fields=["is_current", "newest_vector"])
    if when_changed is not None:
        when_changed()


@transaction.atomic
def _forget_all(when_changed: Callable[[], object] | None) -> None:
    were_read = VectorBasis.objects.filter(is_current=True).exists()
    VectorBasis.objects.all().delete()
    if were_read and when_changed is not None:
        when_changed()


def _forget_others(basis: VectorBasis | None) -> None:
    """Vectors of every other basis, a few at a time: nobody reads them any more."""
    kept = [] if basis is None else [basis.token]
    others = DocumentVector.objects.exclude(basis__in=kept).order_by().values_list("pk", flat=True)
    while ids := list(others[:_CHUNK]):
        DocumentVector.objects.filter(pk__in=ids).delete()
