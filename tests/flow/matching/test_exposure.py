"""What is seen is counted by listing and day, and the order of a need's proposals answers to it."""

import datetime as dt
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from musubi.config.management.commands._schedule import JOBS
from musubi.flow.listings.enums import Side
from musubi.flow.matching import services
from musubi.flow.matching.enums import Initiative
from musubi.flow.matching.models import ExposureDay, MatchingRule, Proposal
from musubi.flow.matching.queries import exposure_of, fair_proposals_of_need, fairly
from tests.factories import Town, make_actor, make_listing, make_person

LINES = [("place", "集会室", 30, "capacity")]


def offer(town: Town, **fields: object) -> object:
    actor = make_actor(town.municipality, make_person())
    return make_listing(actor, Side.OFFER, areas=[town.wards[0]], lines=fields.pop("lines", LINES), **fields)


def proposed(need: object, other: object, score: float, now: dt.datetime) -> Proposal:
    return Proposal.objects.create(
        need=need, offer=other, score=score, reasons=[], engine_version="1", proposed_at=now
    )


@pytest.fixture
def need(town: Town) -> object:
    return make_listing(town.actor, areas=[town.wards[0]], lines=LINES)


def counts(listing: object) -> list[tuple[int, int, int]]:
    return list(
        ExposureDay.objects.filter(listing=listing)
        .order_by("day")
        .values_list("shown", "opened", "contacted")
    )


def test_a_page_of_rows_is_one_statement_and_adds_up_day_by_day(town: Town, now: dt.datetime) -> None:
    rows = [offer(town) for _ in range(3)]
    with CaptureQueriesContext(connection) as first:
        services.note_shown(listing_ids=[row.pk for row in rows], now=now)
    services.note_shown(listing_ids=[rows[0].pk, rows[0].pk], now=now)
    services.note_opened(listing_id=rows[0].pk, now=now)
    services.note_shown(listing_ids=[rows[0].pk], now=now + dt.timedelta(days=1))
    services.note_shown(listing_ids=[], now=now)
    inserts = [query["sql"] for query in first if "INSERT" in query["sql"]]
    assert len(inserts) == 1
    assert counts(rows[0]) == [(2, 1, 0), (1, 0, 0)]
    assert counts(rows[1]) == counts(rows[2]) == [(1, 0, 0)]


def test_what_cannot_be_counted_does_not_break_the_page(
    town: Town, now: dt.datetime, caplog: pytest.LogCaptureFixture
) -> None:
    row = offer(town)

    def busy(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith("INSERT"):
            raise OperationalError("database is locked")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(busy):
        services.note_opened(listing_id=row.pk, now=now)
    [told] = caplog.records
    assert told.getMessage() == "opened was not counted: database is locked"
    assert not told.exc_info
    services.note_opened(listing_id=row.pk, now=now)
    assert counts(row) == [(0, 1, 0)]


def test_seven_days_count_today_included(town: Town, now: dt.datetime) -> None:
    row, today = offer(town), timezone.localdate(now)
    for days in (0, 6, 7, -1):
        services.note_shown(listing_ids=[row.pk], now=now - dt.timedelta(days=days))
    assert exposure_of([row.pk], today=today)[str(row.pk)].shown == 2


def test_openings_are_the_times_that_are_left_and_nothing_else(town: Town, now: dt.datetime) -> None:
    often = offer(town, lines=[("expertise", "講座", 4, "times"), ("people", "講師", 2, "people")])
    line = often.provisions.get(unit="times")
    line.taken = 1
    line.save()
    hall = offer(town)
    found = exposure_of([often.pk, hall.pk], today=timezone.localdate(now))
    assert (found[str(often.pk)].openings, found[str(hall.pk)].openings) == (3, None)


def test_who_is_asked_was_contacted_and_who_asks_was_not(town: Town, need: object, now: dt.datetime) -> None:
    asked, asking, introduced = offer(town), offer(town), offer(town)
    owner_of = {row.pk: row.actor.memberships.get().user for row in (asked, asking, introduced)}
    for row, initiative, by in (
        (asked, Initiative.NEED, town.owner),
        (asking, Initiative.OFFER, owner_of[asking.pk]),
        (introduced, Initiative.COORDINATOR, town.coordinator),
    ):
        services.make_introduction(need=need, offer=row, initiative=initiative, words="", by=by, now=now)
    assert counts(asked) == counts(introduced) == [(0, 0, 1)]
    assert counts(asking) == []
    assert counts(need) == [(0, 0, 2)]


def test_who_was_found_this_week_makes_room_and_both_are_told_why(
    town: Town, need: object, now: dt.datetime
) -> None:
    found, fresh, far = offer(town), offer(town), offer(town)
    for row, score in ((found, 0.62), (fresh, 0.615), (far, 0.2)):
        proposed(need, row, score, now)
    today = timezone.localdate(now)
    before = fair_proposals_of_need(town.owner, need, today=today)
    assert [(row.offer, row.fairness) for row in before] == [(found, ""), (fresh, ""), (far, "")]
    for _ in range(40):
        services.note_shown(listing_ids=[found.pk], now=now)
    services.make_introduction(
        need=make_listing(town.actor, areas=[town.wards[0]], lines=LINES),
        offer=found, initiative=Initiative.COORDINATOR, words="", by=town.coordinator, now=now,
    )  # fmt: skip
    after = fair_proposals_of_need(town.owner, need, today=today)
    assert [row.offer for row in after] == [fresh, found, far]
    assert [row.fairness for row in after] == [
        "この一週間だれも開いていない提供なので、少し上げています。",
        "この7日間に1件の話が届いているため、少し下げています。",
        "",
    ]
    later = fair_proposals_of_need(town.owner, need, today=today + dt.timedelta(days=7))
    assert [row.offer for row in later] == [found, fresh, far]
    assert [row.offer for row in fair_proposals_of_need(town.owner, need, today=today, top=1)] == [fresh]


def test_the_town_s_own_rule_decides(town: Town, other_town: Town, need: object, now: dt.datetime) -> None:
    found, fresh = offer(town), offer(town)
    proposed(need, found, 0.62, now)
    proposed(need, fresh, 0.615, now)
    services.note_shown(listing_ids=[found.pk], now=now)
    services.note_opened(listing_id=found.pk, now=now)
    services.make_introduction(
        need=make_listing(town.actor, areas=[town.wards[0]], lines=LINES),
        offer=found, initiative=Initiative.COORDINATOR, words="", by=town.coordinator, now=now,
    )  # fmt: skip
    today = timezone.localdate(now)

    def order() -> list[object]:
        return [row.offer for row in fair_proposals_of_need(town.owner, need, today=today)]

    assert order() == [fresh, found]
    rule = {"version": 1, "weights": {}, "changed_at": now, "bound": 0.02}
    MatchingRule.objects.create(municipality=other_town.municipality, beta=0, **rule)
    assert order() == [fresh, found]
    MatchingRule.objects.create(municipality=town.municipality, beta=0, **rule)
    assert order() == [found, fresh]


def test_the_fair_order_asks_as_much_for_one_as_for_many(town: Town, need: object, now: dt.datetime) -> None:
    asked = []
    for number in (1, 20):
        rows = [proposed(need, offer(town), 0.5, now) for _ in range(number)]
        services.note_shown(listing_ids=[row.offer_id for row in rows], now=now)
        with CaptureQueriesContext(connection) as counted:
            fairly(rows, municipality_id=town.municipality.pk, today=timezone.localdate(now))
        asked.append(len(counted))
    assert asked == [3, 3]
    assert fairly([], municipality_id=town.municipality.pk, today=timezone.localdate(now)) == []


def test_old_days_are_forgotten_by_the_clock(town: Town, now: dt.datetime) -> None:
    row = offer(town)
    for days in (0, 28, 29, 60):
        services.note_shown(listing_ids=[row.pk], now=now - dt.timedelta(days=days))
    job = next(job for job in JOBS if job.name == "prune-exposure")
    assert job.run(now) == 2
    assert len(counts(row)) == 2
