"""Maps and distances on the pages of listings, actors, issues and of a search: always a list with it."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from musubi.base.places.models import Area
from musubi.base.tiles.source import GSI
from tests.factories import Town, make_actor, make_area, make_issue, make_listing
from tests.web.design.test_pages import is_sound

from . import rows

pytestmark = pytest.mark.django_db
NOTE = "番号は、町や区の中心に付けています。建物の場所ではありません。"


def at(area: Area, lat: float, lng: float) -> Area:
    area.lat, area.lng = lat, lng
    area.save(update_fields=["lat", "lng"])
    return area


@pytest.fixture
def placed(town: Town, settings: Any, tmp_path: Path) -> Town:
    """浜町一丁目 and its ward have points, 1.1 km apart; the map is on."""
    settings.TILES, settings.TILES_ROOT = GSI, tmp_path
    at(town.town, 35.0, 140.0)
    at(town.wards[0], 35.01, 140.0)
    return town


def page(client: Client, path: str) -> str:
    html = client.get(path).content.decode()
    is_sound(html)
    return html


def test_a_listing_is_at_the_middle_of_its_town_and_says_so(placed: Town) -> None:
    listing = make_listing(placed.actor, areas=[placed.wards[0]], town="浜町一丁目")
    html = page(Client(), f"/listings/{listing.pk}/")
    assert re.findall(r'data-latitude="([\d.]+)"\s+data-longitude="([\d.]+)"', html) == [
        ("35.000000", "140.000000")
    ]
    assert "<strong>港区浜町一丁目</strong>" in html
    assert NOTE in html
    assert "出典：国土地理院" in html
    assert 'href="https://maps.gsi.go.jp/development/ichiran.html"' in html
    assert f'data-tiles="/tiles/{{z}}/{{x}}/{{y}}.png?{GSI.mark}"' in html


def test_without_a_map_the_list_stays(placed: Town, settings: Any) -> None:
    settings.TILES = None
    listing = make_listing(placed.actor, areas=[placed.wards[0]], town="浜町一丁目")
    html = page(Client(), f"/listings/{listing.pk}/")
    assert "<strong>港区浜町一丁目</strong>" in html
    assert NOTE not in html  # nothing is numbered in a picture
    for word in ("leaflet", "map.js", "data-map", "国土地理院"):
        assert word not in html


def test_what_is_for_the_whole_city_has_no_map(placed: Town) -> None:
    listing = make_listing(placed.actor, areas=[placed.city])
    assert "data-places" not in page(Client(), f"/listings/{listing.pk}/")


def test_members_are_told_how_far_it_is_from_their_own(placed: Town, sign_in: Any) -> None:
    listing = make_listing(make_actor(placed.municipality), areas=[placed.wards[0]], town="浜町一丁目")
    far = f"{placed.actor.name}から：約1.1km（歩いて約20分）"
    path = f"/listings/{listing.pk}/"
    assert far in page(sign_in(placed.owner), path)
    assert "から：約" not in page(Client(), path)
    assert "から：約" not in page(sign_in(placed.citizen), path)


def test_an_actor_is_shown_with_the_address_that_this_reader_may_see(placed: Town, sign_in: Any) -> None:
    shown = {"area": placed.wards[0], "town": "浜町一丁目", "address": "浜町一丁目2-3"}
    open_one = make_actor(placed.municipality, item_visibility={"address": "public"}, **shown)
    closed_one = make_actor(placed.municipality, **shown)
    for actor, known in ((open_one, True), (closed_one, False)):
        html = page(Client(), f"/actors/{actor.pk}/")
        assert 'data-latitude="35.000000"' in html
        assert ("浜町一丁目2-3" in html) is known


def test_an_issue_is_at_its_town(placed: Town) -> None:
    issue = make_issue(placed, area=placed.town, place_note="郵便局の前")
    html = page(Client(), f"/issues/{issue.pk}/")
    assert 'data-latitude="35.000000"' in html
    assert html.count("郵便局の前") == 2


def found(client: Client, **params: Any) -> Any:
    return client.get("/search/", {"view": "map", **params}).context["mapped"]


def names(mapped: Any) -> list[str]:
    return [place["name"] for place in mapped.places]


@pytest.fixture
def results(placed: Town) -> Town:
    """Five results: two in one town, one in its ward, one far away, one for the whole city."""
    ward, other = placed.wards
    at(other, 35.2, 140.0)
    rows.listing(placed.actor, title="椅子を借りたい", areas=[other])
    rows.listing(placed.actor, title="椅子を貸せます", side="offer", areas=[ward], town="浜町一丁目")
    rows.issue(placed, title="椅子がない", area=placed.town)
    rows.actor(placed, name="椅子の会", area=ward)
    rows.listing(placed.actor, title="椅子はどこでも", areas=[placed.city])
    return placed


def test_results_are_gathered_at_their_places(results: Town) -> None:
    mapped = found(Client(), q="椅子")
    by_name = {place["name"]: {str(entry["kind"]) for entry in place["entries"]} for place in mapped.places}
    assert by_name == {
        "港区浜町一丁目": {"提供", "困りごと"},
        "港区": {"人・団体"},
        "川辺区": {"ニーズ"},
    }
    assert len(mapped.placeless) == 1
    assert mapped.number == 4
    html = page(Client(), "/search/?q=椅子&view=map")
    assert "このページの5件のうち、場所の分かる4件を地図に出しています。" in html
    assert 'href="/search/?q=%E6%A4%85%E5%AD%90"' in html
    for title in ("を借りたい", "を貸せます", "がない", "の会", "はどこでも"):
        assert f"</mark>{title}</a>" in html


def test_from_a_place_the_nearest_come_first(results: Town) -> None:
    mapped = found(Client(), q="椅子", near="浜町一丁目")
    assert [(place["name"], place["far"]) for place in mapped.places] == [
        ("港区浜町一丁目", "同じ町・区の中"),
        ("港区", "約1.1km（歩いて約20分）"),
        ("川辺区", "約22km"),
    ]
    assert "港区浜町一丁目から近い順です。" in page(Client(), "/search/?q=椅子&view=map&near=浜町一丁目")


def test_a_place_that_may_be_two_is_asked_about_and_an_unknown_one_is_said(results: Town) -> None:
    at(make_area("town", "浜町一丁目", "", results.wards[1]), 35.3, 140.3)
    mapped = found(Client(), q="椅子", near="浜町一丁目")
    assert [name for name, _ in mapped.origins] == ["港区浜町一丁目", "川辺区浜町一丁目"]
    assert found(Client(), q="椅子", near=mapped.origins[1][0]).origin.name == "川辺区浜町一丁目"
    html = page(Client(), "/search/?q=椅子&view=map&near=宇宙<b>")
    assert "「宇宙&lt;b&gt;」という町や区は見つかりませんでした。" in html
    assert 'aria-invalid="true"' in html


def test_a_member_begins_where_their_own_actor_is(results: Town, sign_in: Any) -> None:
    mapped = found(sign_in(results.owner), q="椅子")
    assert mapped.origin.name == "港区"
    assert names(mapped) == ["港区", "港区浜町一丁目", "川辺区"]
    assert found(sign_in(results.citizen), q="椅子").origin is None


def test_the_list_leads_to_the_map_and_neighbours_stay_maps(results: Town) -> None:
    html = page(Client(), "/search/?q=椅子")
    assert 'href="/search/?q=%E6%A4%85%E5%AD%90&amp;view=map"' in html
    asked = Client().get("/search/?q=椅子&view=map&near=港区").context["asked"]
    assert asked.url(kind="need").endswith(
        "&kind=need&view=map&near=%E6%B8%AF%E5%8C%BA"
    ) or "view=map" in asked.url(kind="need")
    assert "near=" in asked.url(kind="need")
    assert "view" not in asked.url_of_list
    assert "near" not in asked.url_of_list
    assert "near" not in Client().get("/search/?q=椅子&near=港区").context["asked"].url()


@pytest.mark.parametrize("query", ["view=map", "view=map&near=港区", "view=map&kind=need"])
def test_as_many_queries_for_few_as_for_many(results: Town, query: str) -> None:
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as counted:
            assert Client().get(f"/search/?q=椅子&{query}").context["mapped"]
        counts.append(len(counted))
        for number in range(8):
            rows.listing(
                results.actor, title=f"椅子{number}", areas=[results.wards[number % 2]], town=f"町{number}"
            )
            rows.actor(results, name=f"椅子の友{number}", area=results.wards[0])
    assert counts[0] == counts[1]
