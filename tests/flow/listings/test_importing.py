"""Listings from files: the same twice changes nothing, people's own changes win, bad rows stand alone."""

import datetime as dt
from dataclasses import replace

import pytest

from musubi.base.common.verdict import NotAllowed
from musubi.flow.listings import services
from musubi.flow.listings.enums import ListingState, Side
from musubi.flow.listings.models import Listing
from musubi.flow.listings.queries import with_parts
from musubi.flow.listings.services import LineValue, ListingRow, Outcome, content_of
from tests.factories import Town
from tests.gold import gold_rows

from .samples import hall_needed, hall_offered


def rows_of(town: Town) -> list[ListingRow]:
    return [
        ListingRow(external_ref="n1", actor=town.actor, side=Side.NEED, content=hall_needed(town)),
        ListingRow(external_ref="o1", actor=town.actor, side=Side.OFFER, content=hall_offered(town)),
    ]


def take(town: Town, rows: list[ListingRow], now: dt.datetime) -> list[Outcome]:
    return list(services.import_listings(municipality=town.municipality, rows=rows, by=None, now=now))


def results(town: Town, rows: list[ListingRow], now: dt.datetime) -> list[str]:
    return [outcome.result for outcome in take(town, rows, now)]


def test_rows_are_taken_whole_and_the_same_file_twice_changes_nothing(town: Town, now: dt.datetime) -> None:
    rows = rows_of(town)
    assert results(town, rows, now) == ["taken", "taken"]
    before = list(Listing.objects.order_by("pk").values())
    assert results(town, rows, now + dt.timedelta(days=3)) == ["unchanged", "unchanged"]
    assert list(Listing.objects.order_by("pk").values()) == before
    need = with_parts(Listing.objects.filter(external_ref="n1")).get()
    assert content_of(need) == rows[0].content
    assert (need.state, need.source) == (ListingState.PUBLISHED, "import")


def test_newer_words_of_the_file_are_taken_over(town: Town, now: dt.datetime) -> None:
    rows = rows_of(town)
    take(town, rows, now)
    newer = replace(rows[0], content=hall_needed(town, title="会場がまだ足りません", lines=()))
    assert results(town, [newer, rows[1]], now) == ["updated", "unchanged"]
    need = Listing.objects.get(external_ref="n1")
    assert (need.title, need.requirements.count()) == ("会場がまだ足りません", 0)


def test_what_people_changed_since_is_left_alone(town: Town, now: dt.datetime) -> None:
    rows = rows_of(town)
    take(town, rows, now)
    need = Listing.objects.get(external_ref="n1")
    services.save_listing(
        listing=need, content=hall_needed(town, title="本人が直した題名"), version=1, by=town.owner, now=now
    )
    services.fulfil_listing(listing=Listing.objects.get(external_ref="o1"), by=town.owner, now=now)
    newer = [replace(row, content=replace(row.content, body="新しい文")) for row in rows]
    assert results(town, newer, now) == ["unchanged", "unchanged"]
    assert Listing.objects.get(external_ref="n1").title == "本人が直した題名"


def test_a_bad_row_is_refused_alone_with_a_sentence(town: Town, now: dt.datetime) -> None:
    good = rows_of(town)
    untitled = replace(good[0], external_ref="bad1", content=hall_needed(town, title=""))
    unitless = replace(
        good[0],
        external_ref="bad2",
        content=hall_needed(town, lines=(LineValue(resource="place", amount=3),)),
    )
    outcomes = take(town, [good[0], untitled, unitless, good[1]], now)
    assert [(row.external_ref, row.result) for row in outcomes] == [
        ("n1", "taken"),
        ("bad1", "refused"),
        ("bad2", "refused"),
        ("o1", "taken"),
    ]
    assert "題名" in outcomes[1].reason
    assert "単位" in outcomes[2].reason
    assert set(Listing.objects.values_list("external_ref", flat=True)) == {"n1", "o1"}


def test_one_id_twice_in_a_file_is_one_listing(town: Town, now: dt.datetime) -> None:
    row = rows_of(town)[0]
    assert results(town, [row, row], now) == ["taken", "unchanged"]
    assert Listing.objects.count() == 1


def test_the_same_id_in_another_town_is_another_listing(
    town: Town, other_town: Town, now: dt.datetime
) -> None:
    take(town, rows_of(town), now)
    assert results(other_town, rows_of(other_town), now) == ["taken", "taken"]
    with pytest.raises(ValueError, match="another town"):
        take(other_town, rows_of(town), now)


def test_only_staff_import_on_screen(town: Town, now: dt.datetime) -> None:
    row = rows_of(town)[0]
    with pytest.raises(NotAllowed):
        services.import_listing(municipality=town.municipality, row=row, by=town.owner, now=now)
    done = services.import_listing(municipality=town.municipality, row=row, by=town.officer, now=now)
    assert done.result == "taken"
    assert Listing.objects.get().entered_by == town.officer


def test_many_rows_take_few_statements(
    town: Town, now: dt.datetime, django_assert_max_num_queries: object
) -> None:
    row = rows_of(town)[0]
    rows = [replace(row, external_ref=f"n{number}") for number in range(300)]
    with django_assert_max_num_queries(80):  # type: ignore[operator]
        assert results(town, rows, now) == ["taken"] * 300


def test_the_judged_collection_is_taken_whole(town: Town, now: dt.datetime) -> None:
    rows = gold_rows(town.municipality)
    assert results(town, rows, now) == ["taken"] * 440
    assert results(town, rows, now) == ["unchanged"] * 440
