"""A second opinion on what cannot work, for `infeasible@50`.

Written apart from `feasibility`, over the raw JSON values and with nothing of it: plain loops
over days and minutes, and its own table of wards. Slow, and meant to be.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

_PRESENT = {"people", "expertise", "place", "partner"}
_NOT_A_GROUP = {"individual", "company", "social_business"}
_DAY = 24 * 60
_LEAST = 60

# First and last ward of each designated city, by the city's code without check digit.
_WARDS = {
    "01100": (1101, 1110),
    "04100": (4101, 4105),
    "11100": (11101, 11110),
    "12100": (12101, 12106),
    "14100": (14101, 14118),
    "14130": (14131, 14137),
    "14150": (14151, 14153),
    "15100": (15101, 15108),
    "22100": (22101, 22103),
    "22130": (22131, 22140),
    "23100": (23101, 23116),
    "26100": (26101, 26111),
    "27100": (27102, 27128),
    "27140": (27141, 27147),
    "28100": (28101, 28111),
    "33100": (33101, 33104),
    "34100": (34101, 34108),
    "40100": (40101, 40109),
    "40130": (40131, 40137),
    "43100": (43101, 43105),
}


def infeasible(need: Mapping[str, Any], offer: Mapping[str, Any], flags: str = "") -> str:
    """The first rule a pair of raw listings breaks, "" when none.

    `flags` says what judges know of the need: k children take part, f food is indispensable,
    p political or religious use. Without them these three rules are not judged.
    """
    if need["actor"] == offer["actor"]:
        return "own"
    if not _same_place(need.get("areas") or [], offer.get("areas") or []):
        return "area"
    wanted = (need.get("quantity") or {}).get("capacity")
    given = (offer.get("quantity") or {}).get("capacity")
    if wanted is not None and given is not None and given < wanted:
        return "capacity"
    taken = set(need["resources"]) & set(offer["resources"]) or set(offer["resources"])
    if not _same_time(need.get("available") or [], offer.get("available") or [], taken):
        return "time"
    return "conditions" if _conditions_broken(need, offer, taken, flags) else ""


def _same_place(wanted: list[str], given: list[str]) -> bool:
    if not wanted or not given:
        return True
    for one in wanted:
        for other in given:
            if one == other or _inside(one, other) or _inside(other, one):
                return True
    return False


def _inside(small: str, large: str) -> bool:
    """Whether a ward or city lies in a city or prefecture, by codes."""
    if large[2:5] == "000":
        return small[:2] == large[:2]
    wards = _WARDS.get(large[:5])
    return wards is not None and wards[0] <= int(small[:5]) <= wards[1]


def _same_time(wanted: list[Any], given: list[Any], taken: set[str]) -> bool:
    if not wanted or not given:
        return True
    if not taken & _PRESENT:
        return _begins_before_end(wanted, given)
    for one in wanted:
        for other in given:
            if _long_together(one, other):
                return True
    return False


def _begins_before_end(wanted: list[Any], given: list[Any]) -> bool:
    for one in wanted:
        for other in given:
            if not one.get("to") or not other.get("from"):
                return True
            if date.fromisoformat(other["from"]) <= date.fromisoformat(one["to"]):
                return True
    return False


def _long_together(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether they share, on some day, as many minutes as the need's `one` asks for."""
    one_minutes, other_minutes = _minutes(one), _minutes(other)
    gaps = []
    for gap in (-1, 0, 1):
        together = 0
        for minute in one_minutes:
            if minute - gap * _DAY in other_minutes:
                together += 1
        if together >= (one.get("least_minutes") or _LEAST):
            gaps.append(gap)
    if not gaps:
        return False
    starts = [date.fromisoformat(row["from"]) for row in (one, other) if row.get("from")]
    ends = [date.fromisoformat(row["to"]) for row in (one, other) if row.get("to")]
    day = max(starts) - timedelta(days=1) if starts else date(2000, 1, 3)
    last = min(ends) + timedelta(days=1) if ends else day + timedelta(days=15)
    while day <= last:
        for gap in gaps:
            if _is_on(one, day) and _is_on(other, day + timedelta(days=gap)):
                return True
        day += timedelta(days=1)
    return False


def _is_on(window: Mapping[str, Any], day: date) -> bool:
    if window.get("from") and day < date.fromisoformat(window["from"]):
        return False
    if window.get("to") and day > date.fromisoformat(window["to"]):
        return False
    return not window.get("weekdays") or day.weekday() in window["weekdays"]


def _minutes(window: Mapping[str, Any]) -> set[int]:
    """The minutes it lasts, counted from the midnight before; past 24:00 when it runs overnight."""
    start = _minute(window.get("start"), 0)
    end = _DAY if window.get("end") in ("23:59", "24:00") else _minute(window.get("end"), _DAY)
    if end < start:
        end += _DAY
    return set(range(start, end))


def _minute(clock: str | None, otherwise: int) -> int:
    if not clock:
        return otherwise
    return int(clock[:2]) * 60 + int(clock[3:5])


def _conditions_broken(
    need: Mapping[str, Any], offer: Mapping[str, Any], taken: set[str], flags: str
) -> bool:
    conditions = offer.get("conditions") or []
    broken = []
    if need["actor_kind"] in _NOT_A_GROUP:
        broken.append("non_profit_only" in conditions)
        broken.append("registered_groups_only" in conditions and not need.get("registered"))
    broken.append("p" in flags and "no_political_religious" in conditions)
    broken.append("k" in flags and "adults_only" in conditions)
    if "place" in taken:
        broken.append("f" in flags and "no_food" in conditions)
        asked = "wheelchair_ok" in (need.get("conditions") or [])
        broken.append(asked and "wheelchair_ok" not in conditions)
    return any(broken)
