"""Who is told what about a project: the people of its team, and its coordinator."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable

from django.utils import timezone
from django.utils.translation import gettext as _

from musubi.base.accounts.models import User
from musubi.base.common.days import day
from musubi.base.notify.enums import MessageKind
from musubi.base.notify.services import in_readers_language, tell
from musubi.flow.actors.models import Membership
from musubi.flow.actors.queries.standing import MAY_EDIT

from .enums import ProjectState
from .models import Partner, Project, Task, Update
from .queries import coordinator_of, leads_of, partners_of, updates_for


@in_readers_language
def tell_started(project: Project, *, by: User, at: dt.datetime) -> None:
    """It runs, or is being prepared until its first day."""
    prepares = project.state == ProjectState.PREPARING
    text = (
        _("合意書をもとに「%(title)s」の準備を始めました。チームのページで、やることと近況を書けます。")
        if prepares
        else _("合意書をもとに「%(title)s」が始まりました。チームのページで、やることと近況を書けます。")
    )
    subject = _("準備を始めました：%(title)s") if prepares else _("プロジェクトが始まりました：%(title)s")
    _tell_team(
        project,
        MessageKind.PROJECT_STARTED,
        subject=subject % {"title": project},
        text=text % {"title": project},
        at=at,
        but=by,
    )


@in_readers_language
def tell_changed(
    project: Project,
    what: Callable[[], str],
    *,
    by: User | None,
    at: dt.datetime,
    besides: Collection[Partner] = (),
) -> None:
    """`what` says the sentence in the reader's language; `besides` are partners that are no longer, or not yet, in the team."""
    _tell_team(
        project,
        MessageKind.PROJECT_CHANGED,
        subject=_("「%(title)s」のお知らせ") % {"title": project},
        text=what(),
        at=at,
        but=by,
        besides=besides,
    )


@in_readers_language
def tell_entered(
    project: Project, newcomers: Collection[Partner], *, by: User | None, at: dt.datetime
) -> None:
    """Those who stand in a team because somebody has entered it: they may not know of it."""
    text = _("「%(title)s」の仲間として登録されました。ちがうときは知らせてください。") % {"title": project}
    contact = project.municipality.contact
    for person in people_of(newcomers, but=by):
        tell(
            to=person,
            kind=MessageKind.PROJECT_CHANGED,
            subject=_("仲間として登録されました：%(title)s") % {"title": project},
            text=f"{text}\n{_('連絡先：%(contact)s') % {'contact': contact}}" if contact else text,
            path=_path(project),
            at=at,
        )


@in_readers_language
def tell_posted(update: Update, *, by: User, at: dt.datetime) -> None:
    """The whole team; the coordinator only of what they may read."""
    who = str(update.partner) if update.partner is not None else _("コーディネーター")
    text = _("%(who)sが近況を書きました。\n\n%(text)s")
    team = people_of(partners_of(update.project), but=by)
    for person in _with_coordinator(update.project, team, but=by):
        if person in team or updates_for(person).filter(pk=update.pk).exists():
            tell(
                to=person,
                kind=MessageKind.PROJECT_CHANGED,
                subject=_("新しい近況：%(title)s") % {"title": update.project},
                text=text % {"who": who, "text": update.text},
                path=_path(update.project),
                at=at,
            )


@in_readers_language
def tell_ended(project: Project, *, by: User, at: dt.datetime) -> None:
    """The aim is met, or why it stopped."""
    _tell_team(
        project,
        MessageKind.PROJECT_ENDED,
        subject=_("%(state)s：%(title)s") % {"state": project.get_state_display(), "title": project},
        text=_("%(result)s\n\nありがとうございました。") % {"result": project.result},
        at=at,
        but=by,
    )


@in_readers_language
def tell_task_given(task: Task, *, by: User, at: dt.datetime) -> None:
    """Those who are asked to do it."""
    text = _("「%(project)s」で、%(partner)sに「%(what)s」をお願いします。期限は%(day)sです。")
    due = day(task.due_on, today=timezone.localdate(at))
    names = {"project": task.project, "partner": task.partner, "what": task.what, "day": due}
    for person in people_of([task.partner], but=by):
        tell(
            to=person,
            kind=MessageKind.TASK_GIVEN,
            subject=_("お願い：%(what)s") % {"what": task.what},
            text=text % names,
            path=f"{_path(task.project)}#tasks",
            at=at,
        )


@in_readers_language
def tell_review_due(project: Project, *, again: bool, at: dt.datetime) -> None:
    """Those in the lead and the coordinator look back with the team."""
    text = _(
        "「%(title)s」の見直しの日が過ぎました。うまくいっていること、困っていることをみんなで話し、"
        "次の見直しの日を決めてください。"
    )
    subject = (
        _("もう一度お知らせ：見直しの日が過ぎました：%(title)s")
        if again
        else _("見直しの日が来ました：%(title)s")
    )
    leads = leads_of(partners_of(project))
    for person in _with_coordinator(project, people_of(leads, but=None), but=None):
        tell(
            to=person,
            kind=MessageKind.REVIEW_DUE,
            subject=subject % {"title": project},
            text=text % {"title": project},
            path=f"{_path(project)}review/",
            at=at,
        )


def people_of(partners: Iterable[Partner], *, but: User | None) -> list[User]:
    """The owners and editors of these partners, each once."""
    actors = [row.actor_id for row in partners if row.actor_id is not None]
    return _editors(actors, but)


def _tell_team(
    project: Project,
    kind: str,
    *,
    subject: str,
    text: str,
    at: dt.datetime,
    but: User | None,
    besides: Iterable[Partner] = (),
) -> None:
    people = people_of([*partners_of(project), *besides], but=but)
    for person in _with_coordinator(project, people, but=but):
        tell(to=person, kind=kind, subject=subject, text=text, path=_path(project), at=at)


def _editors(actors: list[int], but: User | None) -> list[User]:
    rows = Membership.objects.filter(actor__in=actors, role__in=MAY_EDIT, user__is_active=True)
    people = {row.user_id: row.user for row in rows.select_related("user").order_by("user_id")}
    if but is not None:
        people.pop(but.pk, None)
    return list(people.values())


def _with_coordinator(project: Project, people: list[User], *, but: User | None) -> list[User]:
    coordinator = coordinator_of(project)
    if coordinator is None or coordinator == but or coordinator in people:
        return people
    return [*people, coordinator]


def _path(project: Project) -> str:
    return f"/workspace/projects/{project.pk}/"
