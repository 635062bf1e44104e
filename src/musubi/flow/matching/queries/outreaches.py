"""The only door to outreaches: the staff of the town. What one has to do next is read, never stored."""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from musubi.flow.actors.queries import standing_of
from musubi.flow.listings.enums import Resource, Side
from musubi.flow.listings.models import Listing
from musubi.flow.listings.queries import listings_for

from ..enums import INTRODUCTION_OPEN, Answer, OutreachState
from ..models import Invitee, Outreach, Reply

if TYPE_CHECKING:
    from musubi.flow.actors.queries.standing import Person

ENOUGH_FOR = {
    Resource.PEOPLE: 5,
    Resource.EXPERTISE: 2,
    Resource.PLACE: 2,
    Resource.GOODS: 3,
    Resource.MONEY: 3,
    Resource.PUBLICITY: 4,
    Resource.ENDORSEMENT: 1,
    Resource.PARTNER: 3,
}
"""With so many interested nobody further is asked: of one room or one teacher there need be few to choose
from, while hands add up."""


@dataclass(frozen=True)
class Progress:
    """How far an outreach has come: everybody in order, how many said yes, and how many may still."""

    invitees: list[Invitee]
    readable: frozenset[int]
    interested: int
    awaited: int
    to_come: int


def outreaches_for(user: "Person") -> QuerySet[Outreach]:
    """Outreaches of the towns where this person is staff, for needs they may read."""
    return Outreach.objects.filter(
        municipality__in=standing_of(user).staff_in, need__in=listings_for(user).order_by().values("pk")
    ).select_related("need__actor", "municipality", "begun_by")


def running_outreach_of(need: Listing, resource: str) -> Outreach | None:
    """The one that is going on for a resource of a need, if any."""
    return Outreach.objects.filter(need=need, resource=resource, state=OutreachState.RUNNING).first()


def progress_of(user: "Person", outreach: Outreach) -> Progress:
    """What this person may read of it; four queries, whatever the number of invitees."""
    rows = list(
        outreach.invitees.select_related("offer__actor", "introduction").prefetch_related(
            "introduction__replies"
        )
    )
    # A coordinator may not read what is for the city hall only, though the office has put it in line.
    readable = listings_for(user).filter(pk__in=[row.offer_id for row in rows])
    return Progress(
        invitees=rows,
        readable=frozenset(readable.order_by().values_list("pk", flat=True)),
        interested=interested_in(outreach),
        awaited=sum(_is_awaited(row) for row in rows),
        to_come=sum(row.taken_up_at is None for row in rows),
    )


def interested_in(outreach: Outreach) -> int:
    """How many offers' people have said that they would like to talk, and have not parted since."""
    return Reply.objects.filter(
        introduction__invitee__outreach=outreach,
        introduction__state__in=INTRODUCTION_OPEN,
        side=Side.OFFER,
        answer=Answer.YES,
    ).count()


def next_invitees(outreach: Outreach) -> list[Invitee]:
    """Everybody whose turn has not come, in order."""
    return list(outreach.invitees.filter(taken_up_at=None).select_related("offer__actor"))


def running_outreaches() -> list[int]:
    """Numbers of all that go on, for the clock; the longest waiting first."""
    rows = Outreach.objects.filter(state=OutreachState.RUNNING).order_by("next_on", "pk")
    return list(rows.values_list("pk", flat=True))


def is_due(outreach: Outreach, today: dt.date) -> bool:
    """Whether a business day has passed since the last ones were asked."""
    return today >= outreach.next_on


def _is_awaited(row: Invitee) -> bool:
    if row.introduction is None or row.introduction.state not in INTRODUCTION_OPEN:
        return False
    return any(reply.side == Side.OFFER and not reply.answer for reply in row.introduction.replies.all())
