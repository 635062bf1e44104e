"""Members, invitations, and those whom the city entrusts with something."""

import datetime as dt
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from musubi.base.accounts.models import User
from musubi.base.places.models import Area

from ..enums import MandateRole, MembershipRole
from ..models import Actor, Invitation, Mandate, Membership
from .standing import MAY_EDIT, standing_of

if TYPE_CHECKING:
    from .standing import Person


def memberships_for(user: "Person") -> QuerySet[Membership]:
    """Members of one's own actors, and for the office those of its town's."""
    standing = standing_of(user)
    return Membership.objects.filter(
        Q(actor__in=standing.actor_ids) | Q(actor__municipality__in=standing.office_in)
    ).select_related("user", "actor")


def with_owner_counts(memberships: QuerySet[Membership]) -> QuerySet[Membership]:
    """Each with the number of owners its actor has: `can_change_role` of a whole list asks once."""
    owners = Q(actor__memberships__role=MembershipRole.OWNER)
    return memberships.annotate(actor_owner_count=Count("actor__memberships", filter=owners, distinct=True))


def owner_count(membership: Membership) -> int:
    """How many owners the actor of this membership has."""
    known: int | None = getattr(membership, "actor_owner_count", None)
    if known is not None:
        return known
    return Membership.objects.filter(actor_id=membership.actor_id, role=MembershipRole.OWNER).count()


def is_looked_after(actor: Actor) -> bool:
    """Whether the actor has people of its own."""
    return Membership.objects.filter(actor=actor).exists()


def is_member_address(actor: Actor, email: str) -> bool:
    return Membership.objects.filter(actor=actor, user__email__iexact=email).exists()


def invitations_for(user: "Person") -> QuerySet[Invitation]:
    """Invitations by the actors this person owns or the town's office looks after, and those to oneself."""
    standing = standing_of(user)
    email = getattr(user, "email", "") or ""
    rows = Q(actor__in=standing.owns) | Q(actor__municipality__in=standing.office_in)
    rows |= Q(email__iexact=email) if email else Q(pk=None)
    return Invitation.objects.filter(rows).select_related("actor", "invited_by")


def open_invitations_for(user: "Person", now: dt.datetime) -> QuerySet[Invitation]:
    """Those of `invitations_for` that can still be accepted."""
    return invitations_for(user).filter(accepted_at=None, withdrawn_at=None, expires_at__gt=now)


def invitations_to(user: "Person", now: dt.datetime) -> QuerySet[Invitation]:
    """What this person is invited to and has not answered."""
    if not user.is_authenticated:
        return Invitation.objects.none()
    return open_invitations_for(user, now).filter(email__iexact=user.email)


def open_invitation(actor: Actor, email: str, now: dt.datetime) -> Invitation | None:
    """The invitation that this address has and can still accept."""
    return Invitation.objects.filter(
        actor=actor, email__iexact=email, accepted_at=None, withdrawn_at=None, expires_at__gt=now
    ).first()


def invitations_with_token(token: str) -> QuerySet[Invitation]:
    """The invitation of a link: whoever holds the token may read it, signed in or not."""
    return Invitation.objects.filter(token=token).select_related("actor", "actor__municipality", "invited_by")


def mandates_for(user: "Person") -> QuerySet[Mandate]:
    """Mandates in the towns whose office this person is, and one's own."""
    return (
        Mandate.objects.filter(Q(municipality__in=standing_of(user).office_in) | Q(user_id=user.pk))
        .select_related("user", "actor", "municipality")
        .prefetch_related("areas")
    )


def current(mandates: QuerySet[Mandate]) -> QuerySet[Mandate]:
    """Those in force today."""
    today = timezone.localdate()
    return mandates.filter(Q(valid_until=None) | Q(valid_until__gte=today), valid_from__lte=today)


def other_office_mandates(mandate: Mandate) -> QuerySet[Mandate]:
    """The town's office without this mandate."""
    rows = Mandate.objects.filter(municipality_id=mandate.municipality_id, role=MandateRole.OFFICE)
    return current(rows).exclude(pk=mandate.pk)


def person_with_address(user: "Person", email: str) -> User | None:
    """Whom the office finds by a mail address, to entrust them with something."""
    if not standing_of(user).office_in:
        return None
    return User.objects.filter(email__iexact=email.strip(), is_active=True).first()


def names_in_log(user: "Person", refs: set[str]) -> dict[str, str]:
    """The names behind 「user:12」 in the log, for somebody's office; people who are gone are missing."""
    if not standing_of(user).office_in:
        return {}
    ids = [
        int(number)
        for kind, _, number in (ref.partition(":") for ref in refs)
        if kind == "user" and number.isdigit()
    ]
    return {f"user:{person.pk}": str(person) for person in User.objects.filter(pk__in=ids).order_by("pk")}


# Whom to tell: for notifications, not for pages.


def editors_of(actor: Actor) -> QuerySet[User]:
    """Owners and editors: those who look after the actor."""
    return User.objects.filter(
        memberships__actor=actor, memberships__role__in=MAY_EDIT, is_active=True
    ).order_by("pk")


def owners_of(actor: Actor) -> QuerySet[User]:
    rows = User.objects.filter(
        memberships__actor=actor, memberships__role=MembershipRole.OWNER, is_active=True
    )
    return rows.order_by("pk")


def officers_of(municipality_id: int) -> QuerySet[User]:
    """The town's office today."""
    mandates = current(Mandate.objects.filter(municipality_id=municipality_id, role=MandateRole.OFFICE))
    return User.objects.filter(pk__in=mandates.values("user"), is_active=True).order_by("pk")


def coordinators_of(municipality_id: int, areas: list[Area]) -> list[User]:
    """The coordinators who look after these areas; no area means the whole city and so all of them."""
    mandates = current(Mandate.objects.filter(municipality_id=municipality_id, role=MandateRole.COORDINATOR))
    found: dict[int, User] = {}
    for mandate in mandates.filter(user__is_active=True).select_related("user").prefetch_related("areas"):
        theirs = list(mandate.areas.all())
        if not theirs or not areas or any(_meet(a, b) for a in theirs for b in areas):
            found[mandate.user_id] = mandate.user
    return [found[pk] for pk in sorted(found)]


def mandated_areas_of(user: "Person", municipality_id: int) -> list[Area]:
    """The areas this person coordinates in a town; empty when it is the whole city, or nothing."""
    if not user.is_authenticated:
        return []
    mandates = current(
        Mandate.objects.filter(municipality_id=municipality_id, user_id=user.pk, role=MandateRole.COORDINATOR)
    ).prefetch_related("areas")
    named = [list(mandate.areas.all()) for mandate in mandates]
    if not all(named):
        return []
    return sorted({area.pk: area for areas in named for area in areas}.values(), key=lambda area: area.path)


def _meet(one: Area, other: Area) -> bool:
    return one.path.startswith(other.path) or other.path.startswith(one.path)
