"""Several processes on one database: what one saves, all find; who is killed, leaves no trace."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Self

import psycopg
import pytest
from django.db import connection

ROOT = Path(__file__).parents[3]


@pytest.fixture
def environment(tmp_path: Path) -> Iterator[dict[str, str]]:
    """A database of its own, of the kind the suite runs on, that other processes can open."""
    base = os.environ | {
        "DJANGO_SETTINGS_MODULE": "musubi.config.settings",
        "MUSUBI_DATA_DIR": str(tmp_path),
    }
    if connection.vendor == "sqlite":
        yield base | {"DATABASE_URL": f"sqlite:///{tmp_path / 'index.sqlite3'}"}
        return
    name = f"index_processes_{os.getpid()}"
    settings = connection.settings_dict
    account = {
        "host": settings["HOST"],
        "port": settings["PORT"] or 5432,
        "user": settings["USER"],
        "password": settings["PASSWORD"],
    }
    with psycopg.connect(dbname="postgres", autocommit=True, **account) as server:
        server.execute(f"CREATE DATABASE {name}")
    try:
        secret = f":{account['password']}" if account["password"] else ""
        where = f"{account['user']}{secret}@{account['host']}:{account['port']}"
        yield base | {"DATABASE_URL": f"postgres://{where}/{name}"}
    finally:
        with psycopg.connect(dbname="postgres", autocommit=True, **account) as server:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def command(*verb: str) -> list[str]:
    return [sys.executable, "-m", "tests.base.index.processes", *verb]


def run(environment: dict[str, str], *verb: str) -> str:
    done = subprocess.run(
        command(*verb), env=environment, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


class Other:
    """A process that answers line by line."""

    def __init__(self, environment: dict[str, str], verb: str) -> None:
        self.process = subprocess.Popen(
            command(verb),
            env=environment,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, line: str) -> str:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        return self.process.stdout.readline()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.communicate(timeout=30)


@pytest.mark.slow
def test_what_one_process_saves_another_finds_at_once(environment: dict[str, str]) -> None:
    run(environment, "migrate")
    with Other(environment, "find_when_asked") as reader, Other(environment, "merge_when_asked") as worker:
        assert json.loads(reader.ask("企業"))[0] == 0
        run(environment, "save", "企業の会議室を貸します")
        assert json.loads(reader.ask("企業"))[:2] == [1, [1]]
        worker.ask("merge")
        assert json.loads(reader.ask("企業"))[:2] == [1, [1]]
        run(environment, "save", "畑を貸します")
        assert json.loads(reader.ask("企業"))[0] == 0
        assert json.loads(reader.ask("畑"))[:2] == [1, [1]]
        worker.ask("merge")
        assert json.loads(reader.ask("企業"))[0] == 0
        assert json.loads(reader.ask("畑"))[:2] == [1, [1]]


@pytest.mark.slow
def test_a_merge_killed_at_any_statement_loses_nothing(environment: dict[str, str]) -> None:
    run(environment, "migrate")
    told = json.loads(run(environment, "survive_kills"))
    assert told["kills"] >= 8
    first, *others = told["answers"]
    assert [answer[0] for answer in first] == [45, 25, 20, 45]
    assert all(answer == first for answer in others)
    assert told["rows"] == {"Document": 45, "Segment": 1, "DeltaPosting": 0, "Tombstone": 0}


@pytest.mark.slow
def test_whoever_is_killed_at_any_moment_loses_nothing(environment: dict[str, str]) -> None:
    """Saving, merging and rebuilding, killed from outside; then the index deleted and rebuilt."""
    run(environment, "migrate")
    for moment in (0.0, 0.16, 0.5):
        with subprocess.Popen(
            command("churn"), env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True
        ) as writer:
            assert writer.stdout
            assert writer.stdout.readline() == "ready\n"
            time.sleep(moment)
            writer.kill()
            assert writer.wait() == -signal.SIGKILL
        told = json.loads(run(environment, "check_churned"))
        answers, counts = told["now"]
        assert told["texts"] == 10
        assert [answer[0] for answer in answers] == [10, *[1] * 10, 0, 1]
        assert counts == {"odd": {"0": 5, "1": 5}}
        assert told["merged"] == told["rebuilt"] == told["now"]


@pytest.mark.slow
def test_who_worked_for_one_that_is_killed_ends_too(environment: dict[str, str]) -> None:
    workers: set[int] = set()
    with subprocess.Popen(
        command("work_for_ever"), env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout
        try:
            for _ in range(2):
                workers.add(int(parent.stdout.readline()))
            lived = [worker for worker in workers if lives(worker)]
        finally:
            parent.kill()
    until = time.monotonic() + 20
    while any(map(lives, workers)) and time.monotonic() < until:
        time.sleep(0.1)
    left = [worker for worker in workers if lives(worker)]
    for worker in left:
        os.kill(worker, signal.SIGKILL)
    assert (len(lived), left) == (2, [])


def lives(process: int) -> bool:
    """Whether it is there and no mere entry that nobody has collected."""
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


@pytest.mark.slow
def test_answers_are_whole_while_others_save_and_merge(environment: dict[str, str]) -> None:
    run(environment, "migrate")
    with Other(environment, "save_and_merge") as writer, Other(environment, "find_when_asked") as reader:
        assert writer.process.stdout
        assert writer.process.stdout.readline() == "ready\n"
        answers = [json.loads(reader.ask("企業")) for _ in range(300)]
        assert {answer[0] for answer in answers} == {10}
        assert {tuple(sorted(answer[1])) for answer in answers} == {tuple(range(10))}
        assert int(writer.ask("stop")) > 3
