"""Listings with their parts as plain rows: what hundreds of candidates are read as, ten times as fast as models.

A plain row has its model's columns as attributes, or those that are named here, and its parts under the names that
`with_parts` fetches, so whoever reads a prefetched listing reads a plain one too.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from typing import Any

from django.db.models import BigIntegerField, CharField, DateField, DateTimeField, Model, QuerySet

from musubi.base.common.prepared import Among, Given, Prepared, PreparedModels
from musubi.base.places.models import Area, Municipality
from musubi.flow.actors.models import Actor, Credential

from ..enums import Side, Template
from ..models import Availability, Listing, MenuItem, Provision, Requirement
from . import matchable

OF_ACTOR = ("id", "kind", "name", "state")
OF_AREA = ("id", "path", "code", "name")
OF_MATCHABLE = (
    "id", "side", "template", "actor_id", "title", "body", "fields", "town", "conditions", "wanted_kinds", "concepts", "concepts_in_title", "state",
)  # fmt: skip


class Plain:
    """One row: its columns as attributes, `pk` among them."""

    def __init__(self, values: dict[str, Any]) -> None:
        self.__dict__.update(values)
        self.pk = values["id"]


class Parts(tuple):  # type: ignore[type-arg]
    """Rows of one parent, asked for as a prefetched relation is."""

    __slots__ = ()

    def all(self) -> "Parts":
        return self


def plain_listings(ids: Iterable[int]) -> list[Any]:
    """Listings by id with `actor`, `menu_item` (None: none) and all parts, in a constant number of statements.

    Unfiltered: to be asked with ids that a query of whoever asks has given.
    """
    return _with_parts(_rows(Listing, "id", list(ids)))


def plain_matchable(ids: Collection[int], *, municipality_id: int, side: str, today: dt.date) -> list[Any]:
    """The same of those that may be proposed (`matchable`), in as many statements, with what is compared of them."""
    found = _matchable(ids=ids, town=municipality_id, side=side, today=today) if ids else ()
    return _with_parts([Plain(dict(zip(OF_MATCHABLE, row, strict=True))) for row in found])


def _with_parts(rows: list[Any]) -> list[Any]:
    if not rows:
        return []
    actors = {row.pk: row for row in _rows(Actor, "id", {row.actor_id for row in rows}, OF_ACTOR)}
    rows = [row for row in rows if row.actor_id in actors]  # an actor may leave between the two statements
    found = [row.pk for row in rows]
    credentials = _by(_credentials(actors=actors), "actor_id")
    sides = {row.side for row in rows}
    requirements = _by(_rows(Requirement, "listing_id", found if Side.NEED in sides else ()), "listing_id")
    provisions = _by(_rows(Provision, "listing_id", found if Side.OFFER in sides else ()), "listing_id")
    windows = _by(_rows(Availability, "listing_id", found), "listing_id")
    items = [row.pk for row in rows if row.template == Template.MENU]
    menu = _by(_rows(MenuItem, "listing_id", items), "listing_id")
    areas = _areas_of(found)
    none = Parts()
    for actor in actors.values():
        actor.credentials = credentials.get(actor.pk, none)
    for row in rows:
        row.actor = actors[row.actor_id]
        row.requirements = requirements.get(row.pk, none)
        row.provisions = provisions.get(row.pk, none)
        row.availabilities = windows.get(row.pk, none)
        row.areas = areas.get(row.pk, none)
        row.menu_item = next(iter(menu.get(row.pk, ())), None)
    return rows


def whole_listings(ids: Collection[int]) -> list[Listing]:
    """As models with `actor`, `municipality` and `menu_item`, in four queries; unfiltered as well."""
    rows = _listings(ids=ids) if ids else []
    if not rows:
        return []
    actors = {row.pk: row for row in _actors(ids={row.actor_id for row in rows})}
    rows = [row for row in rows if row.actor_id in actors]  # as above
    towns = {row.pk: row for row in _municipalities(ids={row.municipality_id for row in rows})}
    items = {row.listing_id: row for row in _menu_items(listings=ids)}
    for row in rows:
        row.actor, row.municipality = actors[row.actor_id], towns[row.municipality_id]
        Listing._meta.get_field("menu_item").set_cached_value(row, items.get(row.pk))
    return rows


@PreparedModels
def _listings() -> QuerySet[Listing]:
    return Listing.objects.filter(Among("pk", "ids")).order_by("pk")


@PreparedModels
def _actors() -> QuerySet[Actor]:
    return Actor.objects.filter(Among("pk", "ids")).order_by()


@PreparedModels
def _municipalities() -> QuerySet[Municipality]:
    return Municipality.objects.filter(Among("pk", "ids")).order_by()


@PreparedModels
def _menu_items() -> QuerySet[MenuItem]:
    return MenuItem.objects.filter(Among("listing", "listings")).order_by()


def plain_areas(ids: Collection[int]) -> dict[int, Any]:
    """Areas by id, in their order."""
    return {row.pk: row for row in _rows(Area, "id", ids, OF_AREA)}


@PreparedModels
def _credentials() -> QuerySet[Credential]:
    """As models: few have any, and whether one is valid is the model's to say."""
    return Credential.objects.filter(Among("actor", "actors"))


def _areas_of(listing_ids: Iterable[int]) -> Mapping[int, Parts]:
    pairs = _lying_in(listings=listing_ids)
    areas = plain_areas({area for _, area in pairs})
    place = {pk: number for number, pk in enumerate(areas)}
    found: dict[int, list[Any]] = defaultdict(list)
    for listing, area in sorted(pairs, key=lambda pair: place[pair[1]]):
        found[listing].append(areas[area])
    return {listing: Parts(rows) for listing, rows in found.items()}


@Prepared
def _lying_in() -> QuerySet[Any, tuple[int, int]]:
    pairs = Listing.areas.through.objects.filter(Among("listing", "listings"))
    return pairs.order_by().values_list("listing_id", "area_id")


def _by(rows: Iterable[Any], column: str) -> Mapping[int, Parts]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[getattr(row, column)].append(row)
    return {pk: Parts(group) for pk, group in found.items()}


def _rows(
    model: type[Model], column: str, ids: Collection[int], only: tuple[str, ...] | None = None
) -> list[Any]:
    """The rows whose column is among the ids, in the model's order."""
    if not ids:
        return []
    names, query = _query(model, column, only)
    return [Plain(dict(zip(names, row, strict=True))) for row in query(ids=ids)]


@lru_cache(maxsize=32)
def _query(model: type[Model], column: str, only: tuple[str, ...] | None) -> tuple[tuple[str, ...], Prepared]:
    """The columns and their query: all but moments, which cost most to read and which no candidate needs.

    In the model's own order; listings by id, as their newest first is of no use here.
    """
    names = tuple(
        field.attname
        for field in model._meta.concrete_fields
        if (field.attname in only if only else not isinstance(field, DateTimeField))
    )

    def query() -> QuerySet[Any, tuple[Any, ...]]:
        rows = model._default_manager.filter(Among(column, "ids"))
        return (rows.order_by("pk") if model is Listing else rows).values_list(*names)

    return names, Prepared(query)


@Prepared
def _matchable() -> QuerySet[Any, tuple[Any, ...]]:
    town, side = Given("town", BigIntegerField()), Given("side", CharField())
    rows = matchable(town, side, today=Given("today", DateField()))
    return rows.filter(Among("id", "ids")).order_by("pk").values_list(*OF_MATCHABLE)
