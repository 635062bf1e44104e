"""A case becomes a project."""

import datetime as dt

from django.db import transaction

from musubi.base.accounts.models import User
from musubi.base.audit import services as audit
from musubi.base.common.verdict import require

from ..models import Case
from ..permissions import can_take_part
from ..workflow import CASE


@transaction.atomic
def start_case(*, case: Case, by: User, now: dt.datetime) -> Case:
    """All have agreed and the work begins: `flow.projects.services.start_project` makes the project."""
    case = Case.objects.select_for_update(of=("self",)).select_related("need", "municipality").get(pk=case.pk)
    target = CASE.target("start", case.state)
    require(can_take_part(by, case))
    before, case.state, case.moved_at = case.state, target, now
    case.next_step, case.next_step_on = "", None
    case.save(update_fields=["state", "moved_at", "next_step", "next_step_on"])
    audit.record(by=by, verb="case.start", subject=case, at=now, before=before, after=case.state)
    return case
