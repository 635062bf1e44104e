"""People, knowledge, rooms and partners are needed at a time; things and money before its end."""

from datetime import date, timedelta
from functools import partial

from musubi_engine.feasibility.base import InWords, Obstacle, resources_in_question
from musubi_engine.feasibility.times import windows_words
from musubi_engine.telling import Value, length, say
from musubi_engine.types import Listing, Window

# Guideline of the judged collections: together for an hour is the least that is worth an introduction. A need may ask
# for more in a window of its own, or be content with less.
LEAST_MINUTES = 60
PRESENT = frozenset({"people", "expertise", "place", "partner"})
_DAY = 24 * 60
_WEEK = 7
ALL_WEEK = frozenset(range(_WEEK))


def check(need: Listing, offer: Listing, /) -> Obstacle | None:
    """Rule out times that never meet; a listing without windows is free at any time."""
    if not need.windows or not offer.windows:
        return None
    if resources_in_question(need, offer) & PRESENT:
        if shared_window(need, offer) is not None:
            return None
        return Obstacle(rule="time", tell=partial(_never_together, need, offer))
    if begins_in_time(need, offer):
        return None
    return Obstacle(rule="time", tell=partial(_too_late, need, offer))


def _never_together(need: Listing, offer: Listing) -> InWords:
    return InWords(
        sentence=say(
            "ニーズは%(wanted)s、提供は%(given)sで、同じ日に%(length)s以上重なる日時がありません。",
            wanted=windows_words(need.windows),
            given=windows_words(offer.windows),
            length=_length(need),
        ),
        change=say("どちらかの曜日・期間・時間帯が広がって%(length)s以上重なる", length=_length(need)),
    )


def _length(need: Listing) -> Value:
    """How long is needed; where its windows differ in that, each says its own besides."""
    asked = {least_of(window) for window in need.windows}
    return say("必要な長さ") if len(asked) > 1 else length(asked.pop())


def _too_late(need: Listing, offer: Listing) -> InWords:
    return InWords(
        sentence=say(
            "ニーズは%(wanted)s、受渡しや申込みは%(given)sで、ニーズの期間が終わってから始まります。",
            wanted=windows_words(need.windows),
            given=windows_words(offer.windows),
        ),
        change=say("受渡しや申込みがニーズの期間の終わりまでに始まる"),
    )


def shared_window(need: Listing, offer: Listing) -> tuple[Window, Window] | None:
    """The first pair of windows with the needed length in common on some day, None without one."""
    for wanted in need.windows:
        for given in offer.windows:
            if windows_meet(wanted, given):
                return wanted, given
    return None


def begins_in_time(need: Listing, offer: Listing) -> bool:
    """Whether handing over or applying begins before the need's last day has passed."""
    starts = [window.start for window in offer.windows]
    ends = [window.end for window in need.windows]
    known_starts = [start for start in starts if start is not None]
    known_ends = [end for end in ends if end is not None]
    if len(known_starts) < len(starts) or len(known_ends) < len(ends):
        return True
    return min(known_starts) <= max(known_ends)


def least_of(wanted: Window) -> int:
    """How many minutes on end a need's window asks for."""
    return LEAST_MINUTES if wanted.least is None else wanted.least


def weekdays_of(window: Window) -> frozenset[int]:
    """The weekdays that it has: of those it names, or of all, the ones between its dates."""
    days = window.weekdays or ALL_WEEK
    if window.start is None or window.end is None:
        return days
    return frozenset(day for day in days if _weekday_between(window.start, window.end, frozenset({day})))


def windows_meet(wanted: Window, given: Window) -> bool:
    """Whether some day has the length that the need asks for of both, also when one runs past midnight."""
    shifts = (0, 1, -1) if is_overnight(wanted) or is_overnight(given) else (0,)
    return any(
        _minutes(wanted, given, shift) >= least_of(wanted) and _some_day(wanted, given, shift)
        for shift in shifts
    )


def is_overnight(window: Window) -> bool:
    """Whether it runs past midnight."""
    return window.opens is not None and window.closes is not None and window.closes < window.opens


def _span(window: Window) -> tuple[int, int]:
    opens = 0 if window.opens is None else window.opens.hour * 60 + window.opens.minute
    closes = _DAY if window.closes is None else window.closes.hour * 60 + window.closes.minute
    return (opens, closes + _DAY) if is_overnight(window) else (opens, closes)


def _minutes(one: Window, other: Window, shift: int) -> int:
    """How many minutes `other`, begun `shift` days later, shares with `one`; below zero where none."""
    opens, closes = _span(one)
    other_opens, other_closes = (minute + shift * _DAY for minute in _span(other))
    return min(closes, other_closes) - max(opens, other_opens)


def _some_day(one: Window, other: Window, shift: int) -> bool:
    """Whether a day fits `one` while the day `shift` later fits `other`."""
    weekdays = (one.weekdays or ALL_WEEK) & {
        (weekday - shift) % _WEEK for weekday in other.weekdays or ALL_WEEK
    }
    moved = timedelta(days=shift)
    starts = [one.start, other.start and other.start - moved]
    ends = [one.end, other.end and other.end - moved]
    first = max((day for day in starts if day is not None), default=None)
    last = min((day for day in ends if day is not None), default=None)
    if first is None or last is None:
        return bool(weekdays)
    return _weekday_between(first, last, weekdays)


def _weekday_between(first: date, last: date, weekdays: frozenset[int]) -> bool:
    days = (last - first).days + 1
    if days >= _WEEK:
        return bool(weekdays)
    return any((first.weekday() + step) % _WEEK in weekdays for step in range(days))
