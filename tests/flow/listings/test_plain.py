"""Listings read by statements that are put together once are those that Django reads."""

from typing import Any

import pytest
from django.db import connection
from django.db.models import Model

from musubi.flow.listings.models import Listing
from musubi.flow.listings.queries import with_parts
from musubi.flow.listings.queries.plain import plain_listings, whole_listings
from tests.factories import Town, make_actor, make_listing
from tests.together import make_need, make_offer

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
    with django_assert_num_queries(4):
        found = {row.pk: row for row in whole_listings(ids)}
        for pk, row in found.items():
            other = expected[pk]
            assert columns(row) == columns(other)
            assert columns(row.actor) == columns(other.actor)
            assert columns(row.municipality) == columns(other.municipality)
            assert columns(getattr(row, "menu_item", None)) == columns(getattr(other, "menu_item", None))
    assert found.keys() == expected.keys()
    assert [getattr(found[pk], "menu_item", None) is not None for pk in ids] == [False, False, True]


@pytest.mark.parametrize("read", [whole_listings, plain_listings])
def test_who_leaves_while_they_are_read_is_left_out(read: Any, town: Town) -> None:
    stays = make_need(town)
    leaver = make_actor(town.municipality)
    goes = make_listing(leaver)

    def leave(execute: Any, statement: str, *rest: Any) -> Any:
        if 'FROM "actors_actor"' in statement and Listing.objects.filter(pk=goes.pk).exists():
            Listing.objects.filter(pk=goes.pk).delete()
            leaver.delete()
        return execute(statement, *rest)

    with connection.execute_wrapper(leave):
        assert [row.pk for row in read([stays.pk, goes.pk])] == [stays.pk]
        assert read([goes.pk]) == []


def test_nothing_asked_is_no_query(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert (whole_listings([]), plain_listings([])) == ([], [])


def test_plain_listings_have_the_same_parts(town: Town) -> None:
    ids = listings_of(town)
    expected = {row.pk: row for row in with_parts(Listing.objects.filter(pk__in=ids))}
    for row in plain_listings(ids):
        other = expected.pop(row.pk)
        assert same(row, other)
        assert same(row.actor, other.actor)
        for part in ("requirements", "provisions", "availabilities", "areas"):
            parts, others = getattr(row, part).all(), list(getattr(other, part).all())
            assert [part.pk for part in parts] == [part.pk for part in others]
            assert all(same(one, another) for one, another in zip(parts, others, strict=True))
    assert expected == {}


def columns(row: Model | None) -> dict[str, Any]:
    return {} if row is None else {name: getattr(row, name) for name in names_of(row)}


def names_of(row: Model) -> list[str]:
    return [field.attname for field in row._meta.concrete_fields]


def same(plain: Any, row: Model) -> bool:
    """Whether a plain row holds columns, and each as the model does; moments it has none."""
    held = {name: value for name, value in columns(row).items() if name in vars(plain)}
    return len(held) > 3 and held == {name: getattr(plain, name) for name in held}
