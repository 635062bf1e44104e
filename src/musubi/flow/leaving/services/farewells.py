"""That somebody left, and how much they had done: figures stay true after people have gone."""

import datetime as dt

from django.utils import timezone

from musubi.base.accounts.models import User
from musubi.flow.actors.enums import ActorKind
from musubi.flow.actors.models import Actor, Registrant
from musubi.flow.listings.models import Listing
from musubi.flow.projects.models import Project

from ..enums import LeaverKind
from ..models import Farewell


def count_person(person: User, now: dt.datetime) -> list[Farewell]:
    """One row for each town the person was registered in."""
    return [
        Farewell.objects.create(
            municipality_id=row.municipality_id,
            kind=LeaverKind.PERSON,
            left_on=timezone.localdate(now),
            months=whole_months(row.registered_at, now),
            listings=Listing.objects.filter(
                created_by=person, municipality=row.municipality_id, published_at__isnull=False
            ).count(),
            projects=Project.objects.filter(
                municipality=row.municipality_id, partners__actor__memberships__user=person
            )
            .distinct()
            .count(),
        )
        for row in Registrant.objects.filter(user=person).order_by("pk")
    ]


def count_actor(actor: Actor, now: dt.datetime) -> Farewell | None:
    """One row; none for somebody's own person, who leaves with the account if at all."""
    if actor.kind == ActorKind.INDIVIDUAL:
        return None
    return Farewell.objects.create(
        municipality_id=actor.municipality_id,
        kind=LeaverKind.ORGANISATION,
        left_on=timezone.localdate(now),
        months=whole_months(actor.created_at, now),
        listings=Listing.objects.filter(actor=actor, published_at__isnull=False).count(),
        projects=Project.objects.filter(partners__actor=actor).distinct().count(),
    )


def whole_months(since: dt.datetime, until: dt.datetime) -> int:
    """How many whole months lie between the two."""
    months = (until.year - since.year) * 12 + until.month - since.month
    return max(0, months - (until.day < since.day))
