"""Which recipes a text speaks of, and which it comes near without naming one."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from math import log
from typing import Final

from musubi_engine.knowledge.alone import said_alone
from musubi_engine.knowledge.concepts import CONCEPTS
from musubi_engine.knowledge.cookbook import Recipe
from musubi_engine.text import char_terms, fold

_CACHE: Final = 8192
_LATIN = re.compile("[a-z0-9]")
_TELLING = re.compile(r"[一-鿿々]{2}|[a-z0-9]{2,}")
_HAS_KANJI: Final = re.compile("[一-鿿々]")
_IN_PASSING: Final = 0.5  # what only the summary says
_LEAST_SHARE: Final = 0.2
_MOST_OF_IT: Final = 0.5
_CONCEPT: Final = 2.0  # a concept says as much as two pairs of kanji,
_KANA: Final = 0.4  # and a pair with kana in it, or a kanji alone, less than half of one
_MARK: Final = "#"


def recipes_in(text: str, recipes: Iterable[Recipe]) -> tuple[Recipe, ...]:
    """The recipes whose name or a word of which stands in the text, the one with the longest first.

    For forms, which ask about one sentence and need the order; `RecipeBook` of `knowledge.base` finds the same
    ones without an order, six times as fast, for the thousands of texts that matching reads.
    Words are compared folded. What a longer word of any recipe covers does not count again: a text on
    子ども食堂 does not speak of a recipe for 食堂. Latin words only match whole. Equals stand in the
    order of where they begin, then of their codes. A short word that is all a line says (`Recipe.alone`) counts too.
    """
    known, recipes = fold(text), tuple(recipes)
    words = sorted(
        ((word, recipe) for recipe in recipes for word in _folded((recipe.name, *recipe.words))),
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
    alone = said_alone(text, recipes)
    for recipe in recipes:
        if recipe.code in alone:
            word, start = alone[recipe.code]
            best.setdefault(recipe.code, (-len(word), start, recipe))
    return tuple(recipe for _, _, recipe in sorted(best.values(), key=lambda row: (*row[:2], row[2].code)))


def recipes_near(text: str, recipes: Iterable[Recipe], most: int = 5) -> tuple[Recipe, ...]:
    """Up to `most` recipes that speak of the same as a text, the nearest first.

    Likeness is the share of what the text says (concepts and pairs of characters, rare ones more) that the recipe's name, words, audiences and summary say too; what is less than half as near
    as the nearest is left out. Pairs with kana in them are shared by chance (こんにちは), so a recipe must share a concept,
    two kanji or a Latin word with the text, or half of what it says and a kanji. For a text in which `recipes_in` finds nothing.
    """
    rows = [(recipe, _said_by(_named(recipe)), _said_by(_said(recipe))) for recipe in recipes]
    asked = _said_by(text)
    counts = Counter(part for _, _, said in rows for part in said & asked)
    weights = {part: log(1 + len(rows) / (counts[part] or 1)) * _worth(part) for part in asked}
    whole = sum(weights.values())
    shares = []
    for recipe, named, said in rows:
        shared = said & asked
        share = sum(weights[part] * (1.0 if part in named else _IN_PASSING) for part in sorted(shared))
        if _is_telling(shared, share, whole):
            shares.append((share, recipe))
    least = max(_LEAST_SHARE * whole, max((share for share, _ in shares), default=0.0) / 2)
    near = [(-share, recipe.code, recipe) for share, recipe in shares if share >= least]
    return tuple(recipe for _, _, recipe in sorted(near, key=lambda row: row[:2])[:most])


@lru_cache(maxsize=_CACHE)
def _said_by(text: str) -> frozenset[str]:
    """The concepts of a text, marked, and its character terms."""
    return frozenset((*char_terms(text), *(_MARK + name for name in CONCEPTS.found_in(text))))


def _worth(part: str) -> float:
    if part.startswith(_MARK):
        return _CONCEPT
    return 1.0 if _TELLING.fullmatch(part) else _KANA


def _is_telling(shared: frozenset[str], share: float, whole: float) -> bool:
    return any(_worth(part) >= 1 for part in shared) or (
        share >= _MOST_OF_IT * whole and any(map(_HAS_KANJI.search, shared))
    )


@lru_cache(maxsize=_CACHE)
def _folded(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(filter(None, (fold(word) for word in words)))


def _named(recipe: Recipe) -> str:
    return "\n".join((recipe.name, *recipe.words))


def _said(recipe: Recipe) -> str:
    return "\n".join((_named(recipe), *recipe.audiences, recipe.summary))


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
