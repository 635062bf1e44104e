"""The only door to stories: published ones for everybody, the others for the team and its staff."""

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet

from musubi.base.common.enums import Visibility
from musubi.flow.actors.queries import standing_of
from musubi.flow.projects.models import Partner, Project

from ..enums import StoryState
from ..models import Story, StoryPicture
from .consents import pictures_agreed

if TYPE_CHECKING:
    from musubi.flow.actors.queries.standing import Person

AROUND = ("municipality", "project")


def stories_for(user: "Person") -> QuerySet[Story]:
    """Stories this person may read: what is published, what one's own team writes, for staff the town's."""
    rows = Q(state=StoryState.PUBLISHED) | _own(user)
    return Story.objects.filter(rows).select_related(*AROUND)


def published_stories() -> QuerySet[Story]:
    """What everybody may read, of every town."""
    return Story.objects.filter(state=StoryState.PUBLISHED).select_related(*AROUND)


def story_of_project(user: "Person", project: Project) -> Story | None:
    """The story a project has become, where this person may read it."""
    return stories_for(user).filter(project=project).first()


def own_stories_for(user: "Person") -> QuerySet[Story]:
    """Stories of projects in which one's own actors take part, in any state, and for staff the town's."""
    return Story.objects.filter(_own(user)).select_related(*AROUND, "project__case__need", "written_by")


def team_stories_for(user: "Person") -> QuerySet[Story]:
    """The same without what one reads as staff only: what a person's own list holds."""
    return Story.objects.filter(_in_team(user)).select_related(*AROUND)


def pictures_for(user: "Person") -> QuerySet[StoryPicture]:
    """Pictures of stories this person may read: of published ones only where every partner agrees to them."""
    shown = Q(story__state=StoryState.PUBLISHED) & pictures_agreed("story")
    rows = StoryPicture.objects.filter(shown | Q(story__in=Story.objects.filter(_own(user)).values("pk")))
    return rows.select_related("file", "story", "story__project")


def pictures_shown_of(story: Story) -> list[StoryPicture]:
    """The pictures that go out with a story: all or none."""
    rows = StoryPicture.objects.filter(pictures_agreed("story"), story=story)
    return list(rows.select_related("file"))


def _own(user: "Person") -> Q:
    standing = standing_of(user)
    rows = _in_team(user)
    if standing.staff_in:
        rows |= Q(municipality__in=standing.office_in)
        rows |= Q(municipality__in=standing.coordinates_in) & ~Q(project__visibility=Visibility.CITY_HALL)
    return rows


def _in_team(user: "Person") -> Q:
    actors = standing_of(user).actor_ids
    return Q(Exists(Partner.objects.filter(project=OuterRef("project"), actor__in=actors, left_on=None)))
