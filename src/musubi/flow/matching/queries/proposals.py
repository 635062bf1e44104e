"""The only door to proposals: who may read both listings may read the proposal."""

import datetime as dt
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from musubi.flow.listings.enums import MATCHABLE, ListingState
from musubi.flow.listings.models import Listing
from musubi.flow.listings.queries import ACTOR_MATCHABLE, listings_for

from ..adapter import reasons_as_stored
from ..enums import NOT_AGAIN
from ..models import Introduction, Proposal
from .fair import fairly
from .suggestions import Match, match_one

if TYPE_CHECKING:
    from musubi.flow.actors.queries.standing import Person

LOOKED_AT = 120
"""So many of the engine's answers are gone through for what a reader may see."""


def proposals_for(user: "Person") -> QuerySet[Proposal]:
    """Current proposals whose need and offer this person may both read, best first.

    What has since been withdrawn, reserved, closed, hidden or has expired is left out, and so is a
    pair that has said no.
    """
    # Asked of each proposal, of which a listing has a few, and not once of every listing there is.
    readable = listings_for(user).order_by().values("pk")
    refused = Introduction.objects.filter(
        need=OuterRef("need_id"), offer=OuterRef("offer_id"), state__in=NOT_AGAIN
    )
    return Proposal.objects.filter(
        open_listings("need"),
        open_listings("offer"),
        Exists(readable.filter(pk=OuterRef("need_id"))),
        Exists(readable.filter(pk=OuterRef("offer_id"))),
        ~Exists(refused),
        superseded_at=None,
    ).select_related("need", "need__actor", "offer", "offer__actor", "offer__menu_item")


def proposals_of_need(user: "Person", need: Listing) -> QuerySet[Proposal]:
    """What was found for a need, best first."""
    return proposals_for(user).filter(need=need).order_by("-score", "offer_id")


def fair_proposals_of_need(
    user: "Person", need: Listing, *, today: dt.date, top: int = LOOKED_AT
) -> list[Proposal]:
    """The same in the town's fair order: who was found this week a little lower, who was not seen higher."""
    found = list(proposals_of_need(user, need)[:LOOKED_AT])
    return fairly(found, municipality_id=need.municipality_id, today=today)[:top]


def proposals_while_arranged(user: "Person", need: Listing, *, today: dt.date, top: int) -> list[Proposal]:
    """What the engine says now of a need whose people are already talking with somebody; stored nowhere.

    Only of offers this person may read, in the town's fair order.
    """
    found = [unsaved(match) for match in match_one(need, today=today, top=LOOKED_AT, arranged=True)]
    offers = [row.offer_id for row in found]
    rows = listings_for(user).filter(open_listings(), pk__in=offers)
    readable = {row.pk: row for row in rows.select_related("actor", "menu_item")}
    for row in found:
        row.offer = readable.get(row.offer_id, row.offer)
    shown = [row for row in found if row.offer_id in readable]
    return fairly(shown, municipality_id=need.municipality_id, today=today)[:top]


def proposal_between(need: Listing, offer: Listing, *, today: dt.date) -> Proposal | None:
    """What speaks for a pair: the proposal kept, or what the engine says of a need that is being arranged."""
    if need.state != ListingState.RESERVED:
        return Proposal.objects.filter(need=need, offer=offer, superseded_at=None).first()
    found = match_one(need, today=today, top=LOOKED_AT, arranged=True)
    return next((unsaved(match) for match in found if match.offer.pk == offer.pk), None)


def unsaved(match: Match) -> Proposal:
    """What would be kept of a match."""
    return Proposal(
        need=match.need,
        offer=match.offer,
        score=match.score,
        reasons=reasons_as_stored(match.suggestion.reasons),
        engine_version=match.suggestion.engine_version,
        rule=match.rule,
    )


def proposals_of_offer(user: "Person", offer: Listing) -> QuerySet[Proposal]:
    """The needs an offer answers, best first."""
    return proposals_for(user).filter(offer=offer).order_by("-score", "need_id")


def open_listings(side: str = "") -> Q:
    """What may be proposed now; `side` is where the listing hangs on the row asked for."""
    at = f"{side}__" if side else ""
    to_come = Q(**{f"{at}expires_on": None}) | Q(**{f"{at}expires_on__gte": timezone.localdate()})
    return to_come & Q(
        **{
            f"{at}state__in": MATCHABLE,
            f"{at}hidden_at": None,
            f"{at}actor__hidden_at": None,
            f"{at}actor__state__in": ACTOR_MATCHABLE,
        }
    )
