"""They are near each other.

Source: a coordinator introduces the neighbour first: help that can walk over comes again.
"""

from functools import lru_cache
from math import asin, cos, radians, sin, sqrt

from musubi_engine.areas import area_name
from musubi_engine.signals.base import Pair
from musubi_engine.telling import TOLD_ONCE, Sentence, say
from musubi_engine.types import AreaPath

_EARTH_KM = 6371.0
_NEAR_KM = 1.0
_FAR_KM = 10.0
SAME_AREA = 0.4
_METRES_UNTIL_KM = 1.0


def value(pair: Pair, /) -> float:
    """1 in the same town or within a kilometre, falling to 0 at ten; 0.4 for the same ward or city."""
    area = _shared_area(pair)
    if _same_town(pair, area):
        return 1.0
    same = 0.0 if area is None else SAME_AREA
    distance = kilometres(pair)
    if distance is None:
        return same
    return max(same, min(1.0, (_FAR_KM - distance) / (_FAR_KM - _NEAR_KM)))


def sentence(pair: Pair, /) -> Sentence:
    """The town, the distance or the area they share."""
    distance, area = kilometres(pair), _shared_area(pair)
    if _same_town(pair, area):
        return say("どちらも%(town)sにあります。", town=pair.need.town)
    if distance is not None and distance < _FAR_KM:
        if distance < _METRES_UNTIL_KM:
            metres = max(100, round(distance * 10) * 100)
            return say("直線でおよそ%(metres)sメートルの近さです。", metres=metres)
        kilometres_away = f"{distance:.1f}"
        return say("直線でおよそ%(kilometres)sキロメートルです。", kilometres=kilometres_away)
    if area is None or not area.names:
        return say("対象の地域が同じです。")
    return _within(area)


@lru_cache(TOLD_ONCE)
def _within(area: AreaPath) -> Sentence:
    return say("どちらも%(area)sを対象にしています。", area=area_name(area))


def kilometres(pair: Pair) -> float | None:
    """Great-circle distance between the two points (latitude, longitude in degrees), None without both."""
    if pair.need.point is None or pair.offer.point is None:
        return None
    lat1, lng1 = (radians(degree) for degree in pair.need.point)
    lat2, lng2 = (radians(degree) for degree in pair.offer.point)
    chord = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lng2 - lng1) / 2) ** 2
    return 2 * _EARTH_KM * asin(sqrt(min(1.0, chord)))


def _same_town(pair: Pair, area: AreaPath | None) -> bool:
    return area is not None and bool(pair.need.town) and pair.need.town == pair.offer.town


def _shared_area(pair: Pair) -> AreaPath | None:
    """An area named by both, the same to the last step."""
    given = [area.codes for area in pair.offer.areas]
    return next((area for area in pair.need.areas if area.codes in given), None)
