"""They have worked together before.

Source: continuation is what intermediaries measure; known partners agree sooner.
"""

from musubi_engine.signals.base import Pair
from musubi_engine.telling import Sentence, say


def value(pair: Pair, /) -> float:
    """1 when either counts the other among its partners."""
    known = pair.offer.actor in pair.need.past_partners or pair.need.actor in pair.offer.past_partners
    return 1.0 if known else 0.0


def sentence(pair: Pair, /) -> Sentence:
    """Who the known partner is."""
    if not pair.offer.actor_name:
        return say("この相手とは、以前に一緒に活動したことがあります。")
    return say("%(name)sとは、以前に一緒に活動したことがあります。", name=pair.offer.actor_name)
