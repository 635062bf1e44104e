"""Looking back, on the page of a project."""

from typing import Any

from musubi.flow.outcomes.permissions import can_open_evaluation
from musubi.flow.outcomes.queries import evaluations_for, result_of, turns_of_evaluation
from musubi.flow.projects.models import Project
from musubi.web.design.requests import PersonRequest


def section_of(request: PersonRequest, project: Project) -> dict[str, Any]:
    """The latest evaluation, the earlier ones, whether a next one may begin; `turns` for the page's own list."""
    found = list(evaluations_for(request.user).filter(project=project).order_by("-number"))
    current = found[0] if found else None
    return {
        "current": current,
        "earlier": found[1:],
        "turns": turns_of_evaluation(current) if current else [],
        "result": result_of(current, reader=request.user) if current else None,
        "may_open": can_open_evaluation(request.user, project),
        "project": project,
    }
