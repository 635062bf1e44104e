"""Whose turn it is in the meetings of cases: five queries for one case or for a thousand."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _

from musubi.base.common.turn import Turn
from musubi.flow.actors.models import Actor, Membership

from ..enums import CaseState, MeetingState
from ..models import Case, MeetingAction, Party, PreMeeting
from .meetings import MEETING_CASES, complete_answers


def turns_of_meetings(case: Case, *, now: dt.datetime | None = None) -> list[Turn]:
    """What is awaited in this case's meetings: answers, a date, a record, what is overdue."""
    return turns_of_meetings_in([case], now=now)[case.pk]


def turns_of_meetings_in(cases: Iterable[Case], *, now: dt.datetime | None = None) -> dict[int, list[Turn]]:
    """The same for many cases at once, by the case's pk."""
    cases, now = list(cases), now or timezone.now()
    turns: dict[int, list[Turn]] = {case.pk: [] for case in cases}
    going_on = {case.pk: case for case in cases if case.state != CaseState.CLOSED}
    meetings = list(
        PreMeeting.objects.filter(
            case__in=going_on, state__in=(MeetingState.FINDING, MeetingState.FIXED)
        ).order_by("called_at", "pk")
    )
    if meetings:
        parties = _parties_of(meetings)
        callers = _callers(meetings, parties)
        answered = _answered(meetings)
        for meeting in meetings:
            if meeting.state == MeetingState.FIXED:
                turns[meeting.case_id] += _record(meeting, callers, now)
            elif going_on[meeting.case_id].state in MEETING_CASES:
                told = answered[meeting.pk]
                turns[meeting.case_id] += _answers(meeting, parties[meeting.case_id], told)
                turns[meeting.case_id] += _fixing(meeting, parties[meeting.case_id], told, callers, now)
    for action in _overdue(going_on, now):
        turns[action.meeting.case_id].append(_action(action))
    return turns


def _parties_of(meetings: list[PreMeeting]) -> dict[int, list[Party]]:
    found: dict[int, list[Party]] = defaultdict(list)
    rows = Party.objects.filter(case__in={meeting.case_id for meeting in meetings}, left_at=None)
    for party in rows.select_related("actor"):
        found[party.case_id].append(party)
    return found


def _callers(meetings: list[PreMeeting], parties: dict[int, list[Party]]) -> dict[int, Actor | None]:
    """For each meeting the party whose person called it; None where it was staff."""
    memberships = set(
        Membership.objects.filter(
            user__in={meeting.called_by_id for meeting in meetings if meeting.called_by_id}
        ).values_list("user_id", "actor_id")
    )
    return {
        meeting.pk: next(
            (
                party.actor
                for party in parties[meeting.case_id]
                if (meeting.called_by_id, party.actor_id) in memberships
            ),
            None,
        )
        for meeting in meetings
    }


def _answered(meetings: list[PreMeeting]) -> dict[int, dict[int, dt.datetime]]:
    """For each meeting since when which party has a complete answer."""
    found: dict[int, dict[int, dt.datetime]] = defaultdict(dict)
    rows = complete_answers().filter(meeting__in=meetings, actor__isnull=False)
    for meeting, actor, at in rows.values_list("meeting_id", "actor_id", "answered_at"):
        if actor is not None:
            found[meeting][actor] = max(at, found[meeting].get(actor, at))
    return found


def _answers(meeting: PreMeeting, parties: list[Party], told: dict[int, dt.datetime]) -> list[Turn]:
    return [
        Turn(
            what=_("打ち合わせの候補日に返事をする"),
            who=party.actor.name,
            since=max(meeting.called_at, party.joined_at),
            actor_id=party.actor_id,
            path=f"/d/{meeting.token}/",
        )
        for party in parties
        if party.actor_id not in told
    ]


def _fixing(
    meeting: PreMeeting,
    parties: list[Party],
    told: dict[int, dt.datetime],
    callers: dict[int, Actor | None],
    now: dt.datetime,
) -> list[Turn]:
    """Once all parties have answered, or the day has passed until which they were asked to."""
    asked = [told[party.actor_id] for party in parties if party.actor_id in told]
    if len(asked) == len(parties):
        since = max([*asked, meeting.called_at])
    elif meeting.answer_by and meeting.answer_by < timezone.localdate(now):
        since = _after(meeting.answer_by)
    else:
        return []
    return [_of_caller(meeting, _("打ち合わせの日時を決める"), since, callers)]


def _record(meeting: PreMeeting, callers: dict[int, Actor | None], now: dt.datetime) -> list[Turn]:
    """Once it is over."""
    assert meeting.starts_at is not None, "the database binds a fixed meeting to a time"
    over = meeting.starts_at + dt.timedelta(minutes=meeting.minutes)
    return [] if over > now else [_of_caller(meeting, _("打ち合わせの記録を書く"), over, callers)]


def _of_caller(meeting: PreMeeting, what: str, since: dt.datetime, callers: dict[int, Actor | None]) -> Turn:
    actor = callers[meeting.pk]
    return Turn(
        what=what,
        who=actor.name if actor else _("コーディネーター"),
        since=since,
        actor_id=actor.pk if actor else None,
        path=_path(meeting.pk),
    )


def _overdue(cases: Iterable[int], now: dt.datetime) -> Iterable[MeetingAction]:
    return MeetingAction.objects.filter(
        meeting__case__in=cases, done_at=None, due_on__lt=timezone.localdate(now)
    ).select_related("actor", "meeting")


def _action(action: MeetingAction) -> Turn:
    return Turn(
        what=_("期限を過ぎたこと：%(what)s") % {"what": action.what},
        who=action.actor.name if action.actor else _("コーディネーター"),
        since=_after(action.due_on),
        actor_id=action.actor_id,
        path=_path(action.meeting_id),
    )


def _after(day: dt.date) -> dt.datetime:
    """The moment at which a day is over."""
    return timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=1), dt.time()))


def _path(meeting: int) -> str:
    return f"/workspace/meetings/{meeting}/"
