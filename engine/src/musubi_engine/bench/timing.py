"""Timing calls: a median, a 95th percentile, and how much memory a process has taken meanwhile."""

import gc
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from musubi_engine.settling import settle

_STATUS = Path("/proc/self/status")


class Spent(NamedTuple):
    """Milliseconds of repeated calls by the clock, and of the processor's time in them."""

    median: float
    p95: float
    calls: int
    cpu_median: float = 0.0
    cpu_p95: float = 0.0


class Watch:
    """Times what is run `with` it, once for each time."""

    def __init__(self) -> None:
        """Nothing timed yet."""
        self._times: list[tuple[float, float]] = []
        self._begun = (0.0, 0.0)

    def __enter__(self) -> None:
        self._begun = (time.perf_counter(), time.process_time())

    def __exit__(self, *_: object) -> None:
        wall, cpu = self._begun
        self._times.append(((time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000))

    def with_also(self, other: "Watch") -> "Watch":
        """Each time of this watch with the same one of another added."""
        both = Watch()
        both._times = [
            (one[0] + two[0], one[1] + two[1]) for one, two in zip(self._times, other._times, strict=True)
        ]
        return both

    @property
    def spent(self) -> Spent:
        """What all of it took."""
        cpu = spent_of([cpu for _, cpu in self._times])
        return spent_of([wall for wall, _ in self._times])._replace(cpu_median=cpu.median, cpu_p95=cpu.p95)


def spent_on(calls: Sequence[Callable[[], Any]], *, unmeasured: int = 0) -> Spent:
    """Each call once, in order, as by a server that has started; the first `unmeasured` warm up."""
    with started():
        for call in calls[:unmeasured]:
            call()
        watch = Watch()
        for call in calls[unmeasured:]:
            with watch:
                call()
    return watch.spent


@contextmanager
def started() -> Iterator[None]:
    """As in a server that has started; one that has settled before stays so."""
    settled, before = gc.get_freeze_count() > 0, gc.get_threshold()
    settle()
    try:
        yield
    finally:
        if not settled:
            gc.unfreeze()
        gc.set_threshold(*before)


def spent_of(times: Sequence[float]) -> Spent:
    """The median and the 95th percentile of some milliseconds; nothing measured: zeros."""
    if not times:
        return Spent(0.0, 0.0, 0)
    ordered = sorted(times)
    last = len(ordered) - 1
    return Spent(statistics.median(ordered), ordered[min(last, int(len(ordered) * 0.95))], len(ordered))


def resident_megabytes() -> float:
    """Memory of this process's own now, without files that it has mapped; 0 where the system does not tell."""
    if not _STATUS.exists():
        return 0.0
    line = next(line for line in _STATUS.read_text("ascii").splitlines() if line.startswith("RssAnon:"))
    return int(line.split()[1]) / 1024
