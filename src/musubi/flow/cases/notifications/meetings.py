"""Who is told about a meeting: the parties' people and the coordinator, but not who did it."""

import datetime as dt

from django.utils.translation import gettext as _

from musubi.base.accounts.models import User
from musubi.base.common.days import day, moment
from musubi.base.common.joining import bullet
from musubi.base.notify.enums import MessageKind
from musubi.base.notify.services import in_readers_language, tell
from musubi.flow.listings.queries import editors_of

from ..models import MeetingAction, PreMeeting
from ..queries.meetings import people_of


@in_readers_language
def tell_called(meeting: PreMeeting, *, again: bool = False, by: User, now: dt.datetime) -> None:
    """Dates are asked about; the same address serves everybody, with an account or without."""
    if again:
        lines = [_("打ち合わせの候補日が変わりました。もう一度、ご都合をお知らせください。")]
    else:
        lines = [_("打ち合わせの日程を決めます。ご都合のよい日をお知らせください。")]
    lines += [bullet(moment(option.starts_at)) for option in meeting.options.all()]
    if meeting.answer_by:
        lines.append(_("%(day)sまでにお願いします。") % {"day": day(meeting.answer_by)})
    lines.append(_("下のページは、登録していない方も開けます。いっしょに来る方にも送ってください。"))
    _tell_all(
        meeting,
        kind=MessageKind.MEETING_CALLED,
        subject=_("日程をお知らせください：%(case)s") % {"case": meeting.case},
        text="\n".join(lines),
        path=f"/d/{meeting.token}/",
        but=by,
        now=now,
    )


@in_readers_language
def tell_answered(meeting: PreMeeting, *, by: User | None, now: dt.datetime) -> None:
    """Every party has answered: whoever called it can fix the date."""
    person = meeting.called_by or meeting.case.coordinator
    if person is None or person == by:
        return
    tell(
        to=person,
        kind=MessageKind.MEETING_CALLED,
        subject=_("日程の返事がそろいました：%(case)s") % {"case": meeting.case},
        text=_("すべての当事者から返事がありました。下のページで、日時を決めてください。"),
        path=_path(meeting),
        at=now,
    )


@in_readers_language
def tell_fixed(meeting: PreMeeting, *, by: User, now: dt.datetime) -> None:
    """When and where."""
    assert meeting.starts_at is not None, "the database binds a fixed meeting to a time"
    lines = [
        _("日時：%(moment)s（%(minutes)d分）")
        % {"moment": moment(meeting.starts_at), "minutes": meeting.minutes}
    ]
    if meeting.place:
        lines.append(_("場所：%(place)s") % {"place": meeting.place})
    if meeting.online_url:
        lines.append(_("オンライン：%(url)s") % {"url": meeting.online_url})
    _tell_all(
        meeting,
        kind=MessageKind.MEETING_FIXED,
        subject=_("打ち合わせの日時が決まりました：%(case)s") % {"case": meeting.case},
        text="\n".join(lines),
        path=_path(meeting),
        but=by,
        now=now,
    )


@in_readers_language
def tell_cancelled(meeting: PreMeeting, *, words: str, by: User, now: dt.datetime) -> None:
    """It does not take place; the words say why."""
    text = _("%(name)sさんが打ち合わせを取りやめました。") % {"name": by.name or _("担当者")}
    _tell_all(
        meeting,
        kind=MessageKind.MEETING_FIXED,
        subject=_("打ち合わせは取りやめになりました：%(case)s") % {"case": meeting.case},
        text=f"{text}\n{words}" if words else text,
        path=_path(meeting),
        but=by,
        now=now,
    )


@in_readers_language
def tell_actions(meeting: PreMeeting, actions: list[MeetingAction], *, by: User, now: dt.datetime) -> None:
    """What each party, and the coordinator, is to do now."""
    for actor_id in dict.fromkeys(action.actor_id for action in actions):
        lines = [
            _("・%(what)s（%(day)sまで）") % {"what": action.what, "day": day(action.due_on)}
            for action in actions
            if action.actor_id == actor_id
        ]
        coordinator = meeting.case.coordinator
        people = editors_of(actor_id) if actor_id else [coordinator] if coordinator else []
        for person in people:
            if person != by:
                tell(
                    to=person,
                    kind=MessageKind.TASK_GIVEN,
                    subject=_("打ち合わせで決まったこと：%(case)s") % {"case": meeting.case},
                    text="\n".join([_("次のことをお願いします。"), *lines]),
                    path=_path(meeting),
                    at=now,
                )


def _tell_all(
    meeting: PreMeeting, *, kind: str, subject: str, text: str, path: str, but: User, now: dt.datetime
) -> None:
    for person in people_of(meeting.case):
        if person != but:
            tell(to=person, kind=kind, subject=subject, text=text, path=path, at=now)


def _path(meeting: PreMeeting) -> str:
    return f"/workspace/meetings/{meeting.pk}/"
