"""An actor leaves: deleted where nothing of others hangs on it, else an empty shell without a name."""

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from musubi.base.accounts.models import User
from musubi.base.audit import services as audit
from musubi.base.common.verdict import NotAllowed, require
from musubi.base.index.enums import DocumentKind
from musubi.base.index.services import remove_object
from musubi.flow.actors.enums import ActorState, CloseReason
from musubi.flow.actors.models import Actor, Tie
from musubi.flow.actors.queries import forget_standing
from musubi.flow.actors.services import close_actor
from musubi.flow.listings.enums import WithdrawReason
from musubi.flow.listings.models import Listing
from musubi.flow.listings.permissions import can_withdraw_listing
from musubi.flow.listings.services import withdraw_listing
from musubi.flow.moderation.models import Hiding, Report

from ..notifications import tell_members_deleted
from ..permissions import can_delete_actor
from ..queries import is_tied, shell_name
from .farewells import count_actor
from .redacting import empty_letters_of_actor, redact_listing, remove_pictures, silence

NO_LONGER_SAID = (
    "kana", "summary", "description", "town", "corporate_number", "representative", "email", "phone",
    "address", "url", "returned_reason", "hidden_reason", "external_ref",
)  # fmt: skip
NO_LONGER_SET = (
    "area",
    "founded_on",
    "submitted_at",
    "verified_at",
    "verified_by",
    "confirmed_at",
    "hidden_at",
)


@transaction.atomic
def delete_actor(*, actor: Actor, by: User, now: dt.datetime) -> None:
    """An owner deletes an actor; the other members are told. What stays of it has no name."""
    locked = lock_actor(actor.pk)
    if locked is None:
        raise NotAllowed(_("この団体の登録は、もう消されています。"))
    forget_standing(by)
    require(can_delete_actor(by, locked))
    tell_members_deleted(locked, by=by, at=now)
    erase(locked, by, now)
    forget_standing(by)


def lock_actor(pk: int) -> Actor | None:
    """The actor and its listings as they stand, held until the transaction ends: nobody introduces them meanwhile.

    None when somebody was quicker.
    """
    rows = Actor.objects.select_for_update(of=("self",)).select_related("municipality", "area")
    actor = rows.filter(pk=pk).first()
    list(Listing.objects.select_for_update(of=("self",)).filter(actor_id=pk).order_by("pk"))
    return actor


def erase(actor: Actor, by: User, now: dt.datetime) -> None:
    """Everything that is the actor's own goes; whoever calls has locked it and asked whether it may."""
    count_actor(actor, now)
    remove_pictures(actor, by, now)
    empty_letters_of_actor(actor, by, now)
    if actor.state != ActorState.CLOSED:
        actor = close_actor(actor=actor, reason=CloseReason.OTHER, by=by, now=now)
    for listing in Listing.objects.filter(actor=actor).order_by("pk"):
        _erase_listing(listing, by, now)
    silence(actor, now)
    for rows in (actor.memberships, actor.invitations, actor.credentials):
        rows.all().delete()
    for model in (Hiding, Report):
        model._default_manager.filter(actor=actor).delete()
    Tie.objects.filter(Q(one=actor) | Q(other=actor)).delete()
    stays = is_tied(actor)
    audit.record(by=by, verb="actor.delete", subject=actor, at=now, after={"shell": stays})
    if stays:
        _empty(actor, now)
    else:
        actor.delete()


def _erase_listing(listing: Listing, by: User, now: dt.datetime) -> None:
    if can_withdraw_listing(by, listing):
        withdraw_listing(listing=listing, reason=WithdrawReason.OTHER, by=by, now=now)
        listing.refresh_from_db()
    stays = is_tied(listing)
    audit.record(by=by, verb="listing.delete", subject=listing, at=now, after={"shell": stays})
    if stays:
        redact_listing(listing)
        return
    remove_object(kind=DocumentKind.LISTING, object_id=listing.pk)
    listing.delete()


def _empty(actor: Actor, now: dt.datetime) -> None:
    """The shell: a kind, a town, two dates."""
    for name in NO_LONGER_SAID:
        setattr(actor, name, "")
    for name in NO_LONGER_SET:
        setattr(actor, name, None)
    actor.name, actor.fields, actor.item_visibility = shell_name(), [], {}
    actor.entered_by, actor.updated_at = None, now
    actor.save()
