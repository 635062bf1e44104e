"""Two are brought to each other's notice within a case: by staff, or because one of them asked."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from musubi.base.accounts.models import User
from musubi.base.audit import services as audit
from musubi.base.common.verdict import require
from musubi.flow.listings.models import Listing
from musubi.flow.matching import services as matching
from musubi.flow.matching.enums import Initiative
from musubi.flow.matching.models import Introduction
from musubi.flow.matching.permissions import can_ask_to_talk, initiative_of
from musubi.flow.matching.queries import not_yet_introduced

from ..models import Case, CaseIntroduction
from ..notifications.introductions import tell_asked, tell_withdrawn
from ..permissions.cases import can_introduce_in, can_introduce_team, can_take_partners
from ..queries import case_of, open_case_of
from .moving import locked_case, moved
from .opening import open_case, open_or_begin


@transaction.atomic
def introduce(*, case: Case, offer: Listing, words: str, by: User, now: dt.datetime) -> Introduction:
    """Staff introduce an offer to the need of a case; both sides are asked."""
    case = locked_case(case)
    require(can_introduce_in(by, case, offer))
    return introduce_within(case, offer, Initiative.COORDINATOR, words, by, now)


@transaction.atomic
def introduce_from_need(
    *, need: Listing, offer: Listing, words: str, by: User, now: dt.datetime
) -> Introduction:
    """The same from the need's page: its case is opened if nobody has."""
    case = open_case_of(need) or open_case(need=need, by=by, now=now)
    return introduce(case=case, offer=offer, words=words, by=by, now=now)


@transaction.atomic
def introduce_team(
    *, need: Listing, offers: Sequence[Listing], words: str, by: User, now: dt.datetime
) -> list[Introduction]:
    """All members of a team at once, each offer by an introduction of its own: all of them or none.

    Those who are asked already are passed over.
    """
    case = open_case_of(need)
    fresh = not_yet_introduced(need, offers)
    require(can_introduce_team(by, need, case, fresh))
    case = locked_case(case or open_case(need=need, by=by, now=now))
    require(can_introduce_team(by, need, case, fresh))
    return [introduce_within(case, offer, Initiative.COORDINATOR, words, by, now) for offer in fresh]


@transaction.atomic
def ask_to_talk(*, need: Listing, offer: Listing, words: str, by: User, now: dt.datetime) -> Introduction:
    """「話を聞きたい」: one of the two introduces itself; the other is asked, and staff hear of it.

    Without an open case one begins that nobody coordinates yet.
    """
    require(can_ask_to_talk(by, need, offer))
    case = open_or_begin(need=need, by=by, now=now)
    require(can_take_partners(case))
    introduction = introduce_within(case, offer, initiative_of(by, need), words, by, now)
    tell_asked(case, introduction, at=now)
    return introduction


@transaction.atomic
def withdraw(*, introduction: Introduction, by: User, now: dt.datetime) -> Introduction:
    """Nobody need answer any more; both sides hear of it."""
    case = case_of(introduction)
    if case is not None:
        case = locked_case(case)
    introduction = matching.withdraw_introduction(introduction=introduction, by=by, now=now)
    tell_withdrawn(case, introduction, by=by, at=now)
    if case is not None:
        moved(case, now)
    return introduction


def introduce_within(
    case: Case,
    offer: Listing,
    initiative: Initiative,
    words: str,
    by: User,
    now: dt.datetime,
    need_agrees: str = "",
) -> Introduction:
    """The act itself, in a transaction that has locked the case and asked who may."""
    introduction = matching.make_introduction(
        need=case.need,
        offer=offer,
        initiative=initiative,
        words=words,
        need_agrees=need_agrees,
        by=by,
        now=now,
    )
    CaseIntroduction.objects.create(case=case, introduction=introduction)
    audit.record(by=by, verb="case.introduce", subject=case, at=now, after={"introduction": introduction.pk})
    moved(case, now)
    return introduction
