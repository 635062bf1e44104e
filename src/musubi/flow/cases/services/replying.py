"""What the sides of an introduction say, and what comes of it for the case."""

import datetime as dt

from django.db import transaction

from musubi.base.accounts.models import User
from musubi.base.audit import services as audit
from musubi.base.common.enums import Source
from musubi.base.common.verdict import require
from musubi.base.common.workflow import InvalidTransition
from musubi.flow.listings import services as listings
from musubi.flow.matching import services as matching
from musubi.flow.matching.enums import Answer, IntroductionState
from musubi.flow.matching.models import Introduction

from ..models import Case, Party
from ..notifications.introductions import tell_connected, tell_declined, tell_lapsed, tell_replied_for
from ..permissions.cases import can_reopen_in, can_take_partners
from ..queries import case_of, parties_of
from ..workflow import CASE
from .moving import locked_case, moved

WAITED_FOR = dt.timedelta(days=60)
AT_ONCE = 200


@transaction.atomic
def reply(
    *,
    introduction: Introduction,
    side: str,
    answer: str,
    reason: str = "",
    words: str = "",
    source: str = Source.WEB,
    by: User,
    now: dt.datetime,
) -> Introduction:
    """One side says yes or no; with the second yes the offer's actor joins the case.

    Of two who press at the same moment one result stands, and everybody is told of it; the other gets
    InvalidTransition, or NotAllowed with the answer that stands.
    """
    case = _locked_case_of(introduction)
    if case is not None and answer == Answer.YES:
        require(can_take_partners(case))
    introduction = matching.answer_introduction(
        introduction=introduction,
        side=side,
        answer=answer,
        reason=reason,
        words=words,
        source=source,
        by=by,
        now=now,
    )
    if source != Source.WEB:
        tell_replied_for(introduction, side, by=by, at=now)
    if introduction.state == IntroductionState.DECLINED:
        tell_declined(case, introduction, side, by=by, at=now)
    if case is not None:
        if introduction.state == IntroductionState.CONNECTED:
            _connect(case, introduction, by, now)
        moved(case, now)
    return introduction


@transaction.atomic
def reopen(*, introduction: Introduction, by: User, now: dt.datetime) -> Introduction:
    """Staff take a mistyped no back while the case takes partners; nobody is told, the answer is awaited."""
    case = _locked_case_of(introduction)
    if case is not None and introduction.state == IntroductionState.DECLINED:
        require(can_reopen_in(by, case, introduction))
    introduction = matching.reopen_introduction(introduction=introduction, by=by, now=now)
    if case is not None:
        moved(case, now)
    return introduction


def lapse_due(*, now: dt.datetime) -> int:
    """Close with notice what nobody has answered for 60 days; how many introductions there were.

    Each is a transaction of its own; the case goes on, and is its coordinator's turn.
    """
    number, last = 0, 0
    due = Introduction.objects.filter(
        state=IntroductionState.PROPOSED, introduced_at__lt=now - WAITED_FOR
    ).order_by("pk")
    while chunk := list(due.filter(pk__gt=last)[:AT_ONCE]):
        last = chunk[-1].pk
        number += sum(_lapse(row, now) for row in chunk)
    return number


@transaction.atomic
def _lapse(introduction: Introduction, now: dt.datetime) -> bool:
    case = _locked_case_of(introduction)
    try:
        introduction = matching.lapse_introduction(introduction=introduction, now=now)
    except InvalidTransition:
        return False  # answered, or lapsed by another worker, since it was read
    tell_lapsed(case, introduction, at=now)
    if case is not None:
        moved(case, now)
    return True


def _connect(case: Case, introduction: Introduction, by: User, now: dt.datetime) -> None:
    """Both have said yes: the offer's actor joins, and the need is no longer proposed to others."""
    before, case.state = case.state, CASE.target("connect", case.state)
    case.save(update_fields=["state"])
    offer = introduction.offer
    if all(party.actor_id != offer.actor_id for party in parties_of(case)):
        Party.objects.create(
            case=case, actor=offer.actor, listing=offer, introduction=introduction, joined_at=now
        )
    listings.arrange_listing(listing=case.need, by=by, now=now)
    after = {"state": case.state, "actor": offer.actor_id}
    audit.record(by=by, verb="case.connect", subject=case, at=now, before=before, after=after)
    tell_connected(case, introduction, at=now)


def _locked_case_of(introduction: Introduction) -> Case | None:
    case = case_of(introduction)
    return None if case is None else locked_case(case)
