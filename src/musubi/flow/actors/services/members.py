"""People join an actor by invitation, get another role, leave. Somebody always stays owner."""

import datetime as dt
import secrets

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from musubi.base.accounts.models import User
from musubi.base.audit import services as audit
from musubi.base.common.verdict import require

from .. import notifications, permissions
from ..enums import MembershipRole
from ..models import Actor, Invitation, Membership, Registrant
from ..queries import forget_standing

INVITATION_LASTS = dt.timedelta(days=14)


@transaction.atomic
def invite_member(*, actor: Actor, email: str, role: str, by: User, now: dt.datetime) -> Invitation:
    """Ask somebody by mail to join; the link in the mail is good for 14 days."""
    actor = _locked(actor)
    email = email.strip().lower()
    require(permissions.can_invite_address(by, actor, email, now))
    _checked_role(role)
    # An expired invitation still counts as open for the database: it makes room for the new one.
    actor.invitations.filter(email=email, accepted_at=None, withdrawn_at=None).update(withdrawn_at=now)
    invitation = Invitation.objects.create(
        actor=actor,
        email=email,
        role=role,
        token=secrets.token_urlsafe(32),
        invited_by=by,
        invited_at=now,
        expires_at=now + INVITATION_LASTS,
    )
    audit.record(
        by=by, verb="actor.invite", subject=actor, after={"invitation": invitation.pk, "role": role}, at=now
    )
    person = User.objects.filter(email__iexact=email, is_active=True).first()
    notifications.tell_invited(invitation, person, at=now)
    return invitation


@transaction.atomic
def accept_invitation(*, invitation: Invitation, by: User, now: dt.datetime) -> Membership:
    """The invited person joins, and is registered in the actor's town with it."""
    actor = _locked(invitation.actor)
    invitation = (
        Invitation.objects.select_for_update(of=("self",)).select_related("actor").get(pk=invitation.pk)
    )
    require(permissions.can_accept_invitation(by, invitation, now))
    invitation.accepted_at, invitation.accepted_by = now, by
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    membership, joined = Membership.objects.get_or_create(
        actor=actor, user=by, defaults={"role": invitation.role, "joined_at": now}
    )
    Registrant.objects.get_or_create(
        municipality=actor.municipality, user=by, defaults={"registered_at": now}
    )
    forget_standing(by)
    audit.record(by=by, verb="actor.join", subject=actor, after={"role": membership.role}, at=now)
    if joined:
        notifications.tell_owners_joined(membership, at=now)
    return membership


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: User, now: dt.datetime) -> Invitation:
    """The link stops working."""
    invitation = (
        Invitation.objects.select_for_update(of=("self",)).select_related("actor").get(pk=invitation.pk)
    )
    require(permissions.can_withdraw_invitation(by, invitation))
    invitation.withdrawn_at = now
    invitation.save(update_fields=["withdrawn_at"])
    audit.record(
        by=by,
        verb="actor.withdraw_invitation",
        subject=invitation.actor,
        before={"invitation": invitation.pk},
        at=now,
    )
    return invitation


@transaction.atomic
def change_role(*, membership: Membership, role: str, by: User, now: dt.datetime) -> Membership:
    """A member gets another role."""
    _locked(membership.actor)
    membership = Membership.objects.select_related("actor", "user").get(pk=membership.pk)
    _checked_role(role)
    if role == membership.role:
        return membership
    require(permissions.can_change_role(by, membership))
    before, membership.role = membership.role, role
    membership.save(update_fields=["role"])
    _forget(by, membership.user_id)
    audit.record(
        by=by,
        verb="actor.change_role",
        subject=membership.actor,
        before={"user": membership.user_id, "role": before},
        after={"user": membership.user_id, "role": role},
        at=now,
    )
    notifications.tell_member_role_changed(membership, at=now)
    return membership


@transaction.atomic
def remove_member(*, membership: Membership, by: User, now: dt.datetime) -> None:
    """A member leaves or is taken out."""
    actor = _locked(membership.actor)
    membership = Membership.objects.select_related("actor", "user").get(pk=membership.pk)
    require(permissions.can_remove_member(by, membership))
    person, role = membership.user, membership.role
    membership.delete()
    _forget(by, person.pk)
    verb = "actor.leave" if person.pk == by.pk else "actor.remove_member"
    audit.record(by=by, verb=verb, subject=actor, before={"user": person.pk, "role": role}, at=now)
    if person.pk != by.pk:
        notifications.tell_member_removed(actor=actor, person=person, at=now)


def _checked_role(role: str) -> None:
    if role not in MembershipRole.values:
        raise ValidationError(_("できること（役割）を選んでください。"))


def _forget(by: User, user_id: int) -> None:
    if by.pk == user_id:
        forget_standing(by)


def _locked(actor: Actor) -> Actor:
    return Actor.objects.select_for_update(of=("self",)).select_related("municipality").get(pk=actor.pk)
