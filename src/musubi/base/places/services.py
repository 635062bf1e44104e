"""Making areas and towns: official facts, kept by code."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from django.db import transaction
from django.db.models import F

from .models import Area, AreaLevel, Municipality

Result = Literal["taken", "updated", "unchanged"]
LEVELS = (AreaLevel.PREFECTURE, AreaLevel.CITY, AreaLevel.WARD)
BATCH = 500


@dataclass(frozen=True, kw_only=True)
class AreaValues:
    """What a file says of one area; `parent` is the code of the area above, "" for a prefecture."""

    level: str
    code: str
    name: str
    kana: str = ""
    parent: str = ""
    lat: float | None = None
    lng: float | None = None

    def facts(self) -> dict[str, object]:
        """What may change of an area whose code stays. An empty reading or point is no news."""
        facts: dict[str, object] = {"level": self.level, "name": self.name}
        if self.kana:
            facts["kana"] = self.kana
        if self.lat is not None and self.lng is not None:
            facts |= {"lat": self.lat, "lng": self.lng}
        return facts


def save_area(*, values: AreaValues) -> tuple[Area, Result]:
    """Make or renew an area known by its code. KeyError if the area above is not there yet."""
    outcome = save_areas(areas=[values])
    return Area.objects.get(code=values.code), outcome[values.code]


@transaction.atomic
def save_areas(*, areas: Iterable[AreaValues]) -> dict[str, Result]:
    """Make or renew areas in a constant number of queries for each level: code -> what happened.

    KeyError with the missing code if an area above is neither there nor among the given.
    """
    given = list(areas)
    codes = {values.code for values in given} | {values.parent for values in given if values.parent}
    existing = {area.code: area for area in Area.objects.filter(code__in=codes)}
    outcome: dict[str, Result] = {}
    changed: list[Area] = []
    for level in LEVELS:
        new: list[Area] = []
        for values in (values for values in given if values.level == level):
            area = existing.get(values.code)
            if area is None:
                new.append(_unsaved(values, existing))
                existing[values.code] = new[-1]
                outcome[values.code] = "taken"
            elif area.pk and _put(area, values.facts()):
                changed.append(area)
                outcome[values.code] = "updated"
            else:
                outcome.setdefault(values.code, "unchanged")
        _create(new)
    Area.objects.bulk_update(changed, ["level", "name", "kana", "lat", "lng"], batch_size=BATCH)
    return outcome


def _unsaved(values: AreaValues, existing: dict[str, Area]) -> Area:
    parent = existing[values.parent] if values.parent else None
    area = Area(code=values.code, parent=parent, path="", **values.facts())
    area.full_clean(exclude=["path", "parent"], validate_unique=False, validate_constraints=False)
    return area


def _create(areas: list[Area]) -> None:
    """Store new areas whose parents are stored, and give each its path."""
    made = Area.objects.bulk_create(areas, batch_size=BATCH)
    for area in made:
        area.path = f"{area.parent.path if area.parent else '/'}{area.pk}/"
    Area.objects.bulk_update(made, ["path"], batch_size=BATCH)


def _put(area: Area, facts: dict[str, object]) -> bool:
    """Set what differs; whether anything did."""
    different = {name: value for name, value in facts.items() if getattr(area, name) != value}
    for name, value in different.items():
        setattr(area, name, value)
    return bool(different)


@dataclass(frozen=True, kw_only=True)
class TownValues:
    """What a file says of one 町丁目."""

    name: str
    kana: str = ""
    lat: float | None = None
    lng: float | None = None

    def facts(self) -> dict[str, object]:
        """What may change of a town whose name stays. An empty reading or point is no news."""
        facts: dict[str, object] = {"kana": self.kana} if self.kana else {}
        if self.lat is not None and self.lng is not None:
            facts |= {"lat": self.lat, "lng": self.lng}
        return facts


@transaction.atomic
def save_towns(*, area: Area, towns: Iterable[TownValues]) -> dict[str, Result]:
    """Make or renew the towns of a ward or city, in a constant number of queries: name -> what happened."""
    existing = {town.name: town for town in Area.objects.filter(parent=area, level=AreaLevel.TOWN)}
    outcome: dict[str, Result] = {}
    new: list[Area] = []
    changed: list[Area] = []
    for values in towns:
        town = existing.get(values.name)
        if town is None:
            town = Area(level=AreaLevel.TOWN, name=values.name, parent=area, path="", **values.facts())
            existing[values.name] = town
            new.append(town)
            outcome[values.name] = "taken"
        elif town.pk and _put(town, values.facts()):
            changed.append(town)
            outcome[values.name] = "updated"
        else:
            outcome.setdefault(values.name, "unchanged")
    _create(new)
    Area.objects.bulk_update(changed, ["kana", "lat", "lng"], batch_size=BATCH)
    return outcome


def make_municipality(
    *, area: Area, contact: str = "", host: str = "", is_demonstration: bool = False
) -> Municipality:
    """A town joins the installation. IntegrityError if it is there already."""
    return Municipality.objects.create(
        area=area, name=area.name, contact=contact, host=host, is_demonstration=is_demonstration
    )


def renew_readings(*, municipality: Municipality) -> None:
    """Let every process read this town's words anew from the next page on."""
    Municipality.objects.filter(pk=municipality.pk).update(readings_version=F("readings_version") + 1)
