"""A seeded town for the teams bench: needs of two to eight lines and offers that cover one to three of them."""

from dataclasses import dataclass, replace
from datetime import date, time
from functools import cache
from typing import Final

import numpy as np

from musubi_engine.bench.postings import postings
from musubi_engine.knowledge.base import SHIPPED
from musubi_engine.readings import concepts_in_title
from musubi_engine.types import Line, Listing, Proposal, Window
from musubi_engine.version import ENGINE_VERSION

# What a festival, a meal or a drill asks for: resource, words, how givers say it too, unit, what is asked, the
# least and most given.
_CATALOGUE: Final = (
    ("place", "調理のできる会場", "公民館の調理室", "capacity", 30, 15, 80),
    ("people", "配膳をする人", "配膳の手伝い", "people", 8, 1, 6),
    ("goods", "米や野菜", "お米と地元の野菜", None, 0, 0, 0),
    ("expertise", "食品衛生の助言", "食品衛生責任者の助言", None, 0, 0, 0),
    ("money", "保険と消耗品の費用", "保険料", "yen", 100_000, 10_000, 120_000),
    ("goods", "折りたたみいす", "折りたたみいすの貸し出し", "items", 60, 10, 60),
    ("publicity", "チラシの配布", "商店街の掲示板", None, 0, 0, 0),
    ("people", "子どもを見守る人", "子どもの見守りをする人", "people", 4, 1, 4),
)
MOST_LINES: Final = len(_CATALOGUE)
_FIRST: Final = date(2027, 4, 1)
_LAST: Final = date(2028, 3, 31)
_BOUND: Final = 0.7
_STATED: Final = 0.85
_SAID_OTHERWISE: Final = 0.4
_BODIES: Final = 2_500


@dataclass(frozen=True, slots=True)
class Town:
    """One need, its proposals (every offer is feasible and scored), and the offers by ref."""

    need: Listing
    proposals: tuple[Proposal, ...]
    offers: dict[str, Listing]


def make_town(random: np.random.Generator, lines: int, offers: int) -> Town:
    """A town whose offers give something of the need's first `lines` of the catalogue, in their own words.

    Each has a text of its own and, as in an installation, the concepts that were found when it was saved.
    """
    need = _listing(
        "need",
        "need",
        tuple(
            Line(resource=resource, what=what, unit=unit, amount=asked or None)
            for resource, what, _, unit, asked, _, _ in _CATALOGUE[:lines]
        ),
        (Window(start=_FIRST, end=_LAST, weekdays=frozenset({5, 6}), opens=time(9), closes=time(16)),),
    )
    found = {}
    for number in range(offers):
        ref = f"o{number:06}"
        count = min(lines, int(random.integers(1, 4)))
        rows = random.choice(lines, count, replace=False)
        brought = tuple(_brought(random, int(row)) for row in rows)
        found[ref] = _with_text(_listing(ref, "offer", brought, _windows(random)), random)
    scores = random.beta(2, 4, offers)
    proposals = tuple(
        Proposal(need=need.ref, offer=ref, score=round(float(score), 6), engine_version=ENGINE_VERSION)
        for ref, score in zip(found, scores, strict=True)
    )
    return Town(need, proposals, found)


def _brought(random: np.random.Generator, row: int) -> Line:
    resource, what, other_words, unit, _, least, most = _CATALOGUE[row]
    if random.random() < _SAID_OTHERWISE:
        what = other_words
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


def _with_text(offer: Listing, random: np.random.Generator) -> Listing:
    body = _bodies()[int(random.integers(_BODIES))]
    concepts = SHIPPED.concepts.found_in(offer.title) | SHIPPED.concepts.found_in(body)
    in_title = concepts_in_title(offer.title)
    return replace(offer, body=f"{offer.ref}番です。{body}", concepts=concepts, concepts_in_title=in_title)


@cache
def _bodies() -> tuple[str, ...]:
    """What other offers say besides."""
    return tuple(listing.body for listing in postings(_BODIES, seed=1, needs=0.0))


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
