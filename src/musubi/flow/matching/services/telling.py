"""For the worker: whose needs a later offer answers hear of it."""

import datetime as dt

from django_tasks import TaskContext, task

from ..models import Proposal
from ..notifications import tell_offer_found


@task(takes_context=True)
def tell_of_later_offer(context: TaskContext, offer_id: int, need_ids: list[int]) -> int:
    """Tell the people of these needs, as far as the offer still stands among their proposals."""
    rows = Proposal.objects.filter(
        offer=offer_id, need__in=need_ids, superseded_at=None, offer__hidden_at=None, need__hidden_at=None
    ).select_related("need__actor", "offer__actor", "offer__municipality")
    number = 0
    for row in rows.order_by("need_id"):
        tell_offer_found(row.need, row.offer, at=started_at(context))
        number += 1
    return number


def started_at(context: TaskContext) -> dt.datetime:
    """When the worker took the task up: a service never looks at the clock itself."""
    moment = context.task_result.started_at or context.task_result.enqueued_at
    if moment is None:
        raise ValueError("a task that was never enqueued is not run")
    return moment
