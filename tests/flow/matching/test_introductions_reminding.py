"""Introductions without an answer are asked for after 3 and 7 business days, each time once."""

import datetime as dt

import pytest
from django.utils import timezone

from musubi.base.audit.queries import events_about
from musubi.base.notify.models import Message
from musubi.base.notify.queries import messages_for
from musubi.flow.matching.models import Introduction
from musubi.flow.matching.services import remind_introductions, reminding
from tests.factories import Town
from tests.together import make_introduction, make_need, make_offer, owner_of

# Friday before a long weekend: Monday 23 November 2026 is a holiday.
FRIDAY = timezone.make_aware(dt.datetime(2026, 11, 20, 15))


def at(day: int, month: int = 11) -> dt.datetime:
    return timezone.make_aware(dt.datetime(2026, month, day, 9))


@pytest.fixture
def introduction(town: Town) -> Introduction:
    return make_introduction(make_need(town), make_offer(town), introduced_at=FRIDAY)


def test_the_first_comes_after_three_business_days_the_second_after_seven(
    town: Town, introduction: Introduction
) -> None:
    # Tuesday 24, Wednesday 25, Thursday 26 are the three; Wednesday 2 December is the seventh.
    days = [at(24), at(26), at(27), at(28), at(1, 12), at(2, 12), at(3, 12), at(4, 12), at(24, 12)]
    assert [remind_introductions(now=day) for day in days] == [0, 0, 1, 0, 0, 0, 1, 0, 0]
    assert [message.kind for message in messages_for(town.owner)] == ["introduction_reminded"] * 2
    introduction.refresh_from_db()
    assert (introduction.reminders, introduction.reminded_at) == (2, at(3, 12))
    assert [event.verb for event in events_about(introduction)] == ["introduction.remind"] * 2


def test_only_the_side_that_has_not_answered_is_asked(town: Town, introduction: Introduction) -> None:
    introduction.replies.filter(side="need").update(answer="yes", said_at=FRIDAY)
    assert remind_introductions(now=at(27)) == 1
    assert not messages_for(town.owner).exists()
    message = messages_for(owner_of(introduction.offer.actor)).get()
    assert message.subject == f"お返事を待っています：{town.actor.name}の紹介"
    assert message.path.startswith("/i/")
    assert "なに：" in message.text


@pytest.mark.parametrize("state", ["connected", "declined", "lapsed", "withdrawn", "parted"])
def test_what_is_settled_is_not_asked_for(town: Town, state: str) -> None:
    make_introduction(make_need(town), make_offer(town), state=state, introduced_at=FRIDAY)
    assert remind_introductions(now=at(27)) == 0
    assert not Message.objects.exists()


def test_a_worker_that_slept_does_not_ask_twice_at_once(introduction: Introduction) -> None:
    late = at(21, 12)
    assert [remind_introductions(now=late), remind_introductions(now=late)] == [1, 0]
    assert remind_introductions(now=at(24, 12)) == 0
    assert remind_introductions(now=at(25, 12)) == 1


def test_two_workers_remind_once(introduction: Introduction) -> None:
    seen_by_both = Introduction.objects.get(pk=introduction.pk)
    assert [reminding._remind(introduction, at(27)), reminding._remind(seen_by_both, at(27))] == [True, False]
    assert Message.objects.count() == 2


def test_one_that_is_killed_leaves_nothing_half_done(
    introduction: Introduction, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_args: object, **_more: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr("musubi.flow.matching.services.reminding.audit.record", killed)
        with pytest.raises(SystemExit):
            remind_introductions(now=at(27))
    assert not Message.objects.exists()
    assert remind_introductions(now=at(27)) == 1
    assert Message.objects.count() == 2


def test_more_than_fit_in_one_reading_are_all_asked_for(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reminding, "AT_ONCE", 2)
    need = make_need(town)
    for _ in range(5):
        make_introduction(need, make_offer(town), introduced_at=FRIDAY)
    assert remind_introductions(now=at(27)) == 5
    assert Introduction.objects.filter(reminders=1).count() == 5


@pytest.mark.parametrize("side", ["need", "offer"])
@pytest.mark.parametrize("gone", ["withdrawn", "hidden"])
def test_of_what_is_no_longer_shown_nobody_is_reminded(
    introduction: Introduction, side: str, gone: str
) -> None:
    listing = getattr(introduction, side)
    if gone == "hidden":
        listing.hidden_at, listing.hidden_reason = FRIDAY, "事実とちがうため"
    else:
        listing.state, listing.withdraw_reason = "withdrawn", "mistake"
    listing.save()
    assert (remind_introductions(now=at(27)), Message.objects.count()) == (0, 0)


def test_a_need_that_is_talked_about_still_waits_for_the_others(introduction: Introduction) -> None:
    introduction.need.state = "reserved"
    introduction.need.save()
    assert remind_introductions(now=at(27)) == 1
