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
    return VainList(
        open_searches_of(municipality)
        .order_by()
        .values("words")
        .annotate(total=Sum("count"), first=Min("day"), last=Max("day"))
        .order_by("-total", "-last", "words")
    )


class VainList:
    """A long list that is read part by part."""

    def __init__(self, rows: "QuerySet[VainSearch, Any]") -> None:
        self._rows = rows

    def __getitem__(self, part: slice, /) -> list[VainWords]:
        return [VainWords(row["words"], row["total"], row["first"], row["last"]) for row in self._rows[part]]

    def count(self) -> int:
        return self._rows.count()


def nothing_searched() -> VainList:
    """What somebody reads who may not read them."""
    return VainList(VainSearch.objects.none().values("words"))
