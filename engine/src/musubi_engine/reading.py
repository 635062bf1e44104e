"""What the engine reads once in a listing's words: folded text, concepts, prices, refusals.

Everything here is a pure function of strings and cached by them, so that thousands of pairs
read each listing once.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from musubi_engine.knowledge.concepts import ASSETS, OTHER_WORDS, THEMES
from musubi_engine.text import fold
from musubi_engine.types import Listing

_CACHE: Final = 65536
_LATIN = re.compile(r"[a-z0-9][a-z0-9-]*")
_KATAKANA = re.compile(r"[ァ-ヺー]+")
_SHORT_KATAKANA = 3


@lru_cache(maxsize=_CACHE)
def surface(text: str) -> str:
    """The text in one width and case, otherwise as typed; for patterns that mind the script."""
    return unicodedata.normalize("NFKC", text).lower()


@lru_cache(maxsize=_CACHE)
def folded(text: str) -> str:
    """The folded text."""
    return fold(text)


def words_of(listing: Listing) -> str:
    """All that a listing says, as typed."""
    parts = (listing.title, listing.body, *(line.what for line in listing.lines), listing.can_do)
    return "\n".join(part for part in parts if part)


@lru_cache(maxsize=_CACHE)
def themes(text: str) -> frozenset[str]:
    """The themes a text touches, by name."""
    return _concepts_in(text)[0]


@lru_cache(maxsize=_CACHE)
def assets(text: str) -> frozenset[str]:
    """The concrete things a text touches, by name."""
    return _concepts_in(text)[1]


class _Concepts:
    """All terms of both tables in one search, so that a term inside a longer one says nothing.

    車椅子 is no 椅子 and 子ども食堂 no 食堂, whichever table the longer term stands in.
    """

    def __init__(self) -> None:
        self._named: dict[str, tuple[set[str], set[str]]] = {}
        self._latin: dict[str, tuple[set[str], set[str]]] = {}
        self._katakana: dict[str, tuple[set[str], set[str]]] = {}
        for place, table in enumerate((THEMES, ASSETS)):
            for name, words in table.items():
                for word in words.split():
                    self._add(word)[place].add(name)
        for word in OTHER_WORDS.split():
            self._add(word)
        by_first: dict[str, list[str]] = {}
        for term in sorted(self._named, key=lambda term: (-len(term), term)):
            by_first.setdefault(term[0], []).append(re.escape(term[1:]))
        alternatives = (f"{re.escape(first)}(?:{'|'.join(rests)})" for first, rests in by_first.items())
        # Looking ahead finds a term at every place, also one that overlaps with the last.
        self._pattern = re.compile(f"(?=({'|'.join(alternatives)}))")

    def _add(self, word: str) -> tuple[set[str], set[str]]:
        if word.isascii():
            return self._latin.setdefault(word, (set(), set()))
        if len(word) <= _SHORT_KATAKANA and _KATAKANA.fullmatch(word):
            return self._katakana.setdefault(word, (set(), set()))
        return self._named.setdefault(fold(word), (set(), set()))

    def of(self, text: str) -> tuple[frozenset[str], frozenset[str]]:
        """Names of the themes and of the things."""
        known = folded(text)
        found = [self._latin[word] for word in _LATIN.findall(known) if word in self._latin]
        found += [self._katakana[run] for run in _KATAKANA.findall(surface(text)) if run in self._katakana]
        reached = 0
        for match in self._pattern.finditer(known):
            if match.end(1) > reached:
                reached = match.end(1)
                found.append(self._named[match[1]])
        return (
            frozenset().union(*(themes for themes, _ in found)),
            frozenset().union(*(things for _, things in found)),
        )


@lru_cache(maxsize=1)
def _concepts() -> _Concepts:
    return _Concepts()


@lru_cache(maxsize=_CACHE)
def _concepts_in(text: str) -> tuple[frozenset[str], frozenset[str]]:
    return _concepts().of(text)


_YEN = re.compile(r"(?:(\d+(?:\.\d+)?)万)?(?:(\d+(?:\.\d+)?)千)?(\d{1,3}(?:,\d{3})+|\d+)?円")


@lru_cache(maxsize=_CACHE)
def yen_amounts(text: str) -> tuple[int, ...]:
    """Every sum of money a text names, in yen: 12,100円, 3万円, 4万5千円."""
    sums = []
    for ten_thousands, thousands, rest in _YEN.findall(surface(text)):
        if ten_thousands or thousands or rest:
            total = float(ten_thousands or 0) * 10_000 + float(thousands or 0) * 1_000
            sums.append(int(total) + int((rest or "0").replace(",", "")))
    return tuple(sums)
