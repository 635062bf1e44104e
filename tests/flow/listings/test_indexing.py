"""A saved listing is found at once, by those who may read it, and not after it is over."""

import datetime as dt

import pytest

from musubi.base.index.queries import search
from musubi.flow.actors.enums import ActorKind, ActorState
from musubi.flow.listings import services
from musubi.flow.listings.enums import ListingState, Side, Template, WithdrawReason
from musubi.flow.listings.models import Listing
from musubi.flow.listings.services import WindowValue, facets_of_month, index_row
from musubi.flow.listings.services.when import when_facets
from tests import factories
from tests.factories import Town

from .samples import MENU, NEXT_YEAR, hall_needed


def found(town: Town, text: str, *facets: str) -> list[int]:
    hits = search(
        partitions=[town.municipality.pk], text=text, facets=[{facet} for facet in facets], kinds=["listing"]
    )
    return [ref.object_id for ref in hits.refs]


@pytest.fixture
def listing(town: Town, now: dt.datetime) -> Listing:
    draft = services.create_draft(
        actor=town.actor,
        side=Side.NEED,
        template=Template.PLACE,
        by=town.owner,
        now=now,
        content=hall_needed(town),
    )
    assert found(town, "会場") == []
    return services.publish_listing(listing=draft, by=town.owner, now=now)


def test_it_is_found_by_its_words_its_lines_and_its_actor(town: Town, listing: Listing) -> None:
    for words in ("こども食堂", "子ども食堂", "会場", "台所のある部屋", town.actor.name):
        assert found(town, words) == [listing.pk]
    assert found(town, "剣道") == []


def test_its_facets_say_all_that_is_filtered_by(town: Town, listing: Listing) -> None:
    row = index_row(Listing.objects.get(pk=listing.pk))
    prefecture = town.city.parent_id
    assert set(row.facets) == {
        "k:listing",
        "v:public",
        "s:need",
        "st:published",
        "r:place",
        "r:people",
        "f:1",
        "f:13",
        f"a:{prefecture}",
        f"a:{town.city.pk}",
        f"a:{town.wards[0].pk}",
        f"in:{town.wards[0].pk}",
        f"by:{town.actor.pk}",
        "m:need:place",
        "m:need:people",
        "on:5",
        "on:6",
        "seats:6",
        *(f"month:{NEXT_YEAR + dt.timedelta(days=days):%Y-%m}" for days in range(61)),
        "w:5",
        "w:6",
        *(f"m:{month}" for month in months_of(NEXT_YEAR, NEXT_YEAR + dt.timedelta(days=60))),
        *(f"c:{name}" for name in ("子ども", "子どもの食と居場所", "食・料理", "調理場", "会議・集会の部屋")),
    }


def months_of(first: dt.date, last: dt.date) -> set[str]:
    days = (last - first).days
    return {f"{first + dt.timedelta(days=n):%Y-%m}" for n in range(days + 1)}


def place(town: Town, *, lines: list[tuple[object, ...]], **fields: object) -> set[str]:
    """The facets of an offer."""
    made = factories.make_listing(town.actor, Side.OFFER, lines=lines, **fields)
    return set(index_row(made).facets)


def test_it_says_for_how_many_it_is_and_whether_for_wheelchairs(town: Town) -> None:
    room, desks = ("place", "会議室", 30, "capacity"), ("goods", "30席分の机", 30, "capacity")
    assert {"seats:6", "wheels:unsaid"} <= place(town, lines=[room])
    assert "wheels:unsaid" not in place(town, lines=[room], conditions=["wheelchair_ok"])
    # desks may all be lent one day, and the offer then says nothing of seats
    assert not [facet for facet in place(town, lines=[desks]) if facet.startswith(("seats", "wheels"))]
    assert {"seats:7"} <= place(
        town, lines=[("place", "広間", 20, "capacity"), ("goods", "机", 40, "capacity")]
    )


def test_who_finds_people_says_so(town: Town) -> None:
    centre = {"title": "ボランティアセンター", "lines": [("people", "", None, "")]}
    assert "finds:any" in place(town, **centre)
    sports = {
        **centre,
        "title": "スポーツの指導者",
        "body": "ご紹介します。",
        "concepts_in_title": ["スポーツ", "教える人・講師"],
    }
    assert {"finds:スポーツ"} == {facet for facet in place(town, **sports) if facet.startswith("finds")}


LONG_AGO, DECEMBER, JANUARY, LATER = (
    dt.date(year, month, 1) for year, month in ((2020, 1), (2026, 12), (2027, 1), (2031, 1))
)
SATURDAY = dt.date(2026, 12, 5)
ALL_WEEK = set(range(7))


@pytest.mark.parametrize(
    ("windows", "months", "days"),
    [
        ([], {LONG_AGO, DECEMBER, JANUARY, LATER}, ALL_WEEK),
        ([WindowValue(starts_on=SATURDAY, ends_on=JANUARY)], {DECEMBER, JANUARY}, ALL_WEEK),
        ([WindowValue(starts_on=SATURDAY)], {DECEMBER, JANUARY, LATER}, ALL_WEEK),
        ([WindowValue(ends_on=SATURDAY)], {DECEMBER}, ALL_WEEK),
        ([WindowValue(starts_on=SATURDAY, ends_on=SATURDAY + dt.timedelta(days=1))], {DECEMBER}, {5, 6}),
        (
            [WindowValue(weekdays=(2,)), WindowValue(weekdays=(4,))],
            {LONG_AGO, DECEMBER, JANUARY, LATER},
            {2, 4},
        ),
        (
            [WindowValue(starts_on=DECEMBER, ends_on=dt.date(2036, 1, 1))],
            {DECEMBER, JANUARY, LATER},
            ALL_WEEK,
        ),
        (
            [
                WindowValue(starts_on=LONG_AGO, ends_on=LONG_AGO),
                WindowValue(starts_on=JANUARY, ends_on=JANUARY),
            ],
            {LONG_AGO, JANUARY},
            {LONG_AGO.weekday(), JANUARY.weekday()},
        ),
    ],
)
def test_the_months_and_weekdays_it_can_be_on(
    windows: list[WindowValue], months: set[dt.date], days: set[int]
) -> None:
    facets = when_facets(windows)
    asked = (LONG_AGO, DECEMBER, JANUARY, LATER)
    assert {month for month in asked if facets & facets_of_month(month)} == months
    assert {day for day in ALL_WEEK if f"w:{day}" in facets} == days


def test_a_saved_change_is_found_and_the_old_words_are_not(
    town: Town, listing: Listing, now: dt.datetime
) -> None:
    services.save_listing(
        listing=listing, content=hall_needed(town, title="剣道の道場"), version=1, by=town.owner, now=now
    )
    assert found(town, "剣道の道場") == [listing.pk]
    assert found(town, "こども食堂の会場を探しています") == []


@pytest.mark.parametrize("over", ["withdraw", "hide", "expire"])
def test_what_is_over_is_not_found(town: Town, listing: Listing, now: dt.datetime, over: str) -> None:
    if over == "withdraw":
        services.withdraw_listing(listing=listing, reason=WithdrawReason.MISTAKE, by=town.owner, now=now)
    elif over == "hide":
        services.hide_listing(listing=listing, reason="営業です", by=town.officer, now=now)
    else:
        services.expire_due_listings(
            now=dt.datetime.combine(listing.expires_on, dt.time(12), dt.UTC) + dt.timedelta(days=1)
        )
    assert found(town, "こども食堂") == []


def test_shown_again_it_is_found_again(town: Town, listing: Listing, now: dt.datetime) -> None:
    services.hide_listing(listing=listing, reason="営業です", by=town.officer, now=now)
    services.unhide_listing(listing=listing, by=town.officer, now=now)
    assert found(town, "こども食堂", "v:public") == [listing.pk]


def test_reserved_stays_found_as_reserved(town: Town, listing: Listing, now: dt.datetime) -> None:
    services.reserve_listing(listing=listing, by=town.owner, now=now)
    assert found(town, "こども食堂", "st:reserved") == [listing.pk]
    assert found(town, "こども食堂", "st:published") == []


def test_listings_of_an_imported_draft_actor_are_found_by_staff_alone_until_it_registers(
    town: Town, now: dt.datetime
) -> None:
    actor = factories.make_actor(town.municipality, state=ActorState.DRAFT, name="取り込んだ会")
    row = services.ListingRow(external_ref="n1", actor=actor, side=Side.NEED, content=hall_needed(town))
    list(services.import_listings(municipality=town.municipality, rows=[row], by=None, now=now))
    listing = Listing.objects.get()
    assert found(town, "会場", "v:public") == []
    assert found(town, "会場", "v:intermediaries") == [listing.pk]
    actor.state, actor.verified_at = ActorState.VERIFIED, now
    actor.save()
    assert services.index_listings_of(actor=actor) == 1
    assert found(town, "会場", "v:public") == [listing.pk]


def test_a_menu_item_is_found_by_what_it_can_do(town: Town, now: dt.datetime) -> None:
    parks = factories.make_actor(
        town.municipality, town.officer, kind=ActorKind.DEPARTMENT, name="公園緑地課"
    )
    item = services.create_draft(
        actor=parks,
        side=Side.OFFER,
        template=Template.MENU,
        by=town.officer,
        now=now,
        content=hall_needed(town, menu=MENU),
    )
    services.publish_listing(listing=item, by=town.officer, now=now)
    assert found(town, "清掃用具", "menu:1") == [item.pk]
    assert found(town, "処分", "menu:1") == []


def test_rebuilding_reads_exactly_what_is_shown(town: Town, listing: Listing) -> None:
    for state in (ListingState.DRAFT, ListingState.WITHDRAWN, ListingState.EXPIRED):
        factories.make_listing(town.actor, state=state)
    assert [row.object_id for row in services.rows_to_index()] == [listing.pk]
