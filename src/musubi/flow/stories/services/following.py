"""What a story's project says of itself is found with the story."""

import datetime as dt

from django.db import transaction

from musubi.base.accounts.models import User
from musubi.flow.projects import services as projects
from musubi.flow.projects.models import Project

from .indexing import index_story_of


@transaction.atomic
def save_entered_project(
    *, project: Project, content: projects.ProjectContent, by: User | None, now: dt.datetime, seen: str = ""
) -> Project:
    """Put right what was entered of a collaboration; its story is found by the new areas."""
    saved = projects.save_entered(project=project, content=content, by=by, now=now, seen=seen)
    index_story_of(project=saved)
    return saved
