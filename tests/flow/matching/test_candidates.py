"""Who is compared at all: everybody who can fit, however many there are who cannot."""

import datetime as dt

import pytest

from musubi.flow.actors.models import Credential
from musubi.flow.listings.enums import Side
from musubi.flow.listings.models import Listing
from musubi.flow.listings.queries import with_parts
from musubi.flow.listings.services import index_listing
from musubi.flow.matching.adapter import listing_values, values_of
from musubi.flow.matching.queries import match_offer, match_one, pool
from tests import factories
from tests.factories import Town

TODAY = dt.date.today()
WORDS = {"title": "公園の清掃と花壇の手入れ", "body": "公園の清掃と花壇の手入れを手伝う人手です。"}
PEOPLE = [("people", "清掃の人手", 5, "people")]


@pytest.fixture(autouse=True)
def _few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits so low that whatever is admitted beside the right one would push it out."""
    for name, number in {"BEST": 2, "ALIKE": 0, "NEWEST": 0}.items():
        monkeypatch.setattr(pool, name, number)


def offer(town: Town, /, **fields: object) -> Listing:
    actor = factories.make_actor(town.municipality, factories.make_person())
    given = {**WORDS, "areas": [town.wards[0]], "lines": PEOPLE, **fields}
    return factories.make_listing(actor, Side.OFFER, **given)


def need(town: Town, /, **fields: object) -> Listing:
    given = {**WORDS, "areas": [town.wards[0]], "lines": PEOPLE, **fields}
    return factories.make_listing(town.actor, Side.NEED, **given)


def offers_for(listing: Listing) -> list[int]:
    return [match.offer.pk for match in match_one(listing, today=TODAY)]


def test_the_area_comes_before_the_limit(town: Town) -> None:
    right = offer(town, title="花壇の手入れ", body="お手伝いします。")
    for _number in range(12):  # all of them more alike in words
        offer(town, areas=[town.wards[1]])
    assert offers_for(need(town)) == [right.pk]


def test_so_do_weekdays_months_and_ones_own(town: Town) -> None:
    saturday = {"weekdays": [5], "starts_on": dt.date(2027, 4, 3), "ends_on": dt.date(2027, 4, 24)}
    right = offer(town, title="花壇の手入れ", body="お手伝いします。", windows=[saturday])
    for _number in range(4):
        offer(town, windows=[{**saturday, "weekdays": [2]}])
        offer(town, windows=[{**saturday, "starts_on": dt.date(2027, 9, 4), "ends_on": dt.date(2027, 9, 25)}])
        factories.make_listing(town.actor, Side.OFFER, **WORDS, areas=[town.wards[0]], lines=PEOPLE)
    assert offers_for(need(town, windows=[saturday])) == [right.pk]


@pytest.mark.parametrize("where", ["city", "ward", "town", "anywhere"])
@pytest.mark.parametrize("asked", ["city", "ward", "town", "anywhere"])
def test_areas_meet_either_way(town: Town, where: str, asked: str) -> None:
    places = {"city": [town.city], "ward": [town.wards[0]], "town": [town.town], "anywhere": []}
    right = offer(town, areas=places[where])
    assert offers_for(need(town, areas=places[asked])) == [right.pk]


def test_a_need_is_found_for_an_offer_too(town: Town) -> None:
    right = need(town)
    for _number in range(6):
        person = factories.make_person()
        other = factories.make_actor(town.municipality, person)
        factories.make_listing(other, Side.NEED, **WORDS, areas=[town.wards[1]], lines=PEOPLE)
    assert [match.need.pk for match in match_offer(offer(town), today=TODAY, top=5)] == [right.pk]


def test_what_was_saved_a_moment_ago_is_among_them_and_what_changed_is_not(town: Town) -> None:
    asking = need(town)
    assert offers_for(asking) == []
    fresh = offer(town)
    assert offers_for(asking) == [fresh.pk]
    fresh.areas.set([town.wards[1]])
    index_listing(Listing.objects.get(pk=fresh.pk))
    assert offers_for(asking) == []


def test_the_newest_is_looked_at_however_little_it_says(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "NEWEST", 1)
    for _number in range(4):
        offer(town)
    last = offer(town, title="公園", body="公園の清掃に。", fields=[7])
    asking = pool.asked_of(need(town), today=TODAY)
    assert str(last.pk) in pool.pool_for(asking, today=TODAY).values
    monkeypatch.setattr(pool, "NEWEST", 0)
    assert str(last.pk) not in pool.pool_for(asking, today=TODAY).values


def test_who_asks_for_nothing_is_compared_with_nobody(town: Town) -> None:
    offer(town)
    assert offers_for(need(town, lines=[])) == []


def test_plain_rows_make_the_values_that_models_make(town: Town) -> None:
    made = [
        offer(
            town,
            areas=[town.town, town.wards[1]],
            town="浜町一丁目",
            lines=[("place", "集会所", 40, "capacity"), ("goods", "長机", None, "")],
            windows=[{"weekdays": [5, 6], "opens": dt.time(9), "closes": dt.time(17)}],
            conditions=["no_food"],
            fields=[3, 7],
            template="menu",
            menu={"can_do": "貸します", "cannot_do": "運べません"},
        ),
        need(town, wanted_kinds=["npo"]),
    ]
    Credential.objects.create(
        actor=made[0].actor,
        kind="registration",
        title="登録団体",
        issuer_name="結浜市",
        valid_from=dt.date(2026, 1, 1),
        given_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
    )
    rows = with_parts(
        Listing.objects.filter(pk__in=[row.pk for row in made]).select_related("actor", "menu_item")
    )
    expected = listing_values(rows.order_by("pk"), today=TODAY)
    assert values_of([row.pk for row in made], today=TODAY) == expected
    assert expected[0].credentials
    assert values_of([], today=TODAY) == []
