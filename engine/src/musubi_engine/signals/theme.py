"""Both are about the same matter, even where they name it differently.

Source: the curated concepts of civic life in `knowledge.concepts`. What stands in a title weighs
more than what is mentioned; what many listings share (子ども, 町内会) tells less.
"""

from functools import lru_cache

from musubi_engine.signals.base import Pair
from musubi_engine.telling import TOLD_ONCE, Sentence, quoted, say, topic

_MOST_NAMED = 3


def value(pair: Pair, /) -> float:
    """How far the two agree in what they are about; texts that touch everything agree less with each."""
    return pair.theme


def sentence(pair: Pair, /) -> Sentence:
    """The themes both touch, up to three, the most telling first."""
    one, other = pair.wanted.profile, pair.given.profile
    wanted, given = one.about.names, other.about.names
    if wanted.keys().isdisjoint(given):
        wanted, given = one.about_wider.names, other.about_wider.names
    names = sorted(wanted.keys() & given.keys(), key=lambda name: (-wanted[name], name))[:_MOST_NAMED]
    return _about(tuple(names))


@lru_cache(TOLD_ONCE)
def _about(names: tuple[str, ...]) -> Sentence:
    return say("%(themes)sに、どちらも関わっています。", themes=quoted(map(topic, names)))
