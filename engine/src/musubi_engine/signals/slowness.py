"""Caution: the actor takes long to answer.

Source: as `responsiveness`; asked late, a season's work is lost while one waits.
"""

from musubi_engine.signals.base import Pair
from musubi_engine.telling import Sentence, run_on, say

_A_WEEK_DAYS = 7.0
_THREE_WEEKS_DAYS = 21.0


def value(pair: Pair, /) -> float:
    """0 up to a median of a week, 1 from three weeks on; 0 where nothing is known."""
    days = pair.offer.responsiveness_days
    if days is None:
        return 0.0
    return min(1.0, max(0.0, (days - _A_WEEK_DAYS) / (_THREE_WEEKS_DAYS - _A_WEEK_DAYS)))


def sentence(pair: Pair, /) -> Sentence:
    """In how many days it usually answers."""
    days = round(pair.offer.responsiveness_days or 0)
    usual = say("ふだん返事までに%(number)s日ほどかかっています。", number=days)
    return run_on([usual, say("早めに尋ねてください。")])
