"""The only door to areas and municipalities; both are public facts."""

from django.db.models import Q, QuerySet

from .models import Area, AreaLevel, Municipality

SHORTEST_STEM = 2


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
