"""Rows as they stand now, held until the transaction ends."""

import datetime as dt

from musubi.base.accounts.models import User
from musubi.flow.actors.models import Actor
from musubi.flow.actors.queries import standing_of

from ..models import Partner, Project


def locked(project: Project) -> Project:
    """This project, fresh and locked: whoever changes its team, tasks or offers holds it."""
    rows = Project.objects.select_for_update(of=("self",)).select_related("municipality", "coordinator")
    return rows.get(pk=project.pk)


def locked_partner(partner: Partner) -> Partner:
    """This partner, fresh, its project locked."""
    project = locked(partner.project)
    row = Partner.objects.select_related("actor").get(pk=partner.pk)
    row.project = project
    return row


def touch(project: Project, now: dt.datetime) -> None:
    """Something happened: what stands still stands out by this."""
    project.moved_at = now
    project.save(update_fields=["moved_at"])


def proxy(by: User | None, actor: Actor | None) -> Actor | None:
    """For whom somebody pressed who does not act for them: staff who were told."""
    if by is None or actor is None or actor.pk in standing_of(by).edits:
        return None
    return actor
