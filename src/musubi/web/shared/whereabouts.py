"""Where a page's rows are: points of towns and wards for the map, and how far they are from somebody's own.

Addresses have no points and none are guessed: a mark stands at the middle of its town or ward, and the page says so.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from musubi.base.common.distances import metres_between
from musubi.base.places.queries import Spot, Whereabouts, spots_of
from musubi.flow.actors.queries import own_actors_for
from musubi.web.design.distances import how_far

if TYPE_CHECKING:
    from musubi.flow.actors.queries.standing import Person

OWN_AT_MOST = 20


def spots_of_rows(rows: Sequence[tuple[str, Any]]) -> list[Spot | None]:
    """The point of each listing, actor, issue or story (kind and row), in a constant number of queries."""
    prefetch_related_objects([row for kind, row in rows if kind == "listing"], "areas")
    return spots_of([_said_by(kind, row) for kind, row in rows])


def _said_by(kind: str, row: Any) -> Whereabouts:
    if kind == "listing":
        return Whereabouts(tuple(row.areas.all()), row.town)
    if kind == "actor":
        return Whereabouts((row.area,) if row.area else (), row.town)
    if kind == "issue":
        return Whereabouts((row.area,))
    return Whereabouts()


def own_spots_for(user: "Person") -> dict[str, Spot]:
    """Where the actors are that this person acts for: name -> point."""
    if not user.is_authenticated:
        return {}
    actors = list(own_actors_for(user).order_by("pk")[:OWN_AT_MOST])
    spots = spots_of_rows([("actor", actor) for actor in actors])
    return {actor.name: spot for actor, spot in zip(actors, spots, strict=True) if spot}


def far_from(spot: Spot, origin: Spot) -> str:
    """「約1.2km（歩いて約20分）」 between two middles; within one town or ward that says nothing."""
    if spot.area_id == origin.area_id:
        return _("同じ町・区の中")
    return how_far(metres_between(spot.point, origin.point))


def far_from_own(spot: Spot, own: Mapping[str, Spot]) -> str:
    """The same from the nearest of one's own actors, which is named; nothing for who has none."""
    if not own:
        return ""
    name = min(own, key=lambda name: metres_between(spot.point, own[name].point))
    return _("%(actor)sから：%(far)s") % {"actor": name, "far": far_from(spot, own[name])}


def places_of(kind: str, row: Any, *, reader: "Person", address: str = "") -> list[dict[str, Any]]:
    """For `{% places %}`: where one row is, or nothing where that is not known."""
    (spot,) = spots_of_rows([(kind, row)])
    if not spot:
        return []
    own = {} if kind == "actor" else own_spots_for(reader)
    return [place_at(spot, address=address, far=far_from_own(spot, own))]


def place_at(
    spot: Spot, *, address: str = "", far: str = "", entries: Iterable[Mapping[str, Any]] = ()
) -> dict[str, Any]:
    """One entry of `{% places %}`."""
    return {
        "name": spot.name,
        "address": address,
        "far": far,
        "latitude": spot.latitude,
        "longitude": spot.longitude,
        "entries": list(entries),
    }
