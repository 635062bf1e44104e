"""Listings read by statements that are put together once are those that Django reads."""

import datetime as dt
from typing import Any

from django.db.models import Model

from musubi.flow.listings.models import Listing
from musubi.flow.listings.queries import menu_item_of, with_parts
from musubi.flow.listings.queries.plain import (
    model_of,
    plain_listings,
    plain_matchable,
    plain_of,
    whole_listings,
)
from tests.factories import Town, make_listing
from tests.together import make_need, make_offer

TODAY = dt.date(2026, 12, 1)
MENU = {"can_do": "2時間の講座", "cannot_do": "", "answered_by": "総務課", "answers_within_days": 7}
WINDOW = {
    "starts_on": "2026-12-06",
    "ends_on": "2027-03-31",
    "weekdays": [6, 7],
    "opens": "09:00",
    "closes": "12:00",
    "least_minutes": 90,
}


def listings_of(town: Town) -> list[int]:
    rows = [
        make_need(town, windows=[WINDOW], areas=[town.municipality.area]),
        make_offer(town, lines=[("goods", "いす", 40, "items"), ("place", "会場", 30, "capacity")]),
        make_listing(town.actor, "offer", template="menu", menu=MENU),
    ]
    return [row.pk for row in rows]


def test_whole_listings_hold_what_belongs_to_them(town: Town, django_assert_num_queries: Any) -> None:
    ids = listings_of(town)
    expected = Listing.objects.select_related("actor", "municipality", "menu_item").in_bulk(ids)
    with django_assert_num_queries(1):
        found = {row.pk: row for row in whole_listings(ids)}
        for pk, row in found.items():
            other = expected[pk]
            assert columns(row) == columns(other)
            assert columns(row.actor) == columns(other.actor)
            assert columns(row.municipality) == columns(other.municipality)
            assert columns(getattr(row, "menu_item", None)) == columns(getattr(other, "menu_item", None))
    assert found.keys() == expected.keys()
    assert [getattr(found[pk], "menu_item", None) is not None for pk in ids] == [False, False, True]


def test_what_was_read_to_be_compared_makes_the_listing(town: Town, django_assert_num_queries: Any) -> None:
    ids = listings_of(town)
    expected = Listing.objects.select_related("actor").in_bulk(ids)
    read = [
        row
        for side in ("need", "offer")
        for row in plain_matchable(ids, municipality_id=town.municipality.pk, side=side, today=TODAY)
    ]
    assert {row.pk for row in read} == set(ids)
    for row in read:
        with django_assert_num_queries(0):
            found = model_of(row, town.municipality)
            assert found.municipality is town.municipality
            assert str(found) == str(expected[row.pk])
            assert str(found.actor) == str(expected[row.pk].actor)
            assert found.actor.get_kind_display() == expected[row.pk].actor.get_kind_display()
            item = menu_item_of(found)
            assert (
                (item.can_do, item.cannot_do) == ("2時間の講座", "") if found.pk == ids[2] else item is None
            )
        # What was not read yet is as true as what was.
        assert columns(found) == columns(expected[row.pk])
        assert columns(found.actor) == columns(expected[row.pk].actor)


def test_nothing_asked_is_no_query(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert (whole_listings([]), plain_listings([])) == ([], [])


def test_plain_listings_have_the_same_parts(town: Town) -> None:
    ids = listings_of(town)
    expected = {row.pk: row for row in with_parts(Listing.objects.filter(pk__in=ids))}
    read_alone = [plain_of(row) for row in whole_listings(ids)]
    for row in [*plain_listings(ids), *read_alone]:
        other = expected[row.pk]
        assert same(row, other)
        assert same(row.actor, other.actor)
        for part in ("requirements", "provisions", "availabilities", "areas"):
            parts, others = getattr(row, part).all(), list(getattr(other, part).all())
            assert [part.pk for part in parts] == [part.pk for part in others]
            assert all(same(one, another) for one, another in zip(parts, others, strict=True))
        assert (
            menu_item_of(row) is None if menu_item_of(other) is None else same(row.menu_item, other.menu_item)
        )
    assert [row.pk for row in plain_listings(ids)] == [row.pk for row in read_alone] == ids


def columns(row: Model | None) -> dict[str, Any]:
    return {} if row is None else {name: getattr(row, name) for name in names_of(row)}


def names_of(row: Model) -> list[str]:
    return [field.attname for field in row._meta.concrete_fields]


def same(plain: Any, row: Model) -> bool:
    """Whether a plain row holds columns, and each as the model does; moments it has none."""
    held = {name: value for name, value in columns(row).items() if name in vars(plain)}
    return len(held) > 3 and held == {name: getattr(plain, name) for name in held}
