"""結浜市: a fictional city of seven wards under codes that no real prefecture uses."""

from collections import defaultdict
from dataclasses import dataclass

from musubi.base.places.models import Area
from musubi.base.places.services import AreaValues, TownValues, save_area, save_towns

from .content import rows_of

PREFECTURE = AreaValues(level="prefecture", code="990001", name="みそら県", kana="みそらけん")
CITY = AreaValues(
    level="city", code="991007", name="結浜市", kana="ゆいはまし", parent="990001", lat=35.20, lng=140.05
)
# Code, name, reading, and the middle of its towns.
WARDS = {
    "honcho": ("991015", "本町区", "ほんちょうく", 35.1868, 140.0489),
    "minato": ("991023", "港区", "みなとく", 35.1496, 140.0489),
    "sakuradai": ("991031", "桜台区", "さくらだいく", 35.2008, 140.0183),
    "kawabe": ("991040", "川辺区", "かわべく", 35.2317, 140.0969),
    "aobano": ("991058", "青葉野区", "あおばのく", 35.2579, 140.0437),
    "midorioka": ("991066", "緑丘区", "みどりおかく", 35.2449, 139.9839),
    "yamate": ("991074", "山手区", "やまてく", 35.1836, 139.9932),
}


@dataclass(frozen=True)
class Places:
    """The areas by the keys that the content uses; "city" is the whole city."""

    areas: dict[str, Area]
    towns: dict[tuple[str, str], Area]


def build_places() -> Places:
    """The prefecture, the city, its wards and towns."""
    save_area(values=PREFECTURE)
    areas = {"city": save_area(values=CITY)[0]}
    by_ward: dict[str, list[TownValues]] = defaultdict(list)
    for row in rows_of("towns"):
        by_ward[row["ward"]].append(
            TownValues(name=row["name"], kana=row["kana"], lat=row["lat"], lng=row["lng"])
        )
    for key, (code, name, kana, lat, lng) in WARDS.items():
        values = AreaValues(level="ward", code=code, name=name, kana=kana, parent=CITY.code, lat=lat, lng=lng)
        areas[key] = save_area(values=values)[0]
        save_towns(area=areas[key], towns=by_ward[key])
    wards = {areas[key].pk: key for key in WARDS}
    towns = Area.objects.filter(level="town", parent__in=list(wards))
    return Places(areas, {(wards[town.parent_id or 0], town.name): town for town in towns})
