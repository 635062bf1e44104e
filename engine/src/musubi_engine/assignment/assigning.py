"""A season's volunteers and projects brought together by its published rule."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TypeVar

from musubi_engine.assignment.explaining import Explanation, change_of
from musubi_engine.assignment.most_fit import Chosen, best, smallest_change
from musubi_engine.assignment.pairs import Pair, possible_pairs
from musubi_engine.assignment.stable import stable
from musubi_engine.assignment.values import Assignment, Change, Fits, Project, Rule, Volunteer

_Row = TypeVar("_Row", Volunteer, Project)


def assign(
    volunteers: Sequence[Volunteer],
    projects: Sequence[Project],
    fits: Fits,
    *,
    rule: Rule,
    every_project: bool = False,
) -> Assignment:
    """Each volunteer to one project or none, within team sizes, hours and skills; explained.

    `Rule.MOST_FIT`: as many projects served as possible, then needed skills, then the greatest sum
    of the pairs' values; exact. `Rule.STABLE`: deferred acceptance. A team below its minimum does not
    run. With `every_project` all of them must: where that is impossible `changes` names the smallest
    lowering of minimums that makes it possible, and the placements are those after it (only under
    MOST_FIT; under STABLE the changes are named and teams that are too small do not run). The order of
    the input does not matter for MOST_FIT's aims nor for STABLE's result. Raises ValueError where two
    volunteers or two projects share a ref.
    """
    volunteers = _by_ref(volunteers)
    projects = _by_ref(projects)
    pairs = usable = possible_pairs(volunteers, projects, fits)
    changes: tuple[Change, ...] = ()
    running = projects
    if every_project and projects:
        minimums = smallest_change(projects, len(volunteers), pairs)
        changes = tuple(
            change_of(project, minimum)
            for project, minimum in zip(projects, minimums, strict=True)
            if minimum < project.minimum
        )
        running = [
            replace(project, minimum=max(1, minimum))
            for project, minimum in zip(projects, minimums, strict=True)
        ]
        # What nobody can be found for must not take people from what can then run.
        usable = [pair for pair in pairs if minimums[pair.project] > 0]
    chosen = _decide(rule, volunteers, running, usable)
    told = Explanation(volunteers, projects, pairs, chosen)
    return Assignment(
        rule=rule,
        placements=told.placements(),
        teams=told.teams(),
        total_fit=told.total_fit(),
        changes=changes,
    )


def _decide(
    rule: Rule, volunteers: Sequence[Volunteer], projects: Sequence[Project], pairs: Sequence[Pair]
) -> Chosen:
    return best(volunteers, projects, pairs) if rule == Rule.MOST_FIT else stable(volunteers, projects, pairs)


def _by_ref(rows: Sequence[_Row]) -> list[_Row]:
    ordered = sorted(rows, key=lambda row: row.ref)
    for one, other in pairwise(ordered):
        if one.ref == other.ref:
            message = f"{one.ref} stands twice."
            raise ValueError(message)
    return ordered
