"""A meeting is called, its date found, fixed, changed or given up; each by whom it may, once."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from musubi.base.accounts.models import User
from musubi.base.audit.models import Event
from musubi.base.common.verdict import NotAllowed
from musubi.base.common.workflow import InvalidTransition
from musubi.base.notify.models import Message
from musubi.flow.cases.enums import CaseState, MeetingState
from musubi.flow.cases.models import Case, PreMeeting
from musubi.flow.cases.queries import dates_of, meetings_for, turns_of_meetings_in
from musubi.flow.cases.services import (
    ActionValue,
    call_meeting,
    cancel_meeting,
    find_again,
    fix_date,
    offer_more_dates,
    record_meeting,
)
from musubi.flow.cases.workflow import MEETING
from tests.factories import Town, make_person
from tests.together import make_case, make_meeting, owner_of

STATES = list(MeetingState)


@pytest.fixture
def case(town: Town) -> Case:
    return make_case(town)


@pytest.fixture
def partner(case: Case) -> User:
    return owner_of(case.parties.last().actor)


def later(now: dt.datetime, *days: int) -> list[dt.datetime]:
    return [now + dt.timedelta(days=day) for day in days]


def called(case: Case, by: User, now: dt.datetime, **values: Any) -> PreMeeting:
    values.setdefault("options", later(now, 3, 4))
    values.setdefault("place", "浜町集会所")
    return call_meeting(case=case, by=by, now=now, **values)


def test_calling_asks_everybody_but_the_caller(
    case: Case, town: Town, partner: User, now: dt.datetime
) -> None:
    meeting = called(case, town.owner, now, answer_by=timezone.localdate(now), agenda="1. 自己紹介")
    assert [option.starts_at for option in meeting.options.all()] == later(now, 3, 4)
    told = Message.objects.filter(kind="meeting_called")
    assert {message.recipient for message in told} == {partner, town.coordinator}
    assert {message.path for message in told} == {f"/d/{meeting.token}/"}
    assert len(meeting.token) >= 32
    event = Event.objects.get(verb="meeting.call")
    assert (event.municipality_ref, event.by) == (str(town.municipality.pk), f"user:{town.owner.pk}")
    case.refresh_from_db()
    assert case.moved_at == now


@pytest.mark.parametrize("state", list(CaseState))
def test_a_meeting_is_called_once_there_is_somebody_to_meet(state: str, town: Town, now: dt.datetime) -> None:
    case = make_case(town, state=state)
    if state in ("talking", "agreed"):
        assert called(case, town.coordinator, now).state == "finding"
    else:
        with pytest.raises(NotAllowed, match="。"):
            called(case, town.coordinator, now)


def test_who_does_not_take_part_calls_nothing(
    case: Case, town: Town, other_town: Town, now: dt.datetime
) -> None:
    for person in (town.citizen, town.viewer, other_town.owner, other_town.officer):
        with pytest.raises(NotAllowed, match="当事者"):
            called(case, person, now)
    assert not PreMeeting.objects.exists()


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"options": []}, "1つ以上"),
        ({"options": [timezone.now() - dt.timedelta(hours=1)]}, "過ぎた"),
        ({"options": [timezone.now() + dt.timedelta(days=500)]}, "1年より先"),
        ({"options": [timezone.now() + dt.timedelta(days=day) for day in range(1, 12)]}, "10まで"),
        ({"minutes": 5}, "長さ"),
        ({"online_url": "javascript:alert(1)"}, "."),
        ({"online_url": "ftp://example.jp/a"}, "."),
        ({"answer_by": dt.date(2020, 1, 1)}, "答えてほしい日"),
        ({"place": "あ" * 201}, "."),
    ],
)
def test_what_is_not_a_meeting_is_refused(
    values: dict[str, Any], sentence: str, case: Case, town: Town
) -> None:
    with pytest.raises(ValidationError, match=sentence):
        called(case, town.owner, timezone.now(), **values)
    assert not PreMeeting.objects.exists()


def test_the_same_date_twice_is_one(case: Case, town: Town, now: dt.datetime) -> None:
    assert called(case, town.owner, now, options=later(now, 3, 3, 4)).options.count() == 2


def begun(case: Case, state: str, now: dt.datetime) -> PreMeeting:
    meeting = make_meeting(case, state=state)
    for date in later(now, 3, 4):
        meeting.options.create(starts_at=date)
    return meeting


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("verb", list(MEETING.transitions))
def test_every_verb_from_every_state(verb: str, state: str, case: Case, town: Town, now: dt.datetime) -> None:
    meeting = begun(case, state, now)
    if verb == "hold" and state == "fixed":
        PreMeeting.objects.filter(pk=meeting.pk).update(starts_at=now)
    arguments: dict[str, Any] = {"meeting": meeting, "by": town.coordinator, "now": now}
    act = {
        "fix": lambda: fix_date(option=meeting.options.first(), **arguments),
        "find_again": lambda: find_again(options=later(now, 9), **arguments),
        "hold": lambda: record_meeting(
            notes="", actions=[ActionValue("電話する", (now + dt.timedelta(days=9)).date())], **arguments
        ),
        "cancel": lambda: cancel_meeting(**arguments),
    }[verb]
    if MEETING.allows(verb, state):
        assert act().state == MEETING.target(verb, state)
    else:
        with pytest.raises(InvalidTransition):
            act()
        meeting.refresh_from_db()
        assert meeting.state == state


@pytest.mark.parametrize("state", STATES)
def test_dates_are_added_only_while_one_is_looked_for(
    state: str, case: Case, town: Town, now: dt.datetime
) -> None:
    meeting = begun(case, state, now)
    arguments: dict[str, Any] = {
        "meeting": meeting,
        "options": later(now, 4, 8),
        "by": town.coordinator,
        "now": now,
    }
    if state == "finding":
        offer_more_dates(**arguments)
        assert [option.starts_at for option in meeting.options.all()] == later(now, 3, 4, 8)
        with pytest.raises(ValidationError, match="もう候補"):
            offer_more_dates(**arguments)
        with pytest.raises(ValidationError, match="合わせて10"):
            offer_more_dates(**arguments | {"options": later(now, *range(10, 18))})
    else:
        with pytest.raises(InvalidTransition):
            offer_more_dates(**arguments)


def test_only_the_caller_and_staff_settle(
    case: Case, town: Town, partner: User, other_town: Town, now: dt.datetime
) -> None:
    meeting = called(case, partner, now)
    option = meeting.options.first()
    for person in (town.owner, town.viewer, town.citizen, other_town.officer):
        for refused in (
            lambda person=person: fix_date(meeting=meeting, option=option, by=person, now=now),
            lambda person=person: cancel_meeting(meeting=meeting, by=person, now=now),
            lambda person=person: offer_more_dates(
                meeting=meeting, options=later(now, 9), by=person, now=now
            ),
        ):
            with pytest.raises(NotAllowed, match="呼びかけた人"):
                refused()
    assert fix_date(meeting=meeting, option=option, by=partner, now=now).starts_at == option.starts_at
    assert find_again(meeting=meeting, options=later(now, 9), by=town.officer, now=now).starts_at is None


def test_a_caller_who_has_left_settles_nothing(
    case: Case, town: Town, partner: User, now: dt.datetime
) -> None:
    meeting = called(case, partner, now)
    case.parties.filter(actor__memberships__user=partner).update(left_at=now)
    with pytest.raises(NotAllowed, match="呼びかけた人"):
        fix_date(meeting=meeting, option=meeting.options.first(), by=partner, now=now)


def test_fixing_tells_when_and_where(case: Case, town: Town, partner: User, now: dt.datetime) -> None:
    meeting = called(case, town.owner, now, online_url="https://meet.example.jp/abc")
    fix_date(meeting=meeting, option=meeting.options.last(), by=town.owner, now=now)
    told = Message.objects.filter(kind="meeting_fixed")
    assert {message.recipient for message in told} == {partner, town.coordinator}
    text = told.first().text
    assert "浜町集会所" in text
    assert "https://meet.example.jp/abc" in text
    assert f"{timezone.localtime(later(now, 4)[0]):%H:%M}" in text


def test_a_date_that_is_over_or_of_another_meeting_is_not_fixed(
    case: Case, town: Town, now: dt.datetime
) -> None:
    meeting, other = called(case, town.owner, now), called(case, town.owner, now)
    with pytest.raises(ValidationError, match="もうありません"):
        fix_date(meeting=meeting, option=other.options.first(), by=town.owner, now=now)
    with pytest.raises(ValidationError, match="過ぎて"):
        fix_date(
            meeting=meeting, option=meeting.options.first(), by=town.owner, now=now + dt.timedelta(days=3)
        )
    meeting.refresh_from_db()
    assert (meeting.state, meeting.starts_at) == ("finding", None)


def test_two_who_settle_at_once_have_one_result(
    case: Case, town: Town, partner: User, now: dt.datetime
) -> None:
    meeting = called(case, town.owner, now)
    stale = PreMeeting.objects.get(pk=meeting.pk)
    first, last = meeting.options.first(), meeting.options.last()
    fix_date(meeting=meeting, option=first, by=town.owner, now=now)
    with pytest.raises(InvalidTransition):
        fix_date(meeting=stale, option=last, by=town.coordinator, now=now)
    stale.refresh_from_db()
    assert stale.starts_at == first.starts_at
    assert Message.objects.filter(kind="meeting_fixed", recipient=partner).count() == 1


def test_fixing_and_giving_up_at_once(case: Case, town: Town, now: dt.datetime) -> None:
    meeting = called(case, town.owner, now)
    stale = PreMeeting.objects.get(pk=meeting.pk)
    cancel_meeting(meeting=meeting, words="雨のため", by=town.coordinator, now=now)
    with pytest.raises(InvalidTransition):
        fix_date(meeting=stale, option=stale.options.first(), by=town.owner, now=now)
    stale.refresh_from_db()
    assert stale.state == "cancelled"
    assert "雨のため" in Message.objects.get(kind="meeting_fixed", recipient=town.owner).text


def test_a_case_that_ended_meanwhile_is_not_met_about_but_may_be_called_off(
    case: Case, town: Town, now: dt.datetime
) -> None:
    meeting = called(case, town.owner, now)
    stale = PreMeeting.objects.select_related("case").get(pk=meeting.pk)
    Case.objects.update(state="closed", close_reason="other", closed_at=now)
    with pytest.raises(NotAllowed, match="終わって"):
        fix_date(meeting=stale, option=stale.options.first(), by=town.owner, now=now)
    assert cancel_meeting(meeting=stale, by=town.owner, now=now).state == "cancelled"


def test_looking_again_forgets_the_marks_and_asks_anew(
    case: Case, town: Town, partner: User, now: dt.datetime
) -> None:
    meeting = called(case, town.owner, now)
    answer = meeting.answers.create(name="山田", key="k", answered_at=now)
    for option in meeting.options.all():
        answer.marks.create(option=option, mark="yes")
    fix_date(meeting=meeting, option=meeting.options.first(), by=town.owner, now=now)
    after = now + dt.timedelta(hours=1)
    find_again(meeting=meeting, options=later(now, 3, 9), by=town.owner, now=after)
    lines = dates_of(meeting, now=after)
    assert [(line.option.starts_at, line.yes) for line in lines] == [(date, []) for date in later(now, 3, 9)]
    assert meeting.answers.get().name == "山田"
    assert Message.objects.filter(kind="meeting_called", recipient=partner).count() == 2


def test_best_dates_come_first(case: Case, town: Town, now: dt.datetime) -> None:
    meeting = called(case, town.owner, now, options=later(now, 1, 2, 3, 4))
    options = list(meeting.options.all())
    for name, marks in (("一", "no yes maybe no"), ("二", "maybe yes yes maybe"), ("三", "yes no maybe yes")):
        answer = meeting.answers.create(name=name, key=name, answered_at=now)
        for option, mark in zip(options, marks.split(), strict=True):
            answer.marks.create(option=option, mark=mark)
    lines = dates_of(meeting, now=now + dt.timedelta(days=1, hours=1))
    assert [(options.index(line.option), line.yes, line.maybe, line.no) for line in lines] == [
        (1, ["一", "二"], [], ["三"]),
        (2, ["二"], ["一", "三"], []),
        (0, ["三"], ["二"], ["一"]),
        (3, ["三"], ["二"], ["一"]),
    ]
    assert [line.is_past for line in lines] == [False, False, True, False]


def test_a_meeting_is_read_by_those_who_read_its_case(
    case: Case, town: Town, partner: User, other_town: Town, now: dt.datetime
) -> None:
    meeting = called(case, town.owner, now)
    for person in (town.owner, town.viewer, partner, town.coordinator, town.officer):
        assert list(meetings_for(person)) == [meeting]
    for person in (town.citizen, other_town.owner, other_town.officer, make_person()):
        assert list(meetings_for(person)) == []


def test_turns_of_many_cases_in_constant_queries(
    town: Town, now: dt.datetime, django_assert_num_queries: Any
) -> None:
    def fill() -> None:
        case = make_case(town)
        called(case, town.owner, now)
        case.meetings.create(
            token=f"x{case.pk}", state="fixed", starts_at=now - dt.timedelta(days=1),
            called_by=town.owner, called_at=now, moved_at=now,
        ).actions.create(what="電話", actor=town.actor, due_on=timezone.localdate(now) - dt.timedelta(days=1))  # fmt: skip

    fill()
    with django_assert_num_queries(6):
        found = turns_of_meetings_in(Case.objects.all()[:1], now=now)
    assert [len(turns) for turns in found.values()] == [4]
    for _ in range(11):
        fill()
    with django_assert_num_queries(6):
        found = turns_of_meetings_in(Case.objects.all(), now=now)
    assert [len(turns) for turns in found.values()] == [4] * 12
