"""The offer is there when the need is.

Source: "it never suited us both" is a usual reason of failed introductions; the more of the
need's weekdays an offer covers, the easier the first appointment.
"""

from dataclasses import replace
from datetime import time

from musubi_engine.feasibility.time import (
    ALL_WEEK,
    LEAST_MINUTES,
    PRESENT,
    is_overnight,
    least_of,
    shared_window,
    weekdays_of,
    windows_meet,
)
from musubi_engine.signals.base import Pair
from musubi_engine.signals.weeks import shared_weeks
from musubi_engine.telling import Sentence, Value, day, hours, length, run_on, say, together, weekdays, weeks
from musubi_engine.types import Window

_NOON = time(12)
_EVENING = time(17)


def value(pair: Pair, /) -> float:
    """The share of the need's weekdays on which the offer is there; 0 where the need names no time.

    A weekday whose weeks, as the two texts name them (第1土曜, 第3土曜), never meet does not count, nor does one
    on which the need asks for more than the usual hour and the offer is never there for so long.
    """
    if not pair.need.windows or (pair.shared or pair.given.resources).isdisjoint(PRESENT):
        return 0.0
    if not pair.offer.windows:
        return 1.0
    wanted = pair.wanted.weekdays
    shared = wanted & pair.given.weekdays
    meeting = [day for day in shared if shared_weeks(pair.wanted.text, pair.given.text, day) != frozenset()]
    if all(least_of(window) <= LEAST_MINUTES for window in pair.need.windows):
        return len(meeting) / len(wanted)
    return sum(_long_enough(pair, day) for day in meeting) / len(wanted)


def _long_enough(pair: Pair, weekday: int) -> float:
    """How far the length that the need asks for on that weekday is there, 0..1; for the usual hour, 1."""
    asked = (window for window in pair.need.windows if weekday in (window.weekdays or ALL_WEEK))
    return max(_long_enough_in(pair, window, weekday) for window in asked)


def _long_enough_in(pair: Pair, window: Window, weekday: int) -> float:
    """The same of one of its windows.

    A window of few dates counts as all week where it names no weekday; one that its dates never hold is worth what
    those are that they do.
    """
    if least_of(window) <= LEAST_MINUTES:
        return 1.0
    held = weekdays_of(window)
    if weekday in held:
        return float(_has_length(pair, window, weekday))
    fits = {day: _has_length(pair, window, day) for day in held}
    there = [day for day in held if fits[day] or day in pair.given.weekdays]
    return sum(fits.values()) / len(there) if there else 0.0


def _has_length(pair: Pair, window: Window, weekday: int) -> bool:
    """Whether the offer is there for as long as the window asks on one of its days of that weekday."""
    on_it = replace(window, weekdays=frozenset({weekday}))
    return any(windows_meet(on_it, given) for given in pair.offer.windows)


def sentence(pair: Pair, /) -> Sentence:
    """The weekday, or the day, and the part of the day they share; and the length, where the need states one."""
    windows = shared_window(pair.need, pair.offer)
    if windows is None:
        return say("提供する日時に決まりがありません。")
    told = _when(pair, *windows)
    least = windows[0].least
    if least is None:
        return told
    return run_on([told, say("必要な%(length)sを続けて取れます。", length=length(least))])


def _when(pair: Pair, wanted: Window, given: Window) -> Sentence:
    if is_overnight(wanted) or is_overnight(given):
        return say("夜から翌朝にかけて、重なる時間があります。")
    days = (wanted.weekdays or ALL_WEEK) & (given.weekdays or ALL_WEEK)
    start = max((first for first in (wanted.start, given.start) if first), default=None)
    end = min((last for last in (wanted.end, given.end) if last), default=None)
    if start is not None and start == end:
        return say("%(when)sが重なります。", when=_at(day(start), wanted, given))
    named = any(shared_weeks(pair.wanted.text, pair.given.text, weekday) is not None for weekday in days)
    if days and (days != ALL_WEEK or named):
        return say("%(when)sが重なります。", when=_at(_names(pair, days), wanted, given))
    daily = say("毎日")
    when = _at(daily, wanted, given)
    if when == daily:
        return say("曜日を問わず日時が重なります。")
    return say("%(when)sが重なります。", when=when)


def _names(pair: Pair, days: frozenset[int]) -> Value:
    """The weekdays, with the weeks where the texts name them: 「第2・第4土曜」「火・木曜」."""
    plain, weekly = [], []
    for weekday in sorted(days):
        shared = shared_weeks(pair.wanted.text, pair.given.text, weekday)
        if shared is None:
            plain.append(weekday)
        elif shared:
            weekly.append(weeks(shared, weekday))
    return together(([weekdays(plain)] if plain else []) + weekly)


def _at(days: Value, wanted: Window, given: Window) -> Value:
    """The days with the part of the day that both have; the days alone where neither names an hour."""
    opens = max((hour for hour in (wanted.opens, given.opens) if hour), default=None)
    closes = min((hour for hour in (wanted.closes, given.closes) if hour), default=None)
    if opens is None and closes is None:
        return days
    if closes is not None and closes <= _NOON:
        return say("%(days)sの午前", days=days)
    if opens is not None and opens >= _EVENING:
        return say("%(days)sの夜", days=days)
    if opens is not None and closes is not None and opens >= _NOON and closes <= _EVENING:
        return say("%(days)sの午後", days=days)
    return say("%(days)sの%(hours)s", days=days, hours=hours(opens, closes))
