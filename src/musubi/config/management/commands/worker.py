"""The worker: mail from the outbox, background tasks, and what is done by the clock."""

import datetime as dt
import logging
import os
import signal
import time
from argparse import ArgumentParser
from typing import Any

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import DatabaseError, InterfaceError, close_old_connections, connections
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker as TaskRunner
from django_tasks_db.models import DBTaskResult

from musubi.base.index.services import settle
from musubi.base.notify.queries import due_deliveries
from musubi.base.notify.services import Outcome, deliver, release_abandoned

from ._schedule import JOBS, is_my_turn
from ._sentences import SentenceCommand

logger = logging.getLogger("musubi.worker")
BATCH = 100
PAUSE = 0.5  # seconds between two looks at empty queues
PAUSE_AFTER_ERROR = 5.0
LEASE = 300  # longer than the slowest conversation with a mail server: a handful of 20-second steps


class Command(SentenceCommand):
    """Ends on SIGTERM or SIGINT after the mail or task in hand."""

    help = "メールの送信、裏の仕事、時刻ごとの仕事をします。何個でも同時に動かせます。"
    example = "  musubi worker\n  musubi worker --once    （いまある分だけ済ませて終わる）"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="いまある分だけ済ませて終わります。")
        parser.add_argument(
            "--lease",
            type=float,
            default=LEASE,
            metavar="秒",
            help="送信の途中で消えた処理のメールを、ほかの処理が引き取るまでの秒数（ふつうは %(default)s）。",
        )
        parser.add_argument(
            "--with-parent", action="store_true", help="始めたプログラムが終わったら、こちらも終わります。"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stopping = False
        self.lease = dt.timedelta(seconds=options["lease"])
        self.parent = os.getppid() if options["with_parent"] else None
        self.tasks = TaskRunner(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
        )
        if options["once"]:
            while self._round():
                pass
            return
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        settle()
        while not self._should_stop():
            close_old_connections()
            try:
                busy = self._round()
            except (DatabaseError, InterfaceError):
                logger.exception("The database did not answer; the worker tries again.")
                connections.close_all()
                self._sleep(PAUSE_AFTER_ERROR)
                continue
            if not busy:
                self._sleep(PAUSE)

    def _stop(self, number: int, frame: object) -> None:
        self.stopping = True
        self.tasks.running = False

    def _should_stop(self) -> bool:
        if self.parent is not None and os.getppid() != self.parent:
            self.stopping = True
        return self.stopping

    def _sleep(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while not self._should_stop() and (left := until - time.monotonic()) > 0:
            time.sleep(min(left, 0.2))

    def _round(self) -> bool:
        """Everything that is due now; whether there may be more."""
        self._do_what_the_clock_says()
        release_abandoned(now=timezone.now(), lease=self.lease)
        if DBTaskResult.objects.ready().exists():
            self.tasks.run()
        return self._deliver_due()

    def _do_what_the_clock_says(self) -> None:
        for job in JOBS:
            if self._should_stop() or not is_my_turn(job):
                continue
            try:
                job.run(timezone.now())
            except Exception:
                logger.exception("The scheduled job %s failed; it runs again at its next time.", job.name)

    def _deliver_due(self) -> bool:
        """A batch of mail over one connection; whether more may be waiting."""
        due = list(due_deliveries(now=timezone.now())[:BATCH])
        if not due:
            return False
        connection = get_connection()
        try:
            for delivery in due:
                if self._should_stop() or not self._delivered(delivery, connection):
                    return False
        finally:
            connection.close()
        return len(due) == BATCH

    def _delivered(self, delivery: Any, connection: BaseEmailBackend) -> bool:
        """Whether to go on with the next: not when the mail server cannot be reached at all."""
        reachable = True
        try:
            connection.open()
        except Exception:  # noqa: BLE001 - the attempt below meets the same error and keeps it
            reachable = False
        outcome = deliver(delivery=delivery, connection=connection, now=timezone.now())
        if outcome in (Outcome.LATER, Outcome.GIVEN_UP):
            logger.warning("Mail %s: %s", delivery.mail_id, outcome)
        return reachable
