"""Concepts that texts touch: the engine's and a town's own."""

import re
from collections.abc import Iterable, Mapping
from functools import cache

from musubi_engine.knowledge.concepts import ASSETS, THEMES
from musubi_engine.reading import assets, themes
from musubi_engine.text import fold

from ..models import OwnConcept

_LATIN = "a-z0-9"


@cache
def known_concepts() -> tuple[str, ...]:
    """The names of all concepts that come with the engine, what activities are about first."""
    return tuple(dict.fromkeys((*THEMES, *ASSETS)))


class ConceptReader:
    """Reads concepts in texts as one town speaks: made once, it asks the database nothing more."""

    def __init__(self, own: Iterable[OwnConcept] = ()) -> None:
        rows = sorted(own, key=lambda row: row.name)
        self.own_names = tuple(row.name for row in rows)
        self._broader: Mapping[str, tuple[str, ...]] = {row.name: tuple(row.broader) for row in rows}
        self._serves: Mapping[str, tuple[str, ...]] = {row.name: tuple(row.serves) for row in rows}
        self._named: dict[str, set[str]] = {}
        for row in rows:
            for word in (row.name, *row.words):
                if known := fold(word):
                    self._named.setdefault(known, set()).add(row.name)
        self._pattern = _alternatives(self._named)

    def names_in(self, text: str, *, offered: bool = False) -> frozenset[str]:
        """The concepts a text touches, and of the town's own ones what they are one of.

        Of something `offered` also what it can serve as.
        """
        found = themes(text) | assets(text)
        if self._pattern is None:
            return found
        own = {name for word in self._pattern.findall(fold(text)) for name in self._named[word]}
        return found | self._widened(own, offered=offered)

    @property
    def known(self) -> tuple[str, ...]:
        """The names of all concepts that a listing of this town may carry, the town's own first."""
        return tuple(dict.fromkeys((*self.own_names, *known_concepts())))

    def _widened(self, names: set[str], *, offered: bool) -> frozenset[str]:
        """With everything above them: broader ones of broader ones too, and each once, so that rings end."""
        found: set[str] = set()
        waiting = sorted(names)
        while waiting:
            name = waiting.pop()
            if name in found:
                continue
            found.add(name)
            waiting += self._broader.get(name, ())
            if offered:
                waiting += self._serves.get(name, ())
        return frozenset(found)


def _alternatives(words: Iterable[str]) -> re.Pattern[str] | None:
    """All words in one search, the longest first; Latin ones stand alone or beside Japanese."""
    parts = [
        (rf"(?<![{_LATIN}])" if word[0].isascii() else "")
        + re.escape(word)
        + (rf"(?![{_LATIN}])" if word[-1].isascii() else "")
        for word in sorted(words, key=lambda word: (-len(word), word))
    ]
    return re.compile("|".join(parts)) if parts else None
