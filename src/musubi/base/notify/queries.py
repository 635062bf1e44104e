"""What was told to whom. A person reads their own messages and nobody else's."""

import datetime as dt
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, QuerySet

from musubi.base.accounts.models import User

from .enums import MANDATORY, DeliveryState, MessageKind
from .models import Delivery, Message, Preference, StoredMail


@dataclass(frozen=True)
class Choice:
    """One line of the preferences page: a kind of message, and whether mail is wanted for it."""

    kind: str
    label: str
    email: bool
    mandatory: bool


def messages_for(user: User | AnonymousUser) -> QuerySet[Message]:
    """The messages of this person, newest first; nobody's for a visitor."""
    if not user.is_authenticated:
        return Message.objects.none()
    return Message.objects.filter(recipient_id=user.pk)


def unread_count_for(user: User | AnonymousUser) -> int:
    return messages_for(user).filter(read_at=None).order_by().count()


def preferences_for(user: User) -> list[Choice]:
    """Every kind of message in the order of the enum, with the person's wish for mail."""
    chosen = dict(Preference.objects.filter(user=user).values_list("kind", "email"))
    return [
        Choice(
            kind=kind.value,
            label=str(kind.label),
            email=kind in MANDATORY or chosen.get(kind.value, True),
            mandatory=kind in MANDATORY,
        )
        for kind in MessageKind
    ]


def wants_mail(user: User, kind: str) -> bool:
    """Mail goes out unless this person has switched the kind off."""
    if not user.is_active or not user.email:
        return False
    return kind in MANDATORY or not Preference.objects.filter(user=user, kind=kind, email=False).exists()


def due_deliveries(*, now: dt.datetime) -> QuerySet[Delivery]:
    """Mail that should go out now, the longest waiting first, with what it needs."""
    rows = Delivery.objects.filter(state=DeliveryState.PENDING, next_attempt_at__lte=now)
    return rows.select_related("message__recipient")


def failed_deliveries() -> QuerySet[Delivery]:
    """Mail that was given up, with the last error: for those who run the installation."""
    return Delivery.objects.filter(state=DeliveryState.FAILED).select_related("message__recipient")


def delivery_counts() -> dict[str, int]:
    """How many deliveries stand in each state."""
    rows = Delivery.objects.order_by().values_list("state").annotate(n=Count("pk"))
    return dict.fromkeys(DeliveryState.values, 0) | dict(rows)


def stored_mail() -> QuerySet[StoredMail]:
    """The demonstration's mail, newest first."""
    return StoredMail.objects.all()
