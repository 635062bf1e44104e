"""How SmartSort's β and ours were chosen: on seeds that no report uses, regime by regime.

Ours has one setting for all regimes: of the grid the β with the most listings served that keeps 99 % of the
contacts in every regime. SmartSort is given more room, a β of its own in each regime, in two ways: the β with
which it gives up as much nDCG@10 as ours there, and the largest that keeps 99 % of the contacts there.
"""

from collections.abc import Mapping
from typing import Final

import numpy as np

from musubi_engine.bench.table import Table
from musubi_engine.exposure import ExposureRule
from musubi_engine.simulation.model import REGIMES
from musubi_engine.simulation.policies import RELEVANCE, ByRelevance, Fair, Policy, SmartSort
from musubi_engine.simulation.run import Outcome, run

TUNING_SEEDS: Final = range(1000, 1040)
OUR_GRID: Final = (0.07, 0.09, 0.11, 0.13)
SMART_GRID: Final = tuple(round(0.005 * step, 3) for step in range(1, 13))
KEPT: Final = 0.99


def tune() -> list[Table]:
    """Every β of both grids in every regime, and which are chosen."""
    found = {regime.name: run(regime, _grid(), TUNING_SEEDS) for regime in REGIMES}
    ours = our_beta(found)
    rows = [
        (name, policy, *_figures(outcome, outcomes[RELEVANCE]))
        for name, outcomes in found.items()
        for policy, outcome in outcomes.items()
    ]
    chosen = [
        (name, ours, same_loss(outcomes, ours), keeping_contacts(outcomes))
        for name, outcomes in found.items()
    ]
    columns = ("regime", "order", "served %", "contacts %", "nDCG@10 loss %")
    return [
        Table(title="Tuning, change against relevance", columns=columns, rows=tuple(rows)),
        Table(
            title="Chosen",
            columns=("regime", "ours", "SmartSort, same loss", "SmartSort, 99 % of contacts"),
            rows=tuple(chosen),
        ),
    ]


def our_beta(found: Mapping[str, Mapping[str, Outcome]]) -> float:
    """The β of the grid that serves most, averaged over the regimes, of those that keep the contacts in all."""
    keeping = [
        beta
        for beta in OUR_GRID
        if all(_kept(outcomes[f"ours {beta}"], outcomes[RELEVANCE]) >= KEPT for outcomes in found.values())
    ]
    return max(
        keeping or OUR_GRID[:1],
        key=lambda beta: sum(
            _gain(outcomes[f"ours {beta}"], outcomes[RELEVANCE]) for outcomes in found.values()
        ),
    )


def same_loss(outcomes: Mapping[str, Outcome], ours: float) -> float:
    """SmartSort's β with our loss, between the two of its grid that are nearest."""
    losses = [float(outcomes[f"SmartSort {beta}"].loss.mean()) for beta in SMART_GRID]
    return round(float(np.interp(outcomes[f"ours {ours}"].loss.mean(), losses, SMART_GRID)), 4)


def keeping_contacts(outcomes: Mapping[str, Outcome]) -> float:
    """SmartSort's largest β that keeps 99 % of the contacts; the smallest of the grid where none does."""
    base = outcomes[RELEVANCE]
    keeping = [beta for beta in SMART_GRID if _kept(outcomes[f"SmartSort {beta}"], base) >= KEPT]
    return max(keeping, default=SMART_GRID[0])


def _grid() -> dict[str, Policy]:
    smart: dict[str, Policy] = {f"SmartSort {beta}": SmartSort(beta) for beta in SMART_GRID}
    ours: dict[str, Policy] = {f"ours {beta}": Fair(ExposureRule(beta=beta)) for beta in OUR_GRID}
    return {RELEVANCE: ByRelevance(), **smart, **ours}


def _figures(outcome: Outcome, base: Outcome) -> tuple[float, float, float]:
    return (
        100 * _gain(outcome, base),
        100 * (_kept(outcome, base) - 1),
        100 * float(outcome.loss.mean()),
    )


def _gain(outcome: Outcome, base: Outcome) -> float:
    return float(outcome.served.mean() / base.served.mean() - 1)


def _kept(outcome: Outcome, base: Outcome) -> float:
    return float(outcome.contacts.mean() / base.contacts.mean())
