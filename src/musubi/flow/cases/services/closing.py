"""A party leaves, or the whole case ends without a project; every ending carries a reason code."""

import datetime as dt

from django.db import transaction

from musubi.base.accounts.models import User
from musubi.base.audit import services as audit
from musubi.base.common.enums import Source
from musubi.base.common.joining import labelled
from musubi.base.common.languages import SOURCE, written_in
from musubi.base.common.verdict import require
from musubi.base.common.workflow import InvalidTransition
from musubi.flow.listings import services as listings
from musubi.flow.listings.enums import Side
from musubi.flow.listings.models import Listing
from musubi.flow.matching import services as matching
from musubi.flow.matching.enums import DeclineReason, IntroductionState
from musubi.flow.matching.models import Introduction

from ..enums import CaseCloseReason
from ..models import Case, Party
from ..notifications.cases import tell_closed, tell_left, tell_left_for
from ..notifications.introductions import tell_withdrawn
from ..permissions.cases import can_close_case, can_leave_case
from ..queries import introductions_of, parties_of
from ..workflow import CASE
from .moving import locked_case, moved


@transaction.atomic
def close_case(*, case: Case, reason: str, note: str, by: User, now: dt.datetime) -> Case:
    """Staff end a case that came to nothing: who was asked need not answer, the need is proposed anew."""
    case = locked_case(case)
    CASE.target("close", case.state)
    require(can_close_case(by, case))
    return _close(case, CaseCloseReason(reason), note, by, now)


@transaction.atomic
def leave_case(
    *, party: Party, reason: str, words: str, source: str = Source.WEB, by: User, now: dt.datetime
) -> Case:
    """A party no longer takes part, and is not proposed to the other side again.

    If only the need's side remains, partners are sought again; if that side leaves, the case ends.
    """
    case = locked_case(party.case)
    party = Party.objects.select_for_update(of=("self",)).select_related("actor").get(pk=party.pk)
    party.case = case
    if party.left_at is not None or not CASE.allows("close", case.state):
        raise InvalidTransition("leave", case.state)
    require(can_leave_case(by, party, source))
    code, is_needs = DeclineReason(reason), party.listing_id == case.need_id
    for introduction in introductions_of(case).filter(state=IntroductionState.CONNECTED):
        if is_needs or introduction.offer.actor_id == party.actor_id:
            matching.part_introduction(
                introduction=introduction,
                side=Side.NEED if is_needs else Side.OFFER,
                reason=code,
                words=words[:500],
                source=source,
                by=by,
                now=now,
            )
    with written_in(SOURCE):
        party.left_at, party.left_note = now, labelled(code.label, words.strip())[:500]
    party.save(update_fields=["left_at", "left_note"])
    audit.record(
        by=by,
        verb="case.leave",
        subject=case,
        at=now,
        after={"actor": party.actor_id, "reason": code},
        on_behalf_of=None if source == Source.WEB else party.actor,
    )
    tell_left(case, party, by=by, at=now)
    if source != Source.WEB:
        tell_left_for(case, party, source, by=by, at=now)
    if is_needs:
        return _close(case, CaseCloseReason.NOT_NEEDED, words, by, now)
    if all(row.listing_id == case.need_id for row in parties_of(case)):
        _search_again(case, by, now)
    return moved(case, now)


def _search_again(case: Case, by: User, now: dt.datetime) -> None:
    if not CASE.allows("search_again", case.state):
        return
    before, case.state = case.state, CASE.target("search_again", case.state)
    case.save(update_fields=["state"])
    audit.record(by=by, verb="case.search_again", subject=case, at=now, before=before, after=case.state)
    _propose_again(case.need, by, now)


def _close(case: Case, reason: CaseCloseReason, note: str, by: User, now: dt.datetime) -> Case:
    for introduction in introductions_of(case).filter(state=IntroductionState.PROPOSED):
        _call_off(case, introduction, by, now)
    for introduction in introductions_of(case).filter(state=IntroductionState.CONNECTED):
        matching.release_introduction(introduction=introduction, by=by, now=now)
    before, case.state = case.state, CASE.target("close", case.state)
    case.close_reason, case.close_note, case.closed_at = reason, note.strip()[:500], now
    case.save(update_fields=["state", "close_reason", "close_note", "closed_at"])
    after = {"state": case.state, "reason": reason}
    audit.record(by=by, verb="case.close", subject=case, at=now, before=before, after=after)
    _propose_again(case.need, by, now)
    tell_closed(case, by=by, at=now)
    return moved(case, now)


def _call_off(case: Case, introduction: Introduction, by: User, now: dt.datetime) -> None:
    withdrawn = matching.withdraw_introduction(introduction=introduction, by=by, now=now)
    tell_withdrawn(case, withdrawn, by=by, at=now)


def _propose_again(need: Listing, by: User, now: dt.datetime) -> None:
    released = listings.unarrange_listing(listing=need, by=by, now=now)
    matching.refresh_later(listing=released)
