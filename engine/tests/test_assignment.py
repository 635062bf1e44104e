"""Seasons small enough to try every possibility, and larger ones by their promises."""

from itertools import product
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from musubi_engine.assignment import Assignment, Project, Rule, Volunteer, assign
from musubi_engine.assignment.pairs import SCALE, possible_pairs
from musubi_engine.assignment.stable import blocking_pairs

SKILLS = ("会計", "写真", "翻訳")


@st.composite
def seasons(
    draw: st.DrawFn, most: int = 5
) -> tuple[list[Volunteer], list[Project], dict[tuple[str, str], float]]:
    people, works = draw(st.integers(1, most)), draw(st.integers(1, 3))
    refs_v, refs_p = [f"v{i}" for i in range(people)], [f"p{j}" for j in range(works)]
    ranked = st.lists(st.sampled_from(refs_p), unique=True, max_size=works)
    volunteers = [
        Volunteer(
            ref=ref,
            skills=draw(st.frozensets(st.sampled_from(SKILLS))),
            hours=draw(st.integers(0, 3)),
            ranking=tuple(draw(ranked)),
            only_ranked=draw(st.booleans()),
        )
        for ref in refs_v
    ]
    projects = []
    for ref in refs_p:
        minimum = draw(st.integers(1, 3))
        projects.append(
            Project(
                ref=ref,
                skills=draw(st.frozensets(st.sampled_from(SKILLS), max_size=2)),
                hours=draw(st.integers(0, 2)),
                minimum=minimum,
                maximum=minimum + draw(st.integers(0, 2)),
                ranking=tuple(draw(st.lists(st.sampled_from(refs_v), unique=True, max_size=2))),
            )
        )
    fits = {(v, p): draw(st.integers(0, 10)) / 10 for v in refs_v for p in refs_p}
    return volunteers, projects, fits


def best_by_trying_all(
    volunteers: list[Volunteer], projects: list[Project], fits: object
) -> tuple[int, int, int]:
    """(projects served, skills brought where several are needed, fit in millionths) of the best of all."""
    value = {(p.volunteer, p.project): p.value for p in possible_pairs(volunteers, projects, fits)}
    best = (0, 0, 0)
    for places in product(range(-1, len(projects)), repeat=len(volunteers)):
        if any(j >= 0 and (i, j) not in value for i, j in enumerate(places)):
            continue
        teams = [[volunteers[i] for i, at in enumerate(places) if at == j] for j in range(len(projects))]
        if any(
            team and not project.minimum <= len(team) <= project.maximum
            for team, project in zip(teams, projects, strict=True)
        ):
            continue
        skills = sum(
            len(project.skills & frozenset().union(*(v.skills for v in team)))
            for team, project in zip(teams, projects, strict=True)
            if len(project.skills) > 1
        )
        fit = sum(value[i, j] for i, j in enumerate(places) if j >= 0)
        best = max(best, (sum(map(bool, teams)), skills, fit))
    return best


def reached(result: Assignment, projects: list[Project]) -> tuple[int, int, int]:
    several = {project.ref: project for project in projects if len(project.skills) > 1}
    return (
        sum(bool(team.volunteers) for team in result.teams),
        sum(len(several[t.project].skills - t.missing_skills) for t in result.teams if t.project in several),
        round(result.total_fit * SCALE),
    )


@settings(max_examples=150)
@given(season=seasons())
def test_most_fit_is_what_trying_everything_finds(season: tuple) -> None:
    volunteers, projects, fits = season
    found = reached(assign(volunteers, projects, fits, rule=Rule.MOST_FIT), projects)
    assert found == best_by_trying_all(volunteers, projects, fits)


@settings(max_examples=200)
@given(season=seasons(most=8))
def test_the_stable_rule_leaves_no_blocking_pair(season: tuple) -> None:
    volunteers, projects, fits = season
    placed = assign(volunteers, projects, fits, rule=Rule.STABLE).placed
    pairs = possible_pairs(volunteers, projects, fits)
    chosen = {
        i: next(j for j, project in enumerate(projects) if project.ref == placed[volunteer.ref])
        for i, volunteer in enumerate(volunteers)
        if volunteer.ref in placed
    }
    assert blocking_pairs(volunteers, projects, pairs, chosen) == []
    for j, project in enumerate(projects):
        assert list(chosen.values()).count(j) in {0, *range(project.minimum, project.maximum + 1)}


def test_the_blocking_pair_of_an_unstable_assignment_is_found() -> None:
    volunteers = [Volunteer(ref="a", ranking=("p", "q")), Volunteer(ref="b", ranking=("p", "q"))]
    projects = [Project(ref="p", ranking=("a", "b")), Project(ref="q")]
    pairs = possible_pairs(volunteers, projects, {})
    assert blocking_pairs(volunteers, projects, pairs, {0: 1, 1: 0}) == [("a", "p")]


@settings(max_examples=60)
@given(season=seasons(), rule=st.sampled_from(Rule), data=st.data())
def test_the_order_of_the_input_does_not_matter(season: tuple, rule: Rule, data: st.DataObject) -> None:
    volunteers, projects, fits = season
    other = assign(
        data.draw(st.permutations(volunteers)), data.draw(st.permutations(projects)), fits, rule=rule
    )
    assert other == assign(volunteers, projects, fits, rule=rule)


def test_a_project_is_served_before_a_better_fit_doubles_another() -> None:
    volunteers = [Volunteer(ref="a"), Volunteer(ref="b")]
    projects = [Project(ref="p", maximum=2), Project(ref="q", maximum=2)]
    fits = {("a", "p"): 1.0, ("b", "p"): 1.0, ("b", "q"): 0.1}
    assert assign(volunteers, projects, fits, rule=Rule.MOST_FIT).placed == {"a": "p", "b": "q"}


def test_a_team_that_cannot_be_large_enough_does_not_run() -> None:
    volunteers = [Volunteer(ref="a"), Volunteer(ref="b")]
    projects = [Project(ref="p", minimum=3, maximum=4), Project(ref="q", minimum=2, maximum=2)]
    fits = {("a", "p"): 1.0, ("b", "p"): 1.0, ("a", "q"): 0.1, ("b", "q"): 0.1}
    result = assign(volunteers, projects, fits, rule=Rule.MOST_FIT)
    assert result.placed == {"a": "q", "b": "q"}
    assert [team.sentence for team in result.teams] == [
        "集まりませんでした（最少3人）。",
        "2人に決まりました（最少2人、定員2人）。",
    ]


@settings(max_examples=80)
@given(season=seasons(most=4))
def test_the_smallest_change_is_enough_and_nothing_smaller_is(season: tuple) -> None:
    volunteers, projects, fits = season
    result = assign(volunteers, projects, fits, rule=Rule.MOST_FIT, every_project=True)
    lowered = {change.project: change.possible for change in result.changes}
    sizes = {team.project: len(team.volunteers) for team in result.teams}
    for project in projects:
        assert sizes[project.ref] >= lowered.get(project.ref, project.minimum)
    total = sum(change.minimum - change.possible for change in result.changes)
    possible = {(p.volunteer, p.project) for p in possible_pairs(volunteers, projects, fits)}
    for places in product(range(-1, len(projects)), repeat=len(volunteers)):
        if any(j >= 0 and (i, j) not in possible for i, j in enumerate(places)):
            continue
        counts = [places.count(j) for j in range(len(projects))]
        if all(n <= project.maximum for n, project in zip(counts, projects, strict=True)):
            assert total <= sum(max(0, p.minimum - n) for n, p in zip(counts, projects, strict=True))


def test_the_change_is_told_with_both_ways_out() -> None:
    projects = [Project(ref="p", name="会計の見直し", skills=frozenset({"会計"}), minimum=3, maximum=3)]
    volunteers = [Volunteer(ref="a", skills=frozenset({"会計"})), Volunteer(ref="b")]
    result = assign(volunteers, projects, {}, rule=Rule.MOST_FIT, every_project=True)
    assert [change.sentence for change in result.changes] == [
        "「会計の見直し」の最少人数を3人から1人に下げるか、会計のできる方があと2人加わると、すべてのプロジェクトが成り立ちます。"
    ]
    assert result.placed == {"a": "p"}
    assert result.placements[1].sentence == (
        "条件の合うプロジェクトがありませんでした。求められている技能（会計）がありません。"
    )


def test_each_volunteer_is_told_why() -> None:
    volunteers = [
        Volunteer(ref="a", ranking=("p", "q")),
        Volunteer(ref="b", ranking=("p", "q")),
        Volunteer(ref="c", ranking=("p",)),
        Volunteer(ref="d", hours=1, ranking=("q",)),
    ]
    projects = [
        Project(ref="p", name="写真", ranking=("a", "b", "c")),
        Project(ref="q", name="翻訳", hours=0, maximum=1, ranking=("b", "d")),
    ]
    told = {
        row.volunteer: row.sentence for row in assign(volunteers, projects, {}, rule=Rule.STABLE).placements
    }
    assert told == {
        "a": "第1希望の「写真」に決まりました。",
        "b": "第2希望の「翻訳」に決まりました。より希望の高い「写真」は、ほかの方に決まりました。",
        "c": "条件の合う「写真」は、ほかの方で定員になりました。",
        "d": "条件の合う「翻訳」は、ほかの方で定員になりました。",
    }


@pytest.mark.parametrize("rule", Rule)
def test_nobody_and_nothing_make_an_empty_season(rule: Rule) -> None:
    assert assign([], [], {}, rule=rule, every_project=True).placements == ()
    assert assign([Volunteer(ref="a")], [], {}, rule=rule).placed == {}


def test_a_ref_that_stands_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="a stands twice"):
        assign([Volunteer(ref="a"), Volunteer(ref="a")], [], {}, rule=Rule.STABLE)


@pytest.mark.parametrize(("minimum", "maximum"), [(0, 1), (3, 2)])
def test_a_team_size_that_no_team_can_have_is_refused(minimum: int, maximum: int) -> None:
    with pytest.raises(ValueError, match="p:"):
        Project(ref="p", minimum=minimum, maximum=maximum)


def test_the_bench_measures_every_way_and_the_rules_keep_their_promises() -> None:
    from musubi_engine.bench import assign as bench

    [table] = bench.measure(SimpleNamespace(pairs=[200], seed=1))
    rows = {row[1]: dict(zip(table.columns, row, strict=True)) for row in table.rows}
    assert rows["stable (ours)"]["blocking pairs"] == 0
    assert rows["most fit (ours)"]["projects served"] == max(row["projects served"] for row in rows.values())
    assert rows["dense assignment"]["total fit"] == max(row["total fit"] for row in rows.values())
    assert bench.season(200, 1) == bench.season(200, 1) != bench.season(200, 2)
