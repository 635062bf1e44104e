"""やること: given, done, dropped, taken up again."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from musubi.base.accounts.models import User
from musubi.base.audit import services as audit
from musubi.base.common.verdict import require

from ..enums import TaskState
from ..models import Partner, Project, Task
from ..notifications import tell_task_given
from ..permissions import can_give_task, can_move_task
from ..workflow import TASK
from .locking import locked, proxy, touch


@transaction.atomic
def give_task(
    *, project: Project, what: str, partner: Partner, due_on: dt.date, by: User, now: dt.datetime
) -> Task:
    """Ask one of the team to do something until a day; its people are told."""
    project, what = locked(project), what.strip()
    require(can_give_task(by, project))
    if not what:
        raise ValidationError({"what": _("何をするかを書いてください。")})
    found = project.partners.filter(left_on=None, pk=partner.pk).select_related("actor").first()
    if found is None:
        raise ValidationError({"partner": _("いまチームにいる団体から選んでください。")})
    if due_on < timezone.localdate(now):
        raise ValidationError({"due_on": _("今日か、それより後の日にしてください。")})
    task = Task.objects.create(project=project, what=what, partner=found, due_on=due_on, given_at=now)
    touch(project, now)
    _record("project.give_task", task, by, now)
    tell_task_given(task, by=by, at=now)
    return task


@transaction.atomic
def finish_task(*, task: Task, by: User, now: dt.datetime) -> Task:
    """It is done."""
    return _move(task, "finish", by, now)


@transaction.atomic
def drop_task(*, task: Task, by: User, now: dt.datetime) -> Task:
    """It need not be done after all."""
    return _move(task, "drop", by, now)


@transaction.atomic
def reopen_task(*, task: Task, by: User, now: dt.datetime) -> Task:
    """It is to be done after all."""
    return _move(task, "reopen", by, now)


def drop_tasks_of(partner: Partner, by: User | None, now: dt.datetime) -> None:
    """Nobody waits for what somebody had still to do who leaves; whoever calls holds the project."""
    target = TASK.target("drop", TaskState.OPEN)
    partner.tasks.filter(state=TaskState.OPEN).update(state=target, settled_at=now, settled_by=by)


def _move(task: Task, verb: str, by: User, now: dt.datetime) -> Task:
    project = locked(task.project)
    task = Task.objects.select_related("partner", "partner__actor").get(pk=task.pk)
    task.project = task.partner.project = project
    before, target = task.state, TASK.target(verb, task.state)
    require(can_move_task(by, task, verb))
    task.state = target
    task.settled_at, task.settled_by = (None, None) if verb == "reopen" else (now, by)
    task.save(update_fields=["state", "settled_at", "settled_by"])
    touch(project, now)
    _record(f"project.{verb}_task", task, by, now, before=before)
    return task


def _record(verb: str, task: Task, by: User, now: dt.datetime, *, before: str = "") -> None:
    audit.record(
        by=by,
        verb=verb,
        subject=task.project,
        at=now,
        before=before,
        after={"task": task.pk, "state": task.state, "due_on": task.due_on},
        on_behalf_of=proxy(by, task.partner.actor),
    )
