"""Moments at which those who must be there together can be there for an hour.

A set of windows shares an hour if and only if it shares one that begins when the latest of them
opens, on the first day of a common weekday on or after the latest of their first days. So it is enough to
look at first days × weekdays × opening hours. Of days only those are kept on which no other day has
all the windows and more, of hours likewise, and so of the moments made of both: what can be
arranged at a moment that is left out can be arranged at one that is kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Final

import numpy as np
import numpy.typing as npt

from musubi_engine.feasibility.time import LEAST_MINUTES
from musubi_engine.types import Window

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]

_DAY: Final = 24 * 60
_WEEK: Final = 7
_EVERY_DAY: Final = frozenset(range(_WEEK))
_FOREVER: Final = 1 << 30
# Beyond so many different ones, leaving out those within another takes longer than it saves.
_COMPARED: Final = 800
_ANY: Final = Window()


@dataclass(frozen=True, slots=True)
class Moment:
    """A day (its number in the calendar) and a minute of it at which an hour begins."""

    day: int
    minute: int


def moments(
    need: tuple[Window, ...], offers: Sequence[tuple[Window, ...]]
) -> tuple[tuple[Moment, ...], Bools]:
    """The moments that matter, the best attended first, and offers × moments: who is there for that hour.

    No windows mean any time. No moment at all comes back only where the need has no hour.
    """
    wanted = need or (_ANY,)
    bound = [windows for windows in offers if windows]
    parts: list[Window] = []
    spans: dict[tuple[Window, ...], int] = {}
    for windows in (wanted, *bound):
        if windows not in spans:
            spans[windows] = len(parts)
            parts.extend(windows)
    halves = _Halves.of(parts)
    days = _candidate_days(wanted, parts)
    minutes = np.array(sorted({_minute(window.opens, 0) for window in parts} | {0}), dtype=np.int64)
    by_day, by_minute = halves.on(days), halves.at(minutes)
    kept_days, kept_minutes = _maximal(by_day), _maximal(by_minute)
    day, minute = (axis.ravel() for axis in np.meshgrid(kept_days, kept_minutes, indexing="ij"))
    open_halves = by_day[:, day] & by_minute[:, minute]
    # Both halves of a window that runs past midnight are the same window.
    open_parts = open_halves[: len(parts)] | open_halves[len(parts) :]
    starts = np.array(list(spans.values()), dtype=np.intp)
    open_spans = np.logical_or.reduceat(open_parts, starts, axis=0)
    row = {windows: number for number, windows in enumerate(spans)}
    for_need = open_spans[0]
    there = np.ones((len(offers), int(for_need.sum())), dtype=bool)
    for number, windows in enumerate(offers):
        if windows:
            there[number] = open_spans[row[windows]][for_need]
    kept = _maximal(there) if len(offers) else np.arange(min(1, there.shape[1]))
    kept = kept[np.argsort(-there[:, kept].sum(axis=0), kind="stable")]
    day, minute = day[for_need][kept], minute[for_need][kept]
    found = tuple(Moment(int(one), int(other)) for one, other in zip(days[day], minutes[minute], strict=True))
    return found, there[:, kept]


def window_at(windows: tuple[Window, ...], moment: Moment) -> Window | None:
    """The first of the windows that is open for the hour from this moment."""
    if not windows:
        return None
    halves = _Halves.of(windows)
    open_halves = halves.on(np.array([moment.day])) & halves.at(np.array([moment.minute]))
    open_windows = (open_halves[: len(windows)] | open_halves[len(windows) :]).ravel()
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
    """Every window twice: from its own day, and, where it runs past midnight, on the day after.

    Columns are days and minutes of the moment's own day; the second half of a window that ends
    before midnight is never open.
    """

    starts: Ints
    ends: Ints
    weekdays: Bools
    opens: Ints
    closes: Ints

    @classmethod
    def of(cls, windows: Sequence[Window]) -> "_Halves":
        """The first halves of all windows, then the second halves."""
        opens = np.array([_minute(window.opens, 0) for window in windows], dtype=np.int64)
        closes = np.array([_minute(window.closes, _DAY) for window in windows], dtype=np.int64)
        runs_on = np.array([_runs_on(window) for window in windows])
        starts = np.array([window.start.toordinal() if window.start else -_FOREVER for window in windows])
        ends = np.array([window.end.toordinal() if window.end else _FOREVER for window in windows])
        weekdays = np.array(
            [[day in (window.weekdays or _EVERY_DAY) for day in range(_WEEK)] for window in windows]
        )
        return cls(
            starts=np.concatenate([starts, starts + 1]),
            ends=np.concatenate([ends, ends + 1]),
            weekdays=np.concatenate([weekdays, np.roll(weekdays, 1, axis=1)]),
            opens=np.concatenate([opens, np.zeros_like(opens)]),
            closes=np.concatenate([closes + runs_on * _DAY, np.where(runs_on, closes, 0)]),
        )

    def on(self, days: Ints) -> Bools:
        """Halves × days: on which days it is open at all."""
        within = (self.starts[:, None] <= days) & (days <= self.ends[:, None])
        # Day 1 of the calendar was a Monday.
        return np.asarray(within & self.weekdays[:, (days - 1) % _WEEK], dtype=bool)

    def at(self, minutes: Ints) -> Bools:
        """Halves × minutes: whether it is open for the hour from that minute."""
        return np.asarray(
            (self.opens[:, None] <= minutes) & (minutes + LEAST_MINUTES <= self.closes[:, None]), dtype=bool
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


def _maximal(there: Bools) -> npt.NDArray[np.intp]:
    """Columns, of equal ones the first, that are within no other column."""
    if not there.shape[1]:
        return np.zeros(0, dtype=np.intp)
    packed = np.ascontiguousarray(np.packbits(there, axis=0).T)
    first: dict[bytes, int] = {}
    for number, column in enumerate(packed):
        first.setdefault(column.tobytes(), number)
    kept = np.array(list(first.values()), dtype=np.intp)
    if len(kept) > _COMPARED:
        return kept
    some = there[:, kept].astype(np.float32)
    # Where nobody is there at one column who is not there at the other, the one is within the other.
    within = some.T @ (1.0 - some) == 0
    np.fill_diagonal(within, val=False)
    return np.asarray(kept[~within.any(axis=1)], dtype=np.intp)


def _runs_on(window: Window) -> bool:
    return window.opens is not None and window.closes is not None and window.closes < window.opens


def _minute(clock: time | None, otherwise: int) -> int:
    return otherwise if clock is None else clock.hour * 60 + clock.minute
