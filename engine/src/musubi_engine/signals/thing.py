"""Both speak of the same concrete thing: a kitchen, a van, a speaker.

Source: the curated concepts of what is lent, given and done in `knowledge.concepts`.
"""

from math import sqrt

from musubi_engine.reading import assets, words_of
from musubi_engine.signals.base import Pair

_MOST_NAMED = 3


def value(pair: Pair, /) -> float:
    """How far the two sets of things agree."""
    wanted, given = assets(words_of(pair.need)), assets(words_of(pair.offer))
    return len(wanted & given) / sqrt((len(wanted) + 1) * (len(given) + 1))


def sentence(pair: Pair, /) -> str:
    """The things both name, up to three."""
    shared = assets(words_of(pair.need)) & assets(words_of(pair.offer))
    names = sorted(shared)[:_MOST_NAMED]
    return "".join(f"「{name}」" for name in names) + "の類いのことが、どちらにも書かれています。"
