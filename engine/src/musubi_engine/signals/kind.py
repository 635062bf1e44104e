"""The need names the kind of partner it hopes for.

Source: a need may say whom it wants to work with (企業, 大学・学校 …); a wish, not a rule.
"""

from musubi_engine.labels import KINDS
from musubi_engine.signals.base import Pair
from musubi_engine.telling import Sentence, say, term


def value(pair: Pair, /) -> float:
    """1 when the offer comes from a wanted kind of actor."""
    return 1.0 if pair.offer.actor_kind in pair.need.wanted_kinds else 0.0


def sentence(pair: Pair, /) -> Sentence:
    """The wanted kind."""
    return say("求めている相手「%(kind)s」からの提供です。", kind=term(KINDS, pair.offer.actor_kind))
