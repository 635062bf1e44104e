"""Which pairs are possible, and how much each is worth: the one table that both rules read."""

from collections.abc import Sequence
from dataclasses import dataclass

from musubi_engine.assignment.values import Fits, Project, Volunteer

SCALE = 1_000_000
"""Values are whole millionths, so that sums are exact and no last bit decides."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Numbers of a volunteer and a project in their lists, and what the pair is worth in millionths."""

    volunteer: int
    project: int
    value: int


def refusal(volunteer: Volunteer, project: Project) -> str:
    """Why the two cannot work together, as a sentence; empty if they can."""
    if volunteer.hours < project.hours:
        return f"活動できる時間（{volunteer.hours}時間）が、必要な{project.hours}時間に足りません。"
    if project.skills and not project.skills & volunteer.skills:
        return f"求められている技能（{'・'.join(sorted(project.skills))}）がありません。"
    if volunteer.ranking and volunteer.only_ranked and project.ref not in volunteer.ranking:
        return "希望に入っていません。"
    if project.ranking and project.only_ranked and volunteer.ref not in project.ranking:
        return "受け入れ側の希望に入っていません。"
    return ""


def value_of(volunteer: Volunteer, project: Project, fits: Fits) -> float:
    """What a pair is worth, 0..1: the mean of the fit and of each side's wish, as far as one was said.

    A wish is worth 1 for the first place of a ranking, falling evenly to just above 0 for the last,
    and 0 for what is not in it.
    """
    parts = [min(1.0, max(0.0, fits.get((volunteer.ref, project.ref), 0.0)))]
    if volunteer.ranking:
        parts.append(_wish(volunteer.ranking, project.ref))
    if project.ranking:
        parts.append(_wish(project.ranking, volunteer.ref))
    return sum(parts) / len(parts)


def possible_pairs(volunteers: Sequence[Volunteer], projects: Sequence[Project], fits: Fits) -> list[Pair]:
    """Every pair that nothing forbids, by volunteer and then project. O(volunteers × projects)."""
    return [
        Pair(i, j, round(value_of(volunteer, project, fits) * SCALE))
        for i, volunteer in enumerate(volunteers)
        for j, project in enumerate(projects)
        if not refusal(volunteer, project)
    ]


def _wish(ranking: tuple[str, ...], ref: str) -> float:
    return 1 - ranking.index(ref) / len(ranking) if ref in ranking else 0.0
