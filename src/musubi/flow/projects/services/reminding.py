"""A project past its review date is asked for: at once, a week of working days later, then at the desk."""

import datetime as dt

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from musubi.base.audit import services as audit
from musubi.base.common.business_days import business_days_after

from ..enums import ProjectState
from ..models import Project
from ..notifications import tell_review_due

MOST, PAUSE = 2, 7


def remind_reviews(*, now: dt.datetime) -> int:
    """Remind those in the lead; how many projects it was about. Each reminder once, whoever sends it."""
    today = timezone.localdate(now)
    late = Project.objects.filter(
        Q(reviewed_at=None) | Q(reviewed_at__date__lte=F("review_on")),
        state=ProjectState.ACTIVE,
        review_on__lt=today,
        review_reminders__lt=MOST,
    )
    number = 0
    for pk in list(late.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            rows = Project.objects.select_for_update(of=("self",)).select_related("coordinator")
            project = rows.filter(pk=pk).first()
            number += project is not None and _remind(project, today, now)
    return number


def _remind(project: Project, today: dt.date, now: dt.datetime) -> bool:
    """Whether it was due; asked of the row that is held, so that no second worker asks again."""
    if project.state != ProjectState.ACTIVE or project.review_on is None or project.review_on >= today:
        return False
    if project.review_reminders >= MOST:
        return False
    last = project.reminded_at
    if last is not None and business_days_after(timezone.localdate(last), PAUSE) > today:
        return False
    project.review_reminders, project.reminded_at = project.review_reminders + 1, now
    project.save(update_fields=["review_reminders", "reminded_at"])
    again = project.review_reminders > 1
    audit.record(
        by=None, verb="project.remind_review", subject=project, at=now, after=project.review_reminders
    )
    tell_review_due(project, again=again, at=now)
    return True
