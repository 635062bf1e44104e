"""The search for teams against an integer program solved by HiGHS, and against trying everything."""

from dataclasses import replace
from datetime import date, time, timedelta
from itertools import combinations

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from musubi_engine import Line, Listing, Proposal, Window
from musubi_engine.teams import teams_among
from musubi_engine.teams.bounds import Pool
from musubi_engine.teams.cover import Found, smallest_covers

SEEDED_CASES = 800
TIMED_CASES = 240
MONDAY = date(2027, 3, 1)
HOUR = 60
# A day, an hour of it, and how many minutes all must be there from then on.
LENGTHS = (30, HOUR, 2 * HOUR, 3 * HOUR)
SLOTS = [(day, hour, least) for day in range(7) for hour in range(8, 20) for least in LENGTHS]
RESOURCES = ("people", "place", "goods", "money", "expertise", "publicity")
UNITS = {"people": "people", "goods": "items", "money": "yen", "place": "capacity"}


def random_pool(random: np.random.Generator) -> Pool:
    actors, lines = int(random.integers(3, 15)), int(random.integers(1, 9))
    targets = np.where(random.random(lines) < 0.5, 1, random.integers(2, 12, lines))
    gives = (random.random((actors, lines)) < 0.35) * random.integers(1, 12, (actors, lines))
    return Pool(
        gives=np.minimum(gives, targets).astype(np.int64),
        targets=targets.astype(np.int64),
        scores=random.integers(0, 100, actors),
    )


def by_highs(pool: Pool) -> tuple[int, int] | None:
    """(size, score) of the best of the smallest teams, None when there is none."""
    actors = len(pool.scores)
    solved = milp(
        c=2_000 - pool.scores,
        constraints=LinearConstraint(pool.gives.T, lb=pool.targets),
        integrality=np.ones(actors),
        bounds=Bounds(0, 1),
        options={"mip_rel_gap": 0},
    )
    if solved.x is None:
        return None
    chosen = solved.x > 0.5
    return int(chosen.sum()), int(pool.scores[chosen].sum())


def by_trying(pool: Pool, top: int) -> list[tuple[int, ...]]:
    """The best teams of the smallest size, then of one more without a smaller one in it."""
    best: list[tuple[int, ...]] = []
    small: list[set[int]] = []
    for size in range(1, len(pool.scores) + 1):
        rows = [
            team
            for team in combinations(range(len(pool.scores)), size)
            if (pool.gives[list(team)].sum(axis=0) >= pool.targets).all()
            and not any(each <= set(team) for each in small)
        ]
        best += sorted(rows, key=lambda team: (-pool.scores[list(team)].sum(), sum(team), team))
        if small or len(best) >= top:
            return best[:top]
        small = [set(team) for team in rows]
    return best


@pytest.mark.parametrize("block", range(4))
def test_the_smallest_and_best_team_is_that_of_an_integer_program(block: int) -> None:
    random = np.random.default_rng(block)
    for _ in range(SEEDED_CASES // 4):
        pool = random_pool(random)
        answer = smallest_covers([pool], top=3, most=len(pool.scores))
        found = [(len(team), int(pool.scores[list(team)].sum())) for team, _ in answer.teams]
        assert answer.proved
        assert (found[0] if found else None) == by_highs(pool)


@pytest.mark.parametrize("block", range(4))
def test_the_next_best_are_those_of_trying_every_team(block: int) -> None:
    random = np.random.default_rng(100 + block)
    for _ in range(60):
        pool = random_pool(random)
        if len(pool.scores) > 10:
            continue
        answer = smallest_covers([pool], top=5, most=len(pool.scores))
        assert [team for team, _ in answer.teams] == by_trying(pool, 5)


def at_other_moments(random: np.random.Generator, pool: Pool, number: int) -> list[Pool]:
    """The pool, and itself with some who are not there and some whose score is another one."""
    found = [pool]
    for _ in range(number):
        there = random.random(len(pool.scores)) < 0.7
        other = random.random(len(pool.scores)) < 0.2
        scores = np.where(other, random.integers(0, 100, len(there)), pool.scores)
        found.append(Pool(gives=pool.gives * there[:, None], targets=pool.targets, scores=scores))
    random.shuffle(found)
    return found


@pytest.mark.parametrize("block", range(4))
def test_the_best_of_several_moments_are_those_of_trying_every_team_at_each(block: int) -> None:
    random = np.random.default_rng(300 + block)
    with_news = 0
    for _ in range(40):
        pool = random_pool(random)
        while len(pool.scores) > 9:
            pool = random_pool(random)
        pools = at_other_moments(random, pool, int(random.integers(1, 5)))
        answer = smallest_covers(pools, top=5, most=10)
        tried = [(team, pool) for pool in pools for team in by_trying(pool, 10_000)]
        best: dict[tuple[int, ...], int] = {}
        for team, pool in tried:
            best[team] = max(best.get(team, 0), int(pool.scores[list(team)].sum()))
        size = min(map(len, best), default=0)
        least = [team for team in best if len(team) == size]
        if len(least) >= 5:
            least.sort(key=lambda team: (-best[team], sum(team), team))
            assert [team for team, _ in answer.teams] == least[:5]
        found = {team: int(pools[number].scores[list(team)].sum()) for team, number in answer.teams}
        assert {team for team in found if len(team) == size} <= set(least)
        assert all(best[team] == score for team, score in found.items())
        with_news += any(number for _, number in answer.teams)
    assert with_news > 5


def timed_case(random: np.random.Generator) -> tuple[Listing, list[Listing], list[Proposal]]:
    """A need with a time of its own and offers that come at some hours of some days."""
    resources = random.choice(RESOURCES, size=int(random.integers(2, 6)), replace=False)
    times = tuple(
        replace(window, least=None if random.random() < 0.4 else int(random.choice(LENGTHS)))
        for window in windows(random, 2)
    )
    need = listing("n", "need", [line(random, str(each), 6) for each in resources], times)
    offers = [
        listing(
            f"o{number:02}",
            "offer",
            [
                line(random, str(each), 4 if UNITS.get(str(each)) != "capacity" else 9)
                for each in random.choice(resources, size=int(random.integers(1, 3)), replace=False)
            ],
            windows(random, int(random.integers(0, 3))),
        )
        for number in range(int(random.integers(3, 12)))
    ]
    scores = random.integers(1, 100, len(offers))
    proposals = [
        Proposal(need="n", offer=offer.ref, score=int(score) / 100, engine_version="t")
        for offer, score in zip(offers, scores, strict=True)
    ]
    return need, offers, proposals


def line(random: np.random.Generator, resource: str, most: int) -> Line:
    unit = UNITS.get(resource)
    return Line(resource=resource, amount=int(random.integers(1, most)) if unit else None, unit=unit)


def windows(random: np.random.Generator, number: int) -> tuple[Window, ...]:
    found = []
    for _ in range(number):
        opens = int(random.integers(8, 17))
        first = int(random.integers(0, 4))
        found.append(
            Window(
                start=MONDAY + timedelta(first),
                end=MONDAY + timedelta(int(random.integers(first, 7))),
                weekdays=frozenset(int(day) for day in random.choice(7, size=4, replace=False)),
                opens=time(opens),
                closes=time(opens + int(random.integers(1, 4))),
            )
        )
    return tuple(found)


def listing(ref: str, side: str, lines: list[Line], when: tuple[Window, ...]) -> Listing:
    return Listing(
        ref=ref,
        side=side,
        title=ref,
        body="",
        actor=f"a-{ref}",
        actor_kind="npo",
        lines=tuple(lines),
        windows=when,
    )


def free(one: Listing, slot: tuple[int, int, int]) -> bool:
    """Whether it is there all that time, by looking at the calendar; a need, whether that is what it asks for."""
    day, least = MONDAY + timedelta(slot[0]), slot[2]
    return not one.windows or any(
        window.start <= day <= window.end
        and day.weekday() in window.weekdays
        and window.opens.hour <= slot[1]
        and slot[1] * 60 + least <= window.closes.hour * 60
        and (one.side == "offer" or least == (window.least or HOUR))
        for window in one.windows
        if window.start and window.end and window.opens and window.closes
    )


def by_highs_with_times(
    need: Listing, offers: list[Listing], proposals: list[Proposal]
) -> tuple[int, float] | None:
    """Members x, members who are there z ≤ x, one time t: who is there must be free at it."""
    slots = [slot for slot in SLOTS if free(need, slot)]
    number, hours = len(offers), len(slots)
    if not slots:
        return None
    rows, least = [], []

    def require(x: list[float], z: list[float], t: list[float], lb: float) -> None:
        rows.append([*x, *z, *t])
        least.append(lb)

    none, no_hour = [0.0] * number, [0.0] * hours
    require(none, none, [1.0] * hours, 1)
    require(none, none, [-1.0] * hours, -1)
    for place, offer in enumerate(offers):
        one = [float(other == place) for other in range(number)]
        require(one, [-each for each in one], no_hour, 0)
        require(none, [-each for each in one], [float(free(offer, slot)) for slot in slots], 0)
    for wanted in need.lines:
        amount = wanted.amount or 1
        gives = [float(min(given(wanted, offer), amount)) for offer in offers]
        must_be_there = wanted.resource in {"people", "place", "expertise"}
        require(*((none, gives) if must_be_there else (gives, none)), no_hour, amount)
    cost = [10_000 - round(proposal.score * 100) for proposal in proposals]
    solved = milp(
        c=[*cost, *([0] * (number + hours))],
        constraints=LinearConstraint(np.array(rows), lb=least),
        integrality=np.ones(2 * number + hours),
        bounds=Bounds(0, 1),
        options={"mip_rel_gap": 0},
    )
    if solved.x is None:
        return None
    chosen = [proposal.score for proposal, value in zip(proposals, solved.x, strict=False) if value > 0.5]
    return len(chosen), round(sum(chosen), 6)


def given(wanted: Line, offer: Listing) -> int:
    own = [each for each in offer.lines if each.resource == wanted.resource]
    if not own:
        return 0
    amount = own[0].amount or 1
    if wanted.unit == "capacity":
        return amount if amount >= (wanted.amount or 1) else 0
    return amount


@pytest.mark.parametrize("block", range(4))
def test_amounts_and_shared_hours_are_those_of_an_integer_program(block: int) -> None:
    random = np.random.default_rng(200 + block)
    solvable = 0
    for _ in range(TIMED_CASES // 4):
        need, offers, proposals = timed_case(random)
        found = teams_among(need, proposals, {offer.ref: offer for offer in offers})
        complete = [team for team in found if team.complete]
        expected = by_highs_with_times(need, offers, proposals)
        best = (len(complete[0].members), round(complete[0].score, 6)) if complete else None
        assert best == expected
        assert all(team.exact for team in found)
        solvable += expected is not None
    assert solvable > TIMED_CASES // 40


def test_a_search_that_was_cut_short_says_so() -> None:
    random = np.random.default_rng(7)
    pool = Pool(
        gives=random.integers(0, 5, (40, 6)),
        targets=np.full(6, 20),
        scores=random.integers(0, 100, 40),
    )
    assert not smallest_covers([pool], top=5, most=12, nodes=3).proved


def test_of_the_same_team_in_two_pools_the_better_stays() -> None:
    found = Found(2)
    found.add((1, 2), 5, 0)
    found.add((1, 2), 7, 1)
    found.add((1, 2), 6, 2)
    assert found.ordered() == [((1, 2), 1)]
