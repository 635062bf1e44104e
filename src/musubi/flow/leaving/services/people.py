"""A person leaves: the account is deleted, what others depend on stays without a name."""

import datetime as dt

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext as _

from musubi.base.accounts.models import User
from musubi.base.audit import services as audit
from musubi.base.common.verdict import NotAllowed, require
from musubi.base.index.enums import DocumentKind
from musubi.base.index.services import remove_object
from musubi.base.notify.models import Message
from musubi.flow.actors.models import Invitation, Membership
from musubi.flow.actors.queries import forget_standing, is_looked_after
from musubi.flow.cases.models import DateAnswer

from ..notifications import tell_office_alone
from ..permissions import can_delete_account
from ..queries import actors_going_with, lonely_issues_of, somebody
from .farewells import count_person
from .organisations import erase, lock_actor
from .redacting import empty_letters_of_person


@transaction.atomic
def delete_account(*, person: User, by: User, now: dt.datetime) -> None:
    """Everything that is the person's own goes, and the actors that nobody else looks after."""
    # The actors first, in one order: two owners who leave at the same moment see each other.
    for pk in Membership.objects.filter(user=person).order_by("actor").values_list("actor", flat=True):
        lock_actor(pk)
    locked = User.objects.select_for_update().filter(pk=person.pk).first()
    if locked is None:
        raise NotAllowed(_("退会の手続きは、もうすんでいます。"))
    require(can_delete_account(by, locked))
    count_person(locked, now)
    empty_letters_of_person(locked, now)
    for actor in actors_going_with(locked):
        erase(actor, locked, now)
        forget_standing(locked)
    left = _leave_others(locked, now)
    _erase_issues(locked, now)
    _forget_addresses(locked)
    audit.record(by=locked, verb="account.delete", subject=locked, at=now)
    locked.delete()
    for membership in left:
        if not is_looked_after(membership.actor):
            tell_office_alone(membership.actor, at=now)


def _leave_others(person: User, now: dt.datetime) -> list[Membership]:
    rows = list(Membership.objects.filter(user=person).select_related("actor").order_by("pk"))
    for row in rows:
        before = {"user": person.pk, "role": row.role}
        audit.record(by=person, verb="actor.leave", subject=row.actor, before=before, at=now)
    return rows


def _erase_issues(person: User, now: dt.datetime) -> None:
    """What troubles nobody else goes; the others keep their words and their supporters."""
    for issue in list(lonely_issues_of(person.pk).select_for_update(of=("self",))):
        audit.record(by=person, verb="issue.delete", subject=issue, at=now)
        remove_object(kind=DocumentKind.ISSUE, object_id=issue.pk)
        issue.delete()


def _forget_addresses(person: User) -> None:
    """Where the person's address or name stands without a key: invitations, mail to it, dates that suited."""
    addresses = {person.email, *EmailAddress.objects.filter(user=person).values_list("email", flat=True)}
    for address in addresses:
        Invitation.objects.filter(email__iexact=address).delete()
        Message.objects.filter(recipient=None, address__iexact=address).delete()
    Invitation.objects.filter(accepted_by=person).delete()
    DateAnswer.objects.filter(user=person).update(name=somebody(), words="")
