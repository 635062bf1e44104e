"""Both work in the same field of civic activity.

Source: the 20 fields of 特定非営利活動促進法 別表 by which groups register themselves.
"""

from functools import lru_cache

from musubi_engine.labels import FIELDS
from musubi_engine.signals.base import Pair
from musubi_engine.telling import TOLD_ONCE, Sentence, quoted, say, term

_MOST_NAMED = 2


def value(pair: Pair, /) -> float:
    """1 when a field is shared."""
    return 0.0 if pair.need.fields.isdisjoint(pair.offer.fields) else 1.0


def sentence(pair: Pair, /) -> Sentence:
    """The shared fields by name."""
    return _same(tuple(sorted(pair.need.fields & pair.offer.fields)[:_MOST_NAMED]))


@lru_cache(TOLD_ONCE)
def _same(fields: tuple[int, ...]) -> Sentence:
    return say("活動の分野%(fields)sが同じです。", fields=quoted(term(FIELDS, field) for field in fields))
