"""The plain texts of documents: packed for the table, and asked whether they hold a phrase.

Per document: its texts as written, the same with its names made one, its words as they stand, and what it
says as typed. Compressed, because these differ little: about a third of what they are in the open.
"""

import zlib
from collections.abc import Iterable, Sequence

from musubi.base.index.models import DocumentText
from musubi_engine.index import Typed
from musubi_engine.text import plain_forms, surface_words

_PART, _FIELD = "\x1e", "\n"
_LEVEL = 1
_SAID = 2  # title and body come first; who says it is no part of what is said


def pack_texts(fields: Iterable[str]) -> bytes:
    """The bytes for a document's texts; a phrase never reaches from one field into the next."""
    texts = list(fields)
    forms = [plain_forms(text) for text in texts]
    parts = (
        _FIELD.join(written for written, _ in forms),
        _FIELD.join(unified for _, unified in forms),
        _FIELD.join(surface_words(_FIELD.join(texts))),
        _FIELD.join(texts[:_SAID]).replace(_PART, " "),
    )
    return zlib.compress(_PART.join(parts).encode(), _LEVEL)


def _unpack(data: bytes | memoryview) -> list[str]:
    return zlib.decompress(bytes(data)).decode().split(_PART)


def words_in(data: bytes | memoryview) -> list[str]:
    """The words of a document as they stand in it."""
    return [word for word in _unpack(data)[2].split(_FIELD) if word]


def said_in(data: bytes | memoryview) -> str:
    """What a listing itself says, as typed; as the index has it, if it was saved before that was kept."""
    parts = _unpack(data)
    return parts[3] if len(parts) > 3 else _FIELD.join(parts[0].split(_FIELD)[:_SAID])


def keys_that_hold(typed: Typed, keys: Sequence[int]) -> frozenset[int]:
    """Those of the documents whose texts have every quoted phrase; what is gone meanwhile has none."""
    held = set()
    for key, data in DocumentText.objects.filter(key__in=keys).order_by().values_list("key", "data"):
        written, unified = _unpack(data)[:2]
        if typed.holds(written, unified):
            held.add(key)
    return frozenset(held)
