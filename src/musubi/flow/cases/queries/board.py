"""The board: what staff of a town have in hand, what is late first, then the longest standing still."""

import datetime as dt
from typing import TYPE_CHECKING

from django.db.models import Case as Choice
from django.db.models import Count, Q, QuerySet, When
from django.utils import timezone

from musubi.base.places.models import Area, Municipality
from musubi.flow.actors.queries import standing_of
from musubi.flow.listings.models import Listing
from musubi.flow.listings.queries import touching

from ..enums import CASE_OPEN, CaseState
from ..models import Case
from .cases import cases_for

if TYPE_CHECKING:
    from musubi.flow.actors.queries.standing import Person

STANDS_STILL_AFTER = dt.timedelta(days=14)
MINE, NOBODYS = "mine", "nobody"


def board_for(
    user: "Person",
    municipality: Municipality,
    *,
    state: str = "",
    coordinator: str = "",
    area: Area | None = None,
    search: str = "",
) -> QuerySet[Case]:
    """The cases of a town for its staff; nobody else has a board.

    `state` is one, or all; `coordinator` is 「mine」, 「nobody」 or everybody's; `search` are words of the
    title or of the need's actor.
    """
    if municipality.pk not in standing_of(user).staff_in:
        return Case.objects.none()
    rows = cases_for(user).filter(municipality=municipality)
    if state:
        rows = rows.filter(state=state)
    if coordinator == MINE:
        rows = rows.filter(coordinator_id=user.pk)
    elif coordinator == NOBODYS:
        rows = rows.filter(coordinator=None)
    if area is not None:
        needs = touching(Listing.objects.filter(municipality=municipality), [area])
        rows = rows.filter(need__in=needs.order_by().values("pk"))
    for word in search.split()[:5]:
        rows = rows.filter(Q(title__icontains=word) | Q(need__actor__name__icontains=word))
    late = When(state__in=CASE_OPEN, next_step_on__lt=timezone.localdate(), then=0)
    return rows.order_by(Choice(late, default=1), "moved_at", "pk")


def counts_by_state(cases: QuerySet[Case]) -> dict[str, int]:
    """How many of them stand in each state, in one query."""
    rows = cases.order_by().values_list("state").annotate(number=Count("pk"))
    return dict.fromkeys(CaseState.values, 0) | dict(rows)


def standing_still(cases: QuerySet[Case], *, now: dt.datetime) -> QuerySet[Case]:
    """Those that somebody works on and in which nothing has happened for two weeks."""
    return cases.filter(state__in=CASE_OPEN, moved_at__lt=now - STANDS_STILL_AFTER)
