"""What stands around a story: what it needed, what came before and after it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from musubi.base.common.enums import Visibility
from musubi.flow.listings.enums import LISTING_SHOWN
from musubi.flow.listings.models import Listing, Requirement
from musubi.flow.listings.queries import listings_for, of_open_actors
from musubi.flow.listings.words import amount_at_length
from musubi.flow.projects.models import Allotment, UpdatePicture

from ..enums import StoryState
from ..models import Echo, Story
from .stories import published_stories

if TYPE_CHECKING:
    from musubi.flow.actors.queries.standing import Person
    from musubi.flow.projects.models import Project

LONGEST_CHAIN = 5


@dataclass(frozen=True)
class NeededLine:
    """One resource that it took."""

    resource: str
    resource_label: str
    what: str
    amount: int | None
    unit: str
    amount_said: str


def needed_lines(story: Story) -> list[NeededLine]:
    """What the need asked for; without a need of its own, what the project used of others' offers."""
    case = story.project.case
    rows: list[Requirement | Allotment] = []
    if case is not None:
        rows = list(Requirement.objects.filter(listing_id=case.need_id))
    if not rows:
        rows = list(Allotment.objects.filter(project_id=story.project_id))
    return [
        NeededLine(
            row.resource,
            row.get_resource_display(),
            row.what,
            row.amount,
            row.unit,
            amount_at_length(row.amount, row.unit),
        )
        for row in rows
    ]


def examples_before(story: Story) -> list[Story]:
    """The published stories whose example was followed, the nearest first."""
    chain: list[Story] = []
    seen = {story.pk}
    above = story.after_id
    while above and above not in seen and len(chain) < LONGEST_CHAIN:
        seen.add(above)
        found = published_stories().filter(pk=above).first()
        if found is None:
            break
        chain.append(found)
        above = found.after_id
    return chain


def stories_after(story: Story) -> QuerySet[Story]:
    """The published stories that followed this example, the earliest first."""
    return published_stories().filter(after=story).order_by("published_at", "pk")


def needs_after(user: "Person", story: Story) -> QuerySet[Listing]:
    """What this example has begun and this person may read, as long as it has no story of its own."""
    told = Echo.objects.filter(story=story, listing__cases__project__story__state=StoryState.PUBLISHED)
    begun = Echo.objects.filter(story=story).exclude(pk__in=told.values("pk"))
    rows = of_open_actors(listings_for(user)).filter(
        pk__in=begun.values("listing"), state__in=LISTING_SHOWN, hidden_at=None
    )
    return rows.order_by("published_at", "pk")


def update_pictures_of(story: Story) -> QuerySet[UpdatePicture]:
    """Pictures of the project's public news: what a story may take over."""
    rows = UpdatePicture.objects.filter(
        update__project_id=story.project_id, update__visibility=Visibility.PUBLIC
    )
    return rows.select_related("file", "update").order_by("update__posted_at", "pk")


def echo_of_need(project: "Project") -> Echo | None:
    """The echo out of which a project came, if its need was begun after a story."""
    if project.case is None:
        return None
    return Echo.objects.filter(Q(listing_id=project.case.need_id)).select_related("story").first()
