"""The only door to cases: staff of the town, and whoever takes part."""

import datetime as dt
from collections.abc import Iterable
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
    takes_part = Party.objects.filter(case=OuterRef("pk"), actor__in=standing_of(user).actor_ids)
    rows = Case.objects.filter(Q(Exists(takes_part)) | read_by_staff(user))
    return rows.select_related("municipality", "need", "need__actor", "coordinator")


def read_by_staff(user: "Person", case: str = "") -> Q:
    """What staff read for the town; `case` leads to the case of what is filtered, as in `agreement__case__`."""
    standing = standing_of(user)
    if not standing.staff_in:
        return Q(pk__in=())
    town, coordinated = f"{case}municipality__in", {f"{case}need__visibility": Visibility.CITY_HALL}
    return Q(**{town: standing.office_in}) | Q(**{town: standing.coordinates_in}) & ~Q(**coordinated)


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


def taken_part_in(user: "Person", cases: Iterable[Case]) -> set[int]:
    """Of these cases those in which this person takes part now, in any role, or which it reads for the town."""
    rows = list(cases)
    there = Party.objects.filter(case__in=rows, left_at=None, actor__in=standing_of(user).actor_ids)
    own = set(there.order_by().values_list("case_id", flat=True))
    return {case.pk for case in rows if case.pk in own or reads_as_staff(user, case)}


def left_at(user: "Person", case: Case) -> dt.datetime | None:
    """When this person's last party left: nothing newer is theirs to read. None for whoever is there."""
    if taken_part_in(user, [case]):
        return None
    gone = case.parties.filter(left_at__isnull=False, actor__in=standing_of(user).actor_ids)
    return gone.order_by("-left_at").values_list("left_at", flat=True).first()
