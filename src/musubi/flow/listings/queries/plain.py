"""Listings with their parts as plain rows: what hundreds of candidates are read as, ten times as fast as models.

A plain row has its model's columns as attributes, or those that are named here, and its parts under the names that
`with_parts` fetches, so whoever reads a prefetched listing reads a plain one too.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache, partial
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import BigIntegerField, CharField, DateField, DateTimeField, Model, QuerySet

from musubi.base.common.prepared import Among, Given, Prepared, PreparedModels, Question, together
from musubi.base.places.models import Area, Municipality
from musubi.flow.actors.models import Actor, Credential

from ..enums import Side
from ..models import Availability, Listing, MenuItem, Provision, Requirement
from . import matchable, menu_item_of

OF_ACTOR = ("id", "kind", "name", "state")
OF_AREA = ("id", "path", "code", "name")
# What is compared, and what a list says besides; in the order of the model, in which Django makes one of some of its columns.
OF_MATCHABLE = (
    "id", "municipality_id", "side", "actor_id", "title", "body", "fields", "town", "conditions", "wanted_kinds", "concepts",
    "concepts_in_title", "visibility", "state", "external_ref",
)  # fmt: skip
OF_MENU = ("id", "can_do", "cannot_do")


class Plain:
    """One row: its columns as attributes, `pk` among them."""

    actor: "Plain"
    menu_item: Any

    def __init__(self, values: dict[str, Any]) -> None:
        self.__dict__.update(values)
        self.pk = values["id"]


class Parts(tuple):  # type: ignore[type-arg]
    """Rows of one parent, asked for as a prefetched relation is."""

    __slots__ = ()

    def all(self) -> "Parts":
        return self


def plain_listings(ids: Collection[int]) -> list[Any]:
    """Listings by id with `actor`, `menu_item` (None: none) and all parts, in a constant number of statements.

    Unfiltered: to be asked with ids that a query of whoever asks has given.
    """
    return _with_parts([_listed(*_WHOLE, row) for row in _plain(ids=ids)] if ids else [])


def plain_matchable(ids: Collection[int], *, municipality_id: int, side: str, today: dt.date) -> list[Any]:
    """The same of those that may be proposed (`matchable`), in as many statements, with the columns named above."""
    found = _matchable(ids=ids, town=municipality_id, side=side, today=today) if ids else ()
    return _with_parts([_listed(OF_MATCHABLE, OF_MENU, row) for row in found])


def plain_of(listing: Listing) -> Any:
    """The same of one that was read as a model by `whole_listings`."""
    row = Plain(vars(listing))
    row.actor, row.menu_item = Plain(vars(listing.actor)), menu_item_of(listing)
    (found,) = _with_parts([row])
    return found


def _listed(own: tuple[str, ...], of_menu: tuple[str, ...], values: tuple[Any, ...]) -> Plain:
    """One listing of the columns that `_columns` names."""
    actor, menu = len(own), len(own) + len(OF_ACTOR)
    row = Plain(dict(zip(own, values, strict=False)))
    row.actor = Plain(dict(zip(OF_ACTOR, values[actor:menu], strict=True)))
    item = dict(zip(of_menu, values[menu:], strict=True))
    row.menu_item = None if item["id"] is None else Plain(item)
    return row


def _columns(own: Iterable[str], of_menu: Iterable[str]) -> list[str]:
    """A listing's columns, its actor's, and those of its part of the menu, if it is in there."""
    return [*own, *(f"actor__{name}" for name in OF_ACTOR), *(f"menu_item__{name}" for name in of_menu)]


def _with_parts(rows: list[Any]) -> list[Any]:
    if not rows:
        return []
    found = [row.pk for row in rows]
    sides = {row.side for row in rows}
    credentials, windows, areas, requirements, provisions = together(
        _credentials.asking(_by_actor, actors={row.actor_id for row in rows}),
        _parts(Availability, found),
        _lying_in.asking(_areas_of, listings=found),
        _parts(Requirement, found if Side.NEED in sides else ()),
        _parts(Provision, found if Side.OFFER in sides else ()),
    )
    none = Parts()
    for row in rows:
        row.actor.credentials = credentials.get(row.actor_id, none)
        row.requirements = requirements.get(row.pk, none)
        row.provisions = provisions.get(row.pk, none)
        row.availabilities = windows.get(row.pk, none)
        row.areas = areas.get(row.pk, none)
    return rows


def whole_listings(ids: Collection[int]) -> list[Listing]:
    """As models with `actor`, `municipality` and `menu_item`, in one query; unfiltered as well."""
    return _whole(ids=ids) if ids else []


def model_of(row: Any, town: Municipality) -> Listing:
    """A listing of a town that was read by `plain_matchable`, as a model; what was not read of it is when it is asked for."""
    listing = Listing.from_db(DEFAULT_DB_ALIAS, OF_MATCHABLE, _told(row, OF_MATCHABLE))
    actor = Actor.from_db(DEFAULT_DB_ALIAS, OF_ACTOR, _told(row.actor, OF_ACTOR))
    item = row.menu_item and MenuItem.from_db(DEFAULT_DB_ALIAS, OF_MENU, _told(row.menu_item, OF_MENU))
    for name, other in (("municipality", town), ("actor", actor), ("menu_item", item)):
        _relation(name).set_cached_value(listing, other)
    return listing


def _told(row: Any, names: Iterable[str]) -> list[Any]:
    return [getattr(row, name) for name in names]


def _relation(name: str) -> Any:
    return Listing._meta.get_field(name)


_whole = PreparedModels(
    lambda: Listing.objects.filter(Among("pk", "ids")).order_by("pk"), "actor", "municipality", "menu_item"
)


def areas_question(ids: Collection[int]) -> Question[dict[int, Any]]:
    """The question for areas, by id."""
    return _areas.asking(_areas_by_id, ids=ids)


@Prepared
def _areas() -> QuerySet[Area, tuple[Any, ...]]:
    return Area.objects.filter(Among("pk", "ids")).order_by().values_list(*OF_AREA)


def _areas_by_id(rows: Iterable[tuple[Any, ...]]) -> dict[int, Any]:
    return {row[0]: Plain(dict(zip(OF_AREA, row, strict=True))) for row in rows}


@PreparedModels
def _credentials() -> QuerySet[Credential]:
    """As models: few have any, and whether one is valid is the model's to say."""
    return Credential.objects.filter(Among("actor", "actors"))


def _by_actor(credentials: Iterable[Credential]) -> Mapping[int, Parts]:
    return _by("actor_id", credentials)


@Prepared
def _lying_in() -> QuerySet[Any, tuple[Any, ...]]:
    """In the order of the areas."""
    pairs = Listing.areas.through.objects.filter(Among("listing", "listings")).order_by("area")
    return pairs.values_list("listing_id", *(f"area__{name}" for name in OF_AREA))


def _areas_of(rows: Iterable[tuple[Any, ...]]) -> Mapping[int, Parts]:
    """By listing; each area is one row, however many lie in it."""
    areas: dict[int, Any] = {}
    found: dict[int, list[Any]] = defaultdict(list)
    for listing, *values in rows:
        area = areas.get(values[0])
        if area is None:
            area = areas[values[0]] = Plain(dict(zip(OF_AREA, values, strict=True)))
        found[listing].append(area)
    return {listing: Parts(each) for listing, each in found.items()}


def _parts(model: type[Model], listing_ids: Collection[int]) -> Question[Mapping[int, Parts]]:
    """The rows that belong to some listings, by listing, in the model's order."""
    names, rows = _rows_of(model)
    return rows.asking(partial(_parts_by_listing, names), listings=listing_ids)


def _parts_by_listing(names: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> Mapping[int, Parts]:
    return _by("listing_id", (Plain(dict(zip(names, row, strict=True))) for row in rows))


def _by(column: str, rows: Iterable[Any]) -> Mapping[int, Parts]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[getattr(row, column)].append(row)
    return {pk: Parts(group) for pk, group in found.items()}


@lru_cache(maxsize=8)
def _rows_of(model: type[Model]) -> tuple[tuple[str, ...], Prepared[tuple[Any, ...]]]:
    """The columns of what belongs to listings, and their query."""
    names = _without_moments(model)
    return names, Prepared(
        lambda: model._default_manager.filter(Among("listing", "listings")).values_list(*names)
    )


def _without_moments(model: type[Model]) -> tuple[str, ...]:
    """All columns but moments, which cost most to read and which no candidate needs."""
    fields = model._meta.concrete_fields
    return tuple(field.attname for field in fields if not isinstance(field, DateTimeField))


_WHOLE = (_without_moments(Listing), _without_moments(MenuItem))


@Prepared
def _plain() -> QuerySet[Listing, tuple[Any, ...]]:
    rows = Listing.objects.filter(Among("pk", "ids"))
    return rows.order_by("pk").values_list(*_columns(*_WHOLE))


@Prepared
def _matchable() -> QuerySet[Listing, tuple[Any, ...]]:
    town, side = Given("town", BigIntegerField()), Given("side", CharField())
    rows = matchable(town, side, today=Given("today", DateField()))
    return rows.filter(Among("id", "ids")).order_by("pk").values_list(*_columns(OF_MATCHABLE, OF_MENU))
