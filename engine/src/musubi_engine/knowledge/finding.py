"""Which recipes a text speaks of, and which it comes near without naming one."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from math import log
from typing import Final

from musubi_engine.knowledge.cookbook import Recipe
from musubi_engine.text import char_terms, fold

_CACHE: Final = 8192
_LATIN = re.compile("[a-z0-9]")
_WISH = re.compile(
    r"を?(?:はじめ|始め|やっ|開い|ひらい|開き|作り|つくり|おこ|起こ|し|やり)(?:て)?(?:み)?たい(?:です|と思\w*)?"
)
_TELLING = re.compile(r"[一-鿿ァ-ヺa-z0-9]")
_LEAST_SHARE: Final = 0.12


def recipes_in(text: str, recipes: Iterable[Recipe]) -> tuple[Recipe, ...]:
    """The recipes that have a word in the text, the one with the longest first.

    Words are compared folded. What a longer word of any recipe covers does not count again: a text on
    子ども食堂 does not speak of a recipe for 食堂. Latin words only match whole. Equals stand in the
    order of where they begin, then of their codes.
    """
    known = fold(text)
    words = sorted(
        ((word, recipe) for recipe in recipes for word in _folded(recipe.words)),
        key=lambda pair: (-len(pair[0]), pair[0], pair[1].code),
    )
    covered = [""] * len(known)
    best: dict[str, tuple[int, int, Recipe]] = {}
    for word, recipe in words:
        for start in _places(word, known):
            span = covered[start : start + len(word)]
            if all(span) and word not in span:
                continue
            for place in range(start, start + len(word)):
                covered[place] = covered[place] or word
            best.setdefault(recipe.code, (-len(word), start, recipe))
    return tuple(recipe for _, _, recipe in sorted(best.values(), key=lambda row: (*row[:2], row[2].code)))


def recipes_near(text: str, recipes: Iterable[Recipe], most: int = 5) -> tuple[Recipe, ...]:
    """Up to `most` recipes whose own words are like those of the text, the nearest first.

    Likeness is the share of the text's rare character terms that the recipe's name, words, audiences
    and summary have. For a text in which `recipes_in` finds nothing; empty where nothing is alike.
    """
    rows = [(recipe, _terms(_said(recipe))) for recipe in recipes]
    asked = {term for term in _terms(_WISH.sub(" ", text)) if _TELLING.search(term)}
    counts = Counter(term for _, terms in rows for term in terms & asked)
    weights = {term: log(1 + len(rows) / (counts[term] or 1)) for term in asked}
    whole = sum(weights.values())
    if not whole:
        return ()
    scored = []
    for recipe, terms in rows:
        shared = asked & terms
        share = sum(weights[term] for term in shared) / whole
        if share >= _LEAST_SHARE and any(len(term) > 1 for term in shared):
            scored.append((-share, recipe.code, recipe))
    return tuple(recipe for _, _, recipe in sorted(scored, key=lambda row: row[:2])[:most])


@lru_cache(maxsize=_CACHE)
def _folded(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(filter(None, (fold(word) for word in words)))


@lru_cache(maxsize=_CACHE)
def _terms(text: str) -> frozenset[str]:
    return frozenset(char_terms(text))


def _said(recipe: Recipe) -> str:
    return "\n".join((recipe.name, *recipe.words, *recipe.audiences, recipe.summary))


def _places(word: str, text: str) -> list[int]:
    """Where a word begins; a Latin one stands alone or beside Japanese."""
    found, start = [], text.find(word)
    while start >= 0:
        before, after = text[start - 1 : start], text[start + len(word) : start + len(word) + 1]
        runs_on = (word[0].isascii() and _LATIN.match(before)) or (word[-1].isascii() and _LATIN.match(after))
        if not runs_on:
            found.append(start)
        start = text.find(word, start + 1)
    return found
