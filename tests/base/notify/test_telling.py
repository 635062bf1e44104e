"""What people are told stands with what it tells of, and reaches only them."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.urls import reverse

from musubi.base.notify.enums import MANDATORY, MessageKind
from musubi.base.notify.models import Delivery, Message
from musubi.base.notify.queries import messages_for, preferences_for, unread_count_for
from musubi.base.notify.services import in_app_only, mark_all_read, mark_read, set_preferences, tell
from musubi.base.notify.services.writing import PREFERENCES_PATH
from tests.factories import make_person

NOW = dt.datetime(2026, 4, 1, 9, tzinfo=dt.UTC)


def told(to: object, kind: str = MessageKind.ACTOR_VERIFIED, at: dt.datetime = NOW) -> Message:
    return tell(
        to=to,
        kind=kind,
        subject="登録を確認しました",
        text="どうぞお使いください。",
        path="/workspace/",
        at=at,
    )


def test_a_person_has_it_in_the_list_and_by_mail() -> None:
    person, other = make_person(), make_person()
    first, second = told(person), told(person, at=NOW + dt.timedelta(hours=1))

    assert list(messages_for(person)) == [second, first]
    assert list(messages_for(other)) == []
    assert list(messages_for(AnonymousUser())) == []
    assert unread_count_for(person) == 2
    assert [(row.message_id, row.state, row.next_attempt_at) for row in Delivery.objects.order_by("pk")] == [
        (first.pk, "pending", NOW),
        (second.pk, "pending", NOW + dt.timedelta(hours=1)),
    ]
    assert len(set(Delivery.objects.values_list("mail_id", flat=True))) == 2


def test_a_message_goes_with_the_transaction_it_belongs_to() -> None:
    person = make_person()
    with transaction.atomic():
        told(person)
        transaction.set_rollback(True)
    assert (Message.objects.count(), Delivery.objects.count()) == (0, 0)


def test_somebody_without_an_account_is_mailed_only() -> None:
    message = told("山田 <yamada@example.jp>", MessageKind.INVITATION)

    assert (message.recipient, message.address) == (None, "yamada@example.jp")
    assert message.delivery.state == "pending"


@pytest.mark.parametrize("address", ["", "nobody", "a@b.jp\nBcc: c@d.jp"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="not a mail address"):
        told(address)


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="weather"):
        told(make_person(), "weather")


@pytest.mark.parametrize("path", ["//evil.example", "https://evil.example/"])
def test_only_local_addresses_are_linked(path: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        tell(to=make_person(), kind=MessageKind.NEW_NEED, subject="a", text="b", path=path, at=NOW)


def test_a_kind_that_was_switched_off_is_not_mailed_but_listed() -> None:
    person = make_person()
    set_preferences(by=person, email={MessageKind.NEW_NEED: False})
    told(person, MessageKind.NEW_NEED)
    told(person, MessageKind.ACTOR_VERIFIED)

    assert unread_count_for(person) == 2
    assert [row.message.kind for row in Delivery.objects.select_related("message")] == ["actor_verified"]
    set_preferences(by=person, email={MessageKind.NEW_NEED: True})
    told(person, MessageKind.NEW_NEED)
    assert Delivery.objects.count() == 2


@pytest.mark.parametrize("kind", sorted(MANDATORY))
def test_what_must_arrive_cannot_be_switched_off(kind: str) -> None:
    person = make_person()
    set_preferences(by=person, email={kind: False})
    told(person, kind)

    assert Delivery.objects.count() == 1
    assert next(choice for choice in preferences_for(person) if choice.kind == kind).email is True


def test_the_preferences_page_has_a_line_for_every_kind() -> None:
    person = make_person()
    set_preferences(by=person, email={MessageKind.NEW_NEED: False})

    choices = preferences_for(person)
    assert [choice.kind for choice in choices] == MessageKind.values
    assert [choice.kind for choice in choices if not choice.email] == ["new_need"]
    assert {choice.kind for choice in choices if choice.mandatory} == {str(kind) for kind in MANDATORY}
    assert reverse("workspace:preferences") == PREFERENCES_PATH


def test_a_person_who_left_is_not_mailed() -> None:
    person = make_person()
    person.is_active = False
    person.save(update_fields=["is_active"])
    told(person)

    assert (Message.objects.count(), Delivery.objects.count()) == (1, 0)


def test_a_made_up_past_mails_nobody() -> None:
    with in_app_only():
        told(make_person())
    told(make_person())

    assert (Message.objects.count(), Delivery.objects.count()) == (2, 1)


def test_reading_is_ones_own_and_counts_the_first_time() -> None:
    person, other = make_person(), make_person()
    message = told(person)
    mark_read(message=message, by=other, now=NOW)
    assert unread_count_for(person) == 1
    mark_read(message=message, by=person, now=NOW)
    mark_read(message=message, by=person, now=NOW + dt.timedelta(days=1))
    assert (unread_count_for(person), message.read_at) == (0, NOW)

    told(person), told(person), told(other)
    assert mark_all_read(by=person, now=NOW) == 2
    assert (unread_count_for(person), unread_count_for(other)) == (0, 1)
