"""Whose turn it is, and the board that shows the longest standing still first."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import resolve
from django.utils import timezone

from musubi.flow.actors.models import Membership
from musubi.flow.cases.models import Case, CaseIntroduction
from musubi.flow.cases.queries import (
    board_for,
    counts_by_state,
    standing_still,
    turns_for,
    turns_of_case,
    turns_of_cases,
)
from tests.factories import Town, make_actor, make_person
from tests.together import (
    make_agreement,
    make_case,
    make_introduction,
    make_meeting,
    make_need,
    make_offer,
    owner_of,
)

STAFF = "結浜市のコーディネーターさん（コーディネーター）"


def turns(case: Case, now: dt.datetime | None = None) -> list[tuple[str, str]]:
    return [(turn.what, turn.who) for turn in turns_of_case(case, now=now)]


def test_each_side_that_has_not_answered_is_waited_for(town: Town, now: dt.datetime) -> None:
    case = make_case(town, state="open")
    since = now - dt.timedelta(days=4)
    introduction = make_introduction(case.need, make_offer(town), introduced_at=since)
    CaseIntroduction.objects.create(case=case, introduction=introduction)
    found = turns_of_case(case)
    assert [(turn.who, turn.since, turn.actor_id) for turn in found] == [
        (town.actor.name, since, town.actor.pk),
        (introduction.offer.actor.name, since, introduction.offer.actor_id),
    ]
    assert {turn.path for turn in found} == {f"/workspace/introductions/{introduction.pk}/"}
    introduction.replies.filter(side="need").update(answer="yes", said_at=now)
    assert turns(case) == [("紹介に返事をする", introduction.offer.actor.name)]


def test_for_a_side_that_nobody_looks_after_it_is_the_coordinators_turn(town: Town) -> None:
    case = make_case(town, state="open")
    actor = make_actor(town.municipality, name="浜町こども会")
    Membership.objects.create(actor=actor, user=make_person(), role="viewer", joined_at=timezone.now())
    introduction = make_introduction(case.need, make_offer(town, actor=actor))
    CaseIntroduction.objects.create(case=case, introduction=introduction)
    introduction.replies.filter(side="need").update(answer="yes", said_at=timezone.now())
    (turn,) = turns_of_case(case)
    assert (turn.what, turn.who, turn.actor_id) == (
        "浜町こども会に電話などで聞いて、代わりに返事を入力する", STAFF, None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("open", [("相手を紹介する", STAFF)]),
        ("talking", [("打ち合わせの日程を決める", STAFF)]),
        ("agreed", []),
        ("started", []),
        ("closed", []),
    ],
)
def test_with_nothing_awaited_the_coordinator_goes_on(
    town: Town, state: str, expected: list[tuple[str, str]]
) -> None:
    assert turns(make_case(town, state=state)) == expected


def test_a_case_without_a_coordinator_says_so(town: Town) -> None:
    case = make_case(town, state="open", coordinator=None)
    assert turns(case) == [("相手を紹介する", "コーディネーター（担当はまだ決まっていません）")]


def test_meetings_and_agreements_speak_for_themselves(town: Town) -> None:
    met, agreeing, cancelled = make_case(town), make_case(town), make_case(town)
    make_meeting(met)
    make_agreement(agreeing, state="confirming")
    make_meeting(cancelled, state="cancelled")
    assert (turns(met), turns(agreeing)) == ([], [])
    assert turns(cancelled) == [("打ち合わせの日程を決める", STAFF)]
    found = turns_of_cases([met, agreeing])
    assert all(found[case.pk] for case in (met, agreeing))
    assert {turn.what for turn in found[agreeing.pk]} == {"合意書を確認する"}


def test_after_a_meeting_somebody_begins_the_agreement(town: Town, now: dt.datetime) -> None:
    case = make_case(town)
    make_meeting(case, state="held", starts_at=now - dt.timedelta(days=2))
    (turn,) = turns_of_case(case)
    assert (turn.what, turn.who) == ("合意書を書きはじめる", STAFF)
    assert turn.path == f"/workspace/cases/{case.pk}/#agreement"
    make_meeting(case)
    assert turns(case) == []
    case.meetings.filter(state="finding").update(state="cancelled")
    assert len(turns(case)) == 1
    make_agreement(case, state="draft")
    assert turns(case) == []


def test_a_party_does_not_learn_who_else_is_asked(town: Town) -> None:
    case = make_case(town)
    partner = case.parties.exclude(listing=case.need).get().actor
    asked = make_introduction(case.need, make_offer(town))
    CaseIntroduction.objects.create(case=case, introduction=asked)
    answer = [(turn.who, turn.actor_id) for turn in turns_for(town.owner, [case])[case.pk]]
    assert answer == [(town.actor.name, town.actor.pk), (asked.offer.actor.name, asked.offer.actor_id)]
    assert turns_for(town.coordinator, [case])[case.pk] == turns_of_cases([case])[case.pk]
    assert [turn.what for turn in turns_for(owner_of(partner), [case])[case.pk]] == [
        "打ち合わせの日程を決める"
    ]


def test_who_has_left_is_told_of_nobodys_turn(town: Town, now: dt.datetime) -> None:
    case = make_case(town, offers=2)
    gone = case.parties.exclude(listing=case.need)[0]
    person = owner_of(gone.actor)
    make_meeting(case)
    assert len(turns_for(person, [case])[case.pk]) == 3
    gone.left_at = now
    gone.save()
    assert turns_for(person, [case]) == {case.pk: []}


def test_a_step_past_its_date_is_late(town: Town, now: dt.datetime) -> None:
    today = timezone.localdate(now)
    case = make_case(town, next_step="会場を見る", next_step_on=today)
    assert turns(case, now) == [("打ち合わせの日程を決める", STAFF)]
    assert turns(case, now + dt.timedelta(days=1))[1] == ("期限を過ぎています：会場を見る", STAFF)


def test_the_board_is_for_staff_and_has_the_longest_standing_first(
    town: Town, other_town: Town, now: dt.datetime
) -> None:
    young = make_case(town, moved_at=now - dt.timedelta(days=1))
    old = make_case(town, moved_at=now - dt.timedelta(days=30))
    secret = make_case(town, need=make_need(town, visibility="city_hall"), moved_at=now)
    make_case(other_town)
    assert list(board_for(town.coordinator, town.municipality)) == [old, young]
    assert list(board_for(town.officer, town.municipality)) == [old, young, secret]
    for person in (town.owner, town.citizen, other_town.officer):
        assert not board_for(person, town.municipality).exists()
    assert list(standing_still(board_for(town.officer, town.municipality), now=now)) == [old]


def test_what_is_past_its_date_comes_before_what_stands_still(town: Town, now: dt.datetime) -> None:
    yesterday = timezone.localdate(now) - dt.timedelta(days=1)
    late = {"next_step": "電話する", "next_step_on": yesterday}
    still = make_case(town, moved_at=now - dt.timedelta(days=30))
    step_to_come = make_case(
        town,
        moved_at=now - dt.timedelta(days=9),
        next_step="会う",
        next_step_on=timezone.localdate(now),
    )
    young = make_case(town, moved_at=now, **late)
    older = make_case(town, moved_at=now - dt.timedelta(days=2), **late)
    closed = make_case(town, state="closed", moved_at=now - dt.timedelta(days=5), **late)
    board = board_for(town.coordinator, town.municipality)
    assert list(board) == [older, young, still, step_to_come, closed]
    assert counts_by_state(board)["talking"] == 4


def test_the_board_is_filtered(town: Town) -> None:
    mine = make_case(town, title="夏祭りのいす")
    nobodys = make_case(town, state="closed", coordinator=None, title="公園の花")
    elsewhere = make_case(town, need=make_need(town, areas=[town.wards[1]]), state="open", title="会場さがし")

    def board(**filters: object) -> set[Case]:
        return set(board_for(town.coordinator, town.municipality, **filters))

    assert board(state="closed") == {nobodys}
    assert board(coordinator="mine") == {mine, elsewhere}
    assert board(coordinator="nobody") == {nobodys}
    assert board(area=town.wards[0]) == {mine, nobodys}
    assert board(search="祭り いす") == {mine}
    assert board(search=town.actor.name) == {mine, nobodys, elsewhere}
    assert board(search="どこにもない") == set()
    assert counts_by_state(board_for(town.coordinator, town.municipality)) == {
        "open": 1, "talking": 1, "agreed": 0, "started": 0, "closed": 1,
    }  # fmt: skip


def test_a_board_of_thirty_asks_no_more_than_one_of_one(town: Town) -> None:
    def fill(number: int) -> None:
        for _ in range(number):
            waiting = make_case(town, state="open")
            introduction = make_introduction(waiting.need, make_offer(town))
            CaseIntroduction.objects.create(case=waiting, introduction=introduction)
            make_meeting(make_case(town))
            make_agreement(make_case(town), state="confirming")

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            rows = list(board_for(town.coordinator, town.municipality))
            turns_of_cases(rows)
            assert [str(row.need.actor) + str(row.coordinator) for row in rows]
        return len(asked)

    fill(1)
    queries()
    one = queries()
    fill(9)
    assert queries() == one


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/workspace/cases/1/", "workspace:case"),
        ("/workspace/introductions/1/", "workspace:introduction"),
        ("/i/abc:def-_0/", "public:reply_link"),
    ],
)
def test_what_messages_and_turns_lead_to_is_there(path: str, name: str) -> None:
    assert resolve(path).view_name == name


def test_a_need_that_its_people_took_down_is_the_coordinators_turn(town: Town, now: dt.datetime) -> None:
    case = make_case(town, state="open")
    make_introduction(case.need, make_offer(town))
    case.need.state, case.need.withdraw_reason = "withdrawn", "plan_changed"
    case.need.save()
    [turn] = turns_of_case(case, now=now)
    assert "取り下げ" in turn.what
    assert (turn.actor_id, turn.who) == (None, f"{town.coordinator}さん（コーディネーター）")
