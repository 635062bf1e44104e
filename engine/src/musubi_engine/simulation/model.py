"""The town and its visitors: how good an offer looks to each, what is clicked, what is answered.

One visit: a need meets all J offers. The engine's score of offer j is expit(1.2 z − 1.8) with
z = √p · e + √(1 − p) · u_j: e ~ N(0, 1) is how well j suits this visitor, u_j ~ N(0, 1) how well it suits
everybody, p the share of personalisation. The first ten of the order are shown.
Place k is looked at with probability 1 ÷ log₂(1 + k). What is looked at is opened with probability
min(1, score × w_j), with w_j = exp(0.5 n_j − 0.125), n_j ~ N(0, 1): an appeal (name, picture, fame) that the score
does not know. What is opened is contacted with probability 0.5 × score. The first contact ends the visit.
An offer that k others contacted in the last seven days answers with probability 0.9 ÷ (1 + k ÷ 8): the more ask,
the fewer are heard. Counts fall out of the ledger after seven days, by whole days.
All policies of a seed meet the same town, the same visitors and the same dice (per visit and offer).
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]

SHOWN: Final = 10
LOOKED_AT: Final[Floats] = 1 / np.log2(2 + np.arange(SHOWN))
ANSWERS: Final = 0.9
HALF_AT: Final = 8.0
_STEEPNESS, _MIDDLE = 1.2, 1.8
_APPEAL = 0.5
_CONTACTED = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Regime:
    """A town's size: offers, visits in a week, and how much of a score is personal (0..1)."""

    offers: int
    visits: int
    personal: float = 0.5

    @property
    def name(self) -> str:
        """As the tables have it."""
        weak = "" if self.personal >= 0.5 else ", weak personalisation"
        return f"J={self.offers}, V={self.visits}{weak}"


REGIMES: Final = (
    Regime(offers=60, visits=900),
    Regime(offers=100, visits=600),
    Regime(offers=300, visits=2000),
    Regime(offers=300, visits=600, personal=0.1),
)
"""Those of the study that came before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visits:
    """Some visits of every seed; each array is seeds × visits × offers."""

    scores: Floats
    opens: NDArray[np.bool_]
    contacts: NDArray[np.bool_]
    looks: Floats
    answers: Floats
    ties: Floats

    def part(self, first: int, last: int) -> "Visits":
        """Those from number `first` to before `last`."""
        return Visits(**{field.name: getattr(self, field.name)[:, first:last] for field in fields(self)})


class Town:
    """Towns of the same regime, one for each seed, side by side."""

    def __init__(self, regime: Regime, seeds: Sequence[int]) -> None:
        """Draws what everybody sees in each offer. Same regime and seeds, same towns."""
        self.regime = regime
        self._dice = [np.random.default_rng([regime.offers, regime.visits, seed]) for seed in seeds]
        self._common = np.stack([dice.standard_normal(regime.offers) for dice in self._dice])
        fame = np.stack([dice.standard_normal(regime.offers) for dice in self._dice])
        self._appeal = np.exp(_APPEAL * fame - _APPEAL**2 / 2)

    def visits(self, number: int) -> Visits:
        """The next `number` visits of each town."""
        personal = self.regime.personal
        size = (number, self.regime.offers)
        own = np.stack([dice.standard_normal(size) for dice in self._dice])
        chance = np.stack([dice.random((5, *size)) for dice in self._dice])
        z = np.sqrt(personal) * own + np.sqrt(1 - personal) * self._common[:, None]
        scores = 1 / (1 + np.exp(_MIDDLE - _STEEPNESS * z))
        return Visits(
            scores=scores,
            opens=chance[:, 0] < np.minimum(1, scores * self._appeal[:, None]),
            contacts=chance[:, 1] < _CONTACTED * scores,
            looks=chance[:, 2],
            answers=chance[:, 3],
            ties=chance[:, 4],
        )
