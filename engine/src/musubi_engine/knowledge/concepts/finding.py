"""Which concepts a text speaks of.

Words are matched as parts of the folded text, the longest first: what a longer word covers does
not count again (車椅子 is no 椅子). Latin words and katakana words of up to three letters only
match whole (ラック is not in トラック, マイク not in マイクロバス).
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from itertools import islice
from operator import add
from typing import Final

from musubi_engine.text import fold

_LATIN = re.compile(r"[a-z0-9][a-z0-9-]*")
_KATAKANA = re.compile(r"[ァ-ヺー]+")
_SHORT_KATAKANA: Final = 3
_START: Final = 2


class Finder:
    """All words of a table in one search, so that a word inside a longer one says nothing.

    車椅子 is no 椅子 and 子ども食堂 no 食堂, whichever concept the longer word belongs to.
    """

    def __init__(self, words: Mapping[str, Iterable[str]], covering: Iterable[str] = ()) -> None:
        """`words` by concept; `covering` words hold one of them and mean something else."""
        self._folded: dict[str, set[str]] = {}
        self._latin: dict[str, set[str]] = {}
        self._katakana: dict[str, set[str]] = {}
        for name, written in words.items():
            for word in written:
                self._entry(word).add(name)
        for word in covering:
            self._entry(word)
        self._alone = {term for term in self._folded if len(term) == 1}
        self._by_start: dict[str, tuple[str, ...]] = {}
        for term in sorted(self._folded.keys() - self._alone, key=lambda term: (-len(term), term)):
            start = term[:_START]
            self._by_start[start] = (*self._by_start.get(start, ()), term)

    def _entry(self, word: str) -> set[str]:
        if word.isascii():
            return self._latin.setdefault(word.lower(), set())
        if len(word) <= _SHORT_KATAKANA and _KATAKANA.fullmatch(word):
            return self._katakana.setdefault(word, set())
        return self._folded.setdefault(fold(word), set())

    def find(self, text: str) -> frozenset[str]:
        """Names of the concepts the text speaks of."""
        known = fold(text)
        found: set[str] = set()
        for word in _LATIN.findall(known):
            found |= self._latin.get(word, set())
        if self._katakana:
            for run in _KATAKANA.findall(unicodedata.normalize("NFKC", text)):
                found |= self._katakana.get(run, set())
        reached = 0
        by_start, alone = self._by_start, self._alone
        # Few places begin a word: they are looked for before anything is asked of them.
        starts = enumerate(map(add, known, islice(known + " ", 1, None)))
        for place, start in [(p, s) for p, s in starts if s in by_start or s[0] in alone]:
            term = start[0] if start[0] in alone else ""
            for longer in by_start.get(start, ()):
                if known.startswith(longer, place):
                    term = longer
                    break
            # A word at every place, also one that overlaps with the last, but not inside it.
            if term and place + len(term) > reached:
                reached = place + len(term)
                found |= self._folded[term]
        return frozenset(found)
