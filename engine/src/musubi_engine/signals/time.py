"""The offer is there when the need is.

Source: "it never suited us both" is a usual reason of failed introductions; the more of the
need's weekdays an offer covers, the easier the first appointment.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import time

from musubi_engine.feasibility.time import ALL_WEEK, PRESENT, is_overnight, shared_window, windows_meet
from musubi_engine.signals.base import Pair
from musubi_engine.signals.weeks import shared_weeks
from musubi_engine.telling import Sentence, Value, day, hours, length, run_on, say, together, weekdays, weeks
from musubi_engine.types import Window

_NOON = time(12)
_EVENING = time(17)


def value(pair: Pair, /) -> float:
    """The share of the need's weekdays on which the offer is there; 0 where the need names no time.

    A weekday whose weeks, as the two texts name them (第1土曜, 第3土曜), never meet does not count, nor does one
    on which the need states how long it takes and the offer is never there for so long.
    """
    if not pair.need.windows or (pair.shared or pair.given.resources).isdisjoint(PRESENT):
        return 0.0
    if not pair.offer.windows:
        return 1.0
    wanted = pair.wanted.weekdays
    shared: Iterable[int] = wanted & pair.given.weekdays
    if any(window.least is not None for window in pair.need.windows):
        shared = [day for day in shared if _is_long_enough(pair, day)]
    meeting = [day for day in shared if shared_weeks(pair.wanted.text, pair.given.text, day) != frozenset()]
    return len(meeting) / len(wanted)


def _is_long_enough(pair: Pair, weekday: int) -> bool:
    """Whether the length that the need states for that weekday is there; of a day it states none for, True."""
    asked = [window for window in pair.need.windows if weekday in (window.weekdays or ALL_WEEK)]
    return any(
        window.least is None
        or any(
            windows_meet(replace(window, weekdays=frozenset({weekday})), given)
            for given in pair.offer.windows
        )
        for window in asked
    )


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
