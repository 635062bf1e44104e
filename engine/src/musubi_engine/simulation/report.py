"""What the orders do to the towns, as tables: means with 95 % intervals, and differences seed by seed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from musubi_engine.bench.table import Table
from musubi_engine.simulation.model import REGIMES, Regime
from musubi_engine.simulation.policies import OURS, RELEVANCE, SMART_KEEPING, SMART_SAME_LOSS, compared
from musubi_engine.simulation.run import Outcome, run

Floats: TypeAlias = NDArray[np.float64]

SEED: Final = 1
"""The first of the seeds that are reported; those of the tuning begin at 1000."""
_CERTAINTY = 0.975
_FIGURES = ("served ≥ 1 %", "contacts / week", "answered / week", "Gini of exposure", "nDCG@10 loss %")


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """A mean over the seeds and half the width of its 95 % interval (Student's t)."""

    mean: float
    half: float

    def __str__(self) -> str:
        return f"{self.mean:.4g} ± {self.half:.2g}"


def report(seeds: int) -> list[Table]:
    """Every regime under every order over so many seeds (at least 2): figures, then paired differences."""
    chosen = range(SEED, SEED + seeds)
    found = [(regime, run(regime, compared(regime.name), chosen)) for regime in REGIMES]
    return [_figures(found, seeds), _differences(found, seeds)]


def spread(values: Floats) -> Spread:
    """The mean of one figure per seed, with its interval."""
    number = len(values)
    error = float(np.std(values, ddof=1)) / float(np.sqrt(number))
    return Spread(mean=float(np.mean(values)), half=float(stdtrit(number - 1, _CERTAINTY)) * error)


def _figures(found: Sequence[tuple[Regime, Mapping[str, Outcome]]], seeds: int) -> Table:
    rows = [
        (regime.name, name, *(str(spread(values)) for values in _columns(outcome)))
        for regime, outcomes in found
        for name, outcome in outcomes.items()
    ]
    return Table(
        title=f"Orders compared over {seeds} seeds (mean ± 95 % interval)",
        columns=("regime", "order", *_FIGURES),
        rows=tuple(rows),
    )


def _differences(found: Sequence[tuple[Regime, Mapping[str, Outcome]]], seeds: int) -> Table:
    rows = [
        (regime.name, f"ours − {name}", *_against(outcomes[OURS], outcomes[name]))
        for regime, outcomes in found
        for name in (RELEVANCE, SMART_SAME_LOSS, SMART_KEEPING)
    ]
    return Table(
        title=f"Differences seed by seed over {seeds} seeds (mean ± 95 % interval)",
        columns=(
            "regime",
            "difference",
            "served (% of theirs)",
            "contacts (% of theirs)",
            "answered (% of theirs)",
            "Gini",
            "nDCG@10 loss (points of %)",
        ),
        rows=tuple(rows),
        notes=("Served, contacts and answered: more is better. Gini and loss: less is better.",),
    )


def _against(ours: Outcome, other: Outcome) -> list[str]:
    shares = [
        100 * (mine - theirs) / np.mean(theirs)
        for mine, theirs in (
            (ours.served, other.served),
            (ours.contacts, other.contacts),
            (ours.answered, other.answered),
        )
    ]
    return [
        str(spread(values)) for values in (*shares, ours.gini - other.gini, 100 * (ours.loss - other.loss))
    ]


def _columns(outcome: Outcome) -> tuple[Floats, ...]:
    return (100 * outcome.served, outcome.contacts, outcome.answered, outcome.gini, 100 * outcome.loss)
