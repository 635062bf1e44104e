"""The case as it stands now, and the moment something last happened in it.

Rows are locked in this order everywhere: the case, its introduction or agreement, then listings.
"""

import datetime as dt

from ..models import Case


def locked_case(case: Case) -> Case:
    """This case, fresh and locked until the transaction ends."""
    rows = Case.objects.select_for_update(of=("self",))
    return rows.select_related("municipality", "need__actor", "coordinator").get(pk=case.pk)


def moved(case: Case, now: dt.datetime) -> Case:
    """Something happened: what stands still stands out on the board. Every verb on a case calls it."""
    case.moved_at = now
    case.save(update_fields=["moved_at"])
    return case
