"""The two sides of an introduction as its reader stands to them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest

from musubi.base.common.enums import Source
from musubi.base.common.verdict import Verdict
from musubi.flow.actors.queries import standing_of
from musubi.flow.cases.permissions import can_arrange
from musubi.flow.listings.enums import Side
from musubi.flow.matching.enums import INTRODUCTION_OPEN, NOT_AGAIN, Answer
from musubi.flow.matching.permissions import can_answer

if TYPE_CHECKING:
    from musubi.base.accounts.models import User
    from musubi.flow.actors.models import Actor
    from musubi.flow.cases.models import Case
    from musubi.flow.listings.models import Listing
    from musubi.flow.matching.models import Introduction, Reply


@dataclass(frozen=True)
class SideShown:
    """One side: its listing, what it said, and whether the reader belongs to it or may speak for it."""

    side: str
    listing: "Listing"
    reply: "Reply"
    own: bool
    edits: bool


def sides_of(user: "User", introduction: "Introduction") -> list[SideShown]:
    """Both sides, the need's first."""
    standing = standing_of(user)
    replies = {reply.side: reply for reply in introduction.replies.all()}
    return [
        SideShown(
            str(side),
            listing,
            replies[side],
            listing.actor_id in standing.actor_ids,
            listing.actor_id in standing.edits,
        )
        for side, listing in ((Side.NEED, introduction.need), (Side.OFFER, introduction.offer))
    ]


def may_answer(user: "User", introduction: "Introduction", side: SideShown) -> Verdict:
    """Whether the reader may answer for this side: by an own press, or as somebody who was told."""
    source = Source.WEB if side.own else Source.TELEPHONE
    return can_answer(user, introduction, side.side, Answer.NO, source)


def writes_as(user: "User", case: "Case", sides: "list[SideShown]") -> "Actor | None":
    """In whose name the reader writes: the own side's; None for staff, who write as coordinators."""
    for side in sides:
        if side.edits:
            return side.listing.actor
    own = [side.listing.actor for side in sides if side.own]
    return None if not own or can_arrange(user, case) else own[0]


def stands_in_the_way(introduction: "Introduction | None") -> bool:
    """Whether this pair is being introduced, or has said no."""
    return introduction is not None and introduction.state in INTRODUCTION_OPEN | NOT_AGAIN


def sent_from(request: HttpRequest, introductions: "Iterable[Introduction]", *keys: str) -> str:
    """The kept form that was just sent from and may be forgotten: the page's address names it."""
    known = set(keys)
    for row in introductions:
        known |= {f"introduction-{row.pk}", *(f"introduction-{row.pk}-{side}" for side in Side.values)}
        known |= {f"ask-{row.need_id}", f"ask-{row.offer_id}", f"introduce-{row.need_id}-{row.offer_id}"}
    sent = request.GET.get("sent", "")
    return sent if sent in known else ""
