"""Distances and durations as people in Japan say them: 「約300m」, 「約1.2km」, 「歩いて約15分」, 「約1時間30分」."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

METRES_A_MINUTE = 80
"""By which Japanese estate agents count: 不動産の表示に関する公正競争規約施行規則."""
DETOUR = 1.3
"""Streets do not run straight: by so much a walk is longer than the line."""
LONGEST_WALK = 60
"""Minutes; nobody is told to walk further."""
HOUR = 60


def distance(metres: float) -> str:
    """「約300m」, from a kilometre on 「約1.2km」, from ten on 「約12km」; never less than 100 m."""
    rounded = max(100, _to(metres, 100))
    if rounded < 1000:
        return _("約%(number)dm") % {"number": rounded}
    number = f"{rounded / 1000:g}" if rounded < 10_000 else str(round(metres / 1000))
    return _("約%(number)skm") % {"number": number}


def walk(metres: float) -> str:
    """「歩いて約15分」 for so many metres in a straight line, to five minutes; nothing beyond an hour."""
    minutes = max(5, _to(metres * DETOUR / METRES_A_MINUTE, 5))
    if minutes > LONGEST_WALK:
        return ""
    return _("歩いて%(duration)s") % {"duration": duration(minutes)}


def duration(minutes: int) -> str:
    """「約15分」, 「約1時間」, 「約1時間30分」."""
    hours, rest = divmod(minutes, HOUR)
    if not hours:
        return ngettext("約%(minutes)d分", "約%(minutes)d分", rest) % {"minutes": rest}
    if not rest:
        return ngettext("約%(hours)d時間", "約%(hours)d時間", hours) % {"hours": hours}
    return _("約%(hours)d時間%(minutes)d分") % {"hours": hours, "minutes": rest}


def how_far(metres: float) -> str:
    """「約1.2km（歩いて約20分）」; 「約12km」 where it is too far to walk."""
    on_foot = walk(metres)
    if not on_foot:
        return distance(metres)
    return _("%(distance)s（%(walk)s）") % {"distance": distance(metres), "walk": on_foot}


def _to(number: float, step: int) -> int:
    return round(number / step) * step
