"""Texts as vectors: by which basis, what that is in this process, and how near two listings are.

A vector is made where a listing is saved, never where it is read: reading words takes longer than comparing.
"""

import logging
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

import numpy as np
from django.conf import settings
from django.db.models import QuerySet

from musubi.base.common.prepared import Among, Prepared
from musubi.base.index.enums import DocumentKind
from musubi.base.index.models import DocumentVector, VectorBasis
from musubi_engine import ENGINE_VERSION, InputError
from musubi_engine.embedding import OnnxEmbedding
from musubi_engine.meaning import Embedding, learn_from_texts, nearness
from musubi_engine.text import TEXT_VERSION
from musubi_engine.text.sudachi import content_words, words_installed
from musubi_engine.vectors import Vectors

log = logging.getLogger(__name__)

WITH_VECTORS = frozenset({DocumentKind.LISTING.value})
LEARNT = f"learnt {ENGINE_VERSION} {TEXT_VERSION}"
_MODEL = "onnx "


def wanted_maker() -> str:
    """By what vectors are to be made; empty: none are. OSError if the operator's model cannot be read."""
    if not settings.VECTORS:
        return ""
    if settings.EMBEDDING:
        return _MODEL + _digest_of(settings.EMBEDDING)
    return LEARNT if words_installed() else ""


def learn(texts: Iterable[str], maker: str) -> bytes:
    """The data of a new basis. An operator's model has learnt before: it is only tried, InputError if it fails."""
    if maker.startswith(_MODEL):
        _model(settings.EMBEDDING)
        return b""
    return learn_from_texts(texts).to_bytes()


def embedding_of(token: int, made_by: str) -> Embedding | None:
    """What turns texts into vectors of a stored basis; None if this process cannot."""
    try:
        if not made_by.startswith(_MODEL):
            return _learnt(token) if words_installed() else None
        return _model(settings.EMBEDDING) if made_by == wanted_maker() else None
    except (InputError, OSError):
        log.warning("The model of MUSUBI_EMBEDDING cannot be used.", exc_info=True)
        return None


def vectors_of(texts: Sequence[str], embedding: Embedding) -> list[bytes]:
    """A vector for each text, as it is stored."""
    return [row.tobytes() for row in embedding.of_texts(texts).astype("<f2")]


def near_in_meaning(object_id: int, others: Iterable[int]) -> Mapping[int, float]:
    """How near the other listings are to one by their vectors, 0 to 1, in one query.

    Who has no vector of the current basis, or one that says nothing, is missing; all are if the one itself has none.
    """
    ids = {object_id, *others}
    if not settings.VECTORS or len(ids) == 1:
        return {}
    rows = _vectors(objects=ids)
    if not rows:
        return {}
    vectors = np.frombuffer(b"".join([data for _, data in rows]), "<f2").reshape(len(rows), -1)
    telling = np.flatnonzero(vectors.any(axis=1)).tolist()
    places = {rows[place][0]: place for place in telling}
    own = places.pop(object_id, None)
    if own is None or not places:
        return {}
    found = nearness(vectors[own].astype(np.float64), vectors[list(places.values())].astype(np.float64))
    return dict(zip(places, found, strict=True))


@Prepared
def _vectors() -> QuerySet[DocumentVector, tuple[int, bytes | memoryview]]:
    current = VectorBasis.objects.filter(is_current=True).order_by().values("token")
    rows = DocumentVector.objects.filter(Among("object_id", "objects"), basis__in=current)
    return rows.order_by().values_list("object_id", "data")


@lru_cache(maxsize=2)  # the current one, and the one being prepared
def _learnt(token: int) -> Vectors | None:
    data = VectorBasis.objects.filter(token=token).values_list("data", flat=True).first()
    return None if data is None else Vectors.from_bytes(bytes(data), terms=content_words)


@lru_cache(maxsize=1)
def _model(folder: Path) -> OnnxEmbedding:
    return OnnxEmbedding(folder)


@lru_cache(maxsize=1)
def _digest_of(folder: Path) -> str:
    """Names the model by its content, read once in a process: put another in another folder, or start anew."""
    digest = blake2b(digest_size=16)
    for name in ("model.onnx", "vocab.txt"):
        with (folder / name).open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()
