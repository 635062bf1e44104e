"""Both are about the same matter, even where they name it differently.

Source: the curated concepts of civic life in `knowledge.concepts`.
"""

from math import sqrt

from musubi_engine.reading import themes, words_of
from musubi_engine.signals.base import Pair

_MOST_NAMED = 3


def value(pair: Pair, /) -> float:
    """How far the two sets of themes agree; texts that touch everything agree less with each."""
    wanted, given = themes(words_of(pair.need)), themes(words_of(pair.offer))
    return len(wanted & given) / sqrt((len(wanted) + 1) * (len(given) + 1))


def sentence(pair: Pair, /) -> str:
    """The themes both touch, up to three."""
    shared = themes(words_of(pair.need)) & themes(words_of(pair.offer))
    names = sorted(shared)[:_MOST_NAMED]
    return "".join(f"「{name}」" for name in names) + "に、どちらも関わっています。"
