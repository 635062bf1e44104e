"""Introductions that nobody has answered are asked for again, twice, by business days."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from musubi.base.audit import services as audit
from musubi.base.common.business_days import business_days_after

from ..enums import IntroductionState
from ..models import Introduction
from ..notifications import tell_reminded
from ..permissions import SEEKING
from ..queries import unanswered

AFTER = (3, 7)
"""Business days without an answer before the first and the second reminder."""
BETWEEN = 3
"""However late the first one was, the second leaves people so many business days."""
AT_ONCE = 200


def remind_introductions(*, now: dt.datetime) -> int:
    """Remind every side whose answer is due; how many introductions were asked for.

    Of what is no longer shown nobody is reminded: a yes to it would be refused.

    Each is a transaction of its own and counts its reminders in it: however many workers run, and
    wherever one is killed, nobody is told twice and nobody is left out.
    """
    number, last = 0, 0
    waiting = Introduction.objects.filter(
        state=IntroductionState.PROPOSED,
        reminders__lt=len(AFTER),
        introduced_at__lt=now - dt.timedelta(days=AFTER[0]),
        need__state__in=SEEKING,
        offer__state__in=SEEKING,
        need__hidden_at=None,
        offer__hidden_at=None,
    ).order_by("pk")
    while chunk := list(waiting.filter(pk__gt=last)[:AT_ONCE]):
        last = chunk[-1].pk
        number += sum(_remind(row, now) for row in chunk if _is_due(row, timezone.localdate(now)))
    return number


def _is_due(introduction: Introduction, today: dt.date) -> bool:
    made = timezone.localdate(introduction.introduced_at)
    if business_days_after(made, AFTER[introduction.reminders]) >= today:
        return False
    before = introduction.reminded_at
    return before is None or business_days_after(timezone.localdate(before), BETWEEN) < today


@transaction.atomic
def _remind(introduction: Introduction, now: dt.datetime) -> bool:
    mine = Introduction.objects.filter(
        pk=introduction.pk, state=IntroductionState.PROPOSED, reminders=introduction.reminders
    ).update(reminders=introduction.reminders + 1, reminded_at=now)
    if not mine:
        return False
    introduction = (
        Introduction.objects.select_related("need__actor", "offer__actor", "introduced_by")
        .prefetch_related("replies")
        .get(pk=introduction.pk)
    )
    for reply in unanswered(introduction):
        tell_reminded(introduction, reply, at=now)
    audit.record(
        by=None, verb="introduction.remind", subject=introduction, at=now, after=introduction.reminders
    )
    return True
