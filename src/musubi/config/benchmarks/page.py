"""`docs/performance.md`: an introduction, a table for each database and one for a slow telephone, each replaced by its own
next run."""

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass

from .light import BYTES_A_SECOND, ROUND_TRIP, SCREEN, SLOWDOWN, Lightness, rows_of
from .timing import Timing

NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
LIGHT = "On a slow telephone"
INTRODUCTION = """# Performance

Written by `make bench`; do not edit. A table is replaced when the bench runs on that database
(`DATABASE_URL=postgres://… MUSUBI_DATA_DIR=var/bench .venv/bin/musubi bench --write docs/performance.md`).

The town is the demonstration's with many made-up listings (`musubi demo --listings 100000`), the same on every
machine. Pages are rendered in one process as their readers get them: middleware, permissions, all queries and the
template included, the network not. Each was opened once before it was timed, except where it says "never asked
before". `× baseline` says how many times faster than the baseline the median is: one keyword counted with
`icontains`, unranked, in the same run. The aim is a p95 under 50 ms for the public pages on SQLite.
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


def light_section_of(pages: Sequence[Lightness], *, on: str, listings: int, load: float) -> str:
    """The same for a slow telephone."""
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    told = (
        f"{on}: {listings:,} listings in one city; {machine}; load at the start {load:.1f}. Chromium with a processor"
        f" {SLOWDOWN} times slower, {BYTES_A_SECOND * 8 / 1000:.0f} kbit/s and {ROUND_TRIP} ms a round trip, a screen of"
        f" {SCREEN['width']} × {SCREEN['height']}, nothing kept from before, {len(pages[0].visits)} times each. Bytes are"
        " those that are sent (compressed); what blocks is the HTML and the style sheets that the first paint waits"
        " for. The aims: under 45 kB that block, the largest paint under 2.5 s, no layout shift above 0.02."
    )
    return "\n".join(
        [
            f"## {LIGHT}",
            "",
            told,
            "",
            "| page | blocking kB | whole page kB | largest paint s, median | worst | layout shift, worst |",
            "|---|--:|--:|--:|--:|--:|",
            *rows_of(pages),
            "",
        ]
    )


def page_with(section: str, before: str) -> str:
    """The page with this section in place of the one of the same heading, the other databases' kept."""
    parts = [part.strip() + "\n" for part in f"\n{before}".split("\n## ")[1:]]
    kept = {part.splitlines()[0]: f"## {part}" for part in parts}
    kept[section.splitlines()[0].removeprefix("## ")] = section.strip() + "\n"
    tables = [kept[name] for name in (*NAMES.values(), LIGHT) if name in kept]
    return "\n".join([INTRODUCTION, *tables])


def _row(name: str, timing: Timing, baseline: Timing) -> str:
    queries = "" if timing.queries is None else timing.queries
    return (
        f"| {name} | {timing.median:.1f} | {timing.p95:.1f} | {queries} | {timing.ratio_to(baseline):.1f} |"
    )
