"""Timing calls, and what is told of many of them."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import connection
from django.test.utils import CaptureQueriesContext


@dataclass(frozen=True)
class Timing:
    """Milliseconds of repeated calls, and the most queries that one of them took; None: not counted."""

    name: str
    median: float
    p95: float
    queries: int | None = None

    def ratio_to(self, baseline: "Timing") -> float:
        """How many times faster than the baseline at the median; above 1 is faster."""
        return baseline.median / self.median if self.median else float("inf")


def timing_of(name: str, spent: Sequence[float], queries: int | None = None) -> Timing:
    """The median and the 95th percentile of some milliseconds."""
    ordered = sorted(spent)
    return Timing(
        name, statistics.median(ordered), ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))], queries
    )


def timed(name: str, calls: Sequence[Callable[[], object]], *, rounds: int) -> Timing:
    """Run every call once unmeasured, its queries counted, then `rounds` times measured."""
    queries = 0
    for call in calls:
        with CaptureQueriesContext(connection) as captured:
            call()
        queries = max(queries, len(captured))
    return timing_of(name, [_milliseconds(call) for _ in range(rounds) for call in calls], queries)


def timed_once(name: str, calls: Sequence[Callable[[], object]]) -> Timing:
    """Run every call a single time, measured: what none of them had asked before."""
    return timing_of(name, [_milliseconds(call) for call in calls])


def _milliseconds(call: Callable[[], object]) -> float:
    begun = time.perf_counter()
    call()
    return (time.perf_counter() - begun) * 1000
