"""Searches in vain. Who may read them is decided where roles are known (`flow.actors`)."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Min, QuerySet, Sum

from musubi.base.places.models import Municipality

from ..models import VainSearch


@dataclass(frozen=True)
class VainWords:
    """Words that are searched for in vain: how often, and between which days."""

    words: str
    count: int
    first: dt.date
    last: dt.date


def open_searches_of(municipality: Municipality) -> QuerySet[VainSearch]:
    """What nobody has answered yet, and more than one person has searched for."""
    return VainSearch.objects.filter(municipality=municipality, settled="", asked_by="")


def vain_searches_of(municipality: Municipality) -> "VainList":
    """What nobody has answered yet, the most often searched first; one query for each part of it."""
    told = VainSearch.objects.filter(municipality=municipality, asked_by="")
    return VainList(open_searches_of(municipality), told)


class VainList:
    """A long list that is read part by part."""

    def __init__(self, waiting: QuerySet[VainSearch], told: QuerySet[VainSearch]) -> None:
        """`told`: whatever more than one person has searched for, answered by now or not."""
        self._told = told
        self._rows: QuerySet[VainSearch, Any] = (
            waiting.order_by()
            .values("words")
            .annotate(total=Sum("count"), first=Min("day"), last=Max("day"))
            .order_by("-total", "-last", "words")
        )

    def __getitem__(self, part: slice, /) -> list[VainWords]:
        return [VainWords(row["words"], row["total"], row["first"], row["last"]) for row in self._rows[part]]

    def count(self) -> int:
        return self._rows.count()

    def by_week(self, *, until: dt.date, weeks: int) -> list[tuple[dt.date, int]]:
        """How often in each of the last `weeks` weeks, the one of `until` included: Mondays and numbers; one query."""
        last = until - dt.timedelta(days=until.weekday())
        mondays = [last - dt.timedelta(weeks=back) for back in range(weeks - 1, -1, -1)]
        counted = dict.fromkeys(mondays, 0)
        days = self._told.filter(day__gte=mondays[0], day__lte=until).order_by()
        for day, number in days.values_list("day").annotate(total=Sum("count")):
            counted[day - dt.timedelta(days=day.weekday())] += number
        return list(counted.items())


def nothing_searched() -> VainList:
    """What somebody reads who may not read them."""
    return VainList(VainSearch.objects.none(), VainSearch.objects.none())
