"""What came of a project, for whoever may read the project."""

from musubi.flow.outcomes.queries import Result, closed_evaluation_of, result_of
from musubi.flow.projects.models import Project


def result_part(project: Project) -> Result | None:
    """The figures of the latest evaluation that is closed; None while there is none."""
    evaluation = closed_evaluation_of(project)
    return result_of(evaluation) if evaluation is not None else None
