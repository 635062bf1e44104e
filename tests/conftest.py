"""Guards and people for every test."""

import datetime as dt
import os
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, sync_playwright
from pytest_django.plugin import DjangoDbBlocker
from tools.messages_hook import compile_catalogues

from musubi.base.index.services import settle
from musubi.web.shared.town_readings import forget_readings
from tests import factories
from tests.base.notify.harness import template

FOR_EYES = (".FuriganaOverKanji",)
# What axe says of a page does not depend on the database: all of them are opened in a browser on SQLite only.
FACE = "tests/audit/"
CHROMIUM = os.environ.get("MUSUBI_CHROMIUM") or shutil.which("chromium") or ""


def pytest_configure(config: pytest.Config) -> None:
    from django.conf import settings

    compile_catalogues()  # whoever translates sees the words at once

    # Marks of searches in vain (four bits) depend on it: with this key those of the tests' askers differ.
    settings.SECRET_KEY = "the tests' own key, number 17, long enough for what signs with it"
    settings.WHITENOISE_AUTOREFRESH = True  # files are looked for when asked for, not listed by each client
    settings.TILES = None  # no test asks for a real map; those of the map bring their own server of pieces
    database = settings.DATABASES["default"]
    # A live server's threads must not keep a connection to a database that is about to be dropped.
    database["CONN_MAX_AGE"] = 0
    if database["ENGINE"] == "django.db.backends.sqlite3":
        # In memory all threads of a live server would share one connection, and with it each other's transactions.
        folder = tempfile.mkdtemp(prefix="musubi-tests-")
        config.add_cleanup(partial(shutil.rmtree, folder, ignore_errors=True))
        database.setdefault("TEST", {})["NAME"] = f"{folder}/test.sqlite3"
        database["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"  # no test pulls the plug
    elif name := os.environ.get("MUSUBI_TEST_DB"):
        # A database name of one's own lets several people run the suite on one server.
        database.setdefault("TEST", {})["NAME"] = f"test_{name}"


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """As a server does: to look through what was loaded for garbage takes an eighth of the suite's time."""
    settle()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if connection.vendor == "postgresql":
        seen = pytest.mark.skip(
            reason="全ページの点検はデータベースによらないため、SQLite のときだけ行います"
        )
        for item in items:
            if item.get_closest_marker("browser") and item.nodeid.startswith(FACE):
                item.add_marker(seen)


@pytest.fixture(scope="session", autouse=True)
def _database_from_first_to_last(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Installations are copied from the database as it is before the first test (tests.base.notify.harness). After
    the last a browser that left in mid-request leaves a server thread behind, whose session would keep the database
    from being dropped."""
    with django_db_blocker.unblock():
        ends = ExitStack()
        ends.enter_context(template())
    yield
    with django_db_blocker.unblock():
        ends.close()
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
        connection.close()


@pytest.fixture(autouse=True)
def _fresh_cache(db: None) -> None:
    """Rate limits of one test do not reach the next."""
    cache.clear()
    forget_readings()


@pytest.fixture(autouse=True)
def _files_apart(settings: SimpleNamespace, tmp_path: object) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture(autouse=True)
def _words_in_one_piece(request: pytest.FixtureRequest, settings: SimpleNamespace) -> None:
    """Tests read a page's words as they were written: every page goes through all that it goes through where Musubi
    runs, but furigana, and only then are the marks taken out of its headings. Browsers and test_looks see them."""
    if request.node.get_closest_marker("browser") is None:
        kept = [name for name in settings.MIDDLEWARE if not name.endswith(FOR_EYES)]
        settings.MIDDLEWARE = ["tests.pieces.InOnePiece", *kept]


@pytest.fixture
def now() -> dt.datetime:
    return timezone.now()


@pytest.fixture
def town(db: None) -> factories.Town:
    """結浜市 with two wards, its office, coordinator and a few people."""
    return factories.make_town("結浜市", prefecture="990001", code="991007")


@pytest.fixture
def other_town(db: None) -> factories.Town:
    """A second city: nothing of the first may be seen or done from here."""
    return factories.make_town("汐見市", prefecture="990001", code="992003", host="shiomi.testserver")


@pytest.fixture
def sign_in() -> object:
    """A client signed in as somebody: `sign_in(person)`."""

    def _sign_in(person: object) -> Client:
        client = Client()
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return _sign_in


LONGEST_ANSWER = 30.0  # seconds; who keeps a connection without asking anything is let be
AT_HOME = ("localhost", "127.0.0.1", "::1", None)  # None: data: and blob:
_asked_elsewhere: list[str] = []


def _watch(browser: Browser) -> None:
    """Whatever a page of any browser test asks of another host is written down."""
    open_context = browser.new_context

    def new_context(**options: object) -> BrowserContext:
        context = open_context(**options)  # type: ignore[arg-type]
        context.on("request", lambda request: _note(request.url))
        return context

    browser.new_context = new_context  # type: ignore[method-assign]


def _note(url: str) -> None:
    if urlsplit(url).hostname not in AT_HOME:
        _asked_elsewhere.append(url)


@pytest.fixture(autouse=True)
def _nothing_from_elsewhere(request: pytest.FixtureRequest) -> Iterator[None]:
    """No page of Musubi makes a third-party request. The few that show somebody else's tiles say so by a mark."""
    _asked_elsewhere.clear()
    yield
    if request.node.get_closest_marker("browser") and not request.node.get_closest_marker("elsewhere"):
        assert _asked_elsewhere == []


@pytest.fixture(autouse=True)
def _nobody_at_the_door(request: pytest.FixtureRequest, db: None) -> Iterator[None]:
    """Whatever a browser still asks of the live server (a form saves itself while its page is left) is answered before
    the database is emptied: it would find nothing to save, or leave a row for the next test to stumble over."""
    yield
    if "live_server" not in request.fixturenames:
        return
    browser = request.node.funcargs.get("browser")
    for context in browser.contexts if browser else ():
        context.close()
    until = time.monotonic() + LONGEST_ANSWER
    for thread in threading.enumerate():
        if thread.name.endswith("(process_request_thread)"):  # socketserver's, one a connection
            thread.join(max(0.0, until - time.monotonic()))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium a process: Playwright cannot be started twice."""
    if not CHROMIUM:
        pytest.skip(
            "Chromium がないため、ブラウザーの試験を飛ばしました（Debian では apt-get install chromium）"
        )
    # Playwright keeps an event loop in this thread; Django must not take it for an async view.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=[
                "--no-sandbox",
                "--accept-lang=ja-JP",  # else Musubi would greet it in English
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
            ],
        )
        # Pages answer as the server does; what a worker keeps is tried where it is asked for (test_offline_browser).
        browser.new_context = partial(browser.new_context, service_workers="block")  # type: ignore[method-assign]
        _watch(browser)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
