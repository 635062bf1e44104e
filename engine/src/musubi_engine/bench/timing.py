"""Timing calls: a median, a 95th percentile, and how much memory a process has taken meanwhile."""

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

_STATUS = Path("/proc/self/status")


class Spent(NamedTuple):
    """Milliseconds of repeated calls."""

    median: float
    p95: float
    calls: int


def spent_on(calls: Sequence[Callable[[], Any]], *, unmeasured: int = 0) -> Spent:
    """Each call once, in order; the first `unmeasured` warm up. Start-up's objects are left out of collections."""
    gc.collect()
    gc.freeze()
    for call in calls[:unmeasured]:
        call()
    times = []
    for call in calls[unmeasured:]:
        begun = time.perf_counter()
        call()
        times.append((time.perf_counter() - begun) * 1000)
    gc.unfreeze()
    return spent_of(times)


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
