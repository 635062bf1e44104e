"""Asking a few at a time: who is in line, whose turn has come, when it ends.

Introducing itself is a verb of `flow.cases`, which calls these within its transaction.
"""

import datetime as dt
from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from musubi.base.accounts.models import User
from musubi.base.audit import services as audit
from musubi.base.common.business_days import business_days_after
from musubi.base.common.verdict import NotAllowed, require
from musubi.flow.listings.enums import Resource
from musubi.flow.listings.models import Listing

from ..models import Introduction, Invitee, Outreach
from ..permissions import can_reach_out, can_stop_outreach
from ..workflow import OUTREACH

PAUSE = 1
"""Business days that people have to answer before the next are asked."""


@transaction.atomic
def plan_outreach(
    *,
    need: Listing,
    resource: str,
    offers: Sequence[Listing],
    at_a_time: int,
    enough: int,
    need_agrees: str,
    words: str,
    by: User,
    now: dt.datetime,
) -> Outreach:
    """Put offers in line for a need, the first due at once. Nobody is asked yet."""
    require(can_reach_out(by, need, resource))
    try:
        with transaction.atomic():
            outreach = Outreach.objects.create(
                municipality=need.municipality,
                need=need,
                resource=Resource(resource),
                begun_by=by,
                words=words.strip(),
                at_a_time=at_a_time,
                enough=enough,
                need_agrees=need_agrees,
                begun_at=now,
                next_on=timezone.localdate(now),
            )
    except IntegrityError as error:  # somebody else began at the same moment
        raise NotAllowed(_("このニーズのこの必要なものでは、もう順番に声をかけています。")) from error
    Invitee.objects.bulk_create(
        Invitee(outreach=outreach, offer=offer, position=position)
        for position, offer in enumerate(offers, start=1)
    )
    audit.record(
        by=by,
        verb="outreach.begin",
        subject=outreach,
        at=now,
        after={
            "need": need.pk,
            "resource": resource,
            "offers": [offer.pk for offer in offers],
            "enough": enough,
        },
    )
    return outreach


def take_up(
    *, invitee: Invitee, introduction: Introduction | None, reason: str = "", now: dt.datetime
) -> None:
    """It was this one's turn: introduced, or passed over for a reason."""
    invitee.introduction, invitee.passed_over, invitee.taken_up_at = introduction, reason[:300], now
    invitee.save(update_fields=["introduction", "passed_over", "taken_up_at"])


def pause_outreach(*, outreach: Outreach, by: User, now: dt.datetime) -> None:
    """Some were asked: the next wait for a business day."""
    outreach.next_on = business_days_after(timezone.localdate(now), PAUSE)
    outreach.save(update_fields=["next_on"])
    audit.record(by=by, verb="outreach.batch", subject=outreach, at=now, after=str(outreach.next_on))


def end_outreach(*, outreach: Outreach, verb: str, by: User | None, now: dt.datetime) -> Outreach:
    """Nobody further is asked; `verb` of the workflow says why. `by` None: the clock did."""
    before, outreach.state = outreach.state, OUTREACH.target(verb, outreach.state)
    outreach.ended_at = now
    outreach.save(update_fields=["state", "ended_at"])
    audit.record(
        by=by, verb=f"outreach.{verb}", subject=outreach, at=now, before=before, after=outreach.state
    )
    return outreach


@transaction.atomic
def stop_outreach(*, outreach: Outreach, by: User, now: dt.datetime) -> Outreach:
    """Staff end it; who has been asked may still answer."""
    outreach = locked_outreach(outreach.pk)
    require(can_stop_outreach(by, outreach))
    return end_outreach(outreach=outreach, verb="stop", by=by, now=now)


def locked_outreach(pk: int) -> Outreach:
    """Fresh, and held until the transaction ends."""
    rows = Outreach.objects.select_for_update(of=("self",))
    return rows.select_related("need__actor", "municipality", "begun_by").get(pk=pk)
