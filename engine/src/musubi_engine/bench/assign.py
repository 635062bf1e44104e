"""`musubi-engine bench assign`: both rules beside the usual ways, on seasons of growing size.

Each season: volunteers with ten wishes each in an order of their own, half as many projects as
volunteers, one to five places each, popular by Zipf's law, which rank who wishes for them in another
order of their own. Dense assignment (scipy's `linear_sum_assignment` on every place) and the greedy choice of the
best remaining pair are the baselines.
"""

import argparse
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from scipy.optimize import linear_sum_assignment

from musubi_engine.assignment import Project, Volunteer
from musubi_engine.assignment.most_fit import Chosen, best, by_matching
from musubi_engine.assignment.pairs import SCALE, Pair, value_of
from musubi_engine.assignment.stable import blocking_pairs, stable
from musubi_engine.bench.table import Table

HELP = "プロボノの割り当て（総適合・安定）を、ほかのやり方と並べて測ります。"
_EDGES: Final = 10
_PLACES: Final = 5
_DENSE_UP_TO: Final = 10_000
_PROGRAMME_UP_TO: Final = 10_000
_COLUMNS: Final = (
    "pairs",
    "method",
    "seconds",
    "placed",
    "projects served",
    "total fit",
    "mean rank",
    "blocking pairs",
)
_NOTE: Final = (
    "Mean rank: the place of the project received among the volunteer's wishes, 1 the best. Blocking pairs: both "
    "would rather have each other. Minimum 3: a team has three people or nobody."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Season:
    """One generated season."""

    volunteers: list[Volunteer]
    projects: list[Project]
    pairs: list[Pair]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Sizes and seed."""
    parser.add_argument(
        "--pairs",
        type=int,
        nargs="+",
        default=[1_000, 10_000, 100_000],
        help="ありうる組の数（ふつうは 1000 10000 100000）",
    )
    parser.add_argument("--seed", type=int, default=1, help="同じ数なら同じシーズンになります（ふつうは 1）")


def measure(options: argparse.Namespace) -> Sequence[Table]:
    """One table over all sizes."""
    rows = [row for pairs in options.pairs for row in _rows(season(pairs, options.seed))]
    return [
        Table(
            title="Assignment: volunteers to projects (one run each)",
            columns=_COLUMNS,
            rows=tuple(rows),
            notes=(_NOTE,),
        )
    ]


def season(pairs: int, seed: int) -> Season:
    """A season of about so many possible pairs, the same for the same seed."""
    draw = np.random.default_rng(seed)
    people = max(1, pairs // _EDGES)
    works = max(_EDGES, people // 2)
    places = draw.integers(1, _PLACES + 1, works)
    popularity = 1 / np.arange(1, works + 1) ** 0.6
    chance = popularity / popularity.sum()
    wishes = [draw.choice(works, _EDGES, replace=False, p=chance).tolist() for _ in range(people)]
    wished: dict[int, list[int]] = {}
    for i, own in enumerate(wishes):
        for j in own:
            wished.setdefault(j, []).append(i)
    volunteers = [
        Volunteer(ref=f"v{i:06}", ranking=tuple(f"p{j:06}" for j in own)) for i, own in enumerate(wishes)
    ]
    projects = [
        Project(
            ref=f"p{j:06}",
            maximum=int(places[j]),
            ranking=tuple(f"v{i:06}" for i in draw.permutation(wished.get(j, []))),
        )
        for j in range(works)
    ]
    found = []
    for i, own in enumerate(wishes):
        for j in sorted(own):
            volunteer, project = volunteers[i], projects[j]
            fits = {(volunteer.ref, project.ref): float(draw.random())}
            found.append(Pair(i, j, round(value_of(volunteer, project, fits) * SCALE)))
    return Season(volunteers=volunteers, projects=projects, pairs=found)


def greedy(given: Season) -> Chosen:
    """The best remaining pair, again and again."""
    left = [project.maximum for project in given.projects]
    chosen: Chosen = {}
    for pair in sorted(given.pairs, key=lambda p: (-p.value, p.volunteer, p.project)):
        if pair.volunteer not in chosen and left[pair.project]:
            left[pair.project] -= 1
            chosen[pair.volunteer] = pair.project
    return chosen


def dense(given: Season) -> Chosen:
    """Every place a column: what one would write first; exact, without a thought for who is served."""
    owner = [j for j, project in enumerate(given.projects) for _ in range(project.maximum)]
    value = np.zeros((len(given.volunteers), len(given.projects)))
    for pair in given.pairs:
        value[pair.volunteer, pair.project] = pair.value + 1
    who, place = linear_sum_assignment(value[:, owner], maximize=True)
    return {int(i): owner[j] for i, j in zip(who, place, strict=True) if value[i, owner[j]]}


def _rows(given: Season) -> list[tuple[object, ...]]:
    of_three = [replace(project, minimum=3, maximum=max(3, project.maximum)) for project in given.projects]
    ways: list[tuple[str, Callable[[], Chosen]]] = [
        ("greedy", lambda: greedy(given)),
        ("stable (ours)", lambda: stable(given.volunteers, given.projects, given.pairs)),
        ("most fit (ours)", lambda: by_matching(len(given.volunteers), given.projects, given.pairs)),
    ]
    if len(given.pairs) <= _DENSE_UP_TO:
        ways.insert(1, ("dense assignment", lambda: dense(given)))
    rows = [_row(name, way, given, given.projects) for name, way in ways]
    if len(given.pairs) <= _PROGRAMME_UP_TO:
        name = "most fit, minimum 3 (ours)"
        rows.append(_row(name, lambda: best(given.volunteers, of_three, given.pairs), given, of_three))
    return rows


def _row(
    name: str, way: Callable[[], Chosen], given: Season, projects: Sequence[Project]
) -> tuple[object, ...]:
    began = time.perf_counter()
    chosen = way()
    took = time.perf_counter() - began
    value = {(pair.volunteer, pair.project): pair.value for pair in given.pairs}
    ranks = [1 + given.volunteers[i].ranking.index(projects[j].ref) for i, j in chosen.items()]
    blocking = blocking_pairs(given.volunteers, projects, given.pairs, chosen)
    return (
        len(given.pairs),
        name,
        took,
        len(chosen),
        len(Counter(chosen.values())),
        sum(value[i, j] for i, j in chosen.items()) / SCALE,
        sum(ranks) / max(1, len(ranks)),
        len(blocking),
    )
