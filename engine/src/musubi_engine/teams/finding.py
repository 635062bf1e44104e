"""From scored offers to teams: who covers what, when all can be there, which actors are enough."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from operator import attrgetter
from typing import Final

import numpy as np
import numpy.typing as npt

from musubi_engine.feasibility.time import PRESENT
from musubi_engine.knowledge.base import SHIPPED, Knowledge
from musubi_engine.rank import MINIMUM, rank
from musubi_engine.teams.bounds import Ints, Pool
from musubi_engine.teams.cover import UNIT, Answer, smallest_covers
from musubi_engine.teams.covering import Asked, Cover
from musubi_engine.teams.telling import Chosen, Meeting, told
from musubi_engine.teams.times import Moment, moments
from musubi_engine.teams.values import TeamProposal
from musubi_engine.types import Listing, Proposal
from musubi_engine.weights import WEIGHTS, Weights

_NONE: Final[Mapping[str, float]] = {}
MOST_MEMBERS: Final = 12
"""No more actors than a coordinator can bring to one table."""
_WHOLLY: Final = 1 << 62
_OFFER = attrgetter("offer")
_IN_PART: Final = 3
"""A line that cannot be met in full is met by up to so many of its largest givers."""


def teams(
    need: Listing,
    pool: Iterable[Listing],
    *,
    wording: Mapping[str, float],
    weights: Weights = WEIGHTS,
    top: int = 5,
    today: date | None = None,
    floor: float | None = MINIMUM,
    meaning: Mapping[str, float] = _NONE,
    knowledge: Knowledge = SHIPPED,
) -> tuple[TeamProposal, ...]:
    """The smallest teams of actors of the pool that cover every line of the need, best first.

    `wording`, `meaning` and `knowledge` are those of `rank`. Otherwise as `teams_among`.
    """
    offers = {offer.ref: offer for offer in pool}
    ranked = rank(
        need,
        offers.values(),
        wording=wording,
        weights=weights,
        top=len(offers),
        today=today,
        floor=floor,
        meaning=meaning,
        knowledge=knowledge,
    )
    return teams_among(need, ranked, offers, top=top, knowledge=knowledge)


def teams_among(
    need: Listing,
    proposals: Sequence[Proposal],
    offers: Mapping[str, Listing],
    *,
    top: int = 5,
    most: int = MOST_MEMBERS,
    knowledge: Knowledge = SHIPPED,
) -> tuple[TeamProposal, ...]:
    """The best `top` teams made of a need's proposals, each of at most `most` actors.

    The fewest actors come first, then the largest sum of scores (of a member its best offer's), then
    the lower refs of actors. Amounts in people, yen, items, times and hours add up; seats do not. Members who give people, knowledge,
    a place or partnership share an hour with the need and with each other. Where fewer than `top` teams
    have the least size, those of one actor more follow that do not contain one of them. When no
    team covers every line: those that cover the most lines in full, then most of the rest; `missing` names it.

    `proposals` are of this need and feasible; `offers` maps their refs to listings. Empty where no
    offer covers any line. With up to 8 lines the answer is exact (`cover` says how, and why).
    """
    stock = _Stock.of(need, proposals, offers, knowledge)
    if stock is None:
        return ()
    for goals in stock.goals(most):
        answer = smallest_covers([goal.pool for goal in goals], top=top, most=most)
        if answer.teams:
            return _proposed(need, stock, goals, answer, offers)
    return ()


def goals_of(
    need: Listing, proposals: Sequence[Proposal], offers: Mapping[str, Listing], *, most: int = MOST_MEMBERS
) -> list[Pool]:
    """The problems that `teams_among` solves, one for each moment: for comparing other solvers with it."""
    stock = _Stock.of(need, proposals, offers, SHIPPED)
    goals = [] if stock is None else next(iter(stock.goals(most)), [])
    return [goal.pool for goal in goals]


@dataclass(frozen=True, slots=True)
class _Goal:
    """What is asked of a team at one moment: targets by line, 0 where a line is left out."""

    moment: int
    targets: Ints
    pool: Pool


@dataclass(frozen=True, slots=True)
class _Stock:
    """All that the proposals bring: entries are offers that cover something.

    `gives` is entries × lines; `there` entries × moments; `wanted` the lines' amounts (1 without).
    """

    refs: tuple[str, ...]
    covered: tuple[tuple[Cover, ...], ...]
    gives: Ints
    wanted: Ints
    present: npt.NDArray[np.bool_]
    actors: tuple[str, ...]
    actor_of: npt.NDArray[np.intp]
    scores: Ints
    moments: tuple[Moment, ...]
    there: npt.NDArray[np.bool_]

    @classmethod
    def of(
        cls,
        need: Listing,
        proposals: Sequence[Proposal],
        offers: Mapping[str, Listing],
        knowledge: Knowledge,
    ) -> "_Stock | None":
        asked = Asked(need, knowledge)
        found = [
            (proposal, offers[proposal.offer], covered)
            for proposal in sorted(proposals, key=_OFFER)
            if (covered := asked.covered_by(offers[proposal.offer]))
        ]
        if not found:
            return None
        actors = tuple(sorted({offer.actor for _, offer, _ in found}))
        place = {actor: number for number, actor in enumerate(actors)}
        wanted = np.array([line.amount or 1 for line in need.lines], dtype=np.int64)
        in_person = [line.resource in PRESENT for line in need.lines]
        bound = [
            offer.windows if any(in_person[each.line] for each in covered) else ()
            for _, offer, covered in found
        ]
        hours, there = moments(need.windows, bound)
        return cls(
            refs=tuple(proposal.offer for proposal, _, _ in found),
            covered=tuple(covered for _, _, covered in found),
            gives=_gives([covered for _, _, covered in found], wanted),
            wanted=wanted,
            present=np.array(in_person),
            actors=actors,
            actor_of=np.array([place[offer.actor] for _, offer, _ in found], dtype=np.intp),
            scores=np.array([round(proposal.score * UNIT) for proposal, _, _ in found], dtype=np.int64),
            moments=hours,
            there=there,
        )

    def at(self, moment: int) -> Ints:
        """Entries × lines: what each gives at that moment."""
        return self.gives * (self.there[:, moment, None] | ~self.present)

    def goals(self, most: int) -> Iterable[list[_Goal]]:
        """What to ask for, the most first: every line, else as many in full as can be, else fewer."""
        pools = [self._actors_at(moment) for moment in range(len(self.moments))]
        lines = len(self.wanted)
        asked = [(self._within_reach(gives, most), gives) for gives, _ in pools]
        groups: dict[tuple[int, float], list[_Goal]] = {}
        for moment, (targets, _) in enumerate(asked):
            full = int((targets == self.wanted).sum())
            share = round(float((targets / self.wanted).sum()), 9)
            goal = self._goal(moment, targets, pools[moment])
            if goal is not None:
                groups.setdefault((full, share), []).append(goal)
        if not groups:
            return
        best = max(groups)
        yield groups[best]
        # Each line can be met, but not all by so few actors: leave out as few lines as possible.
        for left_out in range(1, lines):
            yield [
                goal
                for moment, (targets, _) in enumerate(asked)
                for out in combinations(range(lines), left_out)
                if (goal := self._goal(moment, _without(targets, out), pools[moment])) is not None
            ]

    def _actors_at(self, moment: int) -> tuple[Ints, Ints]:
        """Actors × lines, and the score of each actor's best offer that helps."""
        entries = self.at(moment)
        gives = np.zeros((len(self.actors), len(self.wanted)), dtype=np.int64)
        np.add.at(gives, self.actor_of, entries)
        scores = np.zeros(len(self.actors), dtype=np.int64)
        np.maximum.at(scores, self.actor_of, np.where(entries.any(axis=1), self.scores, 0))
        return np.minimum(gives, self.wanted), scores

    def _within_reach(self, gives: Ints, most: int) -> Ints:
        """Each line's amount where `most` actors reach it, else what its largest givers bring."""
        largest = np.sort(gives, axis=0)[::-1]
        reached = largest[:most].sum(axis=0) >= self.wanted
        return np.where(reached, self.wanted, np.minimum(self.wanted, largest[:_IN_PART].sum(axis=0)))

    def _goal(self, moment: int, targets: Ints, pool: tuple[Ints, Ints]) -> _Goal | None:
        asked = np.flatnonzero(targets)
        if not len(asked):
            return None
        gives, scores = pool
        return _Goal(moment, targets, Pool(gives=gives[:, asked], targets=targets[asked], scores=scores))


def _gives(covered: Sequence[tuple[Cover, ...]], wanted: Ints) -> Ints:
    """Entries × lines; what is not counted or not stated is taken to be there wholly."""
    rows = [row for row, found in enumerate(covered) for _ in found]
    lines = [each.line for found in covered for each in found]
    stated = [_WHOLLY if each.amount is None else each.amount for found in covered for each in found]
    gives = np.zeros((len(covered), len(wanted)), dtype=np.int64)
    gives[rows, lines] = stated
    return np.minimum(gives, wanted)


def _without(targets: Ints, lines: tuple[int, ...]) -> Ints:
    rest = targets.copy()
    rest[list(lines)] = 0
    return rest


def _proposed(
    need: Listing, stock: _Stock, goals: list[_Goal], answer: Answer, offers: Mapping[str, Listing]
) -> tuple[TeamProposal, ...]:
    found = []
    for team, number in answer.teams:
        moment = goals[number].moment
        entries = stock.at(moment)
        chosen = []
        for place in team:
            rows = [row for row in np.flatnonzero(stock.actor_of == place) if entries[row].any()]
            brought = [
                (stock.refs[row], tuple(each for each in stock.covered[row] if entries[row, each.line]))
                for row in rows
            ]
            best = max(int(stock.scores[row]) for row in rows) / UNIT
            chosen.append(Chosen(actor=stock.actors[place], brought=tuple(brought), score=best))
        meeting = Meeting(moment=stock.moments[moment], proved=answer.proved)
        found.append(told(need, tuple(chosen), meeting, offers))
    return tuple(found)
