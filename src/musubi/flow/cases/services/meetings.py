"""A meeting before the agreement: called, its date found, changed or given up."""

import datetime as dt
import secrets
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from musubi.base.accounts.models import User
from musubi.base.audit import services as audit
from musubi.base.common.verdict import require
from musubi.base.common.workflow import InvalidTransition

from ..enums import MeetingState
from ..models import Case, DateOption, PreMeeting
from ..notifications.meetings import tell_called, tell_cancelled, tell_fixed
from ..permissions.meetings import can_call_meeting, can_cancel_meeting, can_settle_meeting
from ..workflow import MEETING
from .moving import locked_case, moved

MOST_DATES, FARTHEST = 10, dt.timedelta(days=366)
MINUTES = range(10, 601)


@transaction.atomic
def call_meeting(
    *,
    case: Case,
    options: list[dt.datetime],
    minutes: int = 60,
    place: str = "",
    online_url: str = "",
    agenda: str = "",
    answer_by: dt.date | None = None,
    by: User,
    now: dt.datetime,
) -> PreMeeting:
    """Ask everybody who takes part which of up to ten dates suits them."""
    case = locked_case(case)
    require(can_call_meeting(by, case))
    dates = _checked_dates(options, now)
    if minutes not in MINUTES:
        raise ValidationError(_("長さは、10分から10時間までにしてください。"))
    if online_url:
        URLValidator(schemes=["http", "https"])(online_url)
    meeting = PreMeeting(
        case=case,
        token=secrets.token_urlsafe(24),
        minutes=minutes,
        place=place,
        online_url=online_url,
        agenda=agenda,
        answer_by=_checked_day(answer_by, now),
        called_by=by,
        called_at=now,
        moved_at=now,
    )
    meeting.clean_fields(exclude=["case", "called_by"])
    meeting.save(force_insert=True)
    _ask_about(meeting, dates)
    _record("call", meeting, by, now, {"dates": dates})
    tell_called(meeting, by=by, now=now)
    return meeting


@transaction.atomic
def offer_more_dates(
    *,
    meeting: PreMeeting,
    options: list[dt.datetime],
    answer_by: dt.date | None = None,
    by: User,
    now: dt.datetime,
) -> PreMeeting:
    """Ask about further dates beside those that are asked about; the answers so far stay."""
    row = locked_meeting(meeting)
    require(can_settle_meeting(by, row))
    if row.state != MeetingState.FINDING:
        raise InvalidTransition("offer_more_dates", row.state)
    known = set(row.options.values_list("starts_at", flat=True))
    dates = [date for date in _checked_dates(options, now) if date not in known]
    if not dates:
        raise ValidationError(_("どれも、もう候補に入っています。別の日時を入れてください。"))
    if len(known) + len(dates) > MOST_DATES:
        raise ValidationError(_("候補は、合わせて10までにしてください。"))
    row.answer_by, row.called_at = _checked_day(answer_by, now), now
    _save(row, now, "answer_by", "called_at")
    _ask_about(row, dates)
    _record("more_dates", row, by, now, {"dates": dates})
    tell_called(row, again=True, by=by, now=now)
    return row


@transaction.atomic
def fix_date(*, meeting: PreMeeting, option: DateOption, by: User, now: dt.datetime) -> PreMeeting:
    """Settle on one of the dates, and tell everybody."""
    row = locked_meeting(meeting)
    require(can_settle_meeting(by, row))
    row.state = MEETING.target("fix", row.state)
    chosen = row.options.filter(pk=option.pk).first()
    if chosen is None:
        raise ValidationError(_("その候補日は、もうありません。画面を開き直して、選び直してください。"))
    if chosen.starts_at <= now:
        raise ValidationError(_("その日時は、もう過ぎています。別の日を選んでください。"))
    row.starts_at = chosen.starts_at
    _save(row, now, "state", "starts_at")
    _record("fix", row, by, now, {"state": row.state, "starts_at": row.starts_at})
    tell_fixed(row, by=by, now=now)
    return row


@transaction.atomic
def find_again(
    *,
    meeting: PreMeeting,
    options: list[dt.datetime],
    answer_by: dt.date | None = None,
    by: User,
    now: dt.datetime,
) -> PreMeeting:
    """The fixed date does not do: ask about new ones; marks for the old ones go with them."""
    row = locked_meeting(meeting)
    require(can_settle_meeting(by, row))
    row.state = MEETING.target("find_again", row.state)
    dates, before = _checked_dates(options, now), row.starts_at
    row.starts_at, row.answer_by, row.called_at = None, _checked_day(answer_by, now), now
    _save(row, now, "state", "starts_at", "answer_by", "called_at")
    row.options.all().delete()
    _ask_about(row, dates)
    _record("find_again", row, by, now, {"state": row.state, "dates": dates}, before={"starts_at": before})
    tell_called(row, again=True, by=by, now=now)
    return row


@transaction.atomic
def cancel_meeting(*, meeting: PreMeeting, words: str = "", by: User, now: dt.datetime) -> PreMeeting:
    """It does not take place; the words are told to everybody."""
    row = locked_meeting(meeting)
    require(can_cancel_meeting(by, row))
    row.state = MEETING.target("cancel", row.state)
    _save(row, now, "state")
    _record("cancel", row, by, now, {"state": row.state, "words": words})
    tell_cancelled(row, words=words, by=by, now=now)
    return row


def locked_meeting(meeting: PreMeeting) -> PreMeeting:
    """This meeting with its case, fresh and locked: the case first, as everywhere."""
    case = locked_case(meeting.case)
    row = PreMeeting.objects.select_for_update(of=("self",)).select_related("called_by").get(pk=meeting.pk)
    row.case = case
    return row


def _checked_dates(options: Iterable[dt.datetime], now: dt.datetime) -> list[dt.datetime]:
    dates = sorted(set(options))
    if not dates:
        raise ValidationError(_("候補の日時を、1つ以上入れてください。"))
    if len(dates) > MOST_DATES:
        raise ValidationError(_("候補は、10までにしてください。"))
    if dates[0] <= now:
        raise ValidationError(_("過ぎた日時が入っています。これからの日時にしてください。"))
    if dates[-1] > now + FARTHEST:
        raise ValidationError(_("1年より先の日時が入っています。年を確かめてください。"))
    return dates


def _checked_day(day: dt.date | None, now: dt.datetime) -> dt.date | None:
    if day is not None and day < timezone.localdate(now):
        raise ValidationError(_("答えてほしい日が過ぎています。今日か、それより後の日にしてください。"))
    return day


def _ask_about(meeting: PreMeeting, dates: list[dt.datetime]) -> None:
    DateOption.objects.bulk_create([DateOption(meeting=meeting, starts_at=date) for date in dates])


def _save(meeting: PreMeeting, now: dt.datetime, *changed: str) -> None:
    meeting.moved_at = now
    meeting.save(update_fields=["moved_at", *changed])


def _record(
    verb: str, meeting: PreMeeting, by: User, now: dt.datetime, after: dict[str, object], before: object = ""
) -> None:
    """Into the log of the case, so that its town finds it; and the case has moved."""
    audit.record(
        by=by,
        verb=f"meeting.{verb}",
        subject=meeting.case,
        at=now,
        before=before,
        after={"meeting": meeting.pk, **after},
    )
    moved(meeting.case, now)
