"""The only door to proposals: who may read both listings may read the proposal."""

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from musubi.flow.listings.enums import MATCHABLE
from musubi.flow.listings.models import Listing
from musubi.flow.listings.queries import ACTOR_MATCHABLE, listings_for

from ..enums import NOT_AGAIN
from ..models import Introduction, Proposal

if TYPE_CHECKING:
    from musubi.flow.actors.queries.standing import Person


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
        _open("need"),
        _open("offer"),
        Exists(readable.filter(pk=OuterRef("need_id"))),
        Exists(readable.filter(pk=OuterRef("offer_id"))),
        ~Exists(refused),
        superseded_at=None,
    ).select_related("need", "need__actor", "offer", "offer__actor", "offer__menu_item")


def proposals_of_need(user: "Person", need: Listing) -> QuerySet[Proposal]:
    """What was found for a need, best first."""
    return proposals_for(user).filter(need=need).order_by("-score", "offer_id")


def proposals_of_offer(user: "Person", offer: Listing) -> QuerySet[Proposal]:
    """The needs an offer answers, best first."""
    return proposals_for(user).filter(offer=offer).order_by("-score", "need_id")


def _open(side: str) -> Q:
    to_come = Q(**{f"{side}__expires_on": None}) | Q(**{f"{side}__expires_on__gte": timezone.localdate()})
    return to_come & Q(
        **{
            f"{side}__state__in": MATCHABLE,
            f"{side}__hidden_at": None,
            f"{side}__actor__hidden_at": None,
            f"{side}__actor__state__in": ACTOR_MATCHABLE,
        }
    )
