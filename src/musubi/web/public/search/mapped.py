"""What a search found, by where it is: the places of one page of results, each with what is there."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from musubi.base.common.distances import metres_between
from musubi.base.places.models import Municipality
from musubi.base.places.queries import Spot, spots_named
from musubi.web.shared.whereabouts import far_from, own_spots_for, place_at, spots_of_rows

from .asked import Asked
from .facets import kind_labels
from .finding import Found

if TYPE_CHECKING:
    from musubi.flow.actors.queries.standing import Person


@dataclass(frozen=True)
class Mapped:
    """`origin`: what the distances are from; `origins`: what it may have been where that was not clear."""

    places: list[dict[str, Any]]
    placeless: list[dict[str, Any]]
    number: int
    origin: Spot | None
    origins: list[tuple[str, str]]
    is_unknown: bool


def mapped(asked: Asked, items: Iterable[Found], *, user: "Person", town: Municipality) -> Mapped:
    """One page of results by place: nearest first where it is known from where, else in the search's order."""
    named = spots_named(town, asked.near) if asked.near else []
    origin = _origin(asked, named, user)
    found = list(items)
    spots = spots_of_rows([(each.kind, each.row) for each in found])
    groups: dict[Spot, list[dict[str, Any]]] = {}
    placeless = []
    for each, spot in zip(found, spots, strict=True):
        if spot:
            groups.setdefault(spot, []).append(_entry(each))
        else:
            placeless.append(_entry(each))
    order = (
        sorted(groups, key=lambda spot: metres_between(spot.point, origin.point)) if origin else list(groups)
    )
    return Mapped(
        places=[
            place_at(spot, far=far_from(spot, origin) if origin else "", entries=groups[spot])
            for spot in order
        ],
        placeless=placeless,
        number=len(found) - len(placeless),
        origin=origin,
        origins=[(spot.name, asked.url(near=spot.name)) for spot in named] if len(named) > 1 else [],
        is_unknown=bool(asked.near) and not named,
    )


def _origin(asked: Asked, named: list[Spot], user: "Person") -> Spot | None:
    """The one place named; where none was, that of one's own actor if it is at one place."""
    if asked.near:
        return named[0] if len(named) == 1 else None
    own = {spot.area_id: spot for spot in own_spots_for(user).values()}
    return next(iter(own.values())) if len(own) == 1 else None


def _entry(found: Found) -> dict[str, Any]:
    kind = found.row.side if found.kind == "listing" else found.kind
    return {
        "title": found.title,
        "href": reverse(f"public:{found.kind}", args=[found.row.pk]),
        "kind": dict(kind_labels())[kind],
    }
