"""Which dates suit: answered with an account, by the address alone, or by telephone through staff."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from musubi.base.accounts.models import User
from musubi.base.audit.models import Event
from musubi.base.common.verdict import NotAllowed
from musubi.base.notify.models import Message
from musubi.flow.cases.enums import MeetingState
from musubi.flow.cases.models import Case, DateAnswer, PreMeeting
from musubi.flow.cases.permissions import ANSWERS_WITHOUT_ACCOUNT
from musubi.flow.cases.queries import (
    answers_of,
    awaited_dates_for,
    awaited_fixing_for,
    own_answer_to,
    turns_of_meetings,
)
from musubi.flow.cases.services import (
    answer_dates,
    call_meeting,
    cancel_meeting,
    find_again,
    fix_date,
    offer_more_dates,
)
from tests.factories import Town, make_actor, make_person
from tests.together import make_case, make_meeting, owner_of


@pytest.fixture
def case(town: Town) -> Case:
    return make_case(town)


@pytest.fixture
def partner(case: Case) -> User:
    return owner_of(case.parties.last().actor)


@pytest.fixture
def meeting(case: Case, town: Town, now: dt.datetime) -> PreMeeting:
    options = [now + dt.timedelta(days=day) for day in (3, 4)]
    return call_meeting(case=case, options=options, place="集会所", by=town.coordinator, now=now)


def marks(meeting: PreMeeting, *values: str) -> dict[int, str]:
    given = values or ("yes",) * meeting.options.count()
    return {option.pk: mark for option, mark in zip(meeting.options.all(), given, strict=True)}


def answered(meeting: PreMeeting, now: dt.datetime, name: str = "山田", **values: Any) -> DateAnswer:
    values.setdefault("marks", marks(meeting))
    return answer_dates(meeting=meeting, name=name, now=now, **values)


def names_of(meeting: PreMeeting) -> list[str]:
    return [line.answer.name for line in answers_of(meeting)]


def test_without_an_account_the_key_changes_the_answer(
    meeting: PreMeeting, case: Case, now: dt.datetime
) -> None:
    answer = answered(meeting, now, actor=case.need.actor, words="夜なら")
    assert (answer.actor, answer.user, len(answer.key) >= 32) == (case.need.actor, None, True)
    changed = answered(meeting, now, "山田二郎", key=answer.key, marks=marks(meeting, "no", "maybe"))
    assert changed.pk == answer.pk
    assert names_of(meeting) == ["山田二郎"]
    assert {mark.mark for mark in changed.marks.all()} == {"no", "maybe"}
    answered(meeting, now, "佐藤")
    assert names_of(meeting) == ["山田二郎", "佐藤"]


def test_a_key_of_another_meeting_or_of_a_person_changes_nothing(
    meeting: PreMeeting, case: Case, town: Town, now: dt.datetime
) -> None:
    other = make_meeting(case)
    stray = other.answers.create(name="他", key="stray", answered_at=now)
    mine = answered(meeting, now, "会長", by=town.owner)
    for key in (stray.key, mine.key, "nothing"):
        with pytest.raises(NotAllowed, match="見つかりません"):
            answered(meeting, now, "だれか", key=key)
    assert own_answer_to(meeting, town.owner) == mine
    assert own_answer_to(meeting, town.citizen, mine.key) is None


def test_a_person_answers_once_for_their_own_party(meeting: PreMeeting, town: Town, now: dt.datetime) -> None:
    first = answered(meeting, now, "会長", by=town.owner)
    second = answered(meeting, now, "会長さん", by=town.owner, marks=marks(meeting, "no", "no"))
    assert first.pk == second.pk
    assert (second.actor, second.user) == (town.actor, town.owner)
    assert answered(meeting, now, "会員", by=town.viewer).actor == town.actor
    assert names_of(meeting) == ["会長さん", "会員"]


def test_nobody_answers_as_a_member_of_somebody_elses_party(
    meeting: PreMeeting, case: Case, town: Town, partner: User, now: dt.datetime
) -> None:
    company = case.parties.last().actor
    with pytest.raises(NotAllowed, match="自分の団体ではない"):
        answered(meeting, now, by=town.owner, actor=company)
    with pytest.raises(NotAllowed, match="聞いた方法"):
        answered(meeting, now, by=town.coordinator, actor=company)
    stranger = make_actor(town.municipality)
    for by in (None, town.citizen):
        with pytest.raises(NotAllowed, match="当事者ではありません"):
            answered(meeting, now, by=by, actor=stranger)
    assert names_of(meeting) == []
    assert answered(meeting, now, by=town.coordinator).actor is None


def test_who_belongs_to_two_parties_says_for_which(meeting: PreMeeting, case: Case, now: dt.datetime) -> None:
    person = make_person()
    for party in case.parties.all():
        party.actor.memberships.create(user=person, role="editor", joined_at=now)
    with pytest.raises(ValidationError, match="どの団体"):
        answered(meeting, now, by=person)
    actor = case.parties.last().actor
    assert answered(meeting, now, by=person, actor=actor).actor == actor


def test_staff_type_in_what_they_were_told(
    meeting: PreMeeting, town: Town, partner: User, other_town: Town, now: dt.datetime
) -> None:
    answer = answered(meeting, now, by=town.coordinator, actor=town.actor, source="telephone")
    assert (answer.user, answer.actor) == (None, town.actor)
    event = Event.objects.get(verb="meeting.answer")
    assert event.on_behalf_of == f"actors.actor:{town.actor.pk}"
    assert "telephone" in event.after
    again = answered(meeting, now, "直し", by=town.officer, source="counter", key=answer.key)
    assert again.pk == answer.pk
    for person in (town.owner, partner, town.citizen, other_town.officer, None):
        with pytest.raises(NotAllowed, match="コーディネーター"):
            answered(meeting, now, by=person, actor=town.actor, source="telephone")


@pytest.mark.parametrize("state", list(MeetingState))
def test_answers_are_taken_only_while_a_date_is_looked_for(
    state: str, case: Case, town: Town, now: dt.datetime
) -> None:
    meeting = make_meeting(case, state=state)
    meeting.options.create(starts_at=now + dt.timedelta(days=1))
    if state == "finding":
        answered(meeting, now)
    else:
        with pytest.raises(NotAllowed, match="取りやめ" if state == "cancelled" else "決まって"):
            answered(meeting, now)


def test_answering_what_was_fixed_a_moment_ago(meeting: PreMeeting, town: Town, now: dt.datetime) -> None:
    stale, given = PreMeeting.objects.get(pk=meeting.pk), marks(meeting)
    fix_date(meeting=meeting, option=meeting.options.first(), by=town.coordinator, now=now)
    with pytest.raises(NotAllowed, match="もう決まって"):
        answered(stale, now, marks=given)


def test_answering_dates_that_were_changed_a_moment_ago(
    meeting: PreMeeting, town: Town, now: dt.datetime
) -> None:
    given = marks(meeting)
    option = meeting.options.first()
    fix_date(meeting=meeting, option=option, by=town.coordinator, now=now)
    options = [now + dt.timedelta(days=9)]
    find_again(meeting=meeting, options=options, by=town.coordinator, now=now)
    with pytest.raises(ValidationError, match="すべての候補日"):
        answered(meeting, now, marks=given)
    assert names_of(meeting) == []


@pytest.mark.parametrize(
    "values",
    [
        {"name": ""},
        {"name": "あ" * 61},
        {"words": "あ" * 201},
        {"marks": {}},
        {"marks": "half"},
        {"marks": "nonsense"},
    ],
)
def test_what_is_not_an_answer_is_refused(
    values: dict[str, Any], meeting: PreMeeting, now: dt.datetime
) -> None:
    if values.get("marks") == "half":
        values = {"marks": dict([marks(meeting).popitem()])}
    if values.get("marks") == "nonsense":
        values = {"marks": marks(meeting, "yes", "perhaps")}
    with pytest.raises(ValidationError):
        answered(meeting, now, **values)
    assert not DateAnswer.objects.exists()


def test_a_flood_is_stopped_but_members_and_those_who_answered_are_not(
    meeting: PreMeeting, town: Town, now: dt.datetime
) -> None:
    first = answered(meeting, now)
    DateAnswer.objects.bulk_create(
        DateAnswer(meeting=meeting, name="うそ", key=str(number), answered_at=now)
        for number in range(ANSWERS_WITHOUT_ACCOUNT - 1)
    )
    with pytest.raises(NotAllowed, match="たくさんの返事"):
        answered(meeting, now)
    answered(meeting, now, key=first.key)
    answered(meeting, now, by=town.owner)
    answered(meeting, now, by=town.coordinator, source="telephone", actor=town.actor)
    assert meeting.answers.count() == ANSWERS_WITHOUT_ACCOUNT + 2


def waits(meeting: PreMeeting, *people: User) -> list[bool]:
    return [meeting in awaited_dates_for(person) for person in people]


def who(case: Case, **arguments: Any) -> list[str]:
    return [turn.who for turn in turns_of_meetings(case, **arguments)]


def test_whose_turn_it_is_to_answer_and_then_to_fix(
    meeting: PreMeeting, case: Case, town: Town, partner: User, now: dt.datetime
) -> None:
    company = case.parties.last().actor
    people = (town.owner, partner, town.coordinator, town.viewer)
    assert waits(meeting, *people) == [True, True, False, False]
    assert who(case) == [town.actor.name, company.name]
    assert {turn.path for turn in turns_of_meetings(case)} == {f"/d/{meeting.token}/"}
    assert {turn.since for turn in turns_of_meetings(case)} == {now}
    answered(meeting, now, "会員", by=town.viewer)
    assert waits(meeting, *people) == [False, True, False, False]
    assert who(case) == [company.name]
    assert not awaited_fixing_for(town.coordinator).exists()
    assert not Message.objects.filter(recipient=town.coordinator).exists()
    answered(meeting, now, "社員", actor=company)
    assert waits(meeting, *people) == [False] * 4
    assert [(turn.what, turn.who) for turn in turns_of_meetings(case)] == [
        ("打ち合わせの日時を決める", "コーディネーター")
    ]
    assert awaited_fixing_for(town.coordinator).get() == meeting
    assert "そろいました" in Message.objects.get(recipient=town.coordinator).subject
    answered(meeting, now, "社員その二", actor=company)
    assert Message.objects.filter(recipient=town.coordinator).count() == 1


def test_further_dates_wait_for_everybody_again(
    meeting: PreMeeting, town: Town, partner: User, now: dt.datetime
) -> None:
    answered(meeting, now, by=town.owner)
    assert waits(meeting, town.owner) == [False]
    offer_more_dates(meeting=meeting, options=[now + dt.timedelta(days=8)], by=town.coordinator, now=now)
    assert waits(meeting, town.owner) == [True]
    assert [line.is_complete for line in answers_of(meeting)] == [False]
    meeting.refresh_from_db()
    answered(meeting, now, by=town.owner)
    assert waits(meeting, town.owner) == [False]
    cancel_meeting(meeting=meeting, by=town.coordinator, now=now)
    assert waits(meeting, town.owner, partner) == [False, False]


def test_after_the_day_asked_for_the_caller_may_go_on(case: Case, town: Town, now: dt.datetime) -> None:
    meeting = make_meeting(case, answer_by=(now - dt.timedelta(days=2)).date())
    meeting.options.create(starts_at=now + dt.timedelta(days=3))
    assert who(case, now=now)[-1] == "コーディネーター"
    assert awaited_fixing_for(town.coordinator).get() == meeting
    meeting.called_by = town.owner
    meeting.save()
    turn = turns_of_meetings(case, now=now)[-1]
    assert (turn.who, turn.actor_id) == (town.actor.name, town.actor.pk)


def test_a_case_that_is_over_waits_for_nobody(
    meeting: PreMeeting, case: Case, town: Town, now: dt.datetime
) -> None:
    case.state, case.close_reason, case.closed_at = "closed", "other", now
    case.save()
    assert who(case) == []
    assert waits(meeting, town.owner) == [False]
    with pytest.raises(NotAllowed, match="終わって"):
        answered(meeting, now)


def test_reading_the_answers_costs_the_same_for_one_and_for_many(
    meeting: PreMeeting, now: dt.datetime, django_assert_num_queries: Any
) -> None:
    answered(meeting, now)
    for further in (29, 0):
        with django_assert_num_queries(3):
            names_of(meeting)
        for number in range(further):
            answered(meeting, now, f"人{number}")
    assert len(names_of(meeting)) == 30
