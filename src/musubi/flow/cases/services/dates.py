"""Saying which dates suit: with an account, by the address alone, or by telephone through staff."""

import datetime as dt
import secrets
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from musubi.base.accounts.models import User
from musubi.base.audit import services as audit
from musubi.base.common.enums import Source
from musubi.base.common.verdict import NotAllowed, require
from musubi.flow.actors.models import Actor

from ..enums import Mark
from ..models import DateAnswer, DateMark, PreMeeting
from ..notifications.meetings import tell_answered
from ..permissions import can_arrange
from ..permissions.meetings import can_answer_dates, can_enter_answers
from ..queries import parties_of
from ..queries.meetings import own_answer_to, parties_of_person, parties_without_answer
from .meetings import locked_meeting
from .moving import moved


@transaction.atomic
def answer_dates(
    *,
    meeting: PreMeeting,
    name: str,
    marks: Mapping[int, str],
    words: str = "",
    actor: Actor | None = None,
    by: User | None = None,
    key: str = "",
    source: str = Source.WEB,
    now: dt.datetime,
) -> DateAnswer:
    """Keep somebody's marks (by the option's pk); a second answer replaces the first.

    A signed-in person has one answer, whoever has a `key` that one; with another source than the
    web it is staff who type in what they were told.
    """
    row = locked_meeting(meeting)
    told = source != Source.WEB
    if told:
        require(can_enter_answers(_somebody(by), row))
    answer = _begun(row, by, key, told=told)
    require(can_answer_dates(by, row, changing=answer.pk is not None))
    answer.actor = _actor(row, actor, by if not key else None, told=told)
    answer.name, answer.words, answer.answered_at = name.strip(), words.strip(), now
    answer.clean_fields(exclude=["meeting", "actor", "user"])
    chosen = _checked_marks(row, marks)
    waited = parties_without_answer(row)
    answer.save()
    answer.marks.all().delete()
    DateMark.objects.bulk_create(
        [DateMark(answer=answer, option_id=option, mark=mark) for option, mark in chosen.items()]
    )
    audit.record(
        by=by,
        verb="meeting.answer",
        subject=row.case,
        at=now,
        after={"meeting": row.pk, "answer": answer.pk, "source": source},
        on_behalf_of=answer.actor if told else None,
    )
    moved(row.case, now)
    if waited and not parties_without_answer(row):
        tell_answered(row, by=by, now=now)
    return answer


def _somebody(by: User | None) -> User:
    if by is None:
        raise NotAllowed(_("電話などで聞いた返事を入れられるのは、コーディネーターと市の担当だけです。"))
    return by


def _begun(meeting: PreMeeting, by: User | None, key: str, *, told: bool) -> DateAnswer:
    """The answer that is changed, or a new one."""
    if key:
        found = meeting.answers.filter(key=key, user=None).first()
        if found is None:
            raise NotAllowed(_("この住所の返事は見つかりません。はじめの住所から答えてください。"))
        return found
    person = None if told else by
    if person is not None and (found := own_answer_to(meeting, person)):
        return found
    return DateAnswer(meeting=meeting, user=person, key=secrets.token_urlsafe(24))


def _actor(meeting: PreMeeting, actor: Actor | None, by: User | None, *, told: bool) -> Actor | None:
    """For which party it counts: a member's own; whoever has only the address names one, or none."""
    if by is not None and not told:
        own = parties_of_person(by, meeting.case)
        if own:
            return _one_of(own, actor)
        if actor is not None and can_arrange(by, meeting.case):
            raise NotAllowed(
                _("ほかの方に代わって答えるときは、聞いた方法（電話・窓口など）を選んでください。")
            )
    if actor is not None and actor.pk not in {party.actor_id for party in parties_of(meeting.case)}:
        raise NotAllowed(_("この団体は、いまの当事者ではありません。"))
    return actor


def _one_of(own: list[Actor], actor: Actor | None) -> Actor:
    if actor is None and len(own) == 1:
        return own[0]
    if actor is None:
        raise ValidationError(_("どの団体の方として答えるかを選んでください。"))
    if actor not in own:
        raise NotAllowed(_("自分の団体ではないところの方としては、答えられません。"))
    return actor


def _checked_marks(meeting: PreMeeting, marks: Mapping[int, str]) -> dict[int, str]:
    options = list(meeting.options.values_list("pk", flat=True))
    if not set(options) <= set(marks) or not {marks[pk] for pk in options} <= set(Mark.values):
        raise ValidationError(_("すべての候補日に、○・△・×のどれかを付けてください。"))
    return {pk: marks[pk] for pk in options}
