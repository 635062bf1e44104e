"""A worker as its own process on its own database, and a hand that kills it."""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import dj_database_url
from django.db import connection
from django.db.utils import ConnectionHandler

MUSUBI = Path(sys.executable).with_name("musubi")
TELL = """
from django.db import transaction
from django.utils import timezone
from musubi.base.notify.services import tell

with transaction.atomic():
    for number in range({count}):
        tell(
            to=f"person{{number}}@example.jp", kind="invitation", subject=f"団体への招待（{{number}}）",
            text="はじめまして。", path="/workspace/", at=timezone.now(),
        )
"""


@dataclass
class Installation:
    """A database of its own beside the test's, of the same kind."""

    env: dict[str, str]
    handler: ConnectionHandler

    def run(self, *arguments: str, **extra: Any) -> subprocess.CompletedProcess[str]:
        """Run a command to its end; its errors are the test's errors."""
        result = subprocess.run(
            [MUSUBI, *arguments],
            env=self.env,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
            **extra,
        )
        assert result.returncode == 0, result.stderr
        return result

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start a command; what it says on stderr is kept in the data folder."""
        with (Path(self.env["MUSUBI_DATA_DIR"]) / "stderr.log").open("ab") as log:
            return subprocess.Popen([MUSUBI, *arguments], env=self.env, stdout=subprocess.DEVNULL, stderr=log)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        with self.handler["default"].cursor() as cursor:
            cursor.execute(sql)
            return list(cursor.fetchall())

    def count(self, sql: str) -> int:
        return int(self.rows(sql)[0][0])


@contextmanager
def template() -> Iterator[None]:
    """While it lasts, installations are copies of the test database as it is now, migrated and empty: to migrate one
    takes longer than most that is tried with it."""
    here = connection.settings_dict
    if connection.vendor == "sqlite":
        with (
            closing(sqlite3.connect(here["NAME"])) as test,
            closing(sqlite3.connect(_template_name())) as copy,
        ):
            test.backup(copy)
        yield
        return
    connection.close()  # PostgreSQL copies what nobody is connected to
    with copy_of_database(here["NAME"], to=_template_name()):
        yield


@contextmanager
def copy_of_database(name: str, *, to: str) -> Iterator[None]:
    """PostgreSQL only. One that a killed run left behind under that name gives way, as Django's own test database
    does."""
    with _server() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{to}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{to}" TEMPLATE "{name}"')
    try:
        yield
    finally:
        with _server() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{to}" WITH (FORCE)')


def _template_name() -> str:
    """Beside the test database, and gone with its folder where it is a file."""
    return f"{connection.settings_dict['NAME']}_template"


@contextmanager
def installation(folder: Path, **env: str) -> Iterator[Installation]:
    """A migrated, empty database like the one of this test run: SQLite file or PostgreSQL."""
    with _database(folder) as url:
        handler = ConnectionHandler({"default": dj_database_url.parse(url)})
        made = Installation(
            env={
                **os.environ,
                "MUSUBI_DATA_DIR": str(folder),
                "DATABASE_URL": url,
                "PYTHONUNBUFFERED": "1",
                **env,
            },
            handler=handler,
        )
        try:
            yield made
        finally:
            handler.close_all()


@contextmanager
def _database(folder: Path) -> Iterator[str]:
    here = connection.settings_dict
    if connection.vendor == "sqlite":
        path = folder / "worker.sqlite3"
        shutil.copyfile(_template_name(), path)
        yield f"sqlite:///{path}"
        return
    name = f"test_worker_{uuid.uuid4().hex[:12]}"
    with copy_of_database(_template_name(), to=name):
        login = f"{here['USER']}:{here['PASSWORD']}" if here["PASSWORD"] else here["USER"]
        yield f"postgres://{login}@{here['HOST']}:{here['PORT'] or 5432}/{name}"


@contextmanager
def _server() -> Iterator[Any]:
    """PostgreSQL itself, whatever transaction the test is in."""
    here = {**connection.settings_dict, "NAME": "postgres", "TEST": {}, "CONN_MAX_AGE": 0}
    handler = ConnectionHandler({"default": here})
    try:
        with handler["default"].cursor() as cursor:
            yield cursor
    finally:
        handler.close_all()


def kill_again_and_again(
    start: Callable[[], subprocess.Popen[bytes]],
    delivered: Callable[[], int],
    *,
    times: int,
    chance: random.Random,
) -> int:
    """Start the worker and kill it in the middle of its work, so often; how often it was really at work."""
    at_work = 0
    for _round in range(times):
        before = delivered()
        worker = start()
        until = time.monotonic() + 30
        wanted = before + chance.randint(1, 30)
        while delivered() < wanted and time.monotonic() < until and worker.poll() is None:
            time.sleep(0.01)  # a mail or two; asked more often it would hold the worker up
        time.sleep(chance.random() * 0.01)
        at_work += worker.poll() is None
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    return at_work
