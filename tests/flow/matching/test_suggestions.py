"""The engine on real rows: whole towns at once, big towns by their index, the same answers either way."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from musubi.flow.listings import services as listings
from musubi.flow.listings.enums import Side
from musubi.flow.listings.models import Listing
from musubi.flow.matching.queries import (
    blockers_between,
    is_open_to_town,
    listing_by_reference,
    match_all,
    match_one,
    pool,
)
from tests.factories import Town
from tests.gold import gold_rows


def imported(town: Town, now: dt.datetime) -> None:
    list(
        listings.import_listings(
            municipality=town.municipality, rows=gold_rows(town.municipality), by=None, now=now
        )
    )


def test_the_judged_collection_is_matched_whole(town: Town, now: dt.datetime) -> None:
    imported(town, now)
    found = list(match_all(town.municipality, today=timezone.localdate(now)))
    needs = {match.need.pk for match in found}
    assert len(needs) == 40
    assert all(
        not blockers_between(match.need, match.offer, today=timezone.localdate(now)) for match in found[:30]
    )
    assert next(row["need"] for row in (match.as_json() for match in found)).startswith("dn")


def test_what_is_told_of_a_match_was_read_with_it(
    town: Town, now: dt.datetime, django_assert_num_queries: Any
) -> None:
    imported(town, now)
    today = timezone.localdate(now)
    need = Listing.objects.filter(side=Side.NEED).first()
    assert need is not None
    found = match_one(need, today=today, top=5)
    expected = Listing.objects.in_bulk([match.offer.pk for match in found])
    assert len(expected) == len(found) > 1
    with django_assert_num_queries(0):
        told = [match.as_json() for match in found]
        open_to_town = [is_open_to_town(match.offer) for match in found]
    assert [each["offer"] for each in told] == [expected[match.offer.pk].external_ref for match in found]
    assert open_to_town == [is_open_to_town(expected[match.offer.pk]) for match in found]


def test_few_candidates_hold_the_best_of_all(
    town: Town, now: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    imported(town, now)
    today = timezone.localdate(now)
    needs = list(Listing.objects.filter(side=Side.NEED).order_by("pk")[:10])
    monkeypatch.setattr(pool, "BEST", 400)
    every = [{match.offer.pk for match in match_one(need, today=today, top=3)} for need in needs]
    for name, number in {"BEST": 30, "ALIKE": 10, "NEWEST": 5}.items():
        monkeypatch.setattr(pool, name, number)
    few = [{match.offer.pk for match in match_one(need, today=today, top=3)} for need in needs]
    shared = [len(some & best) / len(best) for some, best in zip(few, every, strict=True) if best]
    assert len(shared) >= 8
    assert sum(shared) / len(shared) > 0.9


def test_a_listing_is_found_by_either_id(town: Town, other_town: Town, now: dt.datetime) -> None:
    imported(town, now)
    need = Listing.objects.get(external_ref="dn001")
    assert listing_by_reference(town.municipality, "dn001") == need
    assert listing_by_reference(town.municipality, str(need.pk)) == need
    assert listing_by_reference(other_town.municipality, "dn001") is None
    assert listing_by_reference(town.municipality, "９") is None
