"""Telling people. The message joins the caller's transaction; the worker mails it after the commit."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from email.utils import parseaddr
from functools import wraps
from typing import ParamSpec, TypeVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from musubi.base.accounts.models import User
from musubi.base.accounts.queries import language_of
from musubi.base.common.languages import written_in
from musubi.base.notify.enums import MANDATORY, MessageKind
from musubi.base.notify.models import Delivery, Message, Preference
from musubi.base.notify.queries import messages_for, wants_mail

_mail_held_back: ContextVar[bool] = ContextVar("notify_mail_held_back", default=False)


@dataclass
class _Round:
    """One run of a notification: in which language, and which others its readers still wait for."""

    language: str
    wanted: set[str] = field(default_factory=set)


P = ParamSpec("P")
R = TypeVar("R")
_round: ContextVar[_Round | None] = ContextVar("notify_round", default=None)


def in_readers_language(announce: Callable[P, R]) -> Callable[P, R]:
    """A notification whose every reader gets it in their own language, whoever pressed the button.

    It runs once in Japanese, and once more for every other language that one of its readers has chosen; `tell` passes over
    those whose turn it is not. So it must do nothing but tell. What the first run returns is returned.
    """

    @wraps(announce)
    def in_turn(*args: P.args, **kwargs: P.kwargs) -> R:
        if _round.get() is not None:
            return announce(*args, **kwargs)
        first = _Round(settings.LANGUAGE_CODE)
        result = _run(first, announce, *args, **kwargs)
        for language in sorted(first.wanted):
            _run(_Round(language), announce, *args, **kwargs)
        return result

    return in_turn


def _run(turn: _Round, announce: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    token = _round.set(turn)
    try:
        with written_in(turn.language):
            return announce(*args, **kwargs)
    finally:
        _round.reset(token)


def _is_their_turn(to: User | str) -> bool:
    turn, language = _round.get(), language_of(to)
    if turn is None or language == turn.language:
        return True
    turn.wanted.add(language)
    return False


@transaction.atomic
def tell(*, to: User | str, kind: str, subject: str, text: str, path: str, at: dt.datetime) -> Message | None:
    """Tell somebody something: always in their list, and by mail unless they switched the kind off.

    `to` is a person, or the mail address of somebody who has not signed up; `path` a local address.
    None where `in_readers_language` has another run for this person. ValueError for an unknown kind or an address that is
    none.
    """
    kind = MessageKind(kind)
    if not _is_their_turn(to):
        return None
    message = Message(
        kind=kind, subject=" ".join(str(subject).split())[:200], text=text, path=path, created_at=at
    )
    if isinstance(to, str):
        message.address = _checked(to)
    else:
        message.recipient = to
    message.save()
    if not _mail_held_back.get() and (isinstance(to, str) or wants_mail(to, kind)):
        Delivery.objects.create(message=message, mail_id=_new_mail_id(), next_attempt_at=at)
    return message


@contextmanager
def in_app_only() -> Iterator[None]:
    """Within this block people are told in their lists only: made-up pasts and imports mail nobody."""
    token = _mail_held_back.set(True)
    try:
        yield
    finally:
        _mail_held_back.reset(token)


def mark_read(*, message: Message, by: User, now: dt.datetime) -> Message:
    """The recipient has seen the message; only their own, and the first time counts."""
    messages_for(by).filter(pk=message.pk, read_at=None).update(read_at=now)
    message.refresh_from_db(fields=["read_at"])
    return message


def mark_all_read(*, by: User, now: dt.datetime) -> int:
    """The recipient has seen everything in the list; how many were new."""
    return messages_for(by).filter(read_at=None).update(read_at=now)


@transaction.atomic
def set_preferences(*, by: User, email: Mapping[str, bool]) -> None:
    """Keep for which kinds this person wants mail; kinds that cannot be switched off stay on."""
    for name, wanted in email.items():
        kind = MessageKind(name)
        if kind not in MANDATORY:
            Preference.objects.update_or_create(user=by, kind=kind, defaults={"email": wanted})


def _checked(address: str) -> str:
    found = parseaddr(address)[1].strip()
    try:
        validate_email(found)
    except ValidationError as error:
        raise ValueError("not a mail address") from error
    if "\n" in address or "\r" in address:
        raise ValueError("not a mail address")
    return found


def _new_mail_id() -> str:
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "musubi.invalid"
    return f"<{uuid.uuid4().hex}@{domain}>"
