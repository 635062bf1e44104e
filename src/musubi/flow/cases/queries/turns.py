"""Whose turn it is in cases: what introductions and the coordinator's own work wait for."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from musubi.base.common.turn import Turn
from musubi.flow.actors.models import Membership
from musubi.flow.actors.queries.standing import MAY_EDIT
from musubi.flow.listings.enums import ListingState
from musubi.flow.matching.enums import IntroductionState
from musubi.flow.matching.models import Introduction
from musubi.flow.matching.queries import actor_of, introductions_for, unanswered

from ..enums import CASE_OPEN, CaseState, MeetingState
from ..models import Agreement, Case, PreMeeting
from .agreements import turns_of_agreements
from .cases import taken_part_in
from .meeting_turns import turns_of_meetings_in

if TYPE_CHECKING:
    from musubi.flow.actors.queries.standing import Person

OVER = frozenset({ListingState.WITHDRAWN, ListingState.EXPIRED, ListingState.FULFILLED})


def turns_of_case(case: Case, *, now: dt.datetime | None = None) -> list[Turn]:
    """Whose answer to an introduction is awaited, and what the coordinator does next."""
    return _own_turns([case], Introduction.objects.all(), now or timezone.now())[case.pk]


def turns_of_cases(cases: Iterable[Case], *, now: dt.datetime | None = None) -> dict[int, list[Turn]]:
    """The same for a board, with what meetings and agreements wait for; the number of queries is constant."""
    return _all_turns(list(cases), Introduction.objects.all(), now or timezone.now())


def turns_for(
    user: "Person", cases: Iterable[Case], *, now: dt.datetime | None = None
) -> dict[int, list[Turn]]:
    """The same as this person may know it: a party does not learn who else is asked, who has left nothing."""
    rows = list(cases)
    there = taken_part_in(user, rows)
    seen = Introduction.objects.filter(pk__in=introductions_for(user).order_by().values("pk"))
    turns = _all_turns([case for case in rows if case.pk in there], seen, now or timezone.now())
    return {case.pk: turns.get(case.pk, []) for case in rows}


def coordinator_words(case: Case) -> str:
    """Who of the staff is meant."""
    if case.coordinator is None:
        return _("コーディネーター（担当はまだ決まっていません）")
    return _("%(name)sさん（コーディネーター）") % {"name": case.coordinator}


def _all_turns(
    cases: list[Case], introductions: QuerySet[Introduction], now: dt.datetime
) -> dict[int, list[Turn]]:
    own, meetings = _own_turns(cases, introductions, now), turns_of_meetings_in(cases, now=now)
    agreements = turns_of_agreements(cases)
    return {case.pk: [*own[case.pk], *meetings[case.pk], *agreements[case.pk]] for case in cases}


def _own_turns(
    cases: list[Case], introductions: QuerySet[Introduction], now: dt.datetime
) -> dict[int, list[Turn]]:
    turns: dict[int, list[Turn]] = {case.pk: [] for case in cases}
    going_on = {case.pk: case for case in cases if case.state in CASE_OPEN}
    if not going_on:
        return turns
    waiting = _waiting(introductions, going_on)
    looked_after = _looked_after(row for rows in waiting.values() for row in rows)
    arranged, met = _arranged(going_on)
    for pk, case in going_on.items():
        if case.need.state in OVER:
            turns[pk] += _over(case)
            continue
        for introduction in waiting[pk]:
            turns[pk] += _replies(case, introduction, looked_after)
        if not turns[pk]:
            turns[pk] += _next(case, is_arranged=pk in arranged, has_met=pk in met)
        turns[pk] += _late(case, now)
    return turns


def _waiting(introductions: QuerySet[Introduction], cases: Iterable[int]) -> dict[int, list[Introduction]]:
    rows = introductions.filter(in_case__case__in=cases, state=IntroductionState.PROPOSED)
    rows = rows.select_related("in_case", "need__actor", "offer__actor").prefetch_related("replies")
    found: dict[int, list[Introduction]] = defaultdict(list)
    for row in rows.order_by("introduced_at", "pk"):
        found[row.in_case.case_id].append(row)
    return found


def _looked_after(introductions: Iterable[Introduction]) -> set[int]:
    """Actors that have somebody of their own who may answer."""
    ids = {pk for row in introductions for pk in (row.need.actor_id, row.offer.actor_id)}
    rows = Membership.objects.filter(actor__in=ids, role__in=MAY_EDIT, user__is_active=True)
    return set(rows.values_list("actor_id", flat=True))


def _arranged(cases: Iterable[int]) -> tuple[set[int], set[int]]:
    """Cases with a meeting to come or an agreement, whose own turns say what comes next; and those that met."""
    meetings = PreMeeting.objects.filter(case__in=cases).exclude(state=MeetingState.CANCELLED)
    rows = set(meetings.order_by().values_list("case_id", "state"))
    met = {case for case, state in rows if state == MeetingState.HELD}
    written = set(Agreement.objects.filter(case__in=cases).order_by().values_list("case_id", flat=True))
    return {case for case, state in rows if state != MeetingState.HELD} | written, met


def _replies(case: Case, introduction: Introduction, looked_after: set[int]) -> list[Turn]:
    turns = []
    for reply in unanswered(introduction):
        actor, since = actor_of(introduction, reply.side), introduction.introduced_at
        if actor.pk in looked_after:
            path = f"/workspace/introductions/{introduction.pk}/"
            turns.append(Turn(_("紹介に返事をする"), actor.name, since, actor.pk, path))
        else:
            what = _("%(actor)sに電話などで聞いて、代わりに返事を入力する") % {"actor": actor}
            turns.append(Turn(what, coordinator_words(case), since, path=_path(case)))
    return turns


def _over(case: Case) -> list[Turn]:
    """Its people took the need down, or it was met elsewhere."""
    what = _("もとのニーズは「%(state)s」です。案件を終わりにするか、団体に確かめる") % {
        "state": case.need.get_state_display()
    }
    return [Turn(what, coordinator_words(case), case.need.updated_at, path=_path(case))]


def _next(case: Case, *, is_arranged: bool, has_met: bool) -> list[Turn]:
    """What the coordinator does when nothing else is awaited."""
    if case.state == CaseState.OPEN:
        what, part = _("相手を紹介する"), "#introduced"
    elif case.state == CaseState.TALKING and not is_arranged and has_met:
        what, part = _("合意書を書きはじめる"), "#agreement"
    elif case.state == CaseState.TALKING and not is_arranged:
        what, part = _("打ち合わせの日程を決める"), "#meetings"
    else:
        return []
    return [Turn(what, coordinator_words(case), case.moved_at, path=f"{_path(case)}{part}")]


def _late(case: Case, now: dt.datetime) -> list[Turn]:
    if case.next_step_on is None or case.next_step_on >= timezone.localdate(now):
        return []
    since = timezone.make_aware(dt.datetime.combine(case.next_step_on, dt.time(23, 59)))
    what = _("期限を過ぎています：%(what)s") % {"what": case.next_step}
    return [Turn(what, coordinator_words(case), since, path=_path(case))]


def _path(case: Case) -> str:
    return f"/workspace/cases/{case.pk}/"
