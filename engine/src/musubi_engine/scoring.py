"""What pairs score, and which score best, without reading more of their words than that takes."""

from bisect import insort
from collections.abc import Callable, Iterable
from math import inf
from typing import Final, NamedTuple, TypeAlias

from musubi_engine.relation import related
from musubi_engine.signals import BOUNDS, SIGNALS, STEPS, Pair
from musubi_engine.weights import Weights

Value: TypeAlias = Callable[[Pair], float]

# Scores are compared to this many decimals, so that no last bit of a sum decides an order.
_DECIMALS: Final = 9


class Scored(NamedTuple):
    """A pair, what it scores before that is cut to 0..1, and the value of every signal that was asked."""

    pair: Pair
    score: float
    values: dict[str, float]


class _Glance(NamedTuple):
    """A pair before its words are read: what its cheap signals add, and at most the dear ones."""

    pair: Pair
    certain: float
    values: dict[str, float]
    bounds: dict[str, float]


class Scale:
    """Weights in three parts: what is cheap to know, what takes reading the words, and cautions.

    Each part is added up in the order of the signals, whatever was read first.
    """

    def __init__(self, weights: Weights) -> None:
        """A signal without weight is never asked."""
        self._cheap: list[tuple[str, float, Value]] = []
        self._dear: list[tuple[str, float]] = []
        self._cautions: list[tuple[str, float, Value]] = []
        for name, signal in SIGNALS.items():
            weight: float = getattr(weights, name)
            if weight < 0:
                self._cautions.append((name, weight, signal.value))
            elif weight and name in BOUNDS:
                self._dear.append((name, weight))
            elif weight:
                self._cheap.append((name, weight, signal.value))
        dear = {name for name, _ in self._dear}
        self._bounds = [(name, bound) for name, bound in BOUNDS.items() if name in dear]
        self._steps = [(name, nearer) for name, nearer in STEPS if name in dear]

    def score(self, pair: Pair) -> Scored:
        """What one pair scores."""
        glance = self._glance(pair)
        for name, nearer in self._steps:
            glance.bounds[name] = nearer(pair)
        return self._with_cautions(glance)

    def best(self, pairs: Iterable[tuple[str, Pair]], top: int, floor: float | None) -> list[Scored]:
        """The `top` pairs worth showing, each given with its ref, best first, ties by ref: as if all were scored.

        Worth showing is what scores `floor` and is `related`; None: everything. Pairs are taken by the
        most that they can score; when none that is left can reach the last of the best, the rest is
        not looked at.
        """
        least = -inf if floor is None else floor
        glances = [(ref, self._glance(pair)) for ref, pair in pairs]
        waiting = sorted(((-self._most(glance), ref, glance) for ref, glance in glances), key=_order)
        found: list[tuple[float, str, Scored]] = []
        for below, ref, glance in waiting if top > 0 else ():
            if -below < least:
                break
            scored = self._reaching(glance, least)
            if scored is None or (floor is not None and not related(scored.pair)):
                continue
            insort(found, (-scored.score, ref, scored), key=_order)
            del found[top:]
            if len(found) == top:
                least = -found[-1][0]
        return [scored for _, _, scored in found]

    def _glance(self, pair: Pair) -> _Glance:
        certain = 0.0
        values = {}
        for name, weight, value in self._cheap:
            values[name] = value(pair)
            certain += values[name] * weight
        return _Glance(pair, certain, values, {name: bound(pair) for name, bound in self._bounds})

    def _most(self, glance: _Glance) -> float:
        """The most that the pair can score: no caution, and the dear signals as far as they are known."""
        bounds, dear = glance.bounds, 0.0
        for name, weight in self._dear:
            dear += bounds[name] * weight
        return round(glance.certain + dear, _DECIMALS)

    def _reaching(self, glance: _Glance, least: float) -> Scored | None:
        """What the pair scores; None as soon as it cannot be `least`."""
        for name, nearer in self._steps:
            if glance.bounds[name]:
                glance.bounds[name] = nearer(glance.pair)
                if self._most(glance) < least:
                    return None
        scored = self._with_cautions(glance)
        return scored if scored.score >= least else None

    def _with_cautions(self, glance: _Glance) -> Scored:
        """The score of a pair whose dear signals have all been read, and stand in the place of their bounds."""
        pair, certain, values, bounds = glance
        dear = cautions = 0.0
        for name, weight in self._dear:
            dear += bounds[name] * weight
        values.update(bounds)
        for name, weight, value in self._cautions:
            values[name] = value(pair)
            cautions += values[name] * weight
        return Scored(pair, round(certain + dear + cautions, _DECIMALS), values)


def _order(row: tuple[float, str, object]) -> tuple[float, str]:
    return row[:2]
