"""The only door to cases: staff of the town, and whoever takes part."""

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet

from musubi.base.common.enums import Visibility
from musubi.flow.actors.models import Actor
from musubi.flow.actors.queries import standing_of

from ..models import Case, Party

if TYPE_CHECKING:
    from musubi.flow.actors.queries.standing import Person


def cases_for(user: "Person") -> QuerySet[Case]:
    """Cases this person may read: those of the own actors, also after leaving, and for staff the town's.

    A case about a need that is for the city hall only stays with the office and its parties.
    """
    standing = standing_of(user)
    takes_part = Party.objects.filter(case=OuterRef("pk"), actor__in=standing.actor_ids)
    rows = Q(Exists(takes_part))
    if standing.staff_in:
        rows |= Q(municipality__in=standing.office_in)
        rows |= Q(municipality__in=standing.coordinates_in) & ~Q(need__visibility=Visibility.CITY_HALL)
    return Case.objects.filter(rows).select_related("municipality", "need", "need__actor", "coordinator")


def parties_of(case: Case) -> list[Party]:
    """Who takes part now, the need's actor first."""
    rows = case.parties.filter(left_at=None).select_related("actor", "listing")
    return sorted(rows, key=lambda party: (party.listing_id != case.need_id, party.joined_at, party.pk))


def acts_for_in(user: "Person", case: Case) -> list[Actor]:
    """The parties for which this person may act now: as an owner or editor."""
    edits = standing_of(user).edits
    return [party.actor for party in parties_of(case) if party.actor_id in edits]


def reads_as_staff(user: "Person", case: Case) -> bool:
    """Whether this person reads the case for the town, and not for a party."""
    standing, town = standing_of(user), case.municipality_id
    coordinates = town in standing.coordinates_in and case.need.visibility != Visibility.CITY_HALL
    return coordinates or town in standing.office_in
