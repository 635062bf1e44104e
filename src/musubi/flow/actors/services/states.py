"""From a draft to an actor that the city has verified, and to its end."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from musubi.base.accounts.models import User
from musubi.base.audit import services as audit
from musubi.base.common.verdict import require

from .. import notifications, permissions
from ..enums import CloseReason
from ..models import Actor
from ..workflow import WORKFLOW
from .indexing import index_actor


@transaction.atomic
def submit_actor(*, actor: Actor, by: User, now: dt.datetime) -> Actor:
    """Ask the city to look; others see the actor from now on, marked as not yet verified."""
    actor = _locked(actor)
    require(permissions.can_submit_actor(by, actor))
    _move(actor, "submit", by, now, submitted_at=now, returned_reason="")
    notifications.tell_office_actor_waits(actor, at=now)
    return actor


@transaction.atomic
def submit_actors(*, actors: Iterable[Actor], by: User, now: dt.datetime) -> list[Actor]:
    """The office takes up many that a file brought in; it presses the button itself and is not told of each."""
    rows = Actor.objects.select_for_update(of=("self",)).select_related("area")
    moved = []
    for actor in rows.filter(pk__in=[actor.pk for actor in actors]).order_by("pk"):
        require(permissions.can_submit_actor(by, actor))
        if WORKFLOW.allows("submit", actor.state):
            _move(actor, "submit", by, now, submitted_at=now, returned_reason="")
            moved.append(actor)
    return moved


@transaction.atomic
def verify_actor(*, actor: Actor, by: User, now: dt.datetime) -> Actor:
    """The city has looked: this actor is who it says it is."""
    actor = _locked(actor)
    require(permissions.can_verify_actor(by, actor))
    _move(actor, "verify", by, now, verified_at=now, verified_by=by, returned_reason="")
    notifications.tell_editors_verified(actor, at=now)
    return actor


@transaction.atomic
def return_actor(*, actor: Actor, reason: str, by: User, now: dt.datetime) -> Actor:
    """The city asks for a correction."""
    actor = _locked(actor)
    require(permissions.can_return_actor(by, actor))
    reason = _demanded(reason)
    _move(actor, "return", by, now, note=reason, returned_reason=reason)
    notifications.tell_editors_returned(actor, at=now)
    return actor


@transaction.atomic
def unverify_actor(*, actor: Actor, reason: str, by: User, now: dt.datetime) -> Actor:
    """The city takes its word back and will look again."""
    actor = _locked(actor)
    require(permissions.can_unverify_actor(by, actor))
    reason = _demanded(reason)
    _move(actor, "unverify", by, now, note=reason, submitted_at=now)
    notifications.tell_editors_unverified(actor, reason=reason, at=now)
    return actor


@transaction.atomic
def close_actor(*, actor: Actor, reason: str, by: User, now: dt.datetime) -> Actor:
    """The actor ends its work; its page and listings are no longer shown."""
    actor = _locked(actor)
    require(permissions.can_close_actor(by, actor))
    if reason not in CloseReason.values:
        raise ValidationError(_("終了の理由を選んでください。"))
    _move(actor, "close", by, now, note=reason, closed_reason=reason, returned_reason="")
    return actor


@transaction.atomic
def reopen_actor(*, actor: Actor, by: User, now: dt.datetime) -> Actor:
    """The actor takes up its work again; the city looks anew."""
    actor = _locked(actor)
    require(permissions.can_reopen_actor(by, actor))
    _move(actor, "reopen", by, now, closed_reason="", submitted_at=now)
    notifications.tell_office_actor_waits(actor, at=now)
    return actor


@transaction.atomic
def hide_actor(*, actor: Actor, reason: str, by: User, now: dt.datetime) -> Actor:
    """Out of sight for everybody but members and staff. Whoever calls this tells the members."""
    actor = _locked(actor)
    require(permissions.can_hide_actor(by, actor))
    actor.hidden_at, actor.hidden_reason = now, _demanded(reason)
    _save(actor, ["hidden_at", "hidden_reason"], now)
    audit.record(by=by, verb="actor.hide", subject=actor, after=actor.hidden_reason, at=now)
    index_actor(actor=actor)
    return actor


@transaction.atomic
def unhide_actor(*, actor: Actor, by: User, now: dt.datetime) -> Actor:
    """In sight again."""
    actor = _locked(actor)
    require(permissions.can_hide_actor(by, actor))
    before, actor.hidden_at, actor.hidden_reason = actor.hidden_reason, None, ""
    _save(actor, ["hidden_at", "hidden_reason"], now)
    audit.record(by=by, verb="actor.unhide", subject=actor, before=before, at=now)
    index_actor(actor=actor)
    return actor


def _move(actor: Actor, verb: str, by: User, now: dt.datetime, *, note: str = "", **columns: Any) -> None:
    before, actor.state = actor.state, WORKFLOW.target(verb, actor.state)
    for name, value in columns.items():
        setattr(actor, name, value)
    _save(actor, ["state", *columns], now)
    after = {"state": actor.state, "reason": note} if note else actor.state
    audit.record(by=by, verb=f"actor.{verb}", subject=actor, before=before, after=after, at=now)
    index_actor(actor=actor)


def _save(actor: Actor, columns: list[str], now: dt.datetime) -> None:
    actor.updated_at = now
    actor.save(update_fields=[*columns, "updated_at"])


def _demanded(reason: str) -> str:
    reason = reason.strip()
    if not reason:
        raise ValidationError(_("理由を書いてください。"))
    return reason


def _locked(actor: Actor) -> Actor:
    return Actor.objects.select_for_update(of=("self",)).select_related("area").get(pk=actor.pk)
