"""What the worker does by the clock, and how it is done once however many workers run."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.core.cache import cache
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from musubi.base.files.services import refit_pictures
from musubi.base.index.services import learn_vectors, merge_due, refresh_words
from musubi.base.knowledge.services import forget_vain_searches
from musubi.flow.cases.services import continue_outreaches, lapse_due
from musubi.flow.listings.services import ask_unconfirmed, expire_due_listings
from musubi.flow.matching.services import follow_meaning, prune_exposure, remind_introductions
from musubi.flow.projects.services import begin_due_projects, remind_reviews

LONGEST_TASK = dt.timedelta(minutes=30)
MOST_STARTS = 5


@dataclass(frozen=True)
class Job:
    """One line of the schedule: a name, how often, and what is done at that moment."""

    name: str
    every: dt.timedelta
    run: Callable[[dt.datetime], object]


def revive_tasks(now: dt.datetime) -> int:
    """Tasks whose worker was killed are made ready again; one that kills its worker each time is not."""
    revived = 0
    stuck = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING, started_at__lt=now - LONGEST_TASK)
    for task in stuck:
        this_start = DBTaskResult.objects.filter(
            pk=task.pk, status=TaskResultStatus.RUNNING, started_at=task.started_at
        )
        if len(task.worker_ids) >= MOST_STARTS:
            this_start.update(
                status=TaskResultStatus.FAILED,
                finished_at=now,
                traceback=f"The worker vanished {MOST_STARTS} times while doing this.",
            )
        else:
            revived += this_start.update(status=TaskResultStatus.READY, started_at=None)
    return revived


def prune() -> None:
    call_command("prune_db_task_results", verbosity=0)
    call_command("clearsessions", verbosity=0)


JOBS = [
    Job("merge-index", dt.timedelta(seconds=20), lambda _now: merge_due()),
    Job("learn-words", dt.timedelta(hours=6), lambda _now: refresh_words()),
    Job(
        "learn-vectors", dt.timedelta(days=1), lambda now: learn_vectors(now=now, when_changed=follow_meaning)
    ),
    Job("revive-tasks", dt.timedelta(minutes=1), revive_tasks),
    Job("expire-listings", dt.timedelta(minutes=30), lambda now: expire_due_listings(now=now)),
    Job("remind-introductions", dt.timedelta(hours=1), lambda now: remind_introductions(now=now)),
    Job("continue-outreaches", dt.timedelta(minutes=30), lambda now: continue_outreaches(now=now)),
    Job("lapse-introductions", dt.timedelta(hours=1), lambda now: lapse_due(now=now)),
    Job("ask-unconfirmed", dt.timedelta(hours=1), lambda now: ask_unconfirmed(now=now)),
    Job("begin-projects", dt.timedelta(hours=1), lambda now: begin_due_projects(now=now)),
    Job("remind-reviews", dt.timedelta(hours=1), lambda now: remind_reviews(now=now)),
    Job("refit-pictures", dt.timedelta(minutes=10), lambda _now: refit_pictures()),
    Job("forget-searches", dt.timedelta(days=1), lambda now: forget_vain_searches(now=now)),
    Job("prune-exposure", dt.timedelta(days=1), lambda now: prune_exposure(now=now)),
    Job("prune", dt.timedelta(days=1), lambda _now: prune()),
]


def is_my_turn(job: Job) -> bool:
    """True for one worker per interval: the shared cache keeps the turn until the next one is due."""
    return cache.add(f"schedule:{job.name}", timezone.now().isoformat(), timeout=job.every.total_seconds())
