"""Caution: the offer is of nothing that the need asks for.

Source: guideline of the judged collections: what was not asked for can help a little at most,
however near its subject. Screens do not show such offers among the candidates at all.
"""

from musubi_engine.labels import resource_names
from musubi_engine.signals.base import Pair


def value(pair: Pair, /) -> float:
    """The nearness where no resource is shared."""
    return 0.0 if pair.shared else pair.nearness


def sentence(pair: Pair, /) -> str:
    """What it is an offer of."""
    return f"求めているものとは別の、「{resource_names(pair.given.resources)}」の提供です。"
