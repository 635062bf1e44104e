"""The offer is there when the need is.

Source: "it never suited us both" is a usual reason of failed introductions; the more of the
need's weekdays an offer covers, the easier the first appointment.
"""

from datetime import time

from musubi_engine.feasibility.time import ALL_WEEK, PRESENT, is_overnight, shared_window
from musubi_engine.labels import WEEKDAYS
from musubi_engine.signals.base import Pair
from musubi_engine.signals.weeks import shared_weeks
from musubi_engine.types import Window

_NOON = time(12)
_EVENING = time(17)


def value(pair: Pair, /) -> float:
    """The share of the need's weekdays on which the offer is there; 0 where the need names no time.

    A weekday whose weeks, as the two texts name them (第1土曜, 第3土曜), never meet does not count.
    """
    if not pair.need.windows or (pair.shared or pair.given.resources).isdisjoint(PRESENT):
        return 0.0
    if not pair.offer.windows:
        return 1.0
    wanted = pair.wanted.weekdays
    shared = wanted & pair.given.weekdays
    meeting = [day for day in shared if shared_weeks(pair.wanted.text, pair.given.text, day) != frozenset()]
    return len(meeting) / len(wanted)


def sentence(pair: Pair, /) -> str:
    """The weekday, or the day, and the part of the day they share."""
    windows = shared_window(pair.need, pair.offer)
    if windows is None:
        return "提供する日時に決まりがありません。"
    wanted, given = windows
    if is_overnight(wanted) or is_overnight(given):
        return "夜から翌朝にかけて、重なる時間があります。"
    days = (wanted.weekdays or ALL_WEEK) & (given.weekdays or ALL_WEEK)
    start = max((day for day in (wanted.start, given.start) if day), default=None)
    end = min((day for day in (wanted.end, given.end) if day), default=None)
    hours = _hours(wanted, given)
    if start is not None and start == end:
        return f"{start.month}月{start.day}日（{WEEKDAYS[start.weekday()]}）{hours}が重なります。"
    named = any(shared_weeks(pair.wanted.text, pair.given.text, day) is not None for day in days)
    if not days or (days == ALL_WEEK and not named):
        return f"毎日{hours}が重なります。" if hours else "曜日を問わず日時が重なります。"
    return f"{_names(pair, days)}{hours}が重なります。"


def _names(pair: Pair, days: frozenset[int]) -> str:
    """The weekdays, with the weeks where the texts name them: 「第2・第4土曜」「火・木曜」."""
    plain, weekly = [], []
    for day in sorted(days):
        weeks = shared_weeks(pair.wanted.text, pair.given.text, day)
        if weeks is None:
            plain.append(WEEKDAYS[day])
        elif weeks:
            weekly.append("・".join(f"第{week}" for week in sorted(weeks)) + f"{WEEKDAYS[day]}曜")
    return "と".join(([f"{'・'.join(plain)}曜"] if plain else []) + weekly)


def _hours(wanted: Window, given: Window) -> str:
    opens = max((hour for hour in (wanted.opens, given.opens) if hour), default=None)
    closes = min((hour for hour in (wanted.closes, given.closes) if hour), default=None)
    if opens is None and closes is None:
        return ""
    if closes is not None and closes <= _NOON:
        return "の午前"
    if opens is not None and opens >= _EVENING:
        return "の夜"
    if opens is not None and closes is not None and opens >= _NOON and closes <= _EVENING:
        return "の午後"
    return f"の{_clock(opens) or '0時'}から{_clock(closes) or '24時'}"


def _clock(hour: time | None) -> str:
    if hour is None:
        return ""
    return f"{hour.hour}時" + (f"{hour.minute}分" if hour.minute else "")
