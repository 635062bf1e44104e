"""Caution: the offer is of nothing that the need asks for.

Source: guideline of the judged collections: what was not asked for can help a little at most,
however near its subject. Screens do not show such offers among the candidates at all.
"""

from musubi_engine.signals.base import Pair
from musubi_engine.telling import Sentence, resources_words, say


def value(pair: Pair, /) -> float:
    """The nearness where no resource is shared."""
    return 0.0 if pair.shared else pair.nearness


def sentence(pair: Pair, /) -> Sentence:
    """What it is an offer of."""
    kinds = resources_words(pair.given.resources)
    return say("求めているものとは別の、「%(kinds)s」の提供です。", kinds=kinds)
