"""Beginning to look back, and putting down the figures."""

import datetime as dt
import secrets
from collections.abc import Sequence
from hashlib import sha256
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from musubi.base.audit import services as audit
from musubi.base.common.verdict import require
from musubi.flow.projects.models import Project

from ..models import Evaluation, Indicator
from ..notifications import tell_opened
from ..permissions import can_edit_evaluation, can_open_evaluation
from ..queries import given_indicators, newest_evaluation_of
from .locking import locked, locked_project
from .values import IndicatorValue, check_indicators

if TYPE_CHECKING:
    from musubi.base.accounts.models import User


@transaction.atomic
def open_evaluation(*, project: Project, by: "User", now: dt.datetime) -> Evaluation:
    """Look back on a project: with the indicators of its agreement, or of the last time."""
    project = locked_project(project)
    require(can_open_evaluation(by, project))
    last = newest_evaluation_of(project)
    evaluation = Evaluation.objects.create(
        project=project,
        number=last.number + 1 if last else 1,
        token=secrets.token_urlsafe(24),
        opened_by=by,
        opened_at=now,
    )
    indicators = given_indicators(project, evaluation.number)
    for indicator in indicators:
        indicator.evaluation = evaluation
    Indicator.objects.bulk_create(indicators)
    after = {"evaluation": evaluation.pk, "number": evaluation.number}
    audit.record(by=by, verb="evaluation.open", subject=project, after=after, at=now)
    tell_opened(evaluation, by=by, at=now)
    return evaluation


def figures_seen(evaluation: Evaluation) -> str:
    """A mark of the figures as they stand: two who write at once notice each other by it."""
    return sha256(repr(_figures(evaluation)).encode()).hexdigest()[:16]


@transaction.atomic
def save_indicators(
    *,
    evaluation: Evaluation,
    rows: Sequence[IndicatorValue],
    seen: str = "",
    by: "User",
    now: dt.datetime,
) -> Evaluation:
    """Put these lines in the place of what stood; `seen` is the mark of what the writer had before them."""
    evaluation = locked(evaluation)
    require(can_edit_evaluation(by, evaluation))
    if seen and seen != figures_seen(evaluation):
        raise ValidationError(
            _(
                "ほかの人が先に数を直しました。下の「いまの数」と見くらべて、もう一度「保存する」を押してください。"
            )
        )
    before = _figures(evaluation)
    named = {str(line["name"]) for line in before}
    given = [row.name for row in given_indicators(evaluation.project, evaluation.number)]
    check_indicators(rows, kept=[name for name in given if name in named])
    evaluation.indicators.all().delete()
    Indicator.objects.bulk_create(
        Indicator(
            evaluation=evaluation,
            position=position,
            name=row.name.strip(),
            unit=row.unit.strip(),
            before=row.before,
            target=row.target,
            after=row.after,
            note=row.note,
        )
        for position, row in enumerate(rows)
    )
    audit.record(
        by=by,
        verb="evaluation.figures",
        subject=evaluation.project,
        before=_without_words(before),
        after=_without_words(_figures(evaluation)),
        at=now,
    )
    return evaluation


def _figures(evaluation: Evaluation) -> list[dict[str, object]]:
    return [
        dict(line)
        for line in evaluation.indicators.values("name", "unit", "before", "target", "after", "note")
    ]


def _without_words(figures: list[dict[str, object]]) -> list[dict[str, object]]:
    """For the log, which cannot be erased: what was counted, not what somebody said about it."""
    return [{name: value for name, value in line.items() if name != "note"} for line in figures]
