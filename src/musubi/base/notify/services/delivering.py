"""One mail at a time from the outbox to its address: never by two workers, never forgotten.

Into a backend that keeps mail in this same database, the mail and its mark are one transaction:
exactly once, wherever the worker dies. Over SMTP nobody can promise that; there a claim is taken
first, the mark follows the server's answer with nothing in between, and every attempt carries the
same Message-ID (docs/operations.md says what is left).
"""

import datetime as dt
import smtplib
import uuid
from enum import StrEnum

from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from musubi.base.notify.enums import DeliveryState as State
from musubi.base.notify.models import Delivery
from musubi.base.notify.workflow import WORKFLOW

from .writing import mail_of

MAX_ATTEMPTS = 8
PAUSES = [dt.timedelta(minutes=m) for m in (1, 5, 15, 60, 180, 360, 720)]
PERMANENT_REFUSAL = 500


class Outcome(StrEnum):
    """What became of one attempt."""

    SENT = "sent"
    LATER = "later"
    GIVEN_UP = "given_up"
    TAKEN = "taken"  # another worker has it, or it is not due


def deliver(*, delivery: Delivery, connection: BaseEmailBackend, now: dt.datetime) -> Outcome:
    """Make one attempt at a due mail; an error is kept with it and decides when the next one is."""
    address = _address(delivery)
    if not address:
        _give_up(_due(delivery, now), _("宛先の人が退会しているため、送りませんでした。"))
        return Outcome.GIVEN_UP
    if getattr(connection, "in_this_database", False):
        return _store(delivery, address, connection, now)
    return _send(delivery, address, connection, now)


def _store(delivery: Delivery, address: str, connection: BaseEmailBackend, now: dt.datetime) -> Outcome:
    try:
        with transaction.atomic():
            stored = _due(delivery, now).update(
                state=WORKFLOW.target("store", State.PENDING),
                attempts=F("attempts") + 1,
                sent_at=now,
                last_error="",
            )
            if not stored:
                return Outcome.TAKEN
            connection.send_messages([mail_of(delivery, to=address, connection=connection)])
    except Exception as error:  # noqa: BLE001 - whatever a mail backend raises must not lose the mail
        _due(delivery, now).update(attempts=F("attempts") + 1)
        return _after_failure(_due(delivery, now), delivery.attempts + 1, error, now)
    return Outcome.SENT


def _send(delivery: Delivery, address: str, connection: BaseEmailBackend, now: dt.datetime) -> Outcome:
    mail = mail_of(delivery, to=address, connection=connection)
    claim = uuid.uuid4().hex
    claimed = _due(delivery, now).update(
        state=WORKFLOW.target("claim", State.PENDING), claim=claim, claimed_at=now, attempts=F("attempts") + 1
    )
    if not claimed:
        return Outcome.TAKEN
    mine = Delivery.objects.filter(pk=delivery.pk, state=State.SENDING, claim=claim)
    try:
        connection.send_messages([mail])
    except Exception as error:  # noqa: BLE001 - whatever a mail backend raises must not lose the mail
        connection.close()
        return _after_failure(mine, delivery.attempts + 1, error, now)
    mine.update(
        state=WORKFLOW.target("confirm", State.SENDING), claim="", claimed_at=None, sent_at=now, last_error=""
    )
    return Outcome.SENT


def release_abandoned(*, now: dt.datetime, lease: dt.timedelta) -> int:
    """Put back the mail whose worker vanished longer than `lease` ago; how many."""
    abandoned = Delivery.objects.filter(state=State.SENDING, claimed_at__lt=now - lease)
    sentence = _("送信の途中で処理が止まりました。")
    _give_up(abandoned.filter(attempts__gte=MAX_ATTEMPTS), sentence)
    return _put_back(abandoned, sentence, at=now)


def retry_failed(*, delivery: Delivery, now: dt.datetime) -> Delivery:
    """Put a mail that was given up back into the queue, with all its attempts before it."""
    state = WORKFLOW.target("retry", delivery.state)
    Delivery.objects.filter(pk=delivery.pk, state=State.FAILED).update(
        state=state, attempts=0, next_attempt_at=now
    )
    delivery.refresh_from_db()
    return delivery


def _due(delivery: Delivery, now: dt.datetime) -> QuerySet[Delivery]:
    return Delivery.objects.filter(pk=delivery.pk, state=State.PENDING, next_attempt_at__lte=now)


def _after_failure(rows: QuerySet[Delivery], attempts: int, error: Exception, now: dt.datetime) -> Outcome:
    sentence = f"{type(error).__name__}: {error}"[:500]
    if attempts >= MAX_ATTEMPTS or _is_permanent(error):
        _give_up(rows, sentence)
        return Outcome.GIVEN_UP
    _put_back(rows, sentence, at=now + PAUSES[attempts - 1])
    return Outcome.LATER


def _put_back(rows: QuerySet[Delivery], sentence: str, *, at: dt.datetime) -> int:
    return rows.update(
        state=WORKFLOW.target("put_back", State.SENDING),
        claim="",
        claimed_at=None,
        next_attempt_at=at,
        last_error=sentence,
    )


def _give_up(rows: QuerySet[Delivery], sentence: str) -> int:
    return rows.update(
        state=WORKFLOW.target("give_up", State.SENDING), claim="", claimed_at=None, last_error=sentence
    )


def _is_permanent(error: Exception) -> bool:
    """The receiving server says that this address will never do."""
    return isinstance(error, smtplib.SMTPRecipientsRefused) and all(
        code >= PERMANENT_REFUSAL for code, _answer in error.recipients.values()
    )


def _address(delivery: Delivery) -> str:
    person = delivery.message.recipient
    if person is None:
        return delivery.message.address
    return person.email if person.is_active else ""
