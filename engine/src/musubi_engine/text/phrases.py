"""Whether a text has a phrase letter by letter, in any spelling and whatever punctuation stands between."""

import re
from functools import lru_cache
from typing import NamedTuple

from musubi_engine.text.folding import normalise, unify, written_and_unified
from musubi_engine.text.terms import RUN, tokens_of

_BETWEEN = " "


class Boundaries(NamedTuple):
    """A phrase in its two plain forms, and as patterns that end where words of Latin letters and numbers end."""

    written: re.Pattern[str] | None
    unified: re.Pattern[str] | None
    is_one_term: bool


def plain_forms(text: str) -> tuple[str, str]:
    """The text as written and with its names made one, without punctuation: what phrases are looked for in."""
    written, unified = written_and_unified(text)
    return _plain(written), _plain(unified)


def holds_phrase(phrase: str, written: str, unified: str) -> bool:
    """Whether one of the two plain forms of a text has the phrase; a phrase without a letter is nowhere."""
    edges = boundaries(phrase)
    if edges.written is None or edges.unified is None:
        return False
    return bool(edges.unified.search(unified) or edges.written.search(written))


@lru_cache(maxsize=256)
def boundaries(phrase: str) -> Boundaries:
    """How a phrase is looked for; `is_one_term`: the index alone answers exactly."""
    unified = _plain(unify(phrase))
    tokens = [tokens_of(run) for run in unified.split(_BETWEEN)] if unified else []
    single = len(tokens) == 1 and len(tokens[0]) == 2
    return Boundaries(_pattern(_plain(normalise(phrase))), _pattern(unified), single)


def _plain(text: str) -> str:
    return _BETWEEN.join(RUN.findall(text))


def _pattern(plain: str) -> re.Pattern[str] | None:
    """pc is no part of pcr, nor 3人 of 13人."""
    if not plain:
        return None
    before = _edge(plain[0], "(?<!{})")
    after = _edge(plain[-1], "(?!{})")
    return re.compile(before + re.escape(plain) + after)


def _edge(letter: str, without: str) -> str:
    if letter in "0123456789":
        return without.format("[0-9]")
    return without.format("[a-z]") if "a" <= letter <= "z" else ""
