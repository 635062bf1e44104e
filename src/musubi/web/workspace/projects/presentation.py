"""A project's rows with what this reader may do with each."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from musubi.base.common.days import days_between
from musubi.base.common.enums import Field
from musubi.base.common.joining import listed
from musubi.base.common.verdict import Verdict
from musubi.flow.listings.enums import NOT_USED_UP
from musubi.flow.listings.words import amount_and_name
from musubi.flow.projects.enums import PROJECT_ENDED, AllotmentState, TaskState
from musubi.flow.projects.models import Allotment, Partner, Project, Task, Update
from musubi.flow.projects.permissions import (
    can_change_role,
    can_leave_project,
    can_move_task,
    can_remove_update,
    can_settle_allotment,
    can_use_up_allotment,
)
from musubi.flow.projects.queries import allotments_of, former_partners_of, partners_of
from musubi.web.design.wording import day
from musubi.web.shared.actor_pages import has_page

if TYPE_CHECKING:
    from musubi.flow.actors.queries.standing import Person

VERBS = {
    TaskState.OPEN: (
        ("finish", gettext_lazy("すみました"), "primary"),
        ("drop", gettext_lazy("やめます"), "link"),
    ),
    TaskState.DONE: (("reopen", gettext_lazy("もう一度ひらく"), "link"),),
    TaskState.DROPPED: (("reopen", gettext_lazy("もう一度ひらく"), "link"),),
}


@dataclass(frozen=True)
class PartnerRow:
    partner: Partner
    is_shown: bool
    """Whether the name leads to a page that everybody may open."""
    may_change: Verdict
    may_leave: Verdict


@dataclass(frozen=True)
class FormerRow:
    partner: Partner
    is_shown: bool


@dataclass(frozen=True)
class TaskRow:
    task: Task
    verbs: list[tuple[str, Any, str]]


@dataclass(frozen=True)
class UsedRow:
    allotment: Allotment
    words: str
    state: str
    """A room is not given back: one has finished using it."""
    return_label: str
    may_settle: Verdict
    may_use_up: Verdict


@dataclass(frozen=True)
class SettlingWords:
    """What is asked before a thing goes back or is used up, what will happen, and what has happened."""

    question: str
    happens: str
    label: str
    done: str


def team_rows(user: "Person", project: Project) -> list[PartnerRow]:
    """Everybody in the team; the project at hand answers for its team, so that no row asks again."""
    rows = []
    for partner in partners_of(project):
        partner.project = project
        may_change, may_leave = can_change_role(user, partner), can_leave_project(user, partner)
        rows.append(PartnerRow(partner, has_page(partner.actor), may_change, may_leave))
    return rows


def former_rows(project: Project) -> list[FormerRow]:
    """Who had taken part and left before it ended: what they did is not forgotten."""
    if project.state not in PROJECT_ENDED:
        return []
    return [FormerRow(row, has_page(row.actor)) for row in former_partners_of(project)]


def task_rows(user: "Person", project: Project, tasks: Iterable[Task]) -> list[TaskRow]:
    """Each task with the buttons this reader may press."""
    rows = []
    for task in tasks:
        task.project = task.partner.project = project
        verbs = VERBS[TaskState(task.state)]
        rows.append(TaskRow(task, [verb for verb in verbs if can_move_task(user, task, verb[0])]))
    return rows


def used_rows(user: "Person", project: Project) -> list[UsedRow]:
    """What the project uses or has used of offers."""
    rows = []
    for allotment in allotments_of(project):
        allotment.project = project
        stays = allotment.resource in NOT_USED_UP
        state = allotment.get_state_display()
        if stays and allotment.state == AllotmentState.RETURNED:
            state = _("使い終わりました")
        rows.append(
            UsedRow(
                allotment=allotment,
                words=amount_and_name(allotment),
                state=state,
                return_label=_("使い終わりました") if stays else _("返しました"),
                may_settle=can_settle_allotment(user, allotment),
                may_use_up=can_use_up_allotment(user, allotment),
            )
        )
    return rows


def settling_words(allotment: Allotment, verb: str) -> SettlingWords:
    """The words of the page that asks first."""
    name = {"what": amount_and_name(allotment)}
    if verb == "use_up":
        return SettlingWords(
            _("「%(what)s」を使い切りましたか") % name,
            _("提供した団体に残っている数から引かれます。あとで返すことはできません。"),
            _("使い切りました"),
            _("使い切ったことを記録しました。"),
        )
    again = _("このプロジェクトでは使っていないことになり、ほかの方に使っていただけるようになります。")
    if allotment.resource in NOT_USED_UP:
        return SettlingWords(
            _("「%(what)s」を使い終わりましたか") % name,
            again,
            _("使い終わりました"),
            _("使い終わりました。またほかの方に使っていただけます。"),
        )
    return SettlingWords(
        _("「%(what)s」を返しましたか") % name,
        again,
        _("返しました"),
        _("返しました。またほかの方に使っていただけます。"),
    )


def update_rows(user: "Person", project: Project, updates: Iterable[Update]) -> list[tuple[Update, Verdict]]:
    """News, each with whether this reader may take it away."""
    rows = []
    for update in updates:
        update.project = project
        if update.partner is not None:
            update.partner.project = project
        rows.append((update, can_remove_update(user, update)))
    return rows


def facts_of(project: Project) -> list[tuple[str, Any]]:
    """Its form, its days and its places, as terms and values."""
    areas = listed(area.name for area in project.areas.all())
    return [
        (_("協働の形"), project.get_form_display()),
        (_("期間"), _period(project)),
        (_("見直しの日"), day(project.review_on) if project.review_on else ""),
        (_("地域"), f"{areas} {project.town}".strip()),
        (_("分野"), listed(Field(n).label for n in project.fields if n in Field.values)),
        (_("だれに見せるか"), project.get_visibility_display()),
        (_("担当のコーディネーター"), project.coordinator.name if project.coordinator else ""),
        (_("終わった日"), day(project.ended_at) if project.ended_at else ""),
        (_("中止の理由"), project.get_stop_reason_display() if project.stop_reason else ""),
    ]


def _period(project: Project) -> str:
    return days_between(project.starts_on, project.ends_on)
