"""A few at a time, a business day between, until enough are interested; killed anywhere, nobody twice or left out."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from musubi.base.audit.queries import events_about
from musubi.base.common.verdict import NotAllowed
from musubi.base.notify.models import Message
from musubi.flow.cases import services
from musubi.flow.cases.models import Case, CaseIntroduction
from musubi.flow.cases.queries import open_case_of
from musubi.flow.cases.services import outreach as outreach_services
from musubi.flow.listings.models import Listing
from musubi.flow.matching.enums import OutreachState
from musubi.flow.matching.models import Introduction, Outreach
from musubi.flow.matching.queries import outreaches_for, progress_of
from musubi.flow.matching.services import stop_outreach
from musubi.flow.matching.workflow import OUTREACH
from tests.factories import Town, make_listing, make_person
from tests.together import make_case, make_introduction, make_need, make_offer, make_outreach, owner_of


def at(day: int, hour: int = 10) -> dt.datetime:
    """November 2026: Friday the 20th, Monday the 23rd is a holiday."""
    return timezone.make_aware(dt.datetime(2026, 11, day, hour))


FRIDAY = at(20)


def begin(town: Town, offers: list[Listing], **more: Any) -> Outreach:
    values: dict[str, Any] = {
        "at_a_time": 2,
        "enough": 2,
        "resource": "goods",
        "words": "よろしく",
        "by": town.coordinator,
        "now": FRIDAY,
    }
    need = more.pop("need", None) or make_need(town)
    return services.begin_outreach(need=need, offers=offers, **{**values, **more})


def offers_of(town: Town, number: int) -> list[Listing]:
    return [make_offer(town, make_person()) for _ in range(number)]


def asked(outreach: Outreach) -> list[bool]:
    return [row.introduction is not None for row in outreach.invitees.order_by("position")]


def says(outreach: Outreach, position: int, answer: str, now: dt.datetime = FRIDAY) -> None:
    introduction = outreach.invitees.get(position=position).introduction
    services.reply(
        introduction=introduction,
        side="offer",
        answer=answer,
        reason="busy" if answer == "no" else "",
        by=owner_of(introduction.offer.actor),
        now=now,
    )


def test_the_first_few_are_asked_at_once_and_the_next_after_a_business_day(town: Town) -> None:
    outreach = begin(town, offers_of(town, 5))
    assert asked(outreach) == [True, True, False, False, False]
    # Saturday, Sunday, the holiday: nobody is asked; Tuesday at eight neither, at nine the next two.
    assert [services.continue_outreaches(now=at(day)) for day in (20, 21, 22, 23)] == [0, 0, 0, 0]
    assert services.continue_outreaches(now=at(24, 8)) == 0
    assert services.continue_outreaches(now=at(24, 9)) == 1
    assert asked(outreach) == [True, True, True, True, False]
    assert services.continue_outreaches(now=at(24, 10)) == 0
    assert services.continue_outreaches(now=at(25, 18)) == 0
    assert services.continue_outreaches(now=at(25, 17)) == 1
    outreach.refresh_from_db()
    assert (asked(outreach), outreach.state) == ([True] * 5, "exhausted")
    assert [event.verb for event in events_about(outreach).order_by("pk")] == [
        "outreach.begin",
        "outreach.batch",
        "outreach.batch",
        "outreach.exhaust",
    ]
    assert CaseIntroduction.objects.filter(case=open_case_of(outreach.need)).count() == 5


def test_everybody_is_asked_in_the_order_given_with_the_coordinators_words(town: Town) -> None:
    offers = list(reversed(offers_of(town, 3)))
    begin(town, offers, at_a_time=3)
    rows = Introduction.objects.order_by("pk")
    assert [row.offer for row in rows] == offers
    assert {(row.words, row.initiative, row.introduced_by) for row in rows} == {
        ("よろしく", "coordinator", town.coordinator)
    }


def test_it_stops_when_enough_are_interested(town: Town) -> None:
    outreach = begin(town, offers_of(town, 6))
    says(outreach, 1, "yes")
    assert services.continue_outreaches(now=at(24)) == 1
    assert asked(outreach) == [True] * 4 + [False] * 2
    says(outreach, 3, "yes", at(24))
    assert services.continue_outreaches(now=at(24, 20)) == 1
    outreach.refresh_from_db()
    assert (outreach.state, outreach.ended_at) == ("satisfied", at(24, 20))
    assert services.continue_outreaches(now=at(27)) == 0
    assert asked(outreach) == [True] * 4 + [False] * 2


def test_a_no_is_no_interest(town: Town) -> None:
    outreach = begin(town, offers_of(town, 4))
    says(outreach, 1, "no")
    says(outreach, 2, "yes")
    progress = progress_of(town.coordinator, outreach)
    assert (progress.interested, progress.awaited, progress.to_come) == (1, 0, 2)


def test_the_need_is_not_asked_again_when_staff_have_heard_it(town: Town) -> None:
    outreach = begin(town, offers_of(town, 2), need_agrees="telephone", enough=1)
    assert not Message.objects.filter(kind="introduction_made", recipient=town.owner).exists()
    reply = outreach.invitees.get(position=1).introduction.replies.get(side="need")
    assert (reply.answer, reply.source, reply.said_by, reply.said_at) == (
        "yes",
        "telephone",
        town.coordinator,
        FRIDAY,
    )
    says(outreach, 1, "yes")
    assert outreach.invitees.get(position=1).introduction.state == "connected"


def test_who_may_not_be_introduced_is_passed_over_with_the_reason(town: Town) -> None:
    need, offers = make_need(town), offers_of(town, 3)
    make_introduction(need, offers[0])
    Listing.objects.filter(pk=offers[1].pk).update(state="withdrawn", withdraw_reason="mistake")
    offers[1].refresh_from_db()
    outreach = begin(town, offers, need=need, at_a_time=1)
    assert asked(outreach) == [False, False, True]
    told = list(outreach.invitees.order_by("position").values_list("passed_over", flat=True))
    assert told[0] == "この組み合わせは、もう紹介しています（返事待ち）。"
    assert "いまは相手をさがしていません" in told[1]


@pytest.mark.parametrize("end", ["case", "need", "person"])
def test_it_stops_by_itself_when_nobody_may_go_on(town: Town, end: str) -> None:
    outreach = begin(town, offers_of(town, 4))
    case = open_case_of(outreach.need)
    if end == "case":
        services.close_case(case=case, reason="no_partner", note="", by=town.coordinator, now=FRIDAY)
    elif end == "need":
        Listing.objects.filter(pk=outreach.need_id).update(hidden_at=FRIDAY, hidden_reason="確かめる間")
    else:
        Outreach.objects.update(begun_by=None)
    assert services.continue_outreaches(now=at(24)) == 1
    outreach.refresh_from_db()
    assert (outreach.state, asked(outreach)) == ("stopped", [True, True, False, False])


def test_one_goes_on_at_a_time_and_only_staff_begin_and_stop(town: Town, other_town: Town) -> None:
    need = make_need(town)
    outreach = begin(town, offers_of(town, 3), need=need)
    with pytest.raises(NotAllowed, match="もう順番に声をかけています"):
        begin(town, offers_of(town, 1), need=need)
    for person in (town.owner, town.citizen, other_town.coordinator):
        with pytest.raises(NotAllowed):
            begin(town, offers_of(town, 1), by=person)
        with pytest.raises(NotAllowed):
            stop_outreach(outreach=outreach, by=person, now=FRIDAY)
    assert stop_outreach(outreach=outreach, by=town.officer, now=FRIDAY).state == "stopped"
    with pytest.raises(NotAllowed, match="もう終わっています"):
        stop_outreach(outreach=outreach, by=town.officer, now=FRIDAY)
    assert begin(town, offers_of(town, 1), need=need).state == "exhausted"


def test_only_staff_of_the_town_read_it(town: Town, other_town: Town) -> None:
    outreach = make_outreach(town)
    assert list(outreaches_for(town.coordinator)) == list(outreaches_for(town.officer)) == [outreach]
    for person in (town.owner, town.citizen, other_town.coordinator):
        assert not outreaches_for(person).exists()
    Listing.objects.filter(pk=outreach.need_id).update(visibility="city_hall")
    assert not outreaches_for(town.coordinator).exists()


@pytest.mark.parametrize("state", [state for state in OutreachState if state != "running"])
def test_what_has_ended_ends_once(state: str) -> None:
    assert not any(OUTREACH.allows(verb, state) for verb in ("satisfy", "exhaust", "stop"))


def test_each_resource_has_a_queue_of_its_own(town: Town) -> None:
    need = make_listing(
        town.actor,
        areas=[town.wards[0]],
        lines=[("goods", "いす", 40, "items"), ("people", "手伝い", 8, "people")],
    )
    first = begin(town, offers_of(town, 3), need=need)
    second = begin(town, offers_of(town, 3), need=need, resource="people")
    assert (first.state, second.state) == ("running", "running")
    with pytest.raises(NotAllowed, match="求めているものの中から"):
        begin(town, offers_of(town, 1), need=need, resource="money")


def test_an_actor_is_not_asked_twice_at_once(town: Town) -> None:
    one, other = offers_of(town, 2)
    again = make_offer(town, actor=one.actor)
    outreach = begin(town, [one, again, other], at_a_time=2)
    assert asked(outreach) == [True, False, True]
    assert "もう声をかけています" in outreach.invitees.get(position=2).passed_over


def killed_at(statement: int) -> Callable[..., Any]:
    """Lets so many statements reach the database, ends the process at the next, and lets the rollback through."""
    passed, over = 0, False

    def wrapper(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal passed, over
        passed += 1
        # A test's outermost transaction is a savepoint, which Django does not roll back if its release is cut off.
        if passed > statement and not over and not sql.startswith("RELEASE"):
            over = True
            raise SystemExit
        return execute(sql, params, many, context)

    return wrapper


def test_killed_at_any_statement_nobody_is_asked_twice_or_left_out(town: Town) -> None:
    outreach = begin(town, offers_of(town, 4))
    before = (Message.objects.count(), Introduction.objects.count())
    statement, killed = 0, 0
    while True:
        try:
            with connection.execute_wrapper(killed_at(statement)):
                moved = services.continue_outreaches(now=at(24))
        except SystemExit:
            assert (Message.objects.count(), Introduction.objects.count()) == before
            statement, killed = statement + 5, killed + 1
            continue
        break
    assert (moved, killed > 10) == (1, True)
    assert asked(outreach) == [True] * 4
    told = Message.objects.filter(kind="introduction_made").exclude(recipient=town.owner)
    assert sorted(message.recipient_id for message in told) == sorted(
        owner_of(row.offer.actor).pk for row in outreach.invitees.all()
    )


def test_the_second_of_two_workers_finds_nothing_left_to_do(town: Town) -> None:
    outreach = begin(town, offers_of(town, 6))
    seen_by_both = Outreach.objects.get(pk=outreach.pk)
    from musubi.flow.cases.services import outreach as verbs

    assert [verbs._continue(seen_by_both.pk, at(24)), verbs._continue(seen_by_both.pk, at(24))] == [
        True,
        False,
    ]
    assert asked(outreach) == [True] * 4 + [False] * 2


def test_one_that_fails_keeps_no_other_waiting(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = (begin(town, offers_of(town, 3)) for _ in range(2))
    usual = outreach_services.introduce_within

    def broken(case: Case, *args: Any) -> Introduction:
        if case.need == first.need:
            raise ValueError
        return usual(case, *args)

    monkeypatch.setattr(outreach_services, "introduce_within", broken)
    assert services.continue_outreaches(now=at(24)) == 1
    assert asked(first) == [True, True, False]
    assert asked(second) == [True, True, True]
    monkeypatch.undo()
    assert services.continue_outreaches(now=at(24)) == 1
    assert asked(first) == [True, True, True]


def test_an_outreach_opens_a_case_and_uses_one_that_is_open(town: Town) -> None:
    outreach = begin(town, offers_of(town, 1))
    assert open_case_of(outreach.need).coordinator == town.coordinator
    case = make_case(town, state="open")
    begin(town, offers_of(town, 1), need=case.need)
    assert Case.objects.filter(need=case.need).get() == case
