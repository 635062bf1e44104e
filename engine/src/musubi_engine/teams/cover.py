"""The smallest sets of actors that meet every target, best summed score first: exact, numbers only.

**Problem.** Actor i gives `gives[i, j]` of line j, of which `targets[j]` is asked; a team meets line
j when its members' gifts add up to the target. Wanted are the teams of the fewest actors, and among
them the `top` with the largest summed score; of equal sums the team whose members' positions sum up to less, then the
one with the lower positions, comes first.
A line without an amount has the target 1. (Set cover with amounts; NP-hard in general.)

**Search.** Size by size from a lower bound. For one size: take the unmet line with the fewest givers;
some member of every team gives to it, so branch on which one, leaving out those already tried (thus
no team is seen twice). Below, gifts are cut to what is still unmet.

**Why nothing is lost.** For any prices u ≥ 0 of the lines, a team T of m members that meets what is
unmet (rest) has score(T) ≤ Σ_{i∈T} (score_i + u·gift_i) − u·rest, because u·Σ gift_i ≥ u·rest. The
right side is at most the sum of its m largest terms. So an actor whose own term together with the
m−1 largest others stays below the `top`-th team known is in no better team (weak duality; with an
empty list "below 0" proves that no team of this size exists). Prices are found by subgradient steps:
good ones only make the search short, any would keep it exact. Two more necessary conditions
cut further: a gift with m−1 times the largest gift reaches the rest of each line, and so do the
fractions of all lines together.

**Dominance.** Of actors with equal gifts the first top+m−1 by (score, position) suffice: a team with
a later one has at least `top` of the earlier ones outside it, and putting one of these in its place
gives `top` other teams that all come before it.

**Many pools.** A team of which each member gives in an earlier pool at least as much, with at least the
score, was found there. So a later pool is asked for teams with somebody who does not, and that is
one more line of it: what such a member gives is 1, the target is 1 (`bounds.without_repeats`).

A node costs some 50 µs for 2,000 actors. After `NODES` of them the search stops and says so
(`proved` is False): its answers are then teams, but smaller or better ones may exist.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt

from musubi_engine.teams.bounds import (
    Floats,
    Ints,
    Pool,
    possible_after,
    possible_members,
    prices_of,
    sum_of_largest,
    without_repeats,
)

Team = tuple[int, ...]

NODES: Final = 20_000
# Scores are compared as whole numbers of this part, so that no last bit of a sum decides.
UNIT: Final = 1_000_000
_ROOT_STEPS: Final = 20
_NODE_STEPS: Final = 6
_SLACK: Final = 0.5  # ranks are whole and below 2^53: sums in float64 are off by far less
_PAIRS: Final = 40_000
_FEW: Final = 60  # of so few all pairs are tried sooner than they are bounded


@dataclass(slots=True)
class Found:
    """The best teams so far: team → (sum of ranks, number of the pool it was found in)."""

    top: int
    teams: dict[Team, tuple[int, int]] = field(default_factory=dict)
    threshold: int = 0
    """No team of a lower sum belongs among the best."""

    def add(self, team: Team, rank: int, pool: int) -> None:
        """Remember a team if it is among the best; of the same team the better pool stays."""
        known = self.teams.get(team)
        if known is not None and known[0] >= rank:
            return
        self.teams[team] = (rank, pool)
        if len(self.teams) > self.top:
            last = max(self.teams, key=lambda each: (-self.teams[each][0], each))
            del self.teams[last]
        if len(self.teams) == self.top:
            self.threshold = min(rank for rank, _ in self.teams.values())

    def ordered(self) -> list[tuple[Team, int]]:
        """(team, pool), best first."""
        rows = sorted(self.teams.items(), key=lambda row: (-row[1][0], row[0]))
        return [(team, pool) for team, (_, pool) in rows]


@dataclass(frozen=True, slots=True)
class Answer:
    """The teams (positions of actors, number of the pool), best first, and whether they are proved best."""

    teams: tuple[tuple[Team, int], ...]
    proved: bool


def smallest_covers(pools: Sequence[Pool], *, top: int, most: int, nodes: int = NODES) -> Answer:
    """The best `top` of the smallest teams of at most `most` actors, each of which meets all targets in one pool.

    Positions mean the same actors in every pool. Fewer than `top` teams of the smallest size are
    followed by the best of one actor more that do not contain one of them. Empty without any.
    """
    budget = _Budget(nodes)
    ready = [_Ready.of(pool, number, most) for number, pool in enumerate(without_repeats(pools))]
    for size in range(1, most + 1):
        found = Found(top)
        for pool in ready:
            _search(pool, size, found, budget, smaller=None)
        if found.teams:
            teams = found.ordered()
            if len(teams) < top and size < most:
                teams += _one_more(ready, [team for team, _ in teams], top - len(teams), budget)
            return Answer(tuple(teams), not budget.spent)
        if budget.spent:
            break
    return Answer((), not budget.spent)


def _one_more(
    pools: Sequence["_Ready"], smaller: list[Team], top: int, budget: "_Budget"
) -> list[tuple[Team, int]]:
    found = Found(top)
    known = [frozenset(team) for team in smaller]
    for pool in pools:
        _search(pool, len(smaller[0]) + 1, found, budget, smaller=known)
    return found.ordered()


@dataclass(slots=True)
class _Budget:
    left: int

    @property
    def spent(self) -> bool:
        return self.left <= 0


@dataclass(frozen=True, slots=True)
class _Ready:
    """A pool with what each size asks of it again."""

    number: int
    gives: Ints
    targets: Ints
    ranks: Ints
    actors: npt.NDArray[np.intp]
    """Who gives anything."""
    standing: Ints
    """For each of them how many of equal gifts stand before it."""
    own: int
    reach: Ints
    """Sizes (0 first) × lines: what so many of the largest gifts of each line come to."""

    @classmethod
    def of(cls, pool: Pool, number: int, most: int) -> "_Ready":
        gives = np.minimum(pool.gives, pool.targets)
        actors = np.flatnonzero(gives.any(axis=1))
        # As the scores, and by position where they are equal: no two actors share one.
        ranks = pool.scores * (len(pool.scores) * most + 1) + np.arange(len(pool.scores) - 1, -1, -1)
        largest = -np.sort(-gives, axis=0)[:most]
        reach = np.zeros((most + 1, gives.shape[1]), dtype=np.int64)
        reach[1 : len(largest) + 1] = np.cumsum(largest, axis=0)
        reach[len(largest) + 1 :] = reach[len(largest)]
        standing = _standing(gives[actors], ranks[actors])
        own = len(pool.targets) if pool.own is None else pool.own
        return cls(number, gives, pool.targets, ranks, actors, standing, own, reach)


def _standing(gives: Ints, ranks: Ints) -> Ints:
    """For each actor how many of equal gifts and higher rank there are."""
    order = np.lexsort((-ranks, *gives.T))
    begins = np.ones(len(order), dtype=bool)
    begins[1:] = (gives[order[1:]] != gives[order[:-1]]).any(axis=1)
    places = np.arange(len(order))
    standing = np.zeros(len(order), dtype=np.int64)
    standing[order] = places - np.maximum.accumulate(np.where(begins, places, 0))
    return standing


def _search(
    pool: _Ready, size: int, found: Found, budget: _Budget, *, smaller: list[frozenset[int]] | None
) -> None:
    """Add this pool's teams of `size` to `found`; with `smaller` only those that contain none of them."""
    if not (pool.reach[size] >= pool.targets).all():
        return
    actors = pool.actors
    if smaller is None:
        actors = actors[pool.standing < found.top + size - 1]
    search = _Search(pool.gives, pool.ranks, pool.own, pool.number, found, budget, smaller)
    prices = np.zeros(len(pool.targets))
    search.descend(_Node(actors, pool.targets, size, (), 0, prices, _ROOT_STEPS))


@dataclass(frozen=True, slots=True)
class _Node:
    """A team begun: `chosen` with the sum of their ranks, and who may complete it by `slots` more."""

    actors: npt.NDArray[np.intp]
    rest: Ints
    slots: int
    chosen: Team
    rank: int
    prices: Floats
    """Of a line's whole target, as they were good one step before."""
    steps: int = _NODE_STEPS


def _fewest_givers(gifts: Ints) -> npt.NDArray[np.intp]:
    """Who gives to the line with the fewest givers; none where a line has none."""
    gives = gifts > 0
    return np.flatnonzero(gives[:, int(gives.sum(axis=0).argmin())])


@dataclass(frozen=True, slots=True)
class _Search:
    gives: Ints
    ranks: Ints
    own: int
    number: int
    found: Found
    budget: _Budget
    smaller: list[frozenset[int]] | None

    def descend(self, node: _Node) -> None:
        """Complete the team so that the rest is met, in every way worth keeping."""
        self.budget.left -= 1
        lines = np.flatnonzero(node.rest)
        # Nothing is left where all is met already: one more actor would be idle.
        if self.budget.spent or not len(lines):
            return
        rest, slots, actors = node.rest[lines], node.slots, node.actors
        gifts = np.minimum(self.gives[np.ix_(actors, lines)], rest)
        if slots == 1:
            self._finish(actors[(gifts == rest).all(axis=1)], node)
            return
        if slots == 2 and len(actors) <= _FEW:
            self._finish_pairs(actors, gifts, _fewest_givers(gifts), rest, node)
            return
        own = int((lines < self.own).sum())
        possible = possible_members(gifts, rest, slots, own)
        actors, gifts = actors[possible], gifts[possible]
        ranks, shares = self.ranks[actors].astype(np.float64), gifts / rest
        prices = node.prices
        paid, _ = prices_of(ranks, shares, slots, prices[lines], node.steps if slots > 2 else 1)
        prices = prices.copy()
        prices[lines] = paid
        worth = ranks + np.einsum("ij,j->i", shares, paid)
        ceiling = node.rank - float(paid.sum()) + sum_of_largest(worth, slots - 1)
        kept = worth + ceiling >= self.found.threshold - _SLACK
        actors, gifts, worth, ranks = actors[kept], gifts[kept], worth[kept], ranks[kept]
        giving = _fewest_givers(gifts)
        if not len(giving):
            return
        giving = giving[np.argsort(-worth[giving], kind="stable")]
        if slots == 2 and len(giving) * len(actors) <= _PAIRS:
            self._finish_pairs(actors, gifts, giving, rest, node)
            return
        alive = np.ones(len(actors), dtype=bool)
        batch = max(1, _PAIRS // len(actors))
        for number, place in enumerate(giving):
            if worth[place] + ceiling < self.found.threshold - _SLACK:
                return
            alive[place] = False
            if number % batch == 0:
                fitting = possible_after(gifts, giving[number : number + batch], rest, slots - 1, own)
            actor = int(actors[place])
            rank = node.rank + int(self.ranks[actor])
            others = np.flatnonzero(alive & fitting[number % batch])
            best = rank + sum_of_largest(ranks[others], slots - 1)
            if len(others) < slots - 1 or best < self.found.threshold - _SLACK:
                continue
            left = np.maximum(0, node.rest - self.gives[actor])
            self.descend(_Node(actors[others], left, slots - 1, (*node.chosen, actor), rank, prices))

    def _finish(self, actors: npt.NDArray[np.intp], node: _Node) -> None:
        """Add each of `actors` to the team, the best first, as long as it may be among the best."""
        for actor in actors[np.argsort(-self.ranks[actors])]:
            rank = node.rank + int(self.ranks[actor])
            if rank < self.found.threshold:
                return
            self._add((*node.chosen, int(actor)), rank)

    def _finish_pairs(
        self,
        actors: npt.NDArray[np.intp],
        gifts: Ints,
        giving: npt.NDArray[np.intp],
        rest: Ints,
        node: _Node,
    ) -> None:
        """Two more, one of them a giver of the chosen line: all pairs at once."""
        together: npt.NDArray[np.bool_] = np.all(gifts[giving, None] + gifts >= rest, axis=2)
        if not together.any():
            return
        together[np.arange(len(giving)), giving] = False
        # One that meets the rest alone makes the other idle.
        alone = (gifts == rest).all(axis=1)
        together &= ~(alone[giving, None] | alone[None, :])
        one, other = np.nonzero(together)
        ranks = node.rank + self.ranks[actors[giving[one]]] + self.ranks[actors[other]]
        wanted = np.flatnonzero(ranks >= self.found.threshold)
        if self.smaller is None and len(wanted) > 2 * self.found.top:  # each pair may stand there twice
            least = np.partition(ranks[wanted], -2 * self.found.top)[-2 * self.found.top]
            wanted = wanted[ranks[wanted] >= least]  # all that tie, so that positions decide
        for pair in wanted[np.argsort(-ranks[wanted], kind="stable")]:
            if ranks[pair] < self.found.threshold:
                return
            team = (*node.chosen, int(actors[giving[one[pair]]]), int(actors[other[pair]]))
            self._add(team, int(ranks[pair]))

    def _add(self, chosen: Team, rank: int) -> None:
        team = tuple(sorted(chosen))
        if self.smaller is None or not any(small <= set(team) for small in self.smaller):
            self.found.add(team, rank, self.number)
