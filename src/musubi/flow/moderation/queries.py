"""The only door to reports and hidings."""

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from musubi.flow.actors.queries import standing_of

from .models import Hiding, Report

if TYPE_CHECKING:
    from musubi.flow.actors.queries.standing import Person

SUBJECT = ("listing", "listing__actor", "issue", "actor")


def reports_for(user: "Person") -> QuerySet[Report]:
    """The office reads its town's reports, a reader the own ones."""
    rows = Q(municipality__in=standing_of(user).office_in)
    if user.is_authenticated:
        rows |= Q(reporter_id=user.pk)
    return Report.objects.filter(rows).select_related(*SUBJECT, "reporter", "hiding", "decided_by")


def office_reports_for(user: "Person", municipality_id: int) -> QuerySet[Report]:
    """The reports of a town whose office this person is; nobody else's queue."""
    return reports_for(user).filter(
        municipality_id=municipality_id, municipality__in=standing_of(user).office_in
    )


def office_hidings_for(user: "Person", municipality_id: int) -> QuerySet[Hiding]:
    """The hidings of a town whose office this person is."""
    return hidings_for(user).filter(
        municipality_id=municipality_id, municipality__in=standing_of(user).office_in
    )


def own_hidings_for(user: "Person") -> QuerySet[Hiding]:
    """The hidings of what this person wrote, alone or for an actor."""
    if not user.is_authenticated:
        return Hiding.objects.none()
    acts_for = standing_of(user).actor_ids
    rows = Q(listing__actor__in=acts_for) | Q(actor__in=acts_for) | Q(issue__reported_by_id=user.pk)
    return Hiding.objects.filter(rows).select_related(
        *SUBJECT, "municipality", "hidden_by", "answered_by", "decided_by"
    )


def hidings_for(user: "Person") -> QuerySet[Hiding]:
    """The office reads its town's hidings, an author those of the own listings, issues and actors."""
    standing = standing_of(user)
    rows = Q(municipality__in=standing.office_in)
    rows |= Q(listing__actor__in=standing.actor_ids) | Q(actor__in=standing.actor_ids)
    if user.is_authenticated:
        rows |= Q(issue__reported_by_id=user.pk)
    return Hiding.objects.filter(rows).select_related(
        *SUBJECT, "municipality", "hidden_by", "answered_by", "decided_by"
    )
