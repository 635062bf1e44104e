"""The town that is measured is the same on every machine."""

import datetime as dt
from typing import Any

from django.db import transaction

from musubi.base.index.models import DeltaPosting, Segment
from musubi.base.index.queries import search
from musubi.base.index.services import bulk_index
from musubi.demo.measuring import build_many
from musubi.flow.listings.enums import ListingState, Side
from musubi.flow.listings.models import Listing
from musubi.flow.listings.queries import with_parts
from musubi.flow.listings.services import content_of
from musubi.flow.listings.services.indexing import KIND, rows_to_index
from tests.factories import Town


def build(town: Town, number: int, now: dt.datetime) -> int:
    return build_many(municipality=town.municipality, number=number, now=now, say=lambda _what: None)


def everything(town: Town) -> dict[str, Any]:
    rows = with_parts(Listing.objects.filter(municipality=town.municipality)).select_related(
        "actor", "menu_item"
    )
    return {
        row.external_ref: (
            row.side,
            row.state,
            row.published_at,
            row.actor.name,
            row.actor.kind,
            content_of(row),
        )
        for row in rows
    }


def test_the_same_number_gives_the_same_town_in_one_go_or_in_two(town: Town, now: dt.datetime) -> None:
    with transaction.atomic():
        assert build(town, 300, now) == 300
        first = everything(town)
        transaction.set_rollback(True)
    assert build(town, 300, now) == 300
    assert everything(town) == first
    assert build(town, 300, now + dt.timedelta(days=2)) == 0
    assert everything(town) == first
    assert build(town, 340, now) == 40
    more = everything(town)
    assert len(more) == 340
    assert {ref: more[ref] for ref in first} == first


def test_they_are_believable_and_differ(town: Town, now: dt.datetime) -> None:
    build(town, 300, now)
    rows = list(Listing.objects.filter(municipality=town.municipality))
    assert len({row.body for row in rows}) == 300
    assert not [row for row in rows if "{" in row.title + row.body or not row.title or len(row.title) > 80]
    assert {row.side for row in rows} == set(Side.values)
    assert {row.state for row in rows} == {ListingState.PUBLISHED, ListingState.FULFILLED}


def test_they_are_found_and_the_index_is_as_if_built_anew(town: Town, now: dt.datetime) -> None:
    build(town, 300, now)
    found = search(text="", partitions=[town.municipality.pk], facets=[{"k:listing"}])
    assert found.total == 300
    assert (Segment.objects.count(), DeltaPosting.objects.count()) == (1, 0)
    assert bulk_index(kind=KIND, rows=rows_to_index()) == 0
