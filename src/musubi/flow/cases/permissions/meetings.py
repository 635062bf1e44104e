"""Who calls, fixes, records and answers a meeting."""

import datetime as dt
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from musubi.base.common.verdict import ALLOWED, Verdict, refuse
from musubi.flow.actors.queries import standing_of

from ..enums import CaseState, MeetingState
from ..models import Case, MeetingAction, PreMeeting
from ..queries import acts_for_in
from ..queries.meetings import MEETING_CASES
from .taking_part import can_arrange, can_take_part

if TYPE_CHECKING:
    from musubi.flow.actors.queries.standing import Person

ANSWERS_WITHOUT_ACCOUNT = 60
"""More than that is not a meeting but a flood."""


def can_call_meeting(user: "Person", case: Case) -> Verdict:
    """Whoever takes part, once there is somebody to meet and until the project begins."""
    return can_take_part(user, case) and _is_time_to_meet(case)


def can_settle_meeting(user: "Person", meeting: PreMeeting) -> Verdict:
    """Fixing the date and asking about others: whoever called it, and staff."""
    return can_cancel_meeting(user, meeting) and _is_time_to_meet(meeting.case)


def can_cancel_meeting(user: "Person", meeting: PreMeeting) -> Verdict:
    """Whoever called it, and staff; also when the case has ended meanwhile."""
    if can_arrange(user, meeting.case):
        return ALLOWED
    called = user.is_authenticated and meeting.called_by_id == user.pk
    if called and acts_for_in(user, meeting.case):
        return ALLOWED
    return refuse(_("日時を決めたり変えたりできるのは、呼びかけた人とコーディネーターだけです。"))


def can_record_meeting(user: "Person", meeting: PreMeeting) -> Verdict:
    """Whoever takes part: what happened may be written down whatever has become of the case."""
    return can_take_part(user, meeting.case)


def can_record_now(meeting: PreMeeting, now: dt.datetime) -> Verdict:
    """From the day of the meeting on: what has not taken place cannot be written down as held."""
    if meeting.starts_at is None or timezone.localdate(meeting.starts_at) <= timezone.localdate(now):
        return ALLOWED
    day = timezone.localdate(meeting.starts_at)
    return refuse(
        _("打ち合わせは%(day)sです。記録は、その日になってから書けます。") % {"day": date_format(day)}
    )


def can_answer_dates(user: "Person | None", meeting: PreMeeting, *, changing: bool = False) -> Verdict:
    """Anybody who was given the address, as long as a date is being looked for."""
    if meeting.state == MeetingState.CANCELLED:
        return refuse(_("この打ち合わせは取りやめになりました。返事はいりません。"))
    if meeting.state != MeetingState.FINDING:
        return refuse(
            _(
                "この打ち合わせの日時は、もう決まっています。ご都合が悪いときは、呼びかけた人に伝えてください。"
            )
        )
    if not (verdict := _is_time_to_meet(meeting.case)):
        return verdict
    if changing or (user is not None and user.is_authenticated):
        return ALLOWED
    if meeting.answers.filter(user=None).count() >= ANSWERS_WITHOUT_ACCOUNT:
        return refuse(
            _(
                "この日程には、もうたくさんの返事が入っています。お手数ですが、呼びかけた人に直接伝えてください。"
            )
        )
    return ALLOWED


def can_enter_answers(user: "Person", meeting: PreMeeting) -> Verdict:
    """Staff type in what somebody told them by telephone or at the counter."""
    return can_arrange(user, meeting.case) and can_answer_dates(user, meeting)


def can_finish_action(user: "Person", action: MeetingAction) -> Verdict:
    """Whoever said they would do it, and staff."""
    if action.actor_id in standing_of(user).edits or can_arrange(user, action.meeting.case):
        return ALLOWED
    return refuse(
        _("「済んだ」にできるのは、引き受けた団体の管理者・編集の担当と、コーディネーターだけです。")
    )


def _is_time_to_meet(case: Case) -> Verdict:
    if case.state in MEETING_CASES:
        return ALLOWED
    if case.state == CaseState.OPEN:
        return refuse(_("打ち合わせの日程は、相手が見つかってから決められます。"))
    if case.state == CaseState.STARTED:
        return refuse(
            _("この案件は、もうプロジェクトになりました。続きはプロジェクトのページで進めてください。")
        )
    return refuse(_("この案件は終わっています。"))
