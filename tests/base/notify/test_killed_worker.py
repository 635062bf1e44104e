"""Killed at any point: nothing is skipped and nothing is sent twice."""

import random
import socket
import time
from collections import Counter
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from .harness import TELL, installation, kill_again_and_again

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
MESSAGES, KILLS = 1000, 20
EVERYBODY = {f"person{number}@example.jp" for number in range(MESSAGES)}


def test_a_worker_killed_twenty_times_delivers_a_thousand_mails_once_each(tmp_path: Path) -> None:
    with installation(tmp_path) as town:
        town.run("shell", "--verbosity", "0", input=TELL.format(count=MESSAGES))
        at_work = kill_again_and_again(
            lambda: town.start("worker"),
            lambda: town.count("SELECT count(*) FROM notify_storedmail"),
            times=KILLS,
            chance=random.Random(7),
        )
        left = town.count("SELECT count(*) FROM notify_delivery WHERE state <> 'sent'")
        town.run("worker", "--once")
        received = Counter(address for (address,) in town.rows('SELECT "to" FROM notify_storedmail'))
        mail_ids = town.count("SELECT count(DISTINCT mail_id) FROM notify_storedmail")
        unsent = town.count("SELECT count(*) FROM notify_delivery WHERE state <> 'sent'")

    assert at_work == KILLS
    assert left > 0, "the worker finished before the last kill: the test has shown nothing"
    assert received == Counter(EVERYBODY)
    assert (mail_ids, unsent) == (MESSAGES, 0)


def test_two_workers_at_once_deliver_each_mail_once(tmp_path: Path) -> None:
    with installation(tmp_path) as town:
        town.run("shell", "--verbosity", "0", input=TELL.format(count=300))
        workers = [town.start("worker", "--once") for _ in range(2)]
        codes = [worker.wait(timeout=60) for worker in workers]
        received = Counter(address for (address,) in town.rows('SELECT "to" FROM notify_storedmail'))

    assert codes == [0, 0]
    assert received == Counter({f"person{number}@example.jp" for number in range(300)})


class Sink:
    """A mail server that keeps what it accepted."""

    def __init__(self) -> None:
        self.accepted: list[tuple[str, str]] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd calls it so
        mail = message_from_bytes(envelope.content)
        self.accepted.append((envelope.rcpt_tos[0], mail["Message-ID"]))
        return "250 accepted"


def test_over_smtp_nothing_is_skipped_and_a_repeat_is_recognisable(tmp_path: Path) -> None:
    """SMTP cannot promise once: a kill between the server's answer and our mark repeats that one mail."""
    sink = Sink()
    port = _free_port()
    server = Controller(sink, hostname="127.0.0.1", port=port)
    server.start()
    try:
        with installation(tmp_path, EMAIL_URL=f"smtp://127.0.0.1:{port}") as town:
            town.run("shell", "--verbosity", "0", input=TELL.format(count=MESSAGES))
            at_work = kill_again_and_again(
                lambda: town.start("worker", "--lease", "1"),
                lambda: len(sink.accepted),
                times=KILLS,
                chance=random.Random(11),
            )
            left = town.count("SELECT count(*) FROM notify_delivery WHERE state <> 'sent'")
            worker = town.start("worker", "--lease", "1")
            _wait_until(lambda: not town.count("SELECT count(*) FROM notify_delivery WHERE state <> 'sent'"))
            worker.terminate()
            stopped = worker.wait(timeout=15)
    finally:
        server.stop()

    by_address = dict(sink.accepted)
    repeats = len(sink.accepted) - len(set(sink.accepted))
    assert at_work == KILLS
    assert left > 0, "the worker finished before the last kill: the test has shown nothing"
    assert set(by_address) == EVERYBODY
    assert len(set(by_address.values())) == MESSAGES
    assert len(set(sink.accepted)) == MESSAGES, "a repeat must carry the Message-ID of the first"
    assert repeats <= KILLS
    assert stopped == 0


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def _wait_until(done: Any, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < until, "the worker did not finish in time"
        time.sleep(0.1)
