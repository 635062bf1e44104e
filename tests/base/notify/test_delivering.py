"""One attempt at a mail, whatever the mail server says."""

import datetime as dt
import smtplib
from collections.abc import Sequence

import pytest
from django.core import mail
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import IntegrityError, transaction

from musubi.base.common.workflow import InvalidTransition
from musubi.base.notify.enums import DeliveryState, MessageKind
from musubi.base.notify.models import Delivery, StoredMail
from musubi.base.notify.queries import delivery_counts, due_deliveries, failed_deliveries, stored_mail
from musubi.base.notify.services import (
    MAX_ATTEMPTS,
    Outcome,
    deliver,
    release_abandoned,
    retry_failed,
    tell,
)
from tests.factories import make_person

NOW = dt.datetime(2026, 4, 1, 9, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)


class Broken(BaseEmailBackend):
    """A mail server that answers with an error of our choice."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        raise self.error


class BrokenMailbox(Broken):
    in_this_database = True


@pytest.fixture
def delivery() -> Delivery:
    return tell(
        to=make_person(email="tanaka@example.jp"),
        kind=MessageKind.NEW_NEED,
        subject="新しいニーズ\nがあります",
        text="こども食堂が会場を探しています。",
        path="/desk/needs/1/",
        at=NOW,
    ).delivery


def again(delivery: Delivery) -> Delivery:
    """As another process sees it."""
    return Delivery.objects.select_related("message__recipient").get(pk=delivery.pk)


def test_a_mail_is_sent_once(delivery: Delivery) -> None:
    stale = again(delivery)
    assert deliver(delivery=delivery, connection=get_connection(), now=NOW) == Outcome.SENT
    assert deliver(delivery=stale, connection=get_connection(), now=NOW) == Outcome.TAKEN

    after = again(delivery)
    assert (after.state, after.attempts, after.sent_at, after.claim) == ("sent", 1, NOW, "")
    assert len(mail.outbox) == 1


def test_the_mail_says_what_where_who_and_how_to_get_fewer(delivery: Delivery) -> None:
    deliver(delivery=delivery, connection=get_connection(), now=NOW + MINUTE)

    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == (["tanaka@example.jp"], "新しいニーズ があります")
    assert sent.message()["Message-ID"] == delivery.mail_id
    assert sent.message()["Date"] == "Wed, 01 Apr 2026 18:00:00 +0900"
    assert sent.message()["Auto-Submitted"] == "auto-generated"
    assert "こども食堂が会場を探しています。" in sent.body
    assert "http://127.0.0.1:8000/desk/needs/1/" in sent.body
    assert "http://127.0.0.1:8000/workspace/preferences/" in sent.body


def test_an_invitation_tells_a_stranger_to_ignore_it_instead() -> None:
    row = tell(
        to="new@example.jp", kind=MessageKind.INVITATION, subject="招待", text="", path="/x/", at=NOW
    ).delivery
    deliver(delivery=row, connection=get_connection(), now=NOW)

    assert mail.outbox[0].to == ["new@example.jp"]
    assert "/workspace/preferences/" not in mail.outbox[0].body
    assert "お心当たりがないとき" in mail.outbox[0].body


def test_a_mail_waits_until_it_is_due(delivery: Delivery) -> None:
    assert list(due_deliveries(now=NOW - MINUTE)) == []
    assert list(due_deliveries(now=NOW)) == [delivery]
    assert deliver(delivery=delivery, connection=get_connection(), now=NOW - MINUTE) == Outcome.TAKEN
    assert mail.outbox == []


@pytest.mark.parametrize("backend", [Broken, BrokenMailbox])
def test_a_failure_is_tried_again_later_and_later_and_then_given_up(
    delivery: Delivery, backend: type[Broken]
) -> None:
    connection = backend(smtplib.SMTPServerDisconnected("gone"))
    moment, waits = NOW, []
    for attempt in range(1, MAX_ATTEMPTS):
        assert deliver(delivery=again(delivery), connection=connection, now=moment) == Outcome.LATER
        row = again(delivery)
        assert (row.state, row.attempts, row.claim) == ("pending", attempt, "")
        assert row.last_error == "SMTPServerDisconnected: gone"
        waits.append(row.next_attempt_at - moment)
        moment = row.next_attempt_at
    assert deliver(delivery=again(delivery), connection=connection, now=moment) == Outcome.GIVEN_UP

    assert waits == sorted(waits)
    assert (waits[0], waits[-1]) == (MINUTE, 720 * MINUTE)
    assert [row.last_error for row in failed_deliveries()] == ["SMTPServerDisconnected: gone"]
    assert list(due_deliveries(now=moment + dt.timedelta(days=9))) == []
    assert StoredMail.objects.count() == 0


def test_an_address_that_will_never_do_is_given_up_at_once(delivery: Delivery) -> None:
    never = smtplib.SMTPRecipientsRefused({"tanaka@example.jp": (550, b"no such user")})
    assert deliver(delivery=delivery, connection=Broken(never), now=NOW) == Outcome.GIVEN_UP


def test_a_greylisting_server_is_asked_again(delivery: Delivery) -> None:
    later = smtplib.SMTPRecipientsRefused({"tanaka@example.jp": (451, b"try later")})
    assert deliver(delivery=delivery, connection=Broken(later), now=NOW) == Outcome.LATER


def test_a_mail_given_up_can_be_put_back(delivery: Delivery) -> None:
    with pytest.raises(InvalidTransition):
        retry_failed(delivery=delivery, now=NOW)
    Delivery.objects.update(state=DeliveryState.FAILED, attempts=MAX_ATTEMPTS)
    row = retry_failed(delivery=again(delivery), now=NOW)
    assert (row.state, row.attempts, row.next_attempt_at) == ("pending", 0, NOW)


def test_what_a_vanished_worker_held_is_taken_over_after_its_lease(delivery: Delivery) -> None:
    Delivery.objects.update(state=DeliveryState.SENDING, claim="x", claimed_at=NOW, attempts=1)

    assert release_abandoned(now=NOW + 4 * MINUTE, lease=5 * MINUTE) == 0
    assert release_abandoned(now=NOW + 6 * MINUTE, lease=5 * MINUTE) == 1
    row = again(delivery)
    assert (row.state, row.next_attempt_at) == ("pending", NOW + 6 * MINUTE)
    assert deliver(delivery=row, connection=get_connection(), now=NOW + 6 * MINUTE) == Outcome.SENT


def test_a_mail_that_kills_its_worker_each_time_is_given_up(delivery: Delivery) -> None:
    Delivery.objects.update(state=DeliveryState.SENDING, claim="x", claimed_at=NOW, attempts=MAX_ATTEMPTS)
    release_abandoned(now=NOW + 6 * MINUTE, lease=5 * MINUTE)

    assert again(delivery).state == "failed"


def test_a_late_answer_does_not_touch_the_attempt_of_another_worker(delivery: Delivery) -> None:
    """The first worker's claim ran out while its mail server was silent; then it fails."""

    class Slow(Broken):
        def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
            Delivery.objects.update(claim="another", claimed_at=NOW)
            raise self.error

    deliver(delivery=delivery, connection=Slow(OSError("late")), now=NOW)
    assert (again(delivery).state, again(delivery).claim) == ("sending", "another")


def test_somebody_who_left_before_the_mail_went_gets_none(delivery: Delivery) -> None:
    person = delivery.message.recipient
    person.is_active = False
    person.save(update_fields=["is_active"])

    assert deliver(delivery=again(delivery), connection=get_connection(), now=NOW) == Outcome.GIVEN_UP
    assert mail.outbox == []


def test_the_mailbox_keeps_the_mail_with_its_mark_and_shows_it_after_the_commit(
    delivery: Delivery, capsys: pytest.CaptureFixture[str], django_capture_on_commit_callbacks
) -> None:
    connection = get_connection("musubi.base.notify.mailbox.MailboxBackend")
    with django_capture_on_commit_callbacks(execute=True):
        assert deliver(delivery=again(delivery), connection=connection, now=NOW) == Outcome.SENT
        assert capsys.readouterr().out == ""
        assert deliver(delivery=delivery, connection=connection, now=NOW) == Outcome.TAKEN

    (kept,) = stored_mail()
    assert (kept.to, kept.subject, kept.mail_id) == (
        "tanaka@example.jp",
        "新しいニーズ があります",
        delivery.mail_id,
    )
    assert "http://127.0.0.1:8000/desk/needs/1/" in kept.text
    assert "宛先: tanaka@example.jp" in capsys.readouterr().out
    assert delivery_counts() == {"pending": 0, "sending": 0, "sent": 1, "failed": 0}


@pytest.mark.parametrize(
    "wrong", [{"state": "sending"}, {"state": "sent"}, {"claim": "x"}, {"state": "pending", "sent_at": NOW}]
)
def test_the_database_refuses_half_a_state(delivery: Delivery, wrong: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.update(**wrong)
