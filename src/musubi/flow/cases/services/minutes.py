"""After a meeting: what was said, who does what until when, and that it is done."""

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from musubi.base.accounts.models import User
from musubi.base.audit import services as audit
from musubi.base.common.verdict import NotAllowed, require
from musubi.base.common.workflow import InvalidTransition
from musubi.flow.actors.models import Actor

from ..models import MeetingAction, PreMeeting
from ..notifications.meetings import tell_actions
from ..permissions.meetings import can_finish_action, can_record_meeting, can_record_now
from ..queries import parties_of
from ..workflow import MEETING
from .meetings import locked_meeting
from .moving import locked_case, moved

MOST_ACTIONS = 20


@dataclass(frozen=True)
class ActionValue:
    """What somebody does until when; without an actor it is the coordinator."""

    what: str
    due_on: dt.date
    actor: Actor | None = None


@transaction.atomic
def record_meeting(
    *, meeting: PreMeeting, notes: str, actions: list[ActionValue], by: User, now: dt.datetime
) -> PreMeeting:
    """Keep what was said; every meeting ends in something that somebody does until a day."""
    row = locked_meeting(meeting)
    require(can_record_meeting(by, row))
    before, row.state = row.state, MEETING.target("hold", row.state)
    require(can_record_now(row, now))
    row.notes, row.moved_at = notes, now
    row.clean_fields(exclude=["case", "called_by"])
    decided = _checked_actions(row, actions, now)
    row.save(update_fields=["state", "notes", "moved_at"])
    MeetingAction.objects.bulk_create(decided)
    audit.record(
        by=by,
        verb="meeting.hold",
        subject=row.case,
        at=now,
        before=before,
        after={"meeting": row.pk, "state": row.state, "actions": [action.what for action in decided]},
    )
    moved(row.case, now)
    tell_actions(row, decided, by=by, now=now)
    return row


@transaction.atomic
def finish_action(*, action: MeetingAction, by: User, now: dt.datetime) -> MeetingAction:
    """It is done."""
    case = locked_case(action.meeting.case)
    row = MeetingAction.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=action.pk)
    row.meeting.case = case
    require(can_finish_action(by, row))
    if row.done_at is not None:
        raise InvalidTransition("finish", "done")
    row.done_at = now
    row.save(update_fields=["done_at"])
    audit.record(
        by=by,
        verb="meeting.action_done",
        subject=case,
        at=now,
        after={"meeting": row.meeting_id, "action": row.what},
    )
    moved(case, now)
    return row


def _checked_actions(
    meeting: PreMeeting, actions: list[ActionValue], now: dt.datetime
) -> list[MeetingAction]:
    if not actions:
        raise ValidationError(
            _("決めたことを、1つ以上入れてください。次に会う日を決めることでもかまいません。")
        )
    if len(actions) > MOST_ACTIONS:
        raise ValidationError(_("決めたことは、20までにしてください。"))
    parties = {party.actor_id for party in parties_of(meeting.case)}
    assert meeting.starts_at is not None, "the database binds a fixed meeting to a time"
    earliest = timezone.localdate(min(meeting.starts_at, now))
    rows = []
    for action in actions:
        if action.actor is not None and action.actor.pk not in parties:
            raise NotAllowed(_("この団体は、いまの当事者ではありません。"))
        if action.due_on < earliest:
            raise ValidationError(
                _("期限が、打ち合わせの日より前になっています。期限の日を確かめてください。")
            )
        row = MeetingAction(
            meeting=meeting, what=action.what.strip(), actor=action.actor, due_on=action.due_on
        )
        row.clean_fields(exclude=["meeting", "actor"])
        rows.append(row)
    return rows
