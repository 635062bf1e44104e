"""Many cases in every state for measuring the board: rows as the services leave them, the same on every machine."""

import datetime as dt
from itertools import islice

from django.db import transaction

from musubi.base.accounts.models import User
from musubi.base.places.models import Municipality
from musubi.flow.cases.enums import AgreementState, CaseState, MeetingState
from musubi.flow.cases.models import (
    Agreement,
    AgreementVersion,
    Case,
    CaseIntroduction,
    Confirmation,
    Party,
    PreMeeting,
)
from musubi.flow.listings.enums import ListingState, Side
from musubi.flow.listings.models import Listing
from musubi.flow.matching.enums import IntroductionState
from musubi.flow.matching.models import Introduction, Reply

STATES = (CaseState.OPEN, CaseState.TALKING, CaseState.TALKING, CaseState.AGREED, CaseState.CLOSED)


@transaction.atomic
def build_cases(*, municipality: Municipality, number: int, coordinator: User, now: dt.datetime) -> int:
    """Bring the town to `number` made-up cases about its needs, each with an introduction; how many were new."""
    wanted = number - Case.objects.filter(municipality=municipality).count()
    needs = Listing.objects.filter(
        municipality=municipality, side=Side.NEED, state=ListingState.PUBLISHED, cases=None
    )
    offers = Listing.objects.filter(municipality=municipality, side=Side.OFFER, state=ListingState.PUBLISHED)
    # Twice as many as needed: a pair of one and the same actor is passed over.
    pairs = zip(
        needs.order_by("pk")[: 2 * max(0, wanted)], offers.order_by("pk")[: 2 * max(0, wanted)], strict=False
    )
    made = 0
    for need, offer in islice(((n, o) for n, o in pairs if n.actor_id != o.actor_id), max(0, wanted)):
        _case(need, offer, made, coordinator, now)
        made += 1
    return made


def _case(need: Listing, offer: Listing, i: int, coordinator: User, now: dt.datetime) -> None:
    state = STATES[i % len(STATES)]
    at = now - dt.timedelta(days=1 + i % 60, minutes=i)
    is_over = state == CaseState.CLOSED
    case = Case.objects.create(
        municipality_id=need.municipality_id,
        need=need,
        title=need.title,
        coordinator=coordinator if i % 3 else None,
        state=state,
        opened_by=coordinator,
        opened_at=at,
        moved_at=at,
        next_step="相手に電話をする" if i % 4 == 0 else "",
        next_step_on=at.date() + dt.timedelta(days=7) if i % 4 == 0 else None,
        close_reason="no_partner" if is_over else "",
        closed_at=at if is_over else None,
    )
    connected = state in (CaseState.TALKING, CaseState.AGREED)
    introduction = Introduction.objects.create(
        municipality_id=need.municipality_id,
        need=need,
        offer=offer,
        initiative="coordinator",
        introduced_by=coordinator,
        state=_state_of(state),
        introduced_at=at,
        settled_at=None if state == CaseState.OPEN else at,
    )
    said = {"answer": "yes", "said_at": at} if connected else {}
    Reply.objects.bulk_create(
        [
            Reply(introduction=introduction, side=side, actor_id=listing.actor_id, **said)
            for side, listing in ((Side.NEED, need), (Side.OFFER, offer))
        ]
    )
    CaseIntroduction.objects.create(case=case, introduction=introduction)
    parties = [Party(case=case, actor_id=need.actor_id, listing=need, joined_at=at)]
    if connected:
        Listing.objects.filter(pk=need.pk).update(state=ListingState.RESERVED)
        parties.append(
            Party(case=case, actor_id=offer.actor_id, listing=offer, introduction=introduction, joined_at=at)
        )
        _meeting_or_agreement(case, parties, i, at)
    Party.objects.bulk_create(parties)


def _state_of(state: str) -> IntroductionState:
    return {
        CaseState.OPEN: IntroductionState.PROPOSED,
        CaseState.CLOSED: IntroductionState.WITHDRAWN,
    }.get(CaseState(state), IntroductionState.CONNECTED)


def _meeting_or_agreement(case: Case, parties: list[Party], i: int, at: dt.datetime) -> None:
    if case.state == CaseState.TALKING and i % 2:
        PreMeeting.objects.create(
            case=case,
            state=MeetingState.FINDING,
            token=f"measure-{case.pk}",
            called_by=case.opened_by,
            called_at=at,
            moved_at=at,
        )
        return
    is_agreed = case.state == CaseState.AGREED
    agreement = Agreement.objects.create(
        case=case,
        state=AgreementState.AGREED if is_agreed else AgreementState.CONFIRMING,
        begun_at=at,
        moved_at=at,
    )
    version = AgreementVersion.objects.create(
        agreement=agreement,
        form="co_hosting",
        aim="いっしょに行う。",
        starts_on=at.date(),
        ends_on=at.date() + dt.timedelta(days=180),
        review_on=at.date() + dt.timedelta(days=90),
        written_at=at,
        proposed_at=at,
        agreed_at=at if is_agreed else None,
    )
    agreed = parties if is_agreed else parties[:1]
    Confirmation.objects.bulk_create(
        [Confirmation(version=version, actor_id=party.actor_id, said_at=at) for party in agreed]
    )
