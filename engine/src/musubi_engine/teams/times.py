"""Moments at which those who must be there together can be there for as long as the need takes.

A set of windows shares so long a time if and only if it shares one that begins when the latest of them
opens, on the first day of a common weekday on or after the latest of their first days. So it is enough to
look at first days × weekdays × opening hours. Of days only those are kept on which no other day has
all the windows and more, of hours likewise, and so of the moments made of both: what can be
arranged at a moment that is left out can be arranged at one that is kept. Where windows of the need ask for
different lengths, each length has moments of its own, and of all of them only such are kept again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from musubi_engine.feasibility.time import LEAST_MINUTES, least_of
from musubi_engine.types import Window

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]

_DAY: Final = 24 * 60
_WEEK: Final = 7
_EVERY_DAY: Final = frozenset(range(_WEEK))
_FOREVER: Final = 1 << 30
# Beyond so many different ones, leaving out those within another takes longer than it saves.
_COMPARED: Final = 800
_WORD: Final = 64
_WEEK_SETS: Final = 1 << _WEEK
_ANY: Final = Window()


@dataclass(frozen=True, slots=True)
class Moment:
    """A day (its number in the calendar), a minute of it at which all begins, and how many minutes it takes."""

    day: int
    minute: int
    least: int = LEAST_MINUTES


def moments(
    need: tuple[Window, ...], offers: Sequence[tuple[Window, ...]]
) -> tuple[tuple[Moment, ...], Bools]:
    """The moments that matter, the best attended first, and offers × moments: who is there all the while.

    No windows mean any time. No moment at all comes back only where the need itself never has the length it asks for.
    """
    wanted = need or (_ANY,)
    lengths = sorted({least_of(window) for window in wanted})
    parts = [
        _lasting(least, tuple(window for window in wanted if least_of(window) == least), offers)
        for least in lengths
    ]
    found = np.concatenate([begun for begun, _ in parts], axis=1)
    there = np.concatenate([there for _, there in parts], axis=1)
    kept = _maximal(there) if len(offers) else np.arange(min(1, there.shape[1]))
    kept = kept[np.argsort(-there[:, kept].sum(axis=0), kind="stable")]
    return tuple(Moment(*moment) for moment in found[:, kept].T.tolist()), there[:, kept]


def _lasting(
    least: int, wanted: tuple[Window, ...], offers: Sequence[tuple[Window, ...]]
) -> tuple[Ints, Bools]:
    """The moments (days, minutes, lengths) in windows of the need that ask for `least`, and offers × moments."""
    spans: dict[tuple[Window, ...], int] = {wanted: 0}
    bound = [number for number, windows in enumerate(offers) if windows]
    row_of = [spans.setdefault(offers[number], len(spans)) for number in bound]
    parts = [window for windows in spans for window in windows]
    starts = np.cumsum([0, *(len(windows) for windows in spans)])[:-1]
    halves = _Halves.of(parts)
    days = _candidate_days(wanted, parts)
    minutes = np.array(sorted({_minute(window.opens, 0) for window in parts} | {0}), dtype=np.int64)
    by_day, by_minute = halves.on(days), halves.at(minutes, least)
    kept_days, kept_minutes = _maximal(by_day), _maximal(by_minute)
    day, minute = (axis.ravel() for axis in np.meshgrid(kept_days, kept_minutes, indexing="ij"))
    open_halves = by_day[:, day] & by_minute[:, minute]
    # Both halves of a window that runs past midnight are the same window.
    open_spans = np.logical_or.reduceat(_whole(open_halves, halves, len(parts)), starts, axis=0)
    for_need = open_spans[0]
    there = np.ones((len(offers), int(for_need.sum())), dtype=bool)
    there[bound] = open_spans[row_of][:, for_need]
    day, minute = days[day[for_need]], minutes[minute[for_need]]
    return np.stack([day, minute, np.full_like(day, least)]), there


def window_at(windows: tuple[Window, ...], moment: Moment) -> Window | None:
    """The first of the windows that is open from this moment for as long as it takes."""
    if not windows:
        return None
    halves = _Halves.of(windows)
    open_halves = halves.on(np.array([moment.day])) & halves.at(np.array([moment.minute]), moment.least)
    open_windows = _whole(open_halves, halves, len(windows)).ravel()
    return next((window for window, is_open in zip(windows, open_windows, strict=True) if is_open), None)


def common(windows: Sequence[Window]) -> Window | None:
    """What windows of one moment have in common; None without any, or where one runs past midnight."""
    if not windows or any(_runs_on(window) for window in windows):
        return None
    weekdays = _EVERY_DAY.intersection(*(window.weekdays or _EVERY_DAY for window in windows))
    return Window(
        start=max((window.start for window in windows if window.start), default=None),
        end=min((window.end for window in windows if window.end), default=None),
        weekdays=frozenset() if weekdays == _EVERY_DAY else weekdays,
        opens=max((window.opens for window in windows if window.opens), default=None),
        closes=min((window.closes for window in windows if window.closes), default=None),
    )


@dataclass(frozen=True, slots=True)
class _Halves:
    """Every window from its own day, then those that run past midnight once more, on the day after.

    Columns are days and minutes of the moment's own day. `late` are the windows of the second halves.
    """

    starts: Ints
    ends: Ints
    weekdays: Bools
    opens: Ints
    closes: Ints
    late: npt.NDArray[np.intp]

    @classmethod
    def of(cls, windows: Sequence[Window]) -> "_Halves":
        """The first halves of all windows, then the second halves."""
        opens = np.array([_minute(window.opens, 0) for window in windows], dtype=np.int64)
        closes = np.array([_minute(window.closes, _DAY) for window in windows], dtype=np.int64)
        late = np.flatnonzero([_runs_on(window) for window in windows])
        starts = np.array([window.start.toordinal() if window.start else -_FOREVER for window in windows])
        ends = np.array([window.end.toordinal() if window.end else _FOREVER for window in windows])
        weekdays = np.array([_days_of(window.weekdays) for window in windows])
        until = closes.copy()
        until[late] += _DAY
        return cls(
            starts=np.concatenate([starts, starts[late] + 1]),
            ends=np.concatenate([ends, ends[late] + 1]),
            weekdays=np.concatenate([weekdays, np.roll(weekdays[late], 1, axis=1)]),
            opens=np.concatenate([opens, np.zeros_like(late)]),
            closes=np.concatenate([until, closes[late]]),
            late=late,
        )

    def on(self, days: Ints) -> Bools:
        """Halves × days: on which days it is open at all."""
        within = (self.starts[:, None] <= days) & (days <= self.ends[:, None])
        # Day 1 of the calendar was a Monday.
        return np.asarray(within & self.weekdays[:, (days - 1) % _WEEK], dtype=bool)

    def at(self, minutes: Ints, least: int) -> Bools:
        """Halves × minutes: whether it is open from that minute for the `least` minutes."""
        return np.asarray(
            (self.opens[:, None] <= minutes) & (minutes + least <= self.closes[:, None]), dtype=bool
        )


def _candidate_days(need: Sequence[Window], windows: Sequence[Window]) -> Ints:
    """A week from each first day that is not before the need's own."""
    known = [day for window in windows for day in (window.start, window.end) if day is not None]
    # A time without a first day is as good before every date that is named as anywhere.
    before = min((day.toordinal() for day in known), default=date(2001, 1, 1).toordinal()) - 2 * _WEEK
    starts = {window: before if window.start is None else window.start.toordinal() for window in windows}
    earliest = min(starts[window] for window in need)
    first = {max(start, earliest) for start in starts.values()}
    if any(_runs_on(window) for window in windows):
        first |= {start + 1 for start in first}
    return np.array(sorted({start + step for start in first for step in range(_WEEK)}), dtype=np.int64)


def _whole(open_halves: Bools, halves: _Halves, windows: int) -> Bools:
    """Windows × columns: whether either half of it is open."""
    found = open_halves[:windows]
    found[halves.late] |= open_halves[windows:]
    return found


def _maximal(there: Bools) -> npt.NDArray[np.intp]:
    """Columns, of equal ones the first, that are within no other column."""
    if not there.shape[1]:
        return np.zeros(0, dtype=np.intp)
    packed = _packed(there)
    first: dict[bytes, int] = {}
    for number, column in enumerate(packed):
        first.setdefault(column.tobytes(), number)
    kept = np.array(list(first.values()), dtype=np.intp)
    if len(kept) > _COMPARED:
        return kept
    some = packed[kept]
    found = []
    for place, column in enumerate(some):
        # Where nobody is there at one column who is not there at the other, the one is within the other.
        others = ~(column & ~some).any(axis=1)
        others[place] = False
        found.append(not others.any())
    return np.asarray(kept[found], dtype=np.intp)


def _packed(there: Bools) -> npt.NDArray[np.uint64]:
    """Columns × words of 64 rows."""
    words = np.zeros((there.shape[1], -(-len(there) // _WORD)), dtype=np.uint64)
    packed = np.packbits(there.T, axis=1)
    words.view(np.uint8)[:, : packed.shape[1]] = packed
    return words


@lru_cache(maxsize=_WEEK_SETS)
def _days_of(weekdays: frozenset[int]) -> tuple[bool, ...]:
    return tuple(day in (weekdays or _EVERY_DAY) for day in range(_WEEK))


def _runs_on(window: Window) -> bool:
    return window.opens is not None and window.closes is not None and window.closes < window.opens


def _minute(clock: time | None, otherwise: int) -> int:
    return otherwise if clock is None else clock.hour * 60 + clock.minute
