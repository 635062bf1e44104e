"""Who met an aim together is remembered: the two fit a little better another time."""

import datetime as dt

from django.utils import timezone

from musubi.flow.actors.services import tie_actors

from ..enums import ProjectState
from ..models import Project


def tie_partners(project: Project, now: dt.datetime) -> None:
    """Of an achieved project those who stayed to its end. What was stopped says nothing good of anybody."""
    if project.state != ProjectState.ACHIEVED:
        return
    stayed = project.partners.filter(left_on=None, actor__isnull=False).values_list("actor_id", flat=True)
    tie_actors(actors=stayed, on=project.ends_on or timezone.localdate(now))
