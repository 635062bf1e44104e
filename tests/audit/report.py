"""What `make audit` has found, as a table: docs/audit.md."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.web.matrix.asking import named_urls
from tests.web.matrix.not_pages import NOT_PAGES

from .ways import LOCALES, LOOKS, ROLES, WIDTHS

Row = dict[str, Any]

HEAD = """# Every page, seen in every way

Written by `make audit`; do not edit. {day}, commit {commit}: axe-core {axe}, Chromium {chromium}.

Every address of the URL configuration, for a visitor, a member (who owns an organisation's page), a coordinator and an
officer; at {widths} px, in {locales}, {looks}. In each way every rule of axe for WCAG 2.0, 2.1 and 2.2 at A and AA and its
best practices is tried, and besides: one `<h1>`, a title, the language said, nothing wider than the screen, nothing in the
browser's console (so nothing that the content security policy has refused), no request to another host.

**{pages} pages ({addresses} addresses in their states, as each role), {checks} checks, {faults} faults.**

A cell says how often an address was looked at in how many ways, and the faults found. A dash: the role has no such page.
"""

UNDECIDED = """
## What axe leaves to the eye

Results that axe calls incomplete: it could not decide by itself. Counted by element; each rule was judged as said.

| rule | elements | on pages | judged |
|---|---:|---:|---|
"""

JUDGED: dict[str, str] = {
    "color-contrast": "Words in the header. What confuses axe is a line of 3 px that a pseudo element draws below the header's edge;"
    " it covers no word. On the header's ground the accent has 8.3:1 (dark 9.1:1), ink 16:1 (13:1), soft ink 7.8:1 (8.0:1),"
    " and `tests/web/design/test_colours.py` keeps every pair above 4.5:1.",
    "th-has-data-cells": "A table of a meeting's dates without one, which only the test's town has: a meeting is made with at least one.",
}
"""What a person saw where axe could not decide."""

ELSE = """
## Addresses that are no pages

| address | name | why |
|---|---|---|
"""


def rows_in(folder: Path) -> list[Row]:
    return [row for path in sorted(folder.glob("*.json")) for row in json.loads(path.read_text())]


def report(rows: list[Row], *, commit: str) -> str:
    """The whole document, from what was seen of every page."""
    seen = [row for row in rows if not row["leads_on"]]
    routes = dict(named_urls())
    faults = sum(len(row["faults"]) for row in seen)
    head = HEAD.format(
        day=_all_of(seen, "day"),
        commit=commit,
        axe=_all_of(seen, "axe"),
        chromium=_all_of(seen, "chromium"),
        widths=_listed(WIDTHS),
        locales=_listed(LOCALES),
        looks=_listed(LOOKS),
        pages=f"{len({(row['role'], *_page(row)) for row in seen}):,}",
        addresses=len({row["page"]["name"] for row in seen}),
        checks=f"{len(seen):,}",
        faults=faults,
    )
    return head + _table(seen, routes) + _undecided(seen) + _elsewhere(routes) + _found(seen)


def _page(row: Row) -> tuple[str, str]:
    return row["page"]["name"], row["page"]["what"]


def _all_of(rows: list[Row], name: str) -> str:
    return _listed(sorted({row[name] for row in rows if row[name]}))


def _listed(values: Iterable[object]) -> str:
    return ", ".join(str(value) for value in values)


def _table(rows: list[Row], routes: dict[str, str]) -> str:
    cells: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        cells[row["page"]["name"], row["role"]].append(row)
    lines = [f"\n| address | name | {' | '.join(ROLES)} |", f"|---|---|{'---:|' * len(ROLES)}"]
    for name in sorted({row["page"]["name"] for row in rows}, key=lambda name: routes[name]):
        said = [_cell(cells[name, role]) for role in ROLES]
        lines.append(f"| `{routes[name]}` | {name} | {' | '.join(said)} |")
    return "\n".join(lines) + "\n"


def _cell(rows: list[Row]) -> str:
    return f"{len(rows)}: {sum(len(row['faults']) for row in rows)}" if rows else "–"


def _undecided(rows: list[Row]) -> str:
    elements: Counter[str] = Counter()
    pages: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in rows:
        elements.update(row["incomplete"])
        for rule in row["incomplete"]:
            pages[rule].add(_page(row))
    lines = [
        f"| {rule} | {count:,} | {len(pages[rule])} | {JUDGED.get(rule, 'not yet judged')} |"
        for rule, count in elements.most_common()
    ]
    return UNDECIDED + "\n".join(lines or ["| none | 0 | 0 | |"]) + "\n"


def _elsewhere(routes: dict[str, str]) -> str:
    return ELSE + "".join(
        f"| `{routes[name]}` | {name} | {reason} |\n"
        for name, reason in sorted(NOT_PAGES.items(), key=lambda item: routes[item[0]])
    )


def _found(rows: list[Row]) -> str:
    """Each fault once, with how often it was met."""
    found: Counter[str] = Counter()
    where: dict[str, str] = {}
    for row in rows:
        for fault in row["faults"]:
            found[fault] += 1
            name, what = _page(row)
            where.setdefault(fault, f"{name} {what} as {row['role']}, {row['way']}")
    if not found:
        return ""
    lines = [f"- {count} × `{fault}`, first on {where[fault]}" for fault, count in found.most_common()]
    return "\n## Faults\n\n" + "\n".join(lines) + "\n"
