"""The months and weekdays on which a listing can be: as facets, written when it is saved and asked for by search.

No clock: a span of days is written as its months; one that has no end, or no beginning, as the month it
begins or ends in, and whoever asks for a month asks for all of those that reach it.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from functools import lru_cache

from .content import WindowValue

MOST_MONTHS = 36  # of one span; a longer one counts as without end
REACH = 60  # months: how far back or ahead an open end is looked for
EVERY_DAY = range(7)
_WEEK = dt.timedelta(days=7)
_ANY = "m:any"


def when_facets(windows: Iterable[WindowValue]) -> set[str]:
    """What search may narrow by; without any window: at any time."""
    facets: set[str] = set()
    for window in windows:
        facets |= {f"w:{day}" for day in _weekdays(window)} | _months(window)
    return facets or {_ANY, *(f"w:{day}" for day in EVERY_DAY)}


@lru_cache(maxsize=64)  # each search asks for the same twelve months, 122 names a month
def facets_of_month(month: dt.date) -> frozenset[str]:
    """Any of these says that a listing can be in the month of this day."""
    begun = (f"mf:{_name(month, -n)}" for n in range(REACH + 1))
    not_over = (f"mu:{_name(month, n)}" for n in range(REACH + 1))
    return frozenset({_ANY, f"m:{_name(month)}", *begun, *not_over})


def _weekdays(window: WindowValue) -> Iterator[int]:
    if window.weekdays:
        yield from window.weekdays
    elif window.starts_on and window.ends_on and window.ends_on - window.starts_on < _WEEK:
        for number in range((window.ends_on - window.starts_on).days + 1):
            yield (window.starts_on + dt.timedelta(days=number)).weekday()
    else:
        yield from EVERY_DAY


def _months(window: WindowValue) -> set[str]:
    first, last = window.starts_on, window.ends_on
    if first is None:
        return {f"mu:{_name(last)}"} if last else {_ANY}
    if last is None:
        return {f"mf:{_name(first)}"}
    number = (last.year - first.year) * 12 + last.month - first.month
    if number >= MOST_MONTHS:
        return {f"mf:{_name(first)}"}
    return {f"m:{_name(first, n)}" for n in range(number + 1)}


def _name(day: dt.date, months_later: int = 0) -> str:
    year, month = divmod(day.year * 12 + day.month - 1 + months_later, 12)
    return f"{year:04}-{month + 1:02}"
