"""The need names the kind of partner it hopes for.

Source: a need may say whom it wants to work with (企業, 大学・学校 …); a wish, not a rule.
"""

from musubi_engine.labels import KINDS
from musubi_engine.signals.base import Pair


def value(pair: Pair, /) -> float:
    """1 when the offer comes from a wanted kind of actor."""
    return 1.0 if pair.offer.actor_kind in pair.need.wanted_kinds else 0.0


def sentence(pair: Pair, /) -> str:
    """The wanted kind."""
    return f"求めている相手「{KINDS.get(pair.offer.actor_kind, pair.offer.actor_kind)}」からの提供です。"
