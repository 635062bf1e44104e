"""The indicators an evaluation begins with: what was named at the agreement, or carried on from last time."""

from musubi.flow.cases.queries import agreed_version
from musubi.flow.projects.models import Project

from ..models import Evaluation, Indicator


def given_indicators(project: Project, number: int) -> list[Indicator]:
    """Unsaved indicators of the evaluation with this number; what stood last time is where it begins now."""
    if number > 1:
        last = Evaluation.objects.get(project=project, number=number - 1)
        return [
            Indicator(
                position=row.position,
                name=row.name,
                unit=row.unit,
                before=row.before if row.after is None else row.after,
                target=row.target,
            )
            for row in last.indicators.all()
        ]
    version = agreed_version(project.case) if project.case is not None else None
    if version is None:
        return []
    return [
        Indicator(position=row.position, name=row.name, unit=row.unit, before=row.before, target=row.target)
        for row in version.indicators.all()
    ]
