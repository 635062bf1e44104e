"""The actor answers soon.

Source: the time to the first reply is what intermediaries measure first; a polite refusal is an
answer too. Who has not been asked yet stands between the quick and the slow (see `slowness`).
"""

from musubi_engine.signals.base import Pair
from musubi_engine.telling import Sentence, say

_AT_ONCE_DAYS = 2.0
_A_WEEK_DAYS = 7.0


def value(pair: Pair, /) -> float:
    """1 up to a median of two days, falling to 0 at a week; 0 where nothing is known."""
    days = pair.offer.responsiveness_days
    if days is None:
        return 0.0
    return min(1.0, max(0.0, (_A_WEEK_DAYS - days) / (_A_WEEK_DAYS - _AT_ONCE_DAYS)))


def sentence(pair: Pair, /) -> Sentence:
    """In how many days it usually answers."""
    days = max(1, round(pair.offer.responsiveness_days or 0))
    return say("ふだん%(number)s日ほどで返事があります。", number=days)
