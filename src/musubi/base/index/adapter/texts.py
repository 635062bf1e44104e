"""The plain texts of documents: packed for the table, and asked whether they hold a phrase.

Per document: its texts as written, the same with its names made one, and its words as they stand.
Compressed, because the first two differ little: about a third of what they are in the open.
"""

import zlib
from collections.abc import Iterable, Sequence

from musubi.base.index.models import DocumentText
from musubi_engine.index import Typed
from musubi_engine.text import plain_forms, surface_words

_PART, _FIELD = "\x1e", "\n"
_LEVEL = 1


def pack_texts(fields: Iterable[str]) -> bytes:
    """The bytes for a document's texts; a phrase never reaches from one field into the next."""
    texts = list(fields)
    forms = [plain_forms(text) for text in texts]
    parts = (
        _FIELD.join(written for written, _ in forms),
        _FIELD.join(unified for _, unified in forms),
        _FIELD.join(surface_words(_FIELD.join(texts))),
    )
    return zlib.compress(_PART.join(parts).encode(), _LEVEL)


def _unpack(data: bytes | memoryview) -> list[str]:
    return zlib.decompress(bytes(data)).decode().split(_PART)


def words_in(data: bytes | memoryview) -> list[str]:
    """The words of a document as they stand in it."""
    return [word for word in _unpack(data)[2].split(_FIELD) if word]


def said_in(data: bytes | memoryview) -> str:
    """What a listing itself says: its title and body, which come first, without the name of who says it."""
    return " ".join(_unpack(data)[0].split(_FIELD)[:2])


def keys_that_hold(typed: Typed, keys: Sequence[int]) -> frozenset[int]:
    """Those of the documents whose texts have every quoted phrase; what is gone meanwhile has none."""
    held = set()
    for key, data in DocumentText.objects.filter(key__in=keys).order_by().values_list("key", "data"):
        written, unified, _ = _unpack(data)
        if typed.holds(written, unified):
            held.add(key)
    return frozenset(held)
