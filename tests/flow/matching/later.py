"""Doing what is left to the worker, as the worker does it."""

from django_tasks import TaskContext
from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.models import DBTaskResult


def run_later() -> int:
    """Run every task that waits, and what these leave behind in turn; how many there were."""
    number = 0
    while row := DBTaskResult.objects.filter(status=TaskResultStatus.READY).order_by("enqueued_at").first():
        row.claim("tests")
        result = row.task_result
        context = (TaskContext(task_result=result),) if row.task.takes_context else ()
        row.set_successful(row.task.call(*context, *result.args, **result.kwargs))
        number += 1
    return number


def waiting() -> list[tuple[str, list[object]]]:
    """Name and arguments of the tasks that wait."""
    rows = DBTaskResult.objects.filter(status=TaskResultStatus.READY).order_by("enqueued_at")
    return [(row.task_path.rpartition(".")[2], row.args_kwargs["args"]) for row in rows]
