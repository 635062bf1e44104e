"""`musubi-engine bench teams`: how long a team takes, against greedy and an integer program, and how often it is right."""

import argparse
import gc
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median
from time import process_time
from typing import Final, TypeVar

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from musubi_engine.bench.table import Table
from musubi_engine.bench.teams_candidates import candidates_table
from musubi_engine.bench.teams_world import MOST_LINES, Town, make_town
from musubi_engine.teams.accuracy import team_accuracy
from musubi_engine.teams.bounds import Pool
from musubi_engine.teams.cover import UNIT
from musubi_engine.teams.finding import MOST_MEMBERS, goals_of, teams_among

HELP = "編成案の速さと質を、貪欲法と整数計画（HiGHS）を並べて測ります。"
_SIZES: Final = (200, 2_000)
_LINES: Final = (2, 4, 6, 8)
_HIGHS_SECONDS: Final = 5.0
_PERCENT: Final = 95

Value = TypeVar("Value")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Its options."""
    parser.add_argument(
        "--data", type=Path, help="判定つきの集まりのフォルダー（listings.jsonl、teams.jsonl …）"
    )
    parser.add_argument("--needs", type=int, default=20, help="大きさごとのニーズの数（既定は20）")
    parser.add_argument(
        "--highs", type=int, default=3, help="整数計画で解くニーズの数（既定は3。0で省きます）"
    )
    parser.add_argument(
        "--documents", type=int, default=0, help="候補を絞る段を通す提供の数（例 100000。既定は0で省きます）"
    )


def measure(options: argparse.Namespace) -> Sequence[Table]:
    """Accuracy (with `--data`), speed beside the baselines, and the candidate step (with `--documents`)."""
    tables = [accuracy_table(options.data)] if options.data else []
    tables.append(_speed(options.needs, options.highs))
    if options.documents:
        tables.append(candidates_table(options.documents, options.needs))
    return tables


def accuracy_table(data: Path) -> Table:
    """Whose team comes first, on the judged teams of a folder. Raises InputError."""
    flags, qrels = data / "needs_flags.json", data / "qrels.txt"
    found = team_accuracy(
        data / "listings.jsonl",
        data / "teams.jsonl",
        qrels if qrels.exists() else None,
        flags if flags.exists() else None,
    )
    return Table(
        title=f"Which team comes first, {found.needs} needs",
        columns=("ideal", "ideal or listed", "one as small and as feasible", "complete", "listed in five"),
        rows=((found.ideal, found.listed, found.as_good, found.complete, found.in_five),),
        notes=(
            (
                "As small and as feasible: as few actors, every line covered, no hard rule broken by the check written "
                "apart from the engine, no member judged 0."
            ),
        ),
    )


@dataclass(frozen=True, slots=True)
class _Row:
    """One need: milliseconds by solver, the sizes and sums that they found (None: nothing)."""

    exact_ms: float
    unread_ms: float
    greedy_ms: float
    highs_ms: float | None
    exact: tuple[int, int] | None
    greedy: tuple[int, int] | None
    highs: tuple[int, int] | None
    proved: bool


def _speed(needs: int, by_highs: int) -> Table:
    rows = []
    for size in _SIZES:
        for lines in _LINES:
            found = [
                _one(make_town(np.random.default_rng(seed), lines, size), use_highs=seed < by_highs)
                for seed in range(needs)
            ]
            rows.append((size, lines, *_figures(found)))
    return Table(
        title=f"Teams of the fewest actors, {needs} needs a row, milliseconds of one processor; {by_highs} of them by HiGHS",
        columns=(
            "offers",
            "lines",
            "exact p50",
            "exact p95",
            "unread p50",
            "proved",
            "actors",
            "greedy p50",
            "greedy: same size",
            "greedy: actors more",
            "greedy: sum of scores",
            "HiGHS p50",
            "HiGHS: same answer",
        ),
        rows=tuple(rows),
        notes=(
            (
                f"The first {MOST_LINES} kinds of line of a made-up town; four have amounts that add up, one has seats; "
                "a third of the offers are there at any time; each has a text and concepts of its own, the concepts found "
                "before, as at saving. Exact: what each offer covers, shared hours, the best five teams and their "
                "sentences, asked again, as when an offer has changed: the texts have been read in this process. Unread: "
                "asked for the first time, every text being read. Ranking comes before and is in neither. Greedy and HiGHS get the covers and hours for nothing and find one team. "
                "Sum of scores: of greedy's teams as a share of the exact one's, where they are of the same size. "
                f"HiGHS: fewest actors first, then scores, {_HIGHS_SECONDS:g} s a step at most; where it runs out, "
                "its answer may be worse and counts as different."
            ),
        ),
    )


def _one(town: Town, *, use_highs: bool) -> _Row:
    unread_ms, _ = _spent(lambda: teams_among(town.need, town.proposals, town.offers))
    exact_ms, found = _spent(lambda: teams_among(town.need, town.proposals, town.offers))
    pools = goals_of(town.need, town.proposals, town.offers)
    greedy_ms, greedy = _spent(lambda: _greedily(pools))
    highs_ms, highs = _spent(lambda: _by_highs(pools)) if use_highs else (None, None)
    complete = bool(found) and found[0].complete
    return _Row(
        exact_ms=exact_ms,
        unread_ms=unread_ms,
        greedy_ms=greedy_ms,
        highs_ms=highs_ms,
        exact=(len(found[0].members), round(found[0].score * UNIT)) if complete else None,
        greedy=greedy,
        highs=highs,
        proved=all(team.exact for team in found),
    )


def _figures(rows: list[_Row]) -> tuple[object, ...]:
    both = [(row.exact, row.greedy) for row in rows if row.exact and row.greedy]
    same = [(exact, greedy) for exact, greedy in both if exact[0] == greedy[0]]
    solved = [row for row in rows if row.highs_ms is not None]
    return (
        median(row.exact_ms for row in rows),
        float(np.percentile([row.exact_ms for row in rows], _PERCENT)),
        median(row.unread_ms for row in rows),
        sum(row.proved for row in rows) / len(rows),
        mean(row.exact[0] for row in rows if row.exact) if any(row.exact for row in rows) else 0,
        median(row.greedy_ms for row in rows),
        len(same) / len(both) if both else 0.0,
        mean(greedy[0] - exact[0] for exact, greedy in both) if both else 0.0,
        mean(greedy[1] / exact[1] for exact, greedy in same) if same else 0.0,
        median(row.highs_ms or 0.0 for row in solved) if solved else "–",
        sum(row.highs == row.exact for row in solved) / len(solved) if solved else "–",
    )


def _spent(call: Callable[[], Value]) -> tuple[float, Value]:
    """Milliseconds of processor time, and what came of them."""
    gc.collect()
    start = process_time()
    found = call()
    return (process_time() - start) * 1000, found


def _greedily(pools: list[Pool]) -> tuple[int, int] | None:
    """At each moment whoever meets most of what is left, the better score first; the best of the moments."""
    best: tuple[int, int] | None = None
    for pool in pools:
        rest, free = pool.targets.copy(), np.ones(len(pool.scores), dtype=bool)
        team: list[int] = []
        while rest.any() and len(team) < MOST_MEMBERS:
            lines = rest > 0
            met = (np.minimum(pool.gives[:, lines], rest[lines]) / rest[lines]).sum(axis=1) * free
            chosen = int(np.lexsort((-pool.scores, -met))[0])
            if met[chosen] <= 0:
                break
            team.append(chosen)
            free[chosen] = False
            rest = np.maximum(0, rest - pool.gives[chosen])
        if not rest.any():
            best = _better(best, (len(team), int(pool.scores[team].sum())))
    return best


def _by_highs(pools: list[Pool]) -> tuple[int, int] | None:
    """At each moment the fewest actors, then of so many the largest sum; the best of the moments."""
    best: tuple[int, int] | None = None
    for pool in pools:
        ones = np.ones(len(pool.scores))
        meets = LinearConstraint(pool.gives.T, lb=pool.targets)
        fewest = _solve(ones, [meets])
        if fewest is None or (best is not None and int(fewest.sum()) > best[0]):
            continue
        size = int(fewest.sum())
        scored = _solve(
            -pool.scores.astype(float), [meets, LinearConstraint(ones[None, :], lb=size, ub=size)]
        )
        team = fewest if scored is None else scored
        best = _better(best, (size, int(pool.scores[team].sum())))
    return best


def _solve(
    cost: "np.typing.NDArray[np.float64]", constraints: list[LinearConstraint]
) -> "np.typing.NDArray[np.bool_] | None":
    solved = milp(
        c=cost,
        constraints=constraints,
        integrality=np.ones(len(cost)),
        bounds=Bounds(0, 1),
        options={"mip_rel_gap": 0, "time_limit": _HIGHS_SECONDS},
    )
    return None if solved.x is None else np.asarray(solved.x > 0.5)


def _better(one: tuple[int, int] | None, other: tuple[int, int]) -> tuple[int, int]:
    """Of two teams (size, sum) the smaller, then the better."""
    return other if one is None else min(one, other, key=lambda team: (team[0], -team[1]))
