"""The only door to introductions: the two sides' people, and the staff of the town."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from musubi.base.common.enums import Visibility
from musubi.flow.actors.models import Actor
from musubi.flow.actors.queries import standing_of
from musubi.flow.listings.enums import Side
from musubi.flow.listings.models import Listing

from ..enums import INTRODUCTION_OPEN, NOT_AGAIN, IntroductionState
from ..models import Introduction, Reply

if TYPE_CHECKING:
    from musubi.flow.actors.queries.standing import Person

__all__ = [
    "actor_of",
    "awaited_replies_for",
    "introductions_between",
    "introductions_for",
    "listing_of",
    "not_yet_introduced",
    "other_side",
    "reply_of",
    "sides_of",
    "standing_between",
    "unanswered",
]


def introductions_for(user: "Person") -> QuerySet[Introduction]:
    """Introductions of the own actors, and for staff those of their town.

    One of a need that is for the city hall only stays with the office and its two sides.
    """
    standing = standing_of(user)
    rows = Q(need__actor__in=standing.actor_ids) | Q(offer__actor__in=standing.actor_ids)
    if standing.staff_in:
        rows |= Q(municipality__in=standing.office_in)
        rows |= Q(municipality__in=standing.coordinates_in) & ~Q(need__visibility=Visibility.CITY_HALL)
    return (
        Introduction.objects.filter(rows)
        .select_related("municipality", "need__actor", "offer__actor", "introduced_by")
        .prefetch_related("replies")
    )


def awaited_replies_for(user: "Person") -> QuerySet[Reply]:
    """The answers that are awaited from the actors this person edits, the longest waiting first."""
    edits = standing_of(user).edits
    mine = Q(side=Side.NEED, introduction__need__actor__in=edits)
    mine |= Q(side=Side.OFFER, introduction__offer__actor__in=edits)
    rows = Reply.objects.filter(mine, answer="", introduction__state=IntroductionState.PROPOSED)
    return rows.select_related("introduction__need__actor", "introduction__offer__actor").order_by(
        "introduction__introduced_at", "pk"
    )


def introductions_between(listing: Listing) -> dict[int, Introduction]:
    """How far a listing has come with each on the other side: its id → the open one, else the newest.

    For pages that list proposals: the state stands where the button would be.
    """
    rows = Introduction.objects.filter(Q(need=listing) | Q(offer=listing)).order_by("introduced_at", "pk")
    found: dict[int, Introduction] = {}
    for row in rows.prefetch_related("replies"):
        other = row.offer_id if row.need_id == listing.pk else row.need_id
        if other not in found or found[other].state not in INTRODUCTION_OPEN:
            found[other] = row
    return found


def not_yet_introduced(need: Listing, offers: Iterable[Listing]) -> list[Listing]:
    """Those of some offers that nobody has brought together with the need, or no longer."""
    rows = list(offers)
    asked = Introduction.objects.filter(need=need, offer__in=rows, state__in=INTRODUCTION_OPEN)
    known = set(asked.values_list("offer_id", flat=True))
    return [offer for offer in rows if offer.pk not in known]


def standing_between(need: Listing, offer: Listing) -> Introduction | None:
    """The introduction that stands in the way of another: an open one, or one that was refused."""
    states = INTRODUCTION_OPEN | NOT_AGAIN
    rows = Introduction.objects.filter(need=need, offer=offer, state__in=states)
    return rows.prefetch_related("replies").first()


def reply_of(introduction: Introduction, side: str) -> Reply:
    """What one side says to it, with or without an answer."""
    return next(reply for reply in introduction.replies.all() if reply.side == side)


def unanswered(introduction: Introduction) -> list[Reply]:
    """The replies that are awaited; none once it is settled."""
    if introduction.state != IntroductionState.PROPOSED:
        return []
    return [reply for reply in introduction.replies.all() if not reply.answer]


def other_side(side: str) -> Side:
    return Side.OFFER if side == Side.NEED else Side.NEED


def listing_of(introduction: Introduction, side: str) -> Listing:
    """The listing that a side came with."""
    return introduction.need if side == Side.NEED else introduction.offer


def actor_of(introduction: Introduction, side: str) -> Actor:
    """Who stands on a side."""
    return listing_of(introduction, side).actor


def sides_of(user: "Person", introduction: Introduction) -> list[Side]:
    """The sides for which this person may answer as an owner or editor."""
    edits = standing_of(user).edits
    return [side for side in Side if actor_of(introduction, side).pk in edits]
