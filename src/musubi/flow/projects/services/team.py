"""Who is in the team: somebody joins, the roles change, somebody leaves."""

import datetime as dt
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from musubi.base.accounts.models import User
from musubi.base.audit import services as audit
from musubi.base.common.verdict import require
from musubi.flow.actors.enums import ACTOR_SHOWN
from musubi.flow.actors.models import Actor

from ..enums import PartnerRole
from ..models import Partner, Project
from ..notifications import tell_changed
from ..permissions import can_add_partner, can_arrange_project, can_change_role, can_leave_project
from ..permissions.running import is_last_lead
from .allotments import settle_all
from .content import same_name
from .locking import locked, locked_partner, proxy, touch
from .tasks import drop_tasks_of


@transaction.atomic
def add_partner(
    *,
    project: Project,
    by: User,
    now: dt.datetime,
    actor: Actor | None = None,
    name: str = "",
    role: str = PartnerRole.PARTNER,
    does: str = "",
) -> Partner:
    """An actor of the town joins; staff may also name somebody who is not in Musubi."""
    project, name = locked(project), " ".join(name.split())
    require(can_add_partner(by, project))
    role = PartnerRole(role)
    if actor is None:
        if not name:
            raise ValidationError({"name": _("団体を選ぶか、名前を入れてください。")})
        require(can_arrange_project(by, project))
    elif actor.municipality_id != project.municipality_id or not _is_there(actor):
        raise ValidationError({"name": _("この町で活動中の、登録のある団体を選んでください。")})
    present = list(project.partners.filter(left_on=None).values_list("actor", "name"))
    if actor is not None:
        is_in = actor.pk in {pk for pk, _name in present}
    else:
        is_in = same_name(name) in {same_name(other) for pk, other in present if pk is None}
    if is_in:
        raise ValidationError({"name": _("この団体は、もうチームに入っています。")})
    partner = Partner.objects.create(
        project=project,
        actor=actor,
        name="" if actor else name,
        role=role,
        does=does.strip(),
        joined_on=timezone.localdate(now),
    )
    touch(project, now)
    _record("project.add_partner", partner, by, now, after=partner.role)
    names = {"partner": partner, "title": project}
    tell_changed(
        project, lambda: _("%(partner)sが「%(title)s」のチームに加わりました。") % names, by=by, at=now
    )
    return partner


@transaction.atomic
def change_role(*, partner: Partner, role: str, by: User, now: dt.datetime) -> Partner:
    """Share out the roles anew; somebody always leads."""
    partner = locked_partner(partner)
    require(can_change_role(by, partner))
    role = PartnerRole(role)
    if role == partner.role:
        return partner
    if is_last_lead(partner):
        raise ValidationError(
            {"role": _("中心になる団体が必要です。先に、ほかの団体を「中心になる」に変えてください。")}
        )
    before, partner.role = partner.role, role
    partner.save(update_fields=["role"])
    touch(partner.project, now)
    _record("project.change_role", partner, by, now, before=before, after=partner.role)
    tell_changed(partner.project, partial(_role_of, partner), by=by, at=now)
    return partner


@transaction.atomic
def leave_project(*, partner: Partner, note: str, by: User, now: dt.datetime) -> Partner:
    """Leave the team: what it lent goes back to it, what it had still to do is dropped, the others are told."""
    partner = locked_partner(partner)
    require(can_leave_project(by, partner))
    partner.left_on, partner.left_note = timezone.localdate(now), note.strip()
    partner.save(update_fields=["left_on", "left_note"])
    drop_tasks_of(partner, by, now)
    if partner.actor_id is not None:
        settle_all(partner.project, used_up=(), by=by, now=now, of=partner.actor_id)
    touch(partner.project, now)
    _record("project.leave", partner, by, now)
    names = {"partner": partner, "title": partner.project, "note": partner.left_note}
    tell_changed(
        partner.project,
        lambda: _("%(partner)sが「%(title)s」のチームを抜けました。%(note)s") % names,
        by=by,
        at=now,
        besides=[partner],
    )
    return partner


def _is_there(actor: Actor) -> bool:
    return actor.state in ACTOR_SHOWN and actor.hidden_at is None


def _record(
    verb: str, partner: Partner, by: User, now: dt.datetime, *, before: str = "", after: str = ""
) -> None:
    audit.record(
        by=by,
        verb=verb,
        subject=partner.project,
        at=now,
        before={"partner": str(partner), "was": before} if before else "",
        after={"partner": str(partner), "is": after} if after else {"partner": str(partner)},
        on_behalf_of=proxy(by, partner.actor),
    )


def _role_of(partner: Partner) -> str:
    names = {"title": partner.project, "partner": partner, "role": partner.get_role_display()}
    return _("「%(title)s」で、%(partner)sの役割が「%(role)s」になりました。") % names
