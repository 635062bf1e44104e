"""What a project's page shows of its story."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

from musubi.flow.stories.permissions import can_begin_story
from musubi.flow.stories.queries import story_of_project, turns_of_story

if TYPE_CHECKING:
    from musubi.flow.projects.models import Project


def section_of(request: HttpRequest, project: "Project") -> dict[str, Any]:
    """The story if there is one, else whether one may be begun; `turns` for the page's own list."""
    story = story_of_project(request.user, project)
    return {
        "story": story,
        "turns": turns_of_story(story) if story else [],
        "may_begin": None if story else can_begin_story(request.user, project),
        "project": project,
    }
