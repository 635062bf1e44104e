"""The only door to areas and municipalities; both are public facts."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from .models import Area, AreaLevel, Municipality

SHORTEST_STEM = 2
MOST_NAMED = 8


@dataclass(frozen=True)
class Whereabouts:
    """What a row says of where it is: areas, and the name of a town within them."""

    areas: tuple[Area, ...] = ()
    town: str = ""


@dataclass(frozen=True)
class Spot:
    """The middle of a town or a ward: a point of the area, never of a house."""

    area_id: int
    name: str
    latitude: float
    longitude: float

    @property
    def point(self) -> tuple[float, float]:
        return (self.latitude, self.longitude)


def municipalities() -> QuerySet[Municipality]:
    return Municipality.objects.select_related("area")


def has_real_town() -> bool:
    """Whether a town was founded here that is not the demonstration's."""
    return Municipality.objects.filter(is_demonstration=False).exists()


def municipality_for_host(host: str, chosen: int | None) -> Municipality | None:
    """The town a request speaks of: its host's, else the reader's choice, else the first."""
    rows = list(municipalities()[:200])
    by_host = {row.host: row for row in rows if row.host}
    by_id = {row.pk: row for row in rows}
    return by_host.get(host) or by_id.get(chosen or 0) or (rows[0] if rows else None)


def areas_within(municipality: Municipality, *levels: str) -> QuerySet[Area]:
    """The municipality's own area and everything below it, optionally of the given levels only."""
    rows = Area.objects.filter(path__startswith=municipality.area.path)
    return rows.filter(level__in=levels) if levels else rows


def wards_of(municipality: Municipality) -> QuerySet[Area]:
    """The wards, or for a city without wards nothing."""
    return areas_within(municipality, AreaLevel.WARD)


def choosable_areas(municipality: Municipality) -> QuerySet[Area]:
    """The city as a whole and its wards: what a listing may name."""
    return Area.objects.filter(
        Q(pk=municipality.area_id) | Q(path__startswith=municipality.area.path, level=AreaLevel.WARD)
    )


def towns_of(municipality: Municipality) -> QuerySet[Area]:
    return areas_within(municipality, AreaLevel.TOWN).select_related("parent")


def areas_with_codes(codes: list[str]) -> dict[str, Area]:
    """Prefectures, cities and wards by their code."""
    return {area.code: area for area in Area.objects.filter(code__in=codes).exclude(code="")}


def areas_named(name: str) -> list[Area]:
    """Cities and wards of this name, those inside the installation's own towns alone if there are any."""
    found = list(Area.objects.filter(name=name, level__in=(AreaLevel.CITY, AreaLevel.WARD)))
    paths = [row.area.path for row in municipalities()]
    inside = [area for area in found if any(area.path.startswith(path) for path in paths)]
    return inside or found


def cities_and_wards() -> QuerySet[Area]:
    """Every city and ward known, with what lies above it."""
    rows = Area.objects.filter(level__in=(AreaLevel.CITY, AreaLevel.WARD))
    return rows.select_related("parent", "parent__parent")


DIVISIONS = (
    ("市", "し"),
    ("区", "く"),
    ("町", "まち"),
    ("町", "ちょう"),
    ("村", "むら"),
    ("村", "そん"),
    ("県", "けん"),
    ("府", "ふ"),
)


def place_readings(municipality: Municipality) -> dict[str, str]:
    """Name → reading of the town's area, what lies above and what lies within it, as far as known. One query.

    結浜市 is also known as 結浜. A name that is read in two ways (two 本町) is left out.
    """
    above = [int(part) for part in municipality.area.path.split("/") if part]
    rows = Area.objects.filter(Q(path__startswith=municipality.area.path) | Q(pk__in=above)).exclude(kana="")
    readings: dict[str, set[str]] = {}
    for name, kana in rows.order_by("pk").values_list("name", "kana"):
        readings.setdefault(name, set()).add(kana)
        for division, read in DIVISIONS:
            stem, stem_kana = name.removesuffix(division), kana.removesuffix(read)
            if SHORTEST_STEM <= len(stem) < len(name) and stem_kana != kana:
                readings.setdefault(stem, set()).add(stem_kana)
    return {name: found.pop() for name, found in readings.items() if len(found) == 1}


def spots_of(said: Sequence[Whereabouts]) -> list[Spot | None]:
    """The middle of the town each names, else of its one ward; None where that is not known or a whole city.

    One query for all. A town counts if just one of its name lies in the areas.
    """
    towns: dict[str, list[Area]] = defaultdict(list)
    if names := {each.town for each in said if each.town}:
        rows = Area.objects.filter(level=AreaLevel.TOWN, name__in=names).select_related("parent")
        for town in rows.exclude(lat=None).order_by("path"):
            towns[town.name].append(town)
    return [_spot_of(each, towns.get(each.town, [])) for each in said]


def _spot_of(said: Whereabouts, towns: Iterable[Area]) -> Spot | None:
    within = [town for town in towns if any(town.path.startswith(area.path) for area in said.areas)]
    if len(within) == 1:
        return spot_at(within[0])
    if len(said.areas) == 1 and said.areas[0].level in (AreaLevel.WARD, AreaLevel.TOWN):
        return spot_at(said.areas[0])
    return None


def spot_at(area: Area) -> Spot | None:
    """The middle of a town or ward, if it is known."""
    if area.lat is None or area.lng is None:
        return None
    above = area.parent.name if area.level == AreaLevel.TOWN and area.parent else ""
    return Spot(area.pk, f"{above}{area.name}", area.lat, area.lng)


def spots_named(municipality: Municipality, text: str) -> list[Spot]:
    """The wards and towns of a city that are called so, or else that begin so; 「港区浜町」 too. A few at most."""
    rows = areas_within(municipality, AreaLevel.WARD, AreaLevel.TOWN).exclude(lat=None)
    begins = Q(name__startswith=text)
    for ward in wards_of(municipality):
        if text.startswith(ward.name) and text != ward.name:
            begins |= Q(parent=ward, name__startswith=text.removeprefix(ward.name))
    found = rows.filter(begins).select_related("parent").order_by("parent__code", "kana", "name", "pk")
    spots = [(area.name, spot) for area in found[: MOST_NAMED * 4] if (spot := spot_at(area))]
    exact = [spot for name, spot in spots if text in (name, spot.name)]
    return (exact or [spot for _, spot in spots])[:MOST_NAMED]
