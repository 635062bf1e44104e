"""What a project uses of offers goes back, or is used up."""

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.db.models import Q

from musubi.base.accounts.models import User
from musubi.base.audit import services as audit
from musubi.base.common.verdict import require
from musubi.flow.listings.enums import NOT_USED_UP
from musubi.flow.listings.models import Listing
from musubi.flow.listings.services import LineValue, StillUsed, give_back_to_offer, use_up_offer
from musubi.flow.matching.services import refresh_later

from ..enums import AllotmentState
from ..models import Allotment, Project
from ..permissions import can_settle_allotment, can_use_up_allotment
from ..workflow import ALLOTMENT
from .locking import locked, touch

VERBS = {"return": give_back_to_offer, "use_up": use_up_offer}


@transaction.atomic
def return_allotment(*, allotment: Allotment, by: User, now: dt.datetime) -> Allotment:
    """It is free again and offered to others."""
    return _settle_one(allotment, "return", by, now)


@transaction.atomic
def use_up_allotment(*, allotment: Allotment, by: User, now: dt.datetime) -> Allotment:
    """It was spent, eaten, given away: it will not come back."""
    return _settle_one(allotment, "use_up", by, now)


def settle_all(
    project: Project, *, used_up: Collection[int], by: User | None, now: dt.datetime, of: int | None = None
) -> None:
    """Everything still in use: what is named as used up is, all else goes back. `of` only one actor's.

    For services that hold the project and have checked authority.
    """
    rows = (
        project.allotments.select_for_update().filter(state=AllotmentState.IN_USE).order_by("listing", "pk")
    )
    if of is not None:
        rows = rows.filter(listing__actor=of)
    for row in rows:
        row.project = project
        gone = row.pk in used_up and row.resource not in NOT_USED_UP
        _settle(row, "use_up" if gone else "return", by, now)


def _settle_one(allotment: Allotment, verb: str, by: User, now: dt.datetime) -> Allotment:
    project = locked(allotment.project)
    allotment = (
        Allotment.objects.select_for_update(of=("self",)).select_related("listing").get(pk=allotment.pk)
    )
    allotment.project = project
    ALLOTMENT.target(verb, allotment.state)
    may_settle = can_use_up_allotment if verb == "use_up" else can_settle_allotment
    require(may_settle(by, allotment))
    _settle(allotment, verb, by, now)
    touch(project, now)
    return allotment


def _settle(allotment: Allotment, verb: str, by: User | None, now: dt.datetime) -> None:
    listing = Listing.objects.select_for_update().get(pk=allotment.listing_id)
    before, allotment.state = allotment.state, ALLOTMENT.target(verb, allotment.state)
    allotment.settled_at = now
    allotment.save(update_fields=["state", "settled_at"])
    line = LineValue(
        resource=allotment.resource, what=allotment.what, amount=allotment.amount, unit=allotment.unit
    )
    listing = VERBS[verb](listing=listing, line=line, still=_still(allotment), by=by, now=now)
    refresh_later(listing=listing)
    audit.record(
        by=by,
        verb=f"project.{verb}",
        subject=allotment.project,
        at=now,
        before=before,
        after={"offer": allotment.listing_id, "resource": allotment.resource, "state": allotment.state},
    )


def _still(allotment: Allotment) -> StillUsed:
    """What else is known of the offer, in this project and in others."""
    others = Allotment.objects.filter(listing=allotment.listing_id).exclude(pk=allotment.pk)
    in_use = others.filter(state=AllotmentState.IN_USE)
    whole = ~Q(resource__in=NOT_USED_UP) & Q(amount=None)
    return StillUsed(
        anything=in_use.exists(),
        whole=in_use.filter(whole).exists(),
        gone=others.filter(whole, state=AllotmentState.USED_UP).exists(),
    )
