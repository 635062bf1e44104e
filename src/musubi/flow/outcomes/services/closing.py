"""What comes of looking back: go on, do it again, or end it."""

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction

from musubi.base.audit import services as audit
from musubi.base.common.verdict import require

from ..models import Evaluation
from ..notifications import tell_closed, tell_reopened
from ..permissions import can_close_evaluation, can_reopen_evaluation
from ..workflow import WORKFLOW
from .locking import locked, locked_project
from .values import check_decision

if TYPE_CHECKING:
    from musubi.base.accounts.models import User


@transaction.atomic
def close_evaluation(
    *,
    evaluation: Evaluation,
    summary: str = "",
    decision: str,
    next_year: str = "",
    by: "User",
    now: dt.datetime,
) -> Evaluation:
    """Sum it up; from here on everybody who may read the project may read the figures."""
    evaluation = locked(evaluation)
    require(can_close_evaluation(by, evaluation))
    before, evaluation.state = evaluation.state, WORKFLOW.target("close", evaluation.state)
    check_decision(decision)
    evaluation.summary, evaluation.decision, evaluation.next_year = summary, decision, next_year
    evaluation.closed_at = now
    evaluation.save(update_fields=["state", "summary", "decision", "next_year", "closed_at"])
    _record(evaluation, "close", before, by, now)
    tell_closed(evaluation, by=by, at=now)
    return evaluation


@transaction.atomic
def reopen_evaluation(*, evaluation: Evaluation, by: "User", now: dt.datetime) -> Evaluation:
    """Something is to be put right; what was summed up stays as a draft."""
    locked_project(evaluation.project)
    evaluation = locked(evaluation)
    require(can_reopen_evaluation(by, evaluation))
    before, evaluation.state = evaluation.state, WORKFLOW.target("reopen", evaluation.state)
    evaluation.closed_at = None
    evaluation.save(update_fields=["state", "closed_at"])
    _record(evaluation, "reopen", before, by, now)
    tell_reopened(evaluation, by=by, at=now)
    return evaluation


def _record(evaluation: Evaluation, verb: str, before: str, by: "User", now: dt.datetime) -> None:
    audit.record(
        by=by,
        verb=f"evaluation.{verb}",
        subject=evaluation.project,
        before=before,
        after={"evaluation": evaluation.pk, "state": evaluation.state},
        at=now,
    )
