"""A collaboration that was born elsewhere is entered afterwards, from the screen or from a file."""

import datetime as dt
from dataclasses import asdict, replace

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from musubi.base.accounts.models import User
from musubi.base.audit import services as audit
from musubi.base.common.enums import Source, Visibility
from musubi.base.common.verdict import NotAllowed, require
from musubi.base.places.models import Municipality
from musubi.flow.actors.enums import ActorKind
from musubi.flow.actors.models import Actor
from musubi.flow.actors.queries import standing_of

from ..enums import PROJECT_ENDED, ProjectState
from ..models import Partner, Project
from ..notifications import tell_entered
from ..permissions import can_edit_entered, can_enter_project
from ..workflow import PROJECT
from .content import COLUMNS, ProjectContent, checked, content_of_project
from .locking import locked
from .tasks import drop_tasks_of
from .tying import tie_partners

REMINDERS = ("review_reminders", "reminded_at")
CODES = frozenset(
    {"form", "visibility", "state", "stop_reason", "starts_on", "ends_on", "review_on", "fields", "area_ids"}
)
"""What of a change stands in the log, which cannot be erased: nothing that somebody has put into words."""


@transaction.atomic
def enter_project(
    *,
    municipality: Municipality,
    content: ProjectContent,
    source: str,
    by: User | None,
    now: dt.datetime,
    external_ref: str = "",
) -> Project:
    """Keep a collaboration with its partners, form and result; ValidationError says at which part what is wrong.

    `by` None is the installation's operator at the command line. A file's row has its key in `external_ref`.
    """
    content = checked(content, municipality, today=timezone.localdate(now))
    if by is not None:
        require(can_enter_project(by, municipality))
        _require_own_department(content, municipality, by)
        _require_still_read(content, municipality, by)
    project = Project(
        municipality=municipality,
        state=ProjectState(content.state),
        fields=list(content.fields),
        source=Source(source),
        entered_by=by,
        external_ref=external_ref,
        coordinator=by if by and municipality.pk in standing_of(by).coordinates_in else None,
        created_at=now,
        moved_at=now,
    )
    _put_columns(project, content, now)
    project.save()
    project.areas.set(content.area_ids)
    newcomers = _put_partners(project, content, by, now)
    tie_partners(project, now)
    audit.record(by=by, verb="project.enter", subject=project, at=now, after=project.state)
    tell_entered(project, newcomers, by=by, at=now)
    return project


@transaction.atomic
def save_entered(
    *, project: Project, content: ProjectContent, by: User | None, now: dt.datetime, seen: str = ""
) -> Project:
    """Put right what was entered; the same again changes nothing.

    Partners who are no longer named have left. A state that no verb leads to stays as it is.
    `seen` is `project_seen` of what the writer had before them.
    """
    project = locked(project)
    if by is not None:
        require(can_edit_entered(by, project))
    if seen and seen != project_seen(project):
        sentence = _(
            "入力しているあいだに、このプロジェクトが変わりました。プロジェクトのページでいまの内容を確かめてから、"
            "もう一度押してください。書いたものは残っています。"
        )
        raise ValidationError({NON_FIELD_ERRORS: [sentence]})
    stored = content_of_project(project)
    today = timezone.localdate(now)
    content = _in_reach(project, content)
    content = checked(content, project.municipality, today=today, stored=stored)
    if by is not None:
        _require_still_read(content, project.municipality, by)
    before, after = asdict(stored), asdict(content)
    changed = [name for name in after if after[name] != before[name]]
    if not changed:
        return project
    project.state, project.fields, project.moved_at = content.state, list(content.fields), now
    _put_columns(project, content, now)
    project.save(update_fields=[*COLUMNS, *REMINDERS, "state", "fields", "ended_at", "moved_at"])
    project.areas.set(content.area_ids)
    newcomers = _put_partners(project, content, by, now)
    tie_partners(project, now)
    codes = [name for name in changed if name in CODES]
    audit.record(
        by=by,
        verb="project.save_entered",
        subject=project,
        at=now,
        before={name: before[name] for name in codes},
        after={name: after[name] for name in codes} | {"changed": changed},
    )
    tell_entered(project, newcomers, by=by, at=now)
    return project


def project_seen(project: Project) -> str:
    """A mark of the project as it stands: whoever writes notices by it what others have done meanwhile."""
    return project.moved_at.isoformat()


def _in_reach(project: Project, content: ProjectContent) -> ProjectContent:
    """With the state that the project is in where no verb leads to the one that is named."""
    reached = {PROJECT.target(verb, project.state) for verb in PROJECT.verbs_from(project.state)}
    if content.state not in ProjectState.values or content.state in {project.state, *reached}:
        return content
    return replace(content, state=project.state, stop_reason=project.stop_reason)


def _require_own_department(content: ProjectContent, municipality: Municipality, by: User) -> None:
    """Who is not staff enters what the own department takes part in."""
    if municipality.pk in standing_of(by).staff_in:
        return
    own = Actor.objects.filter(
        pk__in=standing_of(by).edits, municipality=municipality, kind=ActorKind.DEPARTMENT
    )
    if not own.filter(pk__in=[row.actor_id for row in content.partners]).exists():
        raise NotAllowed(
            _("入力できるのは、自分の課が加わっている協働だけです。自分の課を団体に入れてください。")
        )


def _require_still_read(content: ProjectContent, municipality: Municipality, by: User) -> None:
    """Nobody puts out of their own sight what they enter."""
    standing = standing_of(by)
    if content.visibility != Visibility.CITY_HALL or municipality.pk in standing.office_in:
        return
    if not any(row.actor_id in standing.actor_ids for row in content.partners):
        sentence = _(
            "「庁内」にすると、あなたからも見えなくなります。市の運営担当に頼むか、ほかを選んでください。"
        )
        raise ValidationError({"visibility": sentence})


def _put_columns(project: Project, content: ProjectContent, now: dt.datetime) -> None:
    if project.review_on != content.review_on:
        project.review_reminders, project.reminded_at = 0, None
    corrected = project.ends_on != content.ends_on
    for name in COLUMNS:
        setattr(project, name, getattr(content, name))
    if content.state not in PROJECT_ENDED:
        project.ended_at = None
    elif project.ended_at is None or corrected:
        project.ended_at = _ended(content, now)


def _ended(content: ProjectContent, now: dt.datetime) -> dt.datetime:
    """Noon of its last day where that has passed."""
    if content.ends_on is None or content.ends_on >= timezone.localdate(now):
        return now
    return timezone.make_aware(dt.datetime.combine(content.ends_on, dt.time(12)))


def _put_partners(
    project: Project, content: ProjectContent, by: User | None, now: dt.datetime
) -> list[Partner]:
    """The team as it is named; who of it is new."""
    today, newcomers = timezone.localdate(now), list[Partner]()
    present = {(row.actor_id, row.name): row for row in project.partners.filter(left_on=None)}
    for value in content.partners:
        row = present.pop((value.actor_id, value.name), None)
        if row is None:
            joined = content.starts_on if content.starts_on and content.starts_on <= today else today
            row = Partner(project=project, actor_id=value.actor_id, name=value.name, joined_on=joined)
            newcomers.append(row)
        row.role, row.does = value.role, value.does
        row.save()
    for row in present.values():
        row.left_on = today
        row.save(update_fields=["left_on"])
        drop_tasks_of(row, by, now)
    return newcomers
