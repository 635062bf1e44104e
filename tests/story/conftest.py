"""A real browser, a real server, and the demonstration town."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from playwright.sync_api import Browser

from .reader import WALK, KeyboardReader, Reader


@pytest.fixture
def demonstration(transactional_db: None, settings: SimpleNamespace) -> None:
    """結浜市, as `make run` builds it, its mail kept where /dev/mail/ shows it."""
    settings.EMAIL_BACKEND = "musubi.base.notify.mailbox.MailboxBackend"
    call_command("demo", verbosity=0)
    DBTaskResult.objects.all().delete()  # the town's proposals are found; nobody needs to find them again


@pytest.fixture
def somebody(browser: Browser, live_server: SimpleNamespace) -> Iterator[object]:
    """`somebody(script=…, phone=…)`: a new reader; closed at the end, with no error on any page."""
    readers: list[Reader] = []

    def make(*, script: bool = True, phone: bool = False) -> Reader:
        one = KeyboardReader if WALK == "keys" else Reader
        readers.append(one(browser, live_server.url, script=script, phone=phone))
        return readers[-1]

    yield make
    problems = [problem for reader in readers for problem in reader.problems]
    for reader in readers:
        reader.shut()
    assert problems == []


@pytest.fixture
def worker() -> object:
    """Deliver what is due, as the worker does."""
    return lambda: call_command("worker", once=True, verbosity=0)


@pytest.fixture
def today() -> object:
    return timezone.localdate()
