"""Making actors and keeping their profiles true."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Unpack

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from musubi.base.accounts.models import User
from musubi.base.audit import services as audit
from musubi.base.common.enums import Source
from musubi.base.common.verdict import require
from musubi.base.places.models import Municipality

from ..enums import OFFICIAL_KINDS, ActorState, MembershipRole
from ..models import Actor, Membership
from ..notifications import tell_office_actor_waits
from ..permissions import can_confirm_actor, can_create_actor, can_edit_actor, can_enter_actor
from ..queries import forget_standing, personal_items_for, standing_of
from ..workflow import WORKFLOW
from .indexing import index_actor
from .profile import IDENTITY, Profile, ProfileChange, checked, for_the_log


@transaction.atomic
def create_actor(
    *,
    municipality: Municipality,
    kind: str,
    name: str,
    by: User,
    now: dt.datetime,
    submit: bool = False,
    item_visibility: Mapping[str, str] | None = None,
    **profile: Unpack[Profile],
) -> Actor:
    """Somebody makes an actor and owns it. With `submit` it goes to the city at once.

    An official kind is made by the office alone, which thereby vouches for it.
    """
    require(can_create_actor(by, municipality, kind))
    actor = _new(municipality, item_visibility, now, {**profile, "kind": kind, "name": name.strip()})
    actor.confirmed_at = now
    if kind in OFFICIAL_KINDS:
        _vouch(actor, by, now)
    elif submit:
        _submit(actor, now)
    actor.save()
    Membership.objects.create(actor=actor, user=by, role=MembershipRole.OWNER, joined_at=now)
    forget_standing(by)
    audit.record(by=by, verb="actor.create", subject=actor, after=_summary(actor), at=now)
    index_actor(actor=actor)
    if actor.state == ActorState.PENDING:
        tell_office_actor_waits(actor, at=now)
    return actor


@transaction.atomic
def enter_actor(
    *,
    municipality: Municipality,
    kind: str,
    name: str,
    source: str,
    by: User,
    now: dt.datetime,
    item_visibility: Mapping[str, str] | None = None,
    **profile: Unpack[Profile],
) -> Actor:
    """Staff type in an actor for somebody else; it waits for the city like any other, and has no member yet."""
    require(can_enter_actor(by, municipality))
    if kind in OFFICIAL_KINDS:
        require(can_create_actor(by, municipality, kind))
    if source not in Source.values or source in (Source.WEB, Source.IMPORT):
        raise ValidationError(_("どこから届いたか（窓口・電話・FAX・紙）を選んでください。"))
    actor = _new(municipality, item_visibility, now, {**profile, "kind": kind, "name": name.strip()})
    actor.source, actor.entered_by = source, by
    if kind in OFFICIAL_KINDS:
        _vouch(actor, by, now)
    else:
        _submit(actor, now)
    actor.save()
    audit.record(by=by, verb="actor.enter", subject=actor, after=_summary(actor), on_behalf_of=actor, at=now)
    index_actor(actor=actor)
    if actor.state == ActorState.PENDING:
        tell_office_actor_waits(actor, at=now)
    return actor


@transaction.atomic
def update_profile(
    *,
    actor: Actor,
    by: User,
    now: dt.datetime,
    item_visibility: Mapping[str, str] | None = None,
    **changes: Unpack[ProfileChange],
) -> Actor:
    """Change what is named and nothing else.

    A new name, kind or 法人番号 by a member sends a verified actor back to the city, which vouched for the old.
    """
    actor = _locked(actor)
    require(can_edit_actor(by, actor))
    for kind in {actor.kind, changes.get("kind", actor.kind)} & OFFICIAL_KINDS:
        if changes.get("kind", actor.kind) != actor.kind:
            require(can_create_actor(by, actor.municipality, kind))
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for field, value in changes.items():
        if getattr(actor, field) != value:
            before[field], after[field] = getattr(actor, field), value
            setattr(actor, field, value)
    if item_visibility is not None:
        merged = {**actor.item_visibility, **item_visibility}
        if merged != actor.item_visibility:
            before["item_visibility"], after["item_visibility"] = actor.item_visibility, merged
            actor.item_visibility = merged
    if not after:
        return actor
    checked(actor=actor, item_visibility=item_visibility)
    by_office = actor.municipality_id in standing_of(by).office_in
    renewed = bool(IDENTITY & set(after)) and actor.state == ActorState.VERIFIED and not by_office
    if renewed:
        before["state"], actor.state = actor.state, WORKFLOW.target("unverify", actor.state)
        after["state"], actor.submitted_at = actor.state, now
    actor.updated_at = now
    columns = [*(set(after) | {"state", "submitted_at", "updated_at"})]
    actor.save(update_fields=columns)
    audit.record(
        by=by,
        verb="actor.update",
        subject=actor,
        before=for_the_log(values=before),
        after=for_the_log(values=after),
        on_behalf_of=None if actor.pk in standing_of(by).roles else actor,
        at=now,
    )
    index_actor(actor=actor)
    if renewed:
        tell_office_actor_waits(actor, at=now)
    return actor


@transaction.atomic
def confirm_actor(*, actor: Actor, by: User, now: dt.datetime) -> Actor:
    """「この内容で今も正しい」: a member looked at it today."""
    actor = _locked(actor)
    require(can_confirm_actor(by, actor))
    before, actor.confirmed_at = actor.confirmed_at, now
    actor.save(update_fields=["confirmed_at"])
    audit.record(by=by, verb="actor.confirm", subject=actor, before=before or "", after=now, at=now)
    return actor


def record_profile_view(*, actor: Actor, by: User, now: dt.datetime, in_form: bool = False) -> bool:
    """Keep in the log which non-public items of somebody else's profile were shown; whether there were any."""
    items = personal_items_for(by, actor, in_form=in_form)
    if items:
        audit.record_view(by=by, subject=actor, what=audit.KEPT_COMMA.join(items), at=now)
    return bool(items)


def _new(
    municipality: Municipality,
    item_visibility: Mapping[str, str] | None,
    now: dt.datetime,
    profile: ProfileChange,
) -> Actor:
    actor = Actor(municipality=municipality, created_at=now, updated_at=now, **profile)
    actor.item_visibility = dict(item_visibility or {})
    checked(actor=actor, item_visibility=item_visibility)
    return actor


def _submit(actor: Actor, now: dt.datetime) -> None:
    actor.state, actor.submitted_at = WORKFLOW.target("submit", actor.state), now


def _vouch(actor: Actor, by: User, now: dt.datetime) -> None:
    _submit(actor, now)
    actor.state, actor.verified_at, actor.verified_by = WORKFLOW.target("verify", actor.state), now, by


def _summary(actor: Actor) -> dict[str, str]:
    return {"kind": actor.kind, "name": actor.name, "state": actor.state, "source": actor.source}


def _locked(actor: Actor) -> Actor:
    return (
        Actor.objects.select_for_update(of=("self",))
        .select_related("area", "municipality__area")
        .get(pk=actor.pk)
    )
