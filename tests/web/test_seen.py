"""Which page views count: a reader's, not the listing's own people's, staff's or a machine's."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from musubi.flow.listings.enums import Side
from musubi.flow.listings.services import index_listing
from musubi.flow.matching.models import ExposureDay, Proposal
from tests.factories import Town, make_actor, make_listing, make_person

BROWSER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}
LINES = [("place", "集会室", 30, "capacity")]


def offer(town: Town, **fields: Any) -> Any:
    actor = make_actor(town.municipality, make_person())
    return make_listing(actor, Side.OFFER, areas=[town.wards[0]], lines=LINES, **fields)


def seen(listing: Any) -> tuple[int, int]:
    row = ExposureDay.objects.filter(listing=listing).first()
    return (row.shown, row.opened) if row else (0, 0)


def test_a_readers_visit_counts_also_by_a_direct_link(town: Town, client: Any, sign_in: Any) -> None:
    row = offer(town)
    path = f"/listings/{row.pk}/"
    client.get(path, headers=BROWSER)
    sign_in(town.owner).get(path, headers=BROWSER)
    assert seen(row) == (0, 2)


@pytest.mark.parametrize("who", ["own", "coordinator", "officer"])
def test_its_own_people_and_staff_do_not_count(town: Town, sign_in: Any, who: str) -> None:
    row = offer(town)
    person = row.actor.memberships.get().user if who == "own" else getattr(town, who)
    assert sign_in(person).get(f"/listings/{row.pk}/", headers=BROWSER).status_code == 200
    assert seen(row) == (0, 0)


@pytest.mark.parametrize(
    "headers",
    [
        {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"},
        {"User-Agent": "curl/8.5"},
        {},
        BROWSER | {"Sec-Purpose": "prefetch;prerender"},
    ],
)
def test_machines_and_what_is_fetched_ahead_do_not_count(
    town: Town, client: Any, headers: dict[str, str]
) -> None:
    row = offer(town)
    client.get(f"/listings/{row.pk}/", headers=headers)
    client.head(f"/listings/{row.pk}/", headers=BROWSER)
    assert seen(row) == (0, 0)


def test_what_was_found_by_words_was_shown(town: Town, client: Any) -> None:
    rows = [offer(town, title=f"集会室 {number}") for number in range(3)]
    for row in rows:
        index_listing(row)
    answer = client.get("/search/?q=集会室", headers=BROWSER)
    assert all(row.title in answer.content.decode() or str(row.pk) in answer.content.decode() for row in rows)
    assert [seen(row) for row in rows] == [(1, 0)] * 3


def test_a_needs_people_see_offers_and_the_sentence_of_a_moved_one(
    town: Town, sign_in: Any, now: dt.datetime
) -> None:
    need = make_listing(town.actor, areas=[town.wards[0]], lines=LINES)
    found, fresh = offer(town), offer(town)
    for row, score in ((found, 0.62), (fresh, 0.615)):
        Proposal.objects.create(
            need=need, offer=row, score=score, reasons=[], engine_version="1", proposed_at=now
        )
    ExposureDay.objects.create(listing=found, day=dt.date.today(), shown=60, opened=9, contacted=4)
    for path, person in (
        (f"/listings/{need.pk}/", town.owner),
        (f"/workspace/listings/{need.pk}/", town.owner),
        (f"/desk/needs/{need.pk}/", town.coordinator),
    ):
        html = sign_in(person).get(path, headers=BROWSER).content.decode()
        assert html.index(fresh.title) < html.index(found.title)
        assert "この一週間だれも開いていない提供なので、少し上げています。" in html
        assert "この7日間に4件の話が届いているため、少し下げています。" in html
    assert seen(fresh) == (2, 0)
    assert seen(need) == (0, 0)


def test_counting_takes_one_statement_for_a_page_of_many(town: Town, client: Any) -> None:
    statements = []
    for number in (1, 10):
        for _ in range(number):
            index_listing(offer(town, title="集会室"))
        client.get("/search/?q=集会室", headers=BROWSER)
        with CaptureQueriesContext(connection) as counted:
            client.get("/search/?q=集会室", headers=BROWSER)
        statements.append(sum("exposureday" in query["sql"] for query in counted))
    assert statements == [1, 1]


def test_what_is_not_shown_to_others_is_not_counted(town: Town, sign_in: Any) -> None:
    row = offer(town, state="draft")
    owner: Client = sign_in(row.actor.memberships.get().user)
    owner.get(f"/listings/{row.pk}/", headers=BROWSER)
    assert seen(row) == (0, 0)
