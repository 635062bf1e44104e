"""One command starts a town, says where, and leaves nothing behind."""

import http.client
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from musubi.config.management.commands.serve import cache_has_its_table
from tests.base.notify.harness import MUSUBI, Installation, installation

from .test_env import PRODUCTION

pytestmark = pytest.mark.slow
TOWN = """
from musubi.base.places.models import Area, Municipality
top = Area.objects.create(level="prefecture", code="990001", name="みそら県", path="/1/")
city = Area.objects.create(level="city", code="991007", name="結浜市", parent=top, path="/1/2/")
Municipality.objects.create(area=city, name="結浜市", is_demonstration=True)
"""
NO_CACHE = """
from django.db import connection
connection.cursor().execute("DROP TABLE musubi_cache")
"""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        client.request("GET", "/")
        return client.getresponse().status == 200
    except OSError:
        return False
    finally:
        client.close()


def wait_until(done: Callable[[], bool], seconds: float) -> bool:
    until = time.monotonic() + seconds
    while not done():
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def children_of(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def command_of(pid: int) -> str:
    """Empty when the process is gone or only waits to be buried."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except (FileNotFoundError, ProcessLookupError):
        return ""


def start(town: Installation, port: int) -> tuple[subprocess.Popen[bytes], Path]:
    said = Path(town.env["MUSUBI_DATA_DIR"]) / "said.log"
    with said.open("wb") as log:
        process = subprocess.Popen(
            [MUSUBI, "serve", "--port", str(port)], env=town.env, stdout=log, stderr=log
        )
    assert wait_until(lambda: "動いています" in said.read_text(), 60), said.read_text()
    return process, said


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGKILL])
def test_it_says_where_it_is_and_takes_its_children_along(tmp_path: Path, ending: signal.Signals) -> None:
    port = free_port()
    with installation(tmp_path) as town:
        town.run("shell", "--verbosity", "0", input=TOWN)
        process, said = start(town, port)
        assert f"http://127.0.0.1:{port} で動いています（止めるには Ctrl+C）" in said.read_text()
        assert answers(port)
        assert wait_until(lambda: len(children_of(process.pid)) == 2, 10)
        children = children_of(process.pid)
        assert any("worker" in command_of(child) for child in children)
        process.send_signal(ending)
        code = process.wait(timeout=20)
        gone = wait_until(lambda: not any(command_of(child) for child in children), 15)

    assert gone
    assert code == (0 if ending != signal.SIGKILL else -signal.SIGKILL)
    assert not answers(port)


def test_a_worker_that_was_killed_is_started_again(tmp_path: Path) -> None:
    with installation(tmp_path) as town:
        town.run("shell", "--verbosity", "0", input=TOWN)
        process, _said = start(town, free_port())

        def worker() -> int | None:
            return next((child for child in children_of(process.pid) if "worker" in command_of(child)), None)

        assert wait_until(lambda: worker() is not None, 10)
        first = worker()
        os.kill(first, signal.SIGKILL)
        assert wait_until(lambda: worker() not in (None, first), 10)
        process.terminate()
        process.wait(timeout=20)


def refused(env: dict[str, str], port: int) -> str:
    result = subprocess.run(
        [MUSUBI, "serve", "--port", str(port)],
        env=env,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert result.returncode == 2
    assert "Traceback" not in result.stderr
    return result.stderr


def test_a_port_in_use_is_a_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = refused({**os.environ, "MUSUBI_DATA_DIR": str(tmp_path)}, port)
    assert f"{port} 番は使えません" in said


def test_production_does_not_migrate_by_itself_but_says_what_to_run(tmp_path: Path) -> None:
    production = {name: value for name, value in PRODUCTION.items() if name != "DATABASE_URL"}
    with installation(tmp_path, **production) as town:
        empty = {**town.env, "DATABASE_URL": f"sqlite:///{tmp_path / 'empty.sqlite3'}"}
        assert "musubi migrate" in refused(empty, free_port())
        town.run("shell", "--verbosity", "0", input=NO_CACHE)
        assert "musubi createcachetable" in refused(town.env, free_port())
        town.run("createcachetable", "--verbosity", "0")
        assert "musubi collectstatic" in refused(town.env, free_port())
        town.run("collectstatic", "--skip-checks", "--noinput", "--verbosity", "0")
        assert "musubi init" in refused(town.env, free_port())


@pytest.mark.parametrize("kind", ["locmem.LocMemCache", "filebased.FileBasedCache"])
def test_a_cache_that_is_no_table_needs_none(kind: str, settings: Any, tmp_path: Path) -> None:
    settings.CACHES = {
        "default": {"BACKEND": f"django.core.cache.backends.{kind}", "LOCATION": str(tmp_path)}
    }
    assert cache_has_its_table()


def test_a_database_that_is_away_is_a_sentence(tmp_path: Path) -> None:
    env = {
        **os.environ,
        "MUSUBI_DATA_DIR": str(tmp_path),
        "DATABASE_URL": f"postgres://u@127.0.0.1:{free_port()}/musubi",
    }
    assert "データベースを使えません" in refused(env, free_port())


def test_the_demonstration_has_its_cache_where_only_migrate_was_run(tmp_path: Path) -> None:
    ask = "from django.core.cache import cache\nprint(cache.get('nothing', 'answers'))"
    with installation(tmp_path) as town:
        town.run("shell", "--verbosity", "0", input=TOWN + NO_CACHE)
        process, said = start(town, free_port())
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 0
        assert "musubi_cache" not in said.read_text()
        assert town.run("shell", "--verbosity", "0", input=ask).stdout == "answers\n"


@pytest.mark.slow
def test_an_index_of_an_earlier_version_is_rebuilt_by_the_demonstration(tmp_path: Path) -> None:
    earlier = """
from musubi.base.index import models, services
services.index_object(kind="actor", row=services.IndexRow(object_id=9, partition=9, fields={"title": "名残"}))
models.BuiltWith.objects.update(rules="0")
"""
    with installation(tmp_path) as town:
        town.run("shell", "--verbosity", "0", input=TOWN)
        town.run("shell", "--verbosity", "0", input=earlier)
        process, said = start(town, free_port())
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 0
        assert "検索の索引を作り直しています" in said.read_text()
        assert "索引を作り直しました（0件" in said.read_text()
        process, said = start(town, free_port())
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 0
        assert "作り直し" not in said.read_text()
