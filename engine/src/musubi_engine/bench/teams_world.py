"""A seeded town for the teams bench: needs of two to eight lines and offers that cover one to three of them."""

from dataclasses import dataclass
from datetime import date, time
from typing import Final

import numpy as np

from musubi_engine.types import Line, Listing, Proposal, Window
from musubi_engine.version import ENGINE_VERSION

# What a festival, a meal or a drill asks for: resource, words, unit, what is asked, the least and most given.
_CATALOGUE: Final = (
    ("place", "調理のできる会場", "capacity", 30, 15, 80),
    ("people", "配膳をする人", "people", 8, 1, 6),
    ("goods", "米や野菜", None, 0, 0, 0),
    ("expertise", "食品衛生の助言", None, 0, 0, 0),
    ("money", "保険と消耗品の費用", "yen", 100_000, 10_000, 120_000),
    ("goods", "折りたたみいす", "items", 60, 10, 60),
    ("publicity", "チラシの配布", None, 0, 0, 0),
    ("people", "子どもを見守る人", "people", 4, 1, 4),
)
MOST_LINES: Final = len(_CATALOGUE)
_FIRST: Final = date(2027, 4, 1)
_LAST: Final = date(2028, 3, 31)
_BOUND: Final = 0.7
_STATED: Final = 0.85


@dataclass(frozen=True, slots=True)
class Town:
    """One need, its proposals (every offer is feasible and scored), and the offers by ref."""

    need: Listing
    proposals: tuple[Proposal, ...]
    offers: dict[str, Listing]


def make_town(random: np.random.Generator, lines: int, offers: int) -> Town:
    """A town whose offers all cover something of the need's first `lines` of the catalogue."""
    need = _listing(
        "need",
        "need",
        tuple(
            Line(resource=resource, what=what, unit=unit, amount=asked or None)
            for resource, what, unit, asked, _, _ in _CATALOGUE[:lines]
        ),
        (Window(start=_FIRST, end=_LAST, weekdays=frozenset({5, 6}), opens=time(9), closes=time(16)),),
    )
    found = {}
    for number in range(offers):
        ref = f"o{number:06}"
        count = min(lines, int(random.integers(1, 4)))
        brought = tuple(_brought(random, int(row)) for row in random.choice(lines, count, replace=False))
        found[ref] = _listing(ref, "offer", brought, _windows(random))
    scores = random.beta(2, 4, offers)
    proposals = tuple(
        Proposal(need=need.ref, offer=ref, score=round(float(score), 6), engine_version=ENGINE_VERSION)
        for ref, score in zip(found, scores, strict=True)
    )
    return Town(need, proposals, found)


def _brought(random: np.random.Generator, row: int) -> Line:
    resource, what, unit, _, least, most = _CATALOGUE[row]
    if unit is None:
        return Line(resource=resource, what=what)
    stated = int(random.integers(least, most + 1)) if random.random() < _STATED else None
    return Line(resource=resource, what=what, unit=unit, amount=stated)


def _windows(random: np.random.Generator) -> tuple[Window, ...]:
    if random.random() > _BOUND:
        return ()
    days = random.choice(7, int(random.integers(1, 6)), replace=False)
    opens = int(random.integers(7, 15))
    closes = opens + int(random.integers(2, 7))
    start = _FIRST.replace(month=int(random.integers(1, 7)))
    return (
        Window(
            start=start,
            end=_LAST,
            weekdays=frozenset(int(day) for day in (*days, 5)),
            opens=time(opens),
            closes=time(closes),
        ),
    )


def _listing(ref: str, side: str, lines: tuple[Line, ...], windows: tuple[Window, ...]) -> Listing:
    return Listing(
        ref=ref,
        side=side,
        title="、".join(line.what for line in lines),
        body="",
        actor=f"a-{ref}",
        actor_name=ref,
        actor_kind="npo",
        lines=lines,
        windows=windows,
    )
