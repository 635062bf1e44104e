"""Where something is, as far as its area and town say it."""

import pytest

from musubi.base.places.models import Area
from musubi.base.places.queries import Spot, Whereabouts, spots_named, spots_of
from tests.factories import Town, make_area

pytestmark = pytest.mark.django_db


def at(area: Area, lat: float, lng: float) -> Area:
    area.lat, area.lng = lat, lng
    area.save(update_fields=["lat", "lng"])
    return area


def spot(area: Area, name: str) -> Spot:
    return Spot(area.pk, name, area.lat or 0, area.lng or 0)


def test_the_town_that_is_named_within_the_area(town: Town) -> None:
    here = at(town.town, 35.1, 140.1)
    ward = at(town.wards[0], 35.2, 140.2)
    at(make_area("town", "浜町一丁目", "", town.wards[1]), 35.9, 140.9)
    said = [
        Whereabouts((ward,), "浜町一丁目"),
        Whereabouts((ward,), "だれも知らない町"),
        Whereabouts((ward,)),
        Whereabouts((here,)),
        Whereabouts((town.city,), "浜町一丁目"),
        Whereabouts((town.city,)),
        Whereabouts(town.wards),
        Whereabouts((), "浜町一丁目"),
    ]
    the_town, the_ward = spot(here, "港区浜町一丁目"), spot(ward, "港区")
    assert spots_of(said) == [the_town, the_ward, the_ward, the_town, None, None, None, None]


def test_what_has_no_point_has_no_spot(town: Town) -> None:
    assert spots_of([Whereabouts((town.wards[0],), town.town.name), Whereabouts((town.town,))]) == [
        None,
        None,
    ]


def test_as_many_queries_for_one_as_for_fifty(town: Town, django_assert_num_queries: object) -> None:
    at(town.town, 35.1, 140.1)
    for number in (1, 50):
        said = [Whereabouts((town.wards[0],), "浜町一丁目")] * number
        with django_assert_num_queries(1):  # type: ignore[operator]
            assert spots_of(said) == [spot(town.town, "港区浜町一丁目")] * number


def test_wards_and_towns_by_name(town: Town, other_town: Town) -> None:
    here = at(town.town, 35.1, 140.1)
    ward = at(town.wards[0], 35.2, 140.2)
    twin = at(make_area("town", "浜町一丁目", "", town.wards[1]), 35.3, 140.3)
    second = at(make_area("town", "浜町二丁目", "", town.wards[0]), 35.4, 140.4)
    at(other_town.town, 35.5, 140.5)
    both = [spot(here, "港区浜町一丁目"), spot(twin, "川辺区浜町一丁目")]
    municipality = town.municipality
    assert spots_named(municipality, "港区") == [spot(ward, "港区")]
    assert spots_named(municipality, "浜町一丁目") == both
    assert spots_named(municipality, "港区浜町一丁目") == both[:1]
    assert spots_named(municipality, "港区浜町") == [both[0], spot(second, "港区浜町二丁目")]
    assert len(spots_named(municipality, "浜")) == 3
    assert spots_named(municipality, "宇宙") == []
