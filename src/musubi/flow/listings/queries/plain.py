"""Listings with their parts as plain rows: what hundreds of candidates are read as, ten times as fast as models.

A plain row has its model's columns as attributes, and its parts under the names that `with_parts` fetches, so
whoever reads a prefetched listing reads a plain one too. The statements are put together once: for Django to build
ten of them takes longer than for the database to answer.
"""

# ruff: noqa: S608 (statements are put together from the models' own names, never from input)

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import DateTimeField, JSONField, Model

from musubi.base.places.models import Area
from musubi.flow.actors.models import Actor, Credential

from ..enums import Side, Template
from ..models import Availability, Listing, MenuItem, Provision, Requirement

OF_ACTOR = ("id", "kind", "name", "state")
OF_AREA = ("id", "path", "code", "name")


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
    rows = _rows(Listing, "id", ids)
    found = [row.pk for row in rows]
    actors = {row.pk: row for row in _rows(Actor, "id", {row.actor_id for row in rows}, OF_ACTOR)}
    credentials = _by(_credentials(actors), "actor_id")
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


def plain_areas(ids: Iterable[int]) -> dict[int, Any]:
    """Areas by id, in their order."""
    return {row.pk: row for row in _rows(Area, "id", ids, OF_AREA)}


def _credentials(actor_ids: Iterable[int]) -> list[Credential]:
    """As models: few have any, and whether one is valid is the model's to say."""
    rows = _run(f"SELECT id FROM {Credential._meta.db_table} WHERE actor_id {_among()}", actor_ids)
    return list(Credential.objects.filter(pk__in=[pk for (pk,) in rows])) if rows else []


def _areas_of(listing_ids: Iterable[int]) -> Mapping[int, Parts]:
    table = Listing.areas.through._meta.db_table
    pairs = _run(f"SELECT listing_id, area_id FROM {table} WHERE listing_id {_among()}", listing_ids)
    areas = plain_areas({area for _, area in pairs})
    place = {pk: number for number, pk in enumerate(areas)}
    found: dict[int, list[Any]] = defaultdict(list)
    for listing, area in sorted(pairs, key=lambda pair: place[pair[1]]):
        found[listing].append(areas[area])
    return {listing: Parts(rows) for listing, rows in found.items()}


def _by(rows: Iterable[Any], column: str) -> Mapping[int, Parts]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[getattr(row, column)].append(row)
    return {pk: Parts(group) for pk, group in found.items()}


def _rows(
    model: type[Model], column: str, ids: Iterable[int], only: tuple[str, ...] | None = None
) -> list[Any]:
    """The rows whose column is among the ids, in the model's order."""
    statement, names, as_json = _statement(model, column, only, connection.vendor)
    found = []
    for row in _run(statement, ids):
        values = dict(zip(names, row, strict=True))
        for name in as_json:
            values[name] = None if values[name] is None else _loads(values[name])
        found.append(Plain(values))
    return found


@lru_cache(maxsize=32)
def _statement(
    model: type[Model], column: str, only: tuple[str, ...] | None, vendor: str
) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """The statement, its columns and those of them that hold JSON.

    All columns but moments, which cost most to read and which no candidate needs.
    """
    fields = [
        field
        for field in model._meta.concrete_fields
        if (field.attname in only if only else not isinstance(field, DateTimeField))
    ]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    statement = (
        f'SELECT {columns} FROM "{model._meta.db_table}" WHERE "{column}" {_among(vendor)}{_order(model)}'
    )
    as_json = tuple(field.attname for field in fields if isinstance(field, JSONField))
    return statement, tuple(field.attname for field in fields), as_json


def _order(model: type[Model]) -> str:
    """The model's own order; listings by id, as their newest first is of no use here."""
    if model is Listing:
        return ' ORDER BY "id"'
    names = [str(name).replace("pk", "id") for name in model._meta.ordering or ()]
    parts = [f'"{name.lstrip("-")}"{" DESC" if name.startswith("-") else ""}' for name in names]
    return f" ORDER BY {', '.join(parts)}" if parts else ""


def _among(vendor: str | None = None) -> str:
    """Ids as one parameter, so that the statement's text is always the same."""
    as_json = (vendor or connection.vendor) == "sqlite"
    return "IN (SELECT value FROM json_each(%s))" if as_json else "= ANY(%s::bigint[])"


def _run(statement: str, ids: Iterable[int]) -> list[tuple[Any, ...]]:
    asked = list(ids)
    if not asked:
        return []
    with connection.cursor() as cursor:
        cursor.execute(statement, [json.dumps(asked) if connection.vendor == "sqlite" else asked])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


@lru_cache(maxsize=4096)
def _loads(text: str) -> Any:
    """JSON that many rows have in common; to be read, not changed."""
    return json.loads(text)
