"""The office writes down who vouches for whom, from when to when."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from musubi.base.accounts.models import User
from musubi.base.audit import services as audit
from musubi.base.common.verdict import require

from .. import notifications, permissions
from ..enums import CredentialKind
from ..models import Actor, Credential


@transaction.atomic
def give_credential(
    *,
    actor: Actor,
    kind: str,
    title: str,
    valid_from: dt.date,
    by: User,
    now: dt.datetime,
    valid_until: dt.date | None = None,
    issuer: Actor | None = None,
    issuer_name: str = "",
) -> Credential:
    """A dated statement by an issuer, an actor of Musubi or a name from outside; it stands on the public register."""
    actor = Actor.objects.select_for_update(of=("self",)).get(pk=actor.pk)
    require(permissions.can_give_credential(by, actor))
    name = issuer_name.strip() or (issuer.name if issuer else "")
    if kind not in CredentialKind.values:
        raise ValidationError(_("裏付けの種類を選んでください。"))
    if not (name and title.strip()):
        raise ValidationError(_("名称と、出した機関を入れてください。"))
    credential = Credential(
        actor=actor,
        kind=kind,
        title=title.strip(),
        issuer=issuer,
        issuer_name=name,
        valid_from=valid_from,
        valid_until=valid_until,
        given_by=by,
        given_at=now,
    )
    credential.validate_constraints()
    credential.save()
    audit.record(by=by, verb="credential.give", subject=actor, after=_summary(credential), at=now)
    notifications.tell_editors_credential_given(credential, at=now)
    return credential


@transaction.atomic
def revoke_credential(*, credential: Credential, reason: str, by: User, now: dt.datetime) -> Credential:
    """The statement no longer stands; the register says since when and why."""
    credential = (
        Credential.objects.select_for_update(of=("self",)).select_related("actor").get(pk=credential.pk)
    )
    require(permissions.can_revoke_credential(by, credential))
    if not reason.strip():
        raise ValidationError(_("取り消す理由を書いてください。"))
    credential.revoked_at, credential.revoked_reason = now, reason.strip()
    credential.save(update_fields=["revoked_at", "revoked_reason"])
    audit.record(
        by=by,
        verb="credential.revoke",
        subject=credential.actor,
        before=_summary(credential),
        after=credential.revoked_reason,
        at=now,
    )
    notifications.tell_editors_credential_revoked(credential, at=now)
    return credential


def _summary(credential: Credential) -> dict[str, object]:
    return {
        "credential": credential.pk,
        "kind": credential.kind,
        "title": credential.title,
        "issuer": credential.issuer_name,
        "valid_from": credential.valid_from,
        "valid_until": credential.valid_until,
    }
