"""Deferred acceptance with quotas: nobody and no project would both rather have each other.

Gale and Shapley 1962, volunteers proposing: stable, the best stable result for every volunteer, and
no volunteer gains by hiding a wish. With minimums a stable result need not exist (Biró et al. 2010),
so the smallest team below its minimum is given up and the rest decided anew, until every team
that runs has its minimum: stable among the projects that run.
"""

import heapq
from collections.abc import Sequence

from musubi_engine.assignment.most_fit import Chosen
from musubi_engine.assignment.pairs import Pair
from musubi_engine.assignment.values import Project, Volunteer


def stable(volunteers: Sequence[Volunteer], projects: Sequence[Project], pairs: Sequence[Pair]) -> Chosen:
    """The volunteers' best stable assignment among the projects that reach their minimum."""
    running = set(range(len(projects)))
    while True:
        chosen = _accept(volunteers, projects, [pair for pair in pairs if pair.project in running])
        teams: dict[int, int] = dict.fromkeys(running, 0)
        for project in chosen.values():
            teams[project] += 1
        short = [(size, projects[j].ref, j) for j, size in teams.items() if 0 < size < projects[j].minimum]
        if not short:
            return chosen
        running.remove(min(short)[2])


def blocking_pairs(
    volunteers: Sequence[Volunteer], projects: Sequence[Project], pairs: Sequence[Pair], chosen: Chosen
) -> list[tuple[str, str]]:
    """(volunteer, project) pairs of which both sides would rather have each other than what they have.

    Only projects that run (have anybody) count.
    """
    wish, order = _orders(volunteers, projects, pairs)
    teams: dict[int, list[int]] = {}
    for i, j in chosen.items():
        teams.setdefault(j, []).append(i)
    found = []
    for pair in pairs:
        i, j = pair.volunteer, pair.project
        if j not in teams or chosen.get(i) == j:
            continue
        if i in chosen and wish[i][chosen[i]] <= wish[i][j]:
            continue
        if len(teams[j]) < projects[j].maximum or max(order[j][k] for k in teams[j]) > order[j][i]:
            found.append((volunteers[i].ref, projects[j].ref))
    return found


def _accept(volunteers: Sequence[Volunteer], projects: Sequence[Project], pairs: Sequence[Pair]) -> Chosen:
    wish, order = _orders(volunteers, projects, pairs)
    asks = {i: iter(sorted(places, key=places.__getitem__)) for i, places in wish.items()}
    held: dict[int, list[tuple[int, int]]] = {}
    free = sorted(wish, reverse=True)
    while free:
        i = free.pop()
        j = next(asks[i], None)
        if j is None:
            continue
        team = held.setdefault(j, [])
        heapq.heappush(team, (-order[j][i], i))  # the least wanted lies on top
        if len(team) > projects[j].maximum:
            free.append(heapq.heappop(team)[1])
    return {i: j for j, team in held.items() for _, i in team}


Places = dict[int, dict[int, int]]
"""For each chooser the place of each candidate in its order, 0 for the most wanted."""


def _orders(
    volunteers: Sequence[Volunteer], projects: Sequence[Project], pairs: Sequence[Pair]
) -> tuple[Places, Places]:
    """Each side's order: what it ranked, then by value, ties by ref."""
    of_volunteer: dict[int, list[Pair]] = {}
    of_project: dict[int, list[Pair]] = {}
    for pair in pairs:
        of_volunteer.setdefault(pair.volunteer, []).append(pair)
        of_project.setdefault(pair.project, []).append(pair)
    wish: Places = {}
    for i, own in of_volunteer.items():
        said = {ref: place for place, ref in enumerate(volunteers[i].ranking)}
        ordered = sorted(own, key=lambda p: _key(said, projects[p.project].ref, p.value))
        wish[i] = {pair.project: place for place, pair in enumerate(ordered)}
    order: Places = {}
    for j, own in of_project.items():
        said = {ref: place for place, ref in enumerate(projects[j].ranking)}
        ordered = sorted(own, key=lambda p: _key(said, volunteers[p.volunteer].ref, p.value))
        order[j] = {pair.volunteer: place for place, pair in enumerate(ordered)}
    return wish, order


def _key(said: dict[str, int], ref: str, value: int) -> tuple[int, int, str]:
    return (said.get(ref, len(said)), -value, ref)
