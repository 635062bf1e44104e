"""A document's key says where its object stands: newest first is by key, and so are ties.

It follows from the object, not from the order in which documents were written: an index that was deleted and made
anew gives every list in the same order. (Not among objects of one second whose numbers lie 131,072 apart: an import of
more than that at once.)

63 bits, from the highest: the second since which the object stands there (32), the end of its number (17), its kind
(2), which of its documents it is (12). So an edit has another key than what it replaces; after 4,096 of them the first may
come again, which harms nobody: of two documents with one key one is dead, and was dead before.
"""

import datetime as dt
from collections.abc import Sequence
from secrets import randbits

from musubi.base.index.enums import DocumentKind
from musubi.base.index.models import Document, Tombstone

_OF_SECOND, _OF_OBJECT, _OF_KIND, _OF_TURN = 32, 17, 2, 12
_TURNS = 1 << _OF_TURN
_KINDS = {kind.value: number for number, kind in enumerate(DocumentKind)}


def place_of(kind: str, object_id: int, since: dt.datetime | None) -> int:
    """The least key of an object: all its documents' keys are the next 4,096. Without `since`: before all with one."""
    # What is before 1970 or after 2106 stands with the first or the last.
    second = 0 if since is None else min(max(int(since.timestamp()), 0), (1 << _OF_SECOND) - 1)
    end = object_id & ((1 << _OF_OBJECT) - 1)
    return ((second << _OF_OBJECT | end) << _OF_KIND | _KINDS[kind]) << _OF_TURN


def stands_at(key: int, place: int) -> bool:
    """Whether a document stands where its object now does."""
    return key - key % _TURNS == place


def new_keys(asked: Sequence[tuple[int, int | None]]) -> list[int]:
    """A key for each (place, key of the document before or None) that no document or tombstone has; two queries.

    An object's next document has the next key. Where none is known, some may still be dead in a segment, which nobody
    reads for this: such objects begin anywhere. RuntimeError where a place has none left: thousands of edits of one
    object that no merge has packed.
    """
    keys = [
        place + (randbits(_OF_TURN) if before is None else (before + 1) % _TURNS) for place, before in asked
    ]
    seen: set[int] = set()
    clash = list(range(len(keys)))
    for _ in range(_TURNS + 1):
        if not clash:
            return keys
        wanted = [keys[number] for number in clash]
        for model in (Document, Tombstone):
            seen.update(
                model._default_manager.filter(key__in=wanted).order_by().values_list("key", flat=True)
            )
        again = []
        for number in clash:
            if keys[number] in seen:
                keys[number] = asked[number][0] + (keys[number] + 1) % _TURNS
                again.append(number)
            else:
                seen.add(keys[number])
        clash = again
    message = "Too many documents at one place of the index: is the worker running, which merges them?"
    raise RuntimeError(message)
