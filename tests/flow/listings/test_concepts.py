"""The concepts of a listing: found at saving, corrected by its people, found by search."""

import datetime as dt
from dataclasses import replace

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from musubi.base.common.verdict import ALLOWED
from musubi.base.index.queries import search
from musubi.base.knowledge.services import save_concept
from musubi.flow.listings.models import Listing
from musubi.flow.listings.services import (
    Content,
    ListingRow,
    content_of,
    create_draft,
    found_concepts,
    import_listings,
    publish_listing,
    read_all_concepts,
    save_listing,
)
from tests import factories
from tests.factories import Town

from .samples import hall_needed, hall_offered

pytestmark = pytest.mark.django_db


def draft(town: Town, content: Content, now: dt.datetime, side: str = "need") -> Listing:
    return create_draft(actor=town.actor, side=side, template="free", content=content, by=town.owner, now=now)


def save(listing: Listing, now: dt.datetime, **changes: object) -> Listing:
    listing.refresh_from_db()
    content = replace(content_of(listing), **changes)  # type: ignore[arg-type]
    return save_listing(
        listing=listing, content=content, version=listing.version, by=listing.created_by, now=now
    )


def concepts(listing: Listing) -> list[str]:
    return Listing.objects.get(pk=listing.pk).concepts


def in_title(listing: Listing) -> set[str]:
    return set(Listing.objects.get(pk=listing.pk).concepts_in_title)


def found(town: Town, name: str) -> list[int]:
    hits = search(partitions=[town.municipality.pk], facets=[[f"c:{name}"]])
    return [ref.object_id for ref in hits.refs]


def hall(town: Town, now: dt.datetime) -> None:
    save_concept(
        municipality=town.municipality, name="浜風ホール", kind="place", words=["浜風"], broader=["広い会場・ホール"],
        serves=["音の出せる場所"], reason="この町の呼び名のため。", allowed=ALLOWED, by=town.officer, now=now,
    )  # fmt: skip


def test_concepts_are_found_as_a_listing_is_written(town: Town, now: dt.datetime) -> None:
    listing = draft(town, hall_needed(town), now)
    assert concepts(listing) == sorted(found_concepts(listing, hall_needed(town)))
    assert {"調理場", "子どもの食と居場所"} <= set(concepts(listing))
    save(listing, now, title="草刈りの手伝い", body="川辺の草を刈ります。", lines=())
    assert "調理場" not in concepts(listing)
    assert "緑地・里山" in concepts(listing)


def test_those_of_the_title_are_kept_apart(town: Town, now: dt.datetime) -> None:
    content = hall_needed(town, title="浜風の台所で朗読会をしたい", body="椅子も要ります。")
    listing = draft(town, content, now)
    assert "調理場" in in_title(listing)
    assert in_title(listing) < set(concepts(listing))
    save(listing, now, title="浜風で朗読会をしたい", body="台所も使います。椅子も要ります。")
    assert "調理場" in concepts(listing)
    assert "調理場" not in in_title(listing)
    hall(town, now)
    assert read_all_concepts() == 1
    assert "浜風ホール" in in_title(listing)
    save(listing, now, concepts_removed=("浜風ホール",))
    assert "浜風ホール" not in in_title(listing)


def test_a_correction_outlives_the_next_saving(town: Town, now: dt.datetime) -> None:
    listing = draft(town, hall_needed(town), now)
    save(listing, now, concepts_removed=("調理場",), concepts_added=("囲碁・将棋・茶華道",))
    assert "調理場" not in concepts(listing)
    assert "囲碁・将棋・茶華道" in concepts(listing)
    save(listing, now, body="月に2回、台所のある部屋で夕食を作ります。野菜も探しています。")
    assert "調理場" not in concepts(listing)
    assert {"囲碁・将棋・茶華道", "食べ物"} <= set(concepts(listing))
    save(listing, now, concepts_removed=(), concepts_added=())
    assert "調理場" in concepts(listing)
    assert "囲碁・将棋・茶華道" not in concepts(listing)


def test_a_published_listing_is_found_by_its_concepts(town: Town, now: dt.datetime) -> None:
    listing = draft(town, hall_needed(town), now)
    assert found(town, "調理場") == []
    publish_listing(listing=listing, by=town.owner, now=now)
    assert found(town, "調理場") == [listing.pk]
    save(listing, now, concepts_removed=("調理場",))
    assert found(town, "調理場") == []


def test_a_towns_own_concept_says_more_of_an_offer(town: Town, now: dt.datetime) -> None:
    hall(town, now)
    need = draft(town, hall_needed(town, title="浜風で朗読会をしたい"), now)
    offer = draft(town, hall_offered(town, title="浜風をお貸しします"), now, side="offer")
    assert {"浜風ホール", "広い会場・ホール"} <= set(concepts(need)) & set(concepts(offer))
    assert "音の出せる場所" not in concepts(need)
    assert "音の出せる場所" in concepts(offer)


def test_an_import_is_read_too_and_asks_once_for_all_rows(town: Town, now: dt.datetime) -> None:
    rows = [
        ListingRow(external_ref=str(number), actor=town.actor, side="need", content=hall_needed(town))
        for number in range(3)
    ]
    outcomes = list(import_listings(municipality=town.municipality, rows=rows, by=None, now=now))
    assert [outcome.result for outcome in outcomes] == ["taken"] * 3
    assert all("調理場" in row.concepts for row in Listing.objects.all())
    assert len(found(town, "調理場")) == 3


def test_what_was_stored_before_is_read_by_the_rebuild(town: Town, now: dt.datetime) -> None:
    old = factories.make_listing(town.actor, title="台所を貸してください", concepts_added=["演じる人・出演"])
    new = draft(town, hall_needed(town), now)
    assert old.concepts is None
    assert read_all_concepts() == 1
    assert {"調理場", "演じる人・出演"} <= set(concepts(old))
    assert read_all_concepts() == 0
    hall(town, now)
    Listing.objects.filter(pk=new.pk).update(title="浜風で食べる")
    call_command("index", "rebuild", verbosity=0)
    assert "浜風ホール" in concepts(new)
    assert found(town, "調理場") == [old.pk]


def test_reading_everything_takes_the_same_queries_for_one_and_many(
    town: Town,
) -> None:
    factories.make_listing(town.actor, title="台所を貸してください")
    assert read_all_concepts() == 1
    for _ in range(5):
        factories.make_listing(town.actor, title="台所を貸してください")
    Listing.objects.update(concepts=None)
    with CaptureQueriesContext(connection) as many:
        read_all_concepts()
    Listing.objects.exclude(pk=Listing.objects.order_by("pk")[0].pk).delete()
    Listing.objects.update(concepts=None)
    with CaptureQueriesContext(connection) as one:
        read_all_concepts()
    assert len(many) == len(one)
