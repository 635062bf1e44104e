"""The greatest total fit: first as many projects served as possible, then skills, then fit.

Where neither a minimum above one nor a second skill binds this is a maximum-weight matching of
volunteers to places, the first place of each project carrying a bonus (scipy's
`min_weight_full_bipartite_matching`, after Jonker and Volgenant 1987). Else the same order of aims
is solved as integer programs by HiGHS (Huangfu and Hall 2018), one aim after the other, so that no
weight has to be guessed. Both are exact.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csr_array, vstack
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from musubi_engine.assignment.pairs import Pair
from musubi_engine.assignment.values import Project, Volunteer

Chosen = dict[int, int]
"""Number of a volunteer → number of a project."""


class NoSolutionError(RuntimeError):
    """The solver found no answer to a question that has one: it ran out of what it was allowed."""


def best(volunteers: Sequence[Volunteer], projects: Sequence[Project], pairs: Sequence[Pair]) -> Chosen:
    """The assignment with the greatest fit in which every team has its minimum or nobody."""
    if not pairs:
        return {}
    if not any(len(project.skills) > 1 for project in projects):
        chosen = by_matching(len(volunteers), projects, pairs)
        sizes = Counter(chosen.values())
        # An optimum without the minimums that keeps them is one with them.
        if all(size >= projects[project].minimum for project, size in sizes.items()):
            return chosen
    return _Programme(volunteers, projects, pairs).solve()


def by_matching(volunteers: int, projects: Sequence[Project], pairs: Sequence[Pair]) -> Chosen:
    """The greatest fit with as many projects served as possible, whatever their minimums. Exact."""
    rows: list[int] = []
    columns: list[int] = []
    weights: list[int] = []
    degree = Counter(pair.project for pair in pairs)
    firsts: dict[int, int] = {}
    owner: list[int] = []
    for number, project in enumerate(projects):
        firsts[number] = len(owner)
        owner += [number] * min(project.maximum, degree[number])
    # Serving one project more is worth more than any fit: fits sum to less than this.
    bonus = 1 + sum(_most_per_volunteer(pairs).values())
    for pair in pairs:
        first = firsts[pair.project]
        places = min(projects[pair.project].maximum, degree[pair.project])
        rows += [pair.volunteer] * places
        columns += range(first, first + places)
        # All weights are one higher than meant: an explicit zero would be no edge.
        weights += [pair.value + bonus + 1] + [pair.value + 1] * (places - 1)
    nowhere = len(owner)
    rows += range(volunteers)
    columns += range(nowhere, nowhere + volunteers)
    weights += [1] * volunteers
    graph = csr_array(
        (np.array(weights, np.float64), (rows, columns)), shape=(volunteers, nowhere + volunteers)
    )
    who, place = min_weight_full_bipartite_matching(graph, maximize=True)
    return {i: owner[j] for i, j in zip(who.tolist(), place.tolist(), strict=True) if j < nowhere}


def smallest_change(projects: Sequence[Project], volunteers: int, pairs: Sequence[Pair]) -> list[int]:
    """For each project the minimum it can have if all are to run: lowered by as little as possible in all.

    Among equals the fewest projects give way. A result equal to the given minimums: they can be met.
    """
    count, groups = len(pairs), len(projects)
    # Columns: x per pair, s per project (how many are short), z per project (whether any are).
    who = _incidence([pair.volunteer for pair in pairs], volunteers, 2 * groups)
    team = _incidence([pair.project for pair in pairs], groups, 2 * groups)
    short = _block(groups, count + 2 * groups, count)
    some = _block(groups, count + 2 * groups, count + groups)
    minimum = np.array([project.minimum for project in projects])
    rules = [
        LinearConstraint(who, -np.inf, 1),
        LinearConstraint(team + short, minimum, np.inf),
        LinearConstraint(team, -np.inf, [project.maximum for project in projects]),
        LinearConstraint(short - some.multiply(minimum[:, None]), -np.inf, 0),
    ]
    upper = np.concatenate([np.ones(count), minimum, np.ones(groups)])
    missing = np.concatenate([np.zeros(count), np.ones(groups), np.zeros(groups)])
    found = _minimise(missing, rules, upper)
    rules.append(LinearConstraint(csr_array(missing[None, :]), -np.inf, round(float(missing @ found))))
    touched = np.concatenate([np.zeros(count + groups), np.ones(groups)])
    found = _minimise(touched, rules, upper)
    lowered = np.rint(found[count : count + groups]).astype(int)
    return [int(value) for value in minimum - lowered]


@dataclass(slots=True)
class _Programme:
    """Minimum team size or nobody, every needed skill if possible, then fit."""

    volunteers: Sequence[Volunteer]
    projects: Sequence[Project]
    pairs: Sequence[Pair]

    def solve(self) -> Chosen:
        pairs, projects = self.pairs, self.projects
        count, groups = len(pairs), len(projects)
        # Whoever joins a project with one skill has it: only where there are more can one be missing.
        several = [(j, project) for j, project in enumerate(projects) if len(project.skills) > 1]
        skills = [(j, skill) for j, project in several for skill in sorted(project.skills)]
        rest = groups + len(skills)
        width = count + rest
        # Columns: x per pair, y per project (it runs), u per needed skill (somebody has it).
        who = _incidence([pair.volunteer for pair in pairs], len(self.volunteers), rest)
        team = _incidence([pair.project for pair in pairs], groups, rest)
        runs = _block(groups, width, count)
        minimum = np.array([project.minimum for project in projects])[:, None]
        maximum = np.array([project.maximum for project in projects])[:, None]
        rules = [
            LinearConstraint(who, -np.inf, 1),
            LinearConstraint(team - runs.multiply(minimum), 0, np.inf),
            LinearConstraint(team - runs.multiply(maximum), -np.inf, 0),
        ]
        if skills:
            rules.append(LinearConstraint(self._brings(skills, width), 0, np.inf))
        aims = [
            np.concatenate([np.zeros(count), np.ones(groups), np.zeros(len(skills))]),
            np.concatenate([np.zeros(count + groups), np.ones(len(skills))]),
            np.concatenate([[pair.value for pair in pairs], np.zeros(rest)]),
        ]
        found = np.zeros(width)
        for aim in aims:
            if not aim.any():
                continue
            found = _minimise(-aim, rules, np.ones(width))
            rules.append(LinearConstraint(csr_array(aim[None, :]), round(float(aim @ found)), np.inf))
        return {pair.volunteer: pair.project for pair, x in zip(pairs, found[:count], strict=True) if x > 0.5}

    def _brings(self, skills: list[tuple[int, str]], width: int) -> csr_array:
        """Rows: for each needed skill, the people who have it less the claim that somebody does."""
        rows, columns, values = [], [], []
        row_of = {key: row for row, key in enumerate(skills)}
        for column, pair in enumerate(self.pairs):
            for skill in self.volunteers[pair.volunteer].skills & self.projects[pair.project].skills:
                if (pair.project, skill) not in row_of:
                    continue
                rows.append(row_of[pair.project, skill])
                columns.append(column)
                values.append(1)
        first = width - len(skills)
        rows += range(len(skills))
        columns += range(first, width)
        values += [-1] * len(skills)
        return csr_array((values, (rows, columns)), shape=(len(skills), width))


def _minimise(
    cost: NDArray[np.float64], rules: Sequence[LinearConstraint], upper: NDArray[np.float64]
) -> NDArray[np.float64]:
    result = milp(
        cost,
        constraints=_together(rules),
        integrality=np.ones(len(cost)),
        bounds=Bounds(0, upper),
        options={"mip_rel_gap": 0.0},
    )
    if result.x is None or result.status != 0:
        raise NoSolutionError(result.message)
    found: NDArray[np.float64] = np.rint(result.x)
    return found


def _together(rules: Sequence[LinearConstraint]) -> LinearConstraint:
    matrix = vstack([csr_array(rule.A) for rule in rules], format="csr")
    lower = np.concatenate([np.broadcast_to(rule.lb, rule.A.shape[0]) for rule in rules])
    upper = np.concatenate([np.broadcast_to(rule.ub, rule.A.shape[0]) for rule in rules])
    return LinearConstraint(matrix, lower, upper)


def _incidence(groups: Sequence[int], size: int, further: int) -> csr_array:
    """`size` rows: which pairs belong to each; `further` empty columns after the pairs'."""
    count = len(groups)
    shape = (size, count + further)
    return csr_array(coo_array((np.ones(count), (groups, range(count))), shape=shape))


def _block(size: int, width: int, first: int) -> csr_array:
    """`size` rows, each with a one in a column of its own from `first` on."""
    return csr_array((np.ones(size), (range(size), range(first, first + size))), shape=(size, width))


def _most_per_volunteer(pairs: Sequence[Pair]) -> dict[int, int]:
    most: dict[int, int] = {}
    for pair in pairs:
        most[pair.volunteer] = max(most.get(pair.volunteer, 0), pair.value)
    return most
