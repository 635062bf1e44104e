"""What a result means for each volunteer and each project, in sentences that are true of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from musubi_engine.assignment.most_fit import Chosen
from musubi_engine.assignment.pairs import SCALE, Pair, refusal
from musubi_engine.assignment.values import Change, Placement, Project, Team, Volunteer

_NAMED = 3


@dataclass(slots=True)
class Explanation:
    """The season as it was decided; `pairs` are those that were possible."""

    volunteers: Sequence[Volunteer]
    projects: Sequence[Project]
    pairs: Sequence[Pair]
    chosen: Chosen

    def placements(self) -> tuple[Placement, ...]:
        """One per volunteer, in the order given."""
        possible: dict[int, list[Pair]] = {}
        for pair in self.pairs:
            possible.setdefault(pair.volunteer, []).append(pair)
        return tuple(self._placement(i, possible.get(i, [])) for i in range(len(self.volunteers)))

    def teams(self) -> tuple[Team, ...]:
        """One per project, in the order given."""
        people: dict[int, list[int]] = {}
        for i, j in sorted(self.chosen.items()):
            people.setdefault(j, []).append(i)
        return tuple(self._team(j, people.get(j, [])) for j in range(len(self.projects)))

    def _placement(self, i: int, possible: list[Pair]) -> Placement:
        volunteer, j = self.volunteers[i], self.chosen.get(i)
        if j is None:
            return Placement(volunteer=volunteer.ref, project=None, sentence=self._why_nowhere(i, possible))
        project = self.projects[j]
        parts = []
        if project.ref in volunteer.ranking:
            parts.append(
                f"第{volunteer.ranking.index(project.ref) + 1}希望の「{_name(project)}」に決まりました。"
            )
        else:
            parts.append(f"「{_name(project)}」に決まりました。")
        shared = sorted(project.skills & volunteer.skills)
        if shared:
            parts.append(f"求められている技能（{'・'.join(shared)}）を生かせます。")
        better = [self.projects[ref] for ref in self._wanted_more(volunteer, j, possible)]
        if better:
            names = "".join(f"「{_name(other)}」" for other in better[:_NAMED])
            parts.append(f"より希望の高い{names}は、ほかの方に決まりました。")
        return Placement(volunteer=volunteer.ref, project=project.ref, sentence="".join(parts))

    def _wanted_more(self, volunteer: Volunteer, j: int, possible: list[Pair]) -> list[int]:
        """Numbers of the possible projects that this volunteer ranked above the one received."""
        ranking = volunteer.ranking
        here = ranking.index(self.projects[j].ref) if self.projects[j].ref in ranking else len(ranking)
        open_to_them = {self.projects[pair.project].ref: pair.project for pair in possible}
        return [open_to_them[ref] for ref in ranking[:here] if ref in open_to_them]

    def _why_nowhere(self, i: int, possible: list[Pair]) -> str:
        volunteer = self.volunteers[i]
        if possible:
            sizes: dict[int, int] = {}
            for j in self.chosen.values():
                sizes[j] = sizes.get(j, 0) + 1
            names = "".join(f"「{_name(self.projects[p.project])}」" for p in possible[:_NAMED])
            if all(sizes.get(p.project, 0) >= self.projects[p.project].maximum for p in possible):
                return f"条件の合う{names}は、ほかの方で定員になりました。"
            return f"条件の合う{names}は、定員か最少人数の都合で決まりませんでした。"
        reasons = dict.fromkeys(refusal(volunteer, project) for project in self.projects)
        return "条件の合うプロジェクトがありませんでした。" + "".join(list(reasons)[:_NAMED])

    def _team(self, j: int, people: list[int]) -> Team:
        project = self.projects[j]
        held = frozenset().union(*(self.volunteers[i].skills for i in people))
        missing = project.skills - held
        if not people:
            sentence = f"集まりませんでした（最少{project.minimum}人）。"
        else:
            sentence = f"{len(people)}人に決まりました（最少{project.minimum}人、定員{project.maximum}人）。"
            if project.skills and not missing:
                sentence += "求める技能がすべてそろいます。"
            elif missing:
                sentence += f"{'・'.join(sorted(missing))}のできる方がまだいません。"
        refs = tuple(self.volunteers[i].ref for i in people)
        return Team(project=project.ref, volunteers=refs, missing_skills=missing, sentence=sentence)

    def total_fit(self) -> float:
        """Sum of the values of the pairs chosen."""
        return (
            sum(pair.value for pair in self.pairs if self.chosen.get(pair.volunteer) == pair.project) / SCALE
        )


def change_of(project: Project, possible: int) -> Change:
    """What would have to give way for a project whose minimum cannot be met."""
    lacking = project.minimum - possible
    skills = f"{'・'.join(sorted(project.skills))}のできる方" if project.skills else "参加できる方"
    if possible:
        first = f"「{_name(project)}」の最少人数を{project.minimum}人から{possible}人に下げるか、"
    else:
        first = f"「{_name(project)}」を今回は見送るか、"
    sentence = f"{first}{skills}があと{lacking}人加わると、すべてのプロジェクトが成り立ちます。"
    return Change(project=project.ref, minimum=project.minimum, possible=possible, sentence=sentence)


def _name(project: Project) -> str:
    return project.name or project.ref
