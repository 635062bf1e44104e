"""What the worker does beside delivering: by the clock once, and what a dead worker left."""

import datetime as dt
import socket
import time
from pathlib import Path

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from musubi.base.notify.enums import MessageKind
from musubi.base.notify.models import Delivery, Message
from musubi.base.notify.services import tell
from musubi.config.management.commands import _schedule, worker
from musubi.config.management.commands._schedule import (
    JOBS,
    LONGEST_TASK,
    MOST_STARTS,
    Job,
    is_my_turn,
    revive_tasks,
)
from musubi.flow.cases.models import CaseIntroduction
from musubi.flow.listings.enums import ListingState
from tests.base.notify.harness import installation
from tests.factories import Town, make_listing, make_person
from tests.together import make_case, make_introduction, make_need, make_offer, make_project

NOW = timezone.now()


def running_task(*, started_at: dt.datetime, starts: int) -> DBTaskResult:
    task = DBTaskResult.objects.create(
        status=TaskResultStatus.RUNNING,
        args_kwargs={"args": [], "kwargs": {}},
        task_path="nowhere.nothing",
        backend_name="default",
        run_after=get_date_max(),
        exception_class_path="",
        traceback="",
        worker_ids=["w"] * starts,
    )
    DBTaskResult.objects.filter(pk=task.pk).update(started_at=started_at)
    return task


def test_once_delivers_what_is_due_and_ends() -> None:
    for number in range(3):
        tell(
            to=f"p{number}@example.jp", kind=MessageKind.INVITATION, subject="招待", text="", path="/", at=NOW
        )
    call_command("worker", "--once")

    assert [sent.to for sent in mail.outbox] == [["p0@example.jp"], ["p1@example.jp"], ["p2@example.jp"]]
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}


def test_once_does_what_the_clock_says(town: Town) -> None:
    listing = make_listing(town.actor, expires_on=timezone.localdate() - dt.timedelta(days=1))
    call_command("worker", "--once")

    listing.refresh_from_db()
    assert listing.state == ListingState.EXPIRED


def test_a_turn_is_taken_once_per_interval() -> None:
    job = Job("test", dt.timedelta(seconds=1), lambda _now: None)

    assert [is_my_turn(job), is_my_turn(job)] == [True, False]
    time.sleep(2.1)  # the database cache counts whole seconds
    assert is_my_turn(job)


def test_everything_that_stands_still_is_asked_for_by_the_clock(town: Town) -> None:
    """One thing of each kind that is due; the second time nothing is left to ask."""
    days = dt.timedelta(days=1)
    make_listing(town.actor, confirmed_at=NOW - 91 * days)
    need, offer = make_need(town), make_offer(town, make_person())
    make_introduction(need, offer, introduced_at=NOW - 12 * days)
    old = make_case(town, state="open", need=make_need(town))
    forgotten = make_introduction(old.need, make_offer(town, make_person()), introduced_at=NOW - 61 * days)
    CaseIntroduction.objects.create(case=old, introduction=forgotten)
    make_project(town, state="active", review_on=timezone.localdate() - days)
    begins = make_project(town, state="preparing")
    call_command("worker", "--once")
    kinds = {"listing_unconfirmed", "introduction_reminded", "introduction_settled", "review_due"}
    told = Message.objects.filter(kind__in=kinds)
    assert set(told.values_list("kind", flat=True)) == kinds
    forgotten.refresh_from_db()
    begins.refresh_from_db()
    assert (forgotten.state, begins.state) == ("lapsed", "active")

    number = Message.objects.count()
    for job in _schedule.JOBS:
        job.run(timezone.now())
    assert Message.objects.count() == number


def test_a_job_that_fails_does_not_stop_the_mail(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_now: dt.datetime) -> None:
        raise RuntimeError

    monkeypatch.setattr(worker, "JOBS", [Job("broken", dt.timedelta(minutes=1), fail), *JOBS])
    tell(to="p@example.jp", kind=MessageKind.INVITATION, subject="招待", text="", path="/", at=NOW)
    call_command("worker", "--once")

    assert len(mail.outbox) == 1


def test_every_job_of_the_schedule_runs() -> None:
    for job in _schedule.JOBS:
        job.run(NOW)


def test_a_task_of_a_dead_worker_is_ready_again_but_not_for_ever() -> None:
    lost = running_task(started_at=NOW - LONGEST_TASK - dt.timedelta(minutes=1), starts=1)
    killer = running_task(started_at=NOW - LONGEST_TASK - dt.timedelta(minutes=1), starts=MOST_STARTS)
    at_work = running_task(started_at=NOW, starts=1)

    assert revive_tasks(NOW) == 1
    states = dict(DBTaskResult.objects.values_list("pk", "status"))
    assert states == {
        lost.pk: TaskResultStatus.READY,
        killer.pk: TaskResultStatus.FAILED,
        at_work.pk: TaskResultStatus.RUNNING,
    }


def test_a_mail_server_that_is_away_costs_one_attempt_and_not_one_of_each(settings: object) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        closed = probe.getsockname()[1]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", closed
    for _number in range(3):
        tell(to=make_person(), kind=MessageKind.NEW_NEED, subject="a", text="", path="/", at=NOW)
    call_command("worker", "--once")

    assert list(Delivery.objects.order_by("pk").values_list("attempts", flat=True)) == [1, 0, 0]
    assert "Connection refused" in Delivery.objects.order_by("pk")[0].last_error


@pytest.mark.slow
def test_the_worker_ends_when_asked(tmp_path: Path) -> None:
    with installation(tmp_path) as town:
        process = town.start("worker")
        until = time.monotonic() + 60
        while not town.count("SELECT COUNT(*) FROM musubi_cache") and time.monotonic() < until:
            time.sleep(0.1)  # it has taken its first turn once something stands in the cache
        assert process.poll() is None
        process.terminate()
        assert process.wait(timeout=10) == 0
