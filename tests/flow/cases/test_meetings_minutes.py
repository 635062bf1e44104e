"""After a meeting: every record holds what somebody does until a day, and it is ticked off once."""

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
from musubi.flow.cases.models import Case, MeetingAction, PreMeeting
from musubi.flow.cases.queries import (
    actions_for,
    awaited_actions_for,
    awaited_fixing_for,
    awaited_records_for,
    meetings_for,
    meetings_of,
    turns_of_meetings,
)
from musubi.flow.cases.services import ActionValue, finish_action, record_meeting
from tests.factories import Town, make_actor
from tests.together import make_case, make_meeting, owner_of


@pytest.fixture
def case(town: Town) -> Case:
    return make_case(town)


@pytest.fixture
def partner(case: Case) -> User:
    return owner_of(case.parties.last().actor)


@pytest.fixture
def meeting(case: Case, now: dt.datetime) -> PreMeeting:
    return make_meeting(case, state="fixed", starts_at=now - dt.timedelta(days=2))


def tomorrow(now: dt.datetime) -> dt.date:
    return timezone.localdate(now) + dt.timedelta(days=1)


def recorded(meeting: PreMeeting, by: User, now: dt.datetime, *actions: ActionValue, **values: Any) -> Any:
    values.setdefault("notes", "いすの数を決めた。")
    return record_meeting(
        meeting=meeting, actions=list(actions) or [ActionValue("電話する", tomorrow(now))], by=by, now=now, **values
    )  # fmt: skip


def test_what_has_not_taken_place_is_not_recorded(case: Case, town: Town, now: dt.datetime) -> None:
    meeting = make_meeting(case, state="fixed", starts_at=now + dt.timedelta(days=2))
    with pytest.raises(NotAllowed, match="その日になってから"):
        recorded(meeting, town.owner, now)
    with pytest.raises(NotAllowed, match="その日になってから"):
        recorded(meeting, town.owner, now + dt.timedelta(days=1))
    meeting.refresh_from_db()
    assert meeting.state == "fixed"
    morning = timezone.localtime(now + dt.timedelta(days=2)).replace(hour=0, minute=1)
    assert recorded(meeting, town.owner, morning, ActionValue("電話", tomorrow(morning))).state == "held"


def test_a_record_gives_everybody_their_own(
    meeting: PreMeeting, case: Case, town: Town, partner: User, now: dt.datetime
) -> None:
    day, company = tomorrow(now), case.parties.last().actor
    recorded(
        meeting,
        town.owner,
        now,
        ActionValue("会場を予約する", day, town.actor),
        ActionValue("いすを運ぶ", day, company),
        ActionValue("いすを数える", day, company),
        ActionValue("保険を調べる", day),
    )
    meeting.refresh_from_db()
    assert (meeting.state, meeting.notes) == ("held", "いすの数を決めた。")
    told = {message.recipient: message.text for message in Message.objects.filter(kind="task_given")}
    assert set(told) == {partner, town.coordinator}
    assert "いすを運ぶ" in told[partner]
    assert "いすを数える" in told[partner]
    assert "予約" not in told[partner]
    assert "保険" in told[town.coordinator]
    assert Event.objects.get(verb="meeting.hold").municipality_ref == str(town.municipality.pk)
    assert [action.what for action in awaited_actions_for(partner)] == ["いすを運ぶ", "いすを数える"]
    assert [action.what for action in awaited_actions_for(town.coordinator)] == ["保険を調べる"]
    assert not awaited_actions_for(town.officer).exists()
    assert actions_for(town.viewer).count() == 4
    assert actions_for(town.citizen).count() == 0


@pytest.mark.parametrize(
    ("what", "day", "sentence"),
    [("", 1, "."), ("あ" * 201, 1, "."), ("電話する", -3, "期限")],
)
def test_an_action_has_words_and_a_day(
    what: str, day: int, sentence: str, meeting: PreMeeting, town: Town, now: dt.datetime
) -> None:
    due = timezone.localdate(now) + dt.timedelta(days=day)
    with pytest.raises(ValidationError, match=sentence):
        recorded(meeting, town.owner, now, ActionValue(what, due))
    meeting.refresh_from_db()
    assert (meeting.state, meeting.notes, MeetingAction.objects.count()) == ("fixed", "", 0)


def test_a_record_without_an_action_or_for_a_stranger_is_none(
    meeting: PreMeeting, town: Town, now: dt.datetime
) -> None:
    with pytest.raises(ValidationError, match="1つ以上"):
        record_meeting(meeting=meeting, notes="話した。", actions=[], by=town.owner, now=now)
    with pytest.raises(ValidationError, match="20まで"):
        recorded(meeting, town.owner, now, *[ActionValue("電話", tomorrow(now))] * 21)
    with pytest.raises(NotAllowed, match="当事者ではありません"):
        recorded(meeting, town.owner, now, ActionValue("電話", tomorrow(now), make_actor(town.municipality)))
    meeting.refresh_from_db()
    assert meeting.state == "fixed"


def test_only_those_who_take_part_record_and_only_once(
    meeting: PreMeeting, town: Town, partner: User, other_town: Town, now: dt.datetime
) -> None:
    stale = PreMeeting.objects.get(pk=meeting.pk)
    for person in (town.viewer, town.citizen, other_town.owner, other_town.officer):
        with pytest.raises(NotAllowed, match="当事者"):
            recorded(meeting, person, now)
    recorded(meeting, partner, now)
    with pytest.raises(InvalidTransition):
        recorded(stale, town.coordinator, now, notes="別の記録")
    stale.refresh_from_db()
    assert (stale.notes, stale.actions.count()) == ("いすの数を決めた。", 1)


def test_what_happened_may_be_recorded_whatever_became_of_the_case(
    meeting: PreMeeting, town: Town, now: dt.datetime
) -> None:
    Case.objects.update(state="started")
    assert recorded(meeting, town.owner, now).state == "held"


@pytest.fixture
def action(meeting: PreMeeting, town: Town, now: dt.datetime) -> MeetingAction:
    recorded(meeting, town.coordinator, now, ActionValue("電話する", tomorrow(now), town.actor))
    return MeetingAction.objects.get()


def test_done_is_said_once_by_whose_it_is_or_by_staff(
    action: MeetingAction, town: Town, partner: User, other_town: Town, now: dt.datetime
) -> None:
    for person in (partner, town.viewer, town.citizen, other_town.officer):
        with pytest.raises(NotAllowed, match="引き受けた"):
            finish_action(action=action, by=person, now=now)
    stale = MeetingAction.objects.get(pk=action.pk)
    assert finish_action(action=action, by=town.owner, now=now).done_at == now
    with pytest.raises(InvalidTransition):
        finish_action(action=stale, by=town.coordinator, now=now)
    assert not awaited_actions_for(town.owner).exists()


def test_what_the_coordinator_does_is_ticked_off_by_staff(
    meeting: PreMeeting, town: Town, now: dt.datetime
) -> None:
    recorded(meeting, town.owner, now)
    action = MeetingAction.objects.get()
    with pytest.raises(NotAllowed):
        finish_action(action=action, by=town.owner, now=now)
    assert finish_action(action=action, by=town.officer, now=now).done_at == now


def test_whose_turn_it_is_to_record_and_what_is_overdue(
    meeting: PreMeeting, case: Case, town: Town, now: dt.datetime
) -> None:
    meeting.starts_at = now - dt.timedelta(minutes=30)
    meeting.save()
    assert turns_of_meetings(case, now=now) == []
    after = now + dt.timedelta(minutes=31)
    assert [(turn.what, turn.who, turn.since) for turn in turns_of_meetings(case, now=after)] == [
        ("打ち合わせの記録を書く", "コーディネーター", now + dt.timedelta(minutes=30))
    ]
    assert awaited_records_for(town.coordinator, now=after).get() == meeting
    recorded(meeting, town.coordinator, now, ActionValue("電話する", tomorrow(now), town.actor))
    assert not awaited_records_for(town.coordinator, now=after).exists()
    assert turns_of_meetings(case, now=now + dt.timedelta(days=1)) == []
    turn = turns_of_meetings(case, now=now + dt.timedelta(days=2))[0]
    assert (turn.what, turn.who, turn.actor_id, turn.path) == (
        "期限を過ぎたこと：電話する",
        town.actor.name,
        town.actor.pk,
        f"/workspace/meetings/{meeting.pk}/",
    )
    assert timezone.localdate(turn.since) == timezone.localdate(now) + dt.timedelta(days=2)


def test_who_has_left_reads_no_meeting_that_moved_afterwards(town: Town, now: dt.datetime) -> None:
    case = make_case(town, offers=2)
    gone = case.parties.exclude(listing=case.need)[0]
    person = owner_of(gone.actor)
    before, after = make_meeting(case), make_meeting(case, state="fixed", starts_at=now)
    gone.left_at = now + dt.timedelta(hours=1)
    gone.save()
    record_meeting(
        meeting=after,
        notes="抜けた方のこと",
        actions=[ActionValue(what="いすを運ぶ", due_on=dt.date(2027, 1, 15))],
        by=town.owner,
        now=now + dt.timedelta(hours=2),
    )
    assert list(meetings_for(person)) == [before]
    assert list(meetings_of(person, case)) == [before]
    assert not actions_for(person).exists()
    assert set(meetings_for(town.viewer)) == {before, after}
    assert actions_for(town.coordinator).count() == 1


def test_a_caller_who_has_left_is_not_waited_for(town: Town, now: dt.datetime) -> None:
    case = make_case(town, offers=2)
    gone = case.parties.exclude(listing=case.need)[0]
    person = owner_of(gone.actor)
    finding, fixed = make_meeting(case), make_meeting(case, state="fixed", starts_at=now)
    for meeting in (finding, fixed):
        meeting.called_by, meeting.answer_by = person, dt.date(2020, 1, 1)
        meeting.save()
    assert list(awaited_fixing_for(person)) == [finding]
    assert list(awaited_records_for(person, now=now)) == [fixed]
    gone.left_at = now
    gone.save()
    assert not awaited_fixing_for(person).exists()
    assert not awaited_records_for(person, now=now).exists()
