"""One writer at a time: every verb on an evaluation waits for the one before it."""

from musubi.flow.projects.models import Project

from ..models import Evaluation


def locked_project(project: Project) -> Project:
    return Project.objects.select_for_update(of=("self",)).get(pk=project.pk)


def locked(evaluation: Evaluation) -> Evaluation:
    return Evaluation.objects.select_for_update(of=("self",)).select_related("project").get(pk=evaluation.pk)
