"""Words written in katakana for which a Japanese one is better known."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from .katakana import TABLE
from .kinds import Rule
from .saying import Advice

_RUN: Final = re.compile("[ァ-ヺー・]{2,}")
_EXPLAINED: Final = re.compile(r"\s?[（(〈<［]")
_NAME_AFTER: Final = re.compile(
    "[一-鿿々]{0,6}(?:会|課|係|室|部|所|館|店|社|隊|団|大学|学院|制度|法人|事業|号)"
)
_OPEN, _CLOSE = '「『“"', '」』”"'


def find_katakana(text: str) -> Iterator[Advice]:
    """Each word once; not within names (「…」, …会) and not where an explanation stands right behind it."""
    seen: set[str] = set()
    for found in _RUN.finditer(text):
        word = found[0].strip("・").replace("・", "")
        instead = known().get(word, "")
        if not instead or word in seen or _is_named(text, found.start(), found.end()):
            continue
        seen.add(word)
        yield Advice(Rule.KATAKANA, found.start(), found[0].strip("・"), instead)


@cache
def known() -> dict[str, str]:
    """Word → what to say for it."""
    pairs = (line.split() for line in TABLE.strip().splitlines() if not line.startswith("#"))
    return {word: instead.replace("、", "・") for word, instead in pairs}


def _is_named(text: str, start: int, end: int) -> bool:
    if _EXPLAINED.match(text, end) or _NAME_AFTER.match(text, end):
        return True
    before = text[max(0, start - 20) : start].rpartition("\n")[2]
    opened = max(map(before.rfind, _OPEN))
    return opened > max(map(before.rfind, _CLOSE))
