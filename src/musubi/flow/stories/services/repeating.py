"""「うちの地域でもやりたい」: a need begins in another place after a story's example."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from musubi.base.accounts.models import User
from musubi.base.audit import services as audit
from musubi.base.common.languages import SOURCE, written_in
from musubi.base.common.verdict import require
from musubi.base.places.queries import choosable_areas
from musubi.flow.actors.models import Actor
from musubi.flow.listings.enums import ListingState, Side, Template
from musubi.flow.listings.models import Listing
from musubi.flow.listings.services import Content, LineValue, create_draft

from ..models import Echo, Story
from ..notifications import tell_repeated
from ..permissions import can_repeat_story
from ..queries import needed_lines
from .locking import locked

MOST_LINES = 12


@transaction.atomic
def repeat_story(*, story: Story, actor: Actor, by: User, now: dt.datetime) -> Listing:
    """Begin a need for `actor` in its own town, filled with what the story needed; the story's partners are told.

    Whoever presses twice gets the draft that the first press began.
    """
    story = locked(story)
    require(can_repeat_story(by, story, actor))
    begun = Echo.objects.filter(story=story, listing__actor=actor, listing__state=ListingState.DRAFT)
    if echo := begun.select_related("listing").first():
        return echo.listing
    lines = tuple(
        LineValue(resource=row.resource, what=row.what, amount=row.amount, unit=row.unit)
        for row in needed_lines(story)[:MOST_LINES]
    )
    listing = create_draft(
        actor=actor,
        side=Side.NEED,
        template=_template(lines),
        by=by,
        now=now,
        content=Content(
            title=_title(story),
            body=_body(story),
            lines=lines,
            area_ids=_areas(actor),
            town=actor.town,
            fields=tuple(story.fields),
        ),
    )
    Echo.objects.create(story=story, listing=listing, begun_by=by, begun_at=now)
    audit.record(by=by, verb="story.repeat", subject=story, at=now, after={"listing": listing.pk})
    tell_repeated(story, actor, by=by, at=now)
    return listing


@written_in(SOURCE)
def _title(story: Story) -> str:
    return _("「%(title)s」をうちの地域でも") % {"title": story.title[:60]}


def _body(story: Story) -> str:
    """Why somebody writes this, and what they have seen; to be put into one's own words."""
    first = _("%(town)sの事例「%(title)s」を見て、うちの地域でもやりたいと考えています。") % {
        "town": story.municipality.name, "title": story.title,
    }  # fmt: skip
    parts = [first, story.summary]
    if story.purpose:
        parts.append(_("もとの事例の目的：%(purpose)s") % {"purpose": story.purpose})
    return "\n\n".join(parts)[:4000]


def _areas(actor: Actor) -> tuple[int, ...]:
    """The actor's own ward where it names one, else its whole town."""
    offered = set(choosable_areas(actor.municipality).values_list("pk", flat=True))
    path = actor.area.path if actor.area else ""
    nearest = [int(part) for part in path.strip("/").split("/") if part and int(part) in offered]
    return tuple(nearest[-1:]) or (actor.municipality.area_id,)


def _template(lines: tuple[LineValue, ...]) -> str:
    """The sheet of the one thing that is needed; a blank one for several."""
    kinds = {line.resource for line in lines}
    only = kinds.pop() if len(kinds) == 1 else ""
    return only if only in Template.values else Template.FREE
