"""A project's life: it begins, is looked back on, ends, and may be taken up again."""

import datetime as dt
from collections.abc import Collection
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from musubi.base.accounts.models import User
from musubi.base.audit import services as audit
from musubi.base.common.enums import Visibility
from musubi.base.common.verdict import require

from ..enums import ProjectState, StopReason
from ..models import Project, Update
from ..notifications import tell_changed, tell_ended
from ..permissions import (
    can_achieve_project,
    can_begin_project,
    can_extend_project,
    can_renew_project,
    can_review_project,
    can_stop_project,
)
from ..queries import partner_acts_for
from ..workflow import PROJECT
from .allotments import settle_all
from .dates import require_review, require_to_come
from .locking import locked
from .tying import tie_partners

WORDS = ("result",)
"""Written by people: kept with the project, never in the log, which cannot be erased."""

DATES = ("ends_on", "review_on", "review_reminders", "reminded_at")


@transaction.atomic
def begin_project(*, project: Project, by: User, now: dt.datetime) -> Project:
    """The preparations are done."""
    project = locked(project)
    target = PROJECT.target("begin", project.state)
    require(can_begin_project(by, project))
    _move(project, "begin", target, by, now)
    tell_changed(project, partial(_begun, project), by=by, at=now)
    return project


@transaction.atomic
def achieve_project(
    *, project: Project, result: str, by: User, now: dt.datetime, used_up: Collection[int] = ()
) -> Project:
    """The aim is met; `result` says how in a few sentences. What is not named as used up goes back."""
    project = locked(project)
    target = PROJECT.target("achieve", project.state)
    require(can_achieve_project(by, project))
    project.result = _demanded("result", result, _("どうなったかを、2〜3文で書いてください。"))
    return _end(project, "achieve", target, used_up, by, now)


@transaction.atomic
def stop_project(
    *,
    project: Project,
    reason: str,
    result: str,
    by: User,
    now: dt.datetime,
    used_up: Collection[int] = (),
) -> Project:
    """It ends before its aim is met, with why. What is not named as used up goes back."""
    project = locked(project)
    target = PROJECT.target("stop", project.state)
    require(can_stop_project(by, project))
    if reason not in StopReason.values:
        raise ValidationError({"reason": _("中止する理由を選んでください。")})
    project.stop_reason = reason
    project.result = _demanded("result", result, _("なぜ中止するかを、2〜3文で書いてください。"))
    return _end(project, "stop", target, used_up, by, now)


@transaction.atomic
def renew_project(
    *, project: Project, ends_on: dt.date, review_on: dt.date, by: User, now: dt.datetime
) -> Project:
    """What was achieved is taken up again for another time; offers are not taken again by themselves."""
    project = locked(project)
    target = PROJECT.target("renew", project.state)
    require(can_renew_project(by, project))
    _put_dates(project, ends_on, review_on, timezone.localdate(now))
    project.ended_at = None
    _move(project, "renew", target, by, now, "ended_at", *DATES)
    tell_changed(project, lambda: _("「%(title)s」をもう一度続けます。") % {"title": project}, by=by, at=now)
    return project


@transaction.atomic
def extend_project(
    *, project: Project, ends_on: dt.date, review_on: dt.date, by: User, now: dt.datetime
) -> Project:
    """What still goes on gets later dates."""
    project = locked(project)
    require(can_extend_project(by, project))
    before = {"ends_on": project.ends_on, "review_on": project.review_on}
    _put_dates(project, ends_on, review_on, timezone.localdate(now))
    project.moved_at = now
    project.save(update_fields=["moved_at", *DATES])
    after = {"ends_on": ends_on, "review_on": review_on}
    audit.record(by=by, verb="project.extend", subject=project, at=now, before=before, after=after)
    tell_changed(project, lambda: _("「%(title)s」の期間を変えました。") % {"title": project}, by=by, at=now)
    return project


@transaction.atomic
def review_project(*, project: Project, note: str, review_on: dt.date, by: User, now: dt.datetime) -> Project:
    """The team has looked back; what it found is kept among the news, for the team and staff alone."""
    project = locked(project)
    require(can_review_project(by, project))
    note = _demanded("note", note, _("話し合って分かったことを書いてください。"))
    require_to_come("review_on", review_on, timezone.localdate(now))
    hint = _("もっと長く続けるときは、先に「期間を変える」で終わりの日を変えてください。")
    require_review(review_on, starts_on=project.starts_on, ends_on=project.ends_on, hint=hint)
    before = project.review_on
    project.review_on, project.reviewed_at, project.moved_at = review_on, now, now
    project.review_reminders, project.reminded_at = 0, None
    project.save(update_fields=["review_on", "reviewed_at", "moved_at", "review_reminders", "reminded_at"])
    partner = next(iter(partner_acts_for(by, project)), None)
    Update.objects.create(
        project=project,
        partner=partner,
        author=by,
        text=f"見直しの記録\n\n{note}",
        visibility=Visibility.INTERMEDIARIES,
        posted_at=now,
    )
    audit.record(by=by, verb="project.review", subject=project, at=now, before=before, after=review_on)
    tell_changed(project, lambda: _("「%(title)s」の見直しをしました。") % {"title": project}, by=by, at=now)
    return project


def begin_due_projects(*, now: dt.datetime) -> int:
    """Begin what was to start by today; how many there were. Running it twice changes nothing."""
    due = Project.objects.filter(state=ProjectState.PREPARING, starts_on__lte=timezone.localdate(now))
    number = 0
    for pk in list(due.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            rows = Project.objects.select_for_update(of=("self",)).select_related("coordinator")
            project = rows.filter(pk=pk).first()
            if project is None or not PROJECT.allows("begin", project.state):
                continue
            _move(project, "begin", PROJECT.target("begin", project.state), None, now)
            tell_changed(project, partial(_begun, project), by=None, at=now)
            number += 1
    return number


def _put_dates(project: Project, ends_on: dt.date, review_on: dt.date, today: dt.date) -> None:
    require_to_come("ends_on", ends_on, today)
    require_to_come("review_on", review_on, today)
    if project.starts_on is not None and ends_on < project.starts_on:
        raise ValidationError({"ends_on": _("終わりの日は、始まりの日より後にしてください。")})
    require_review(review_on, starts_on=project.starts_on, ends_on=ends_on)
    project.ends_on, project.review_on = ends_on, review_on
    project.review_reminders, project.reminded_at = 0, None


def _demanded(field: str, text: str, sentence: str) -> str:
    if not text.strip():
        raise ValidationError({field: sentence})
    return text.strip()


def _end(
    project: Project, verb: str, target: str, used_up: Collection[int], by: User, now: dt.datetime
) -> Project:
    settle_all(project, used_up=used_up, by=by, now=now)
    project.ended_at = now
    _move(project, verb, target, by, now, "ended_at", "stop_reason", "result")
    tie_partners(project, now)
    tell_ended(project, by=by, at=now)
    return project


def _move(project: Project, verb: str, target: str, by: User | None, now: dt.datetime, *changed: str) -> None:
    before, project.state, project.moved_at = project.state, target, now
    project.save(update_fields=["state", "moved_at", *changed])
    audit.record(
        by=by,
        verb=f"project.{verb}",
        subject=project,
        at=now,
        before=before,
        after={
            "state": project.state,
            **{name: getattr(project, name) for name in changed if name not in WORDS},
        },
    )


def _begun(project: Project) -> str:
    return _("「%(title)s」が動き始めました。") % {"title": project}
