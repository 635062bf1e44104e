"""Whose turn it is in a project: what is overdue, derived from its rows."""

import datetime as dt
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from musubi.base.common.turn import Turn
from musubi.flow.actors.enums import ActorState
from musubi.flow.actors.queries import standing_of

from ..enums import PROJECT_OPEN, PartnerRole, ProjectState, TaskState
from ..models import Partner, Project, Task
from .projects import leads_of, partners_of, staff_reads

if TYPE_CHECKING:
    from musubi.flow.actors.queries.standing import Person


def turns_of_project(project: Project, *, today: dt.date | None = None) -> list[Turn]:
    """Tasks past their day and the team's own dates, each with who is waited for since when."""
    if project.state not in PROJECT_OPEN:
        return []
    day = today or timezone.localdate()
    path = f"/workspace/projects/{project.pk}/"
    late = project.tasks.filter(state=TaskState.OPEN, due_on__lt=day).select_related("partner__actor")
    turns = [
        Turn(
            _("やること「%(what)s」") % {"what": task.what},
            str(task.partner),
            _morning_after(task.due_on),
            task.partner.actor_id,
            f"{path}#tasks",
        )
        for task in late.order_by("due_on", "pk")
    ]
    leads = leads_of(partners_of(project))
    for what, since, to in _dates(project, day):
        address = f"{path}{to}"
        turns += [Turn(what, str(lead), _morning_after(since), lead.actor_id, address) for lead in leads]
        if not leads:
            turns.append(Turn(what, _("コーディネーター"), _morning_after(since), None, address))
    return turns


def awaited_tasks_for(user: "Person") -> QuerySet[Task]:
    """Open tasks of the partners this person acts for, the next due first."""
    rows = Task.objects.filter(
        state=TaskState.OPEN,
        partner__actor__in=standing_of(user).edits,
        partner__left_on=None,
        project__state__in=PROJECT_OPEN,
    )
    return rows.select_related("project", "partner", "partner__actor").order_by("due_on", "pk")


def awaited_reviews_due_for(user: "Person", *, today: dt.date | None = None) -> QuerySet[Project]:
    """Running projects past their review that this person leads or coordinates."""
    present = Partner.objects.filter(project=OuterRef("pk"), left_on=None)
    own = present.filter(actor__in=standing_of(user).edits)
    leading = present.filter(role=PartnerRole.LEAD).exclude(actor__state=ActorState.CLOSED)
    mine = Q(Exists(own.filter(role=PartnerRole.LEAD))) | Q(Exists(own)) & ~Q(Exists(leading))
    if user.is_authenticated:
        mine |= Q(coordinator_id=user.pk) & staff_reads(user)
    rows = Project.objects.filter(
        mine, state=ProjectState.ACTIVE, review_on__lt=today or timezone.localdate()
    )
    return rows.select_related("municipality").order_by("review_on", "pk")


def _dates(project: Project, day: dt.date) -> list[tuple[str, dt.date, str]]:
    """What the project's dates ask for: what, since which day, at which part of the page."""
    begins, review, end = project.starts_on, project.review_on, project.ends_on
    if project.state == ProjectState.PREPARING:
        return (
            [(_("準備を終えて「動き始めたことにする」を押す"), begins, "#dates")]
            if begins and begins < day
            else []
        )
    found = []
    if review and review < day:
        found.append((_("みんなで見直しをする"), review, "review/"))
    if end and end < day:
        found.append((_("プロジェクトを終えるか、期間を延ばす"), end, "#ending"))
    return found


def _morning_after(date: dt.date) -> dt.datetime:
    """What was to be done until a day is waited for from the next morning on."""
    return timezone.make_aware(dt.datetime.combine(date + dt.timedelta(days=1), dt.time()))
