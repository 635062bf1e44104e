"""How the pages of a story find their row."""

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404

from musubi.flow.stories.queries import own_stories_for

if TYPE_CHECKING:
    from musubi.flow.stories.models import Story
    from musubi.web.design.requests import PersonRequest

BAD, CONFLICT = 422, 409


def found(request: "PersonRequest", pk: int) -> "Story":
    """A story of one's own team or, for staff, of the town; 404 for anybody else."""
    return get_object_or_404(own_stories_for(request.user), pk=pk)
