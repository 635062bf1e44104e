"""`docs/performance.md`: an introduction and a table for each database, each replaced by its own next run."""

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass

from .timing import Timing

NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
INTRODUCTION = """# Performance

Written by `make bench`; do not edit. A table is replaced when the bench runs on that database
(`DATABASE_URL=postgres://… MUSUBI_DATA_DIR=var/bench .venv/bin/musubi bench --write docs/performance.md`).

The town is the demonstration's with many made-up listings (`musubi demo --listings 100000`), the same on every
machine. Pages are rendered in one process as their readers get them: middleware, permissions, all queries and the
template included, the network not. Each was opened once before it was timed, except where it says "never asked
before". `× baseline` says how many times faster than the baseline the median is: one keyword counted with
`icontains`, unranked, in the same run. The aim is a p95 under 100 ms for home, search and listing pages on SQLite.
Speed is measured here and never asserted in a test; that every list takes as many queries for one row as for fifty
is asserted there.
"""


@dataclass(frozen=True, kw_only=True)
class Run:
    """One run of the bench on one database."""

    vendor: str
    on: str
    listings: int
    load: float
    baseline: Timing
    results: Sequence[Timing]


def section_of(run: Run) -> str:
    """A heading, what was measured where, and the table."""
    rows = [_row(f"{run.baseline.name} (baseline)", run.baseline, run.baseline)]
    rows += [_row(timing.name, timing, run.baseline) for timing in run.results]
    machine = f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    return "\n".join(
        [
            f"## {NAMES[run.vendor]}",
            "",
            f"{run.on}: {run.listings:,} listings in one city; {machine}; load at the start {run.load:.1f}.",
            "",
            "| what | median ms | p95 ms | queries | × baseline |",
            "|---|--:|--:|--:|--:|",
            *rows,
            "",
        ]
    )


def page_with(section: str, before: str) -> str:
    """The page with this section in place of the one of the same heading, the other databases' kept."""
    parts = [part.strip() + "\n" for part in f"\n{before}".split("\n## ")[1:]]
    kept = {part.splitlines()[0]: f"## {part}" for part in parts}
    kept[section.splitlines()[0].removeprefix("## ")] = section.strip() + "\n"
    tables = [kept[name] for name in NAMES.values() if name in kept]
    return "\n".join([INTRODUCTION, *tables])


def _row(name: str, timing: Timing, baseline: Timing) -> str:
    queries = "" if timing.queries is None else timing.queries
    return (
        f"| {name} | {timing.median:.1f} | {timing.p95:.1f} | {queries} | {timing.ratio_to(baseline):.1f} |"
    )
