"""How soon an actor answers when it is asked."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from statistics import median
from typing import Any

from django.db.models import DateField, F, Q, QuerySet

from musubi.base.common.prepared import Among, Given, Prepared, Question

from ..enums import IntroductionState
from ..models import Reply

LOOKED_BACK = dt.timedelta(days=730)
"""People and offices change: what is older says little."""
AT_LEAST = 3
"""From so many answers on: one holiday must not stand for an actor."""
_DAY = dt.timedelta(days=1)


def answer_days_question(actor_ids: Iterable[int], *, today: dt.date) -> Question[dict[int, float]]:
    """The question for the median of days from being asked to answering; who has been asked less than three times is missing.

    A polite refusal counts as an answer; what lapsed counts with the days until then.
    """
    return _answers.asking(_medians, actors=set(actor_ids), since=today - LOOKED_BACK)


def _medians(rows: Iterable[tuple[Any, ...]]) -> dict[int, float]:
    days: dict[int, list[float]] = defaultdict(list)
    for actor, begun, said, settled in rows:
        until = said or settled
        if until is not None:
            days[actor].append((until - begun) / _DAY)
    return {actor: median(found) for actor, found in days.items() if len(found) >= AT_LEAST}


@Prepared
def _answers() -> QuerySet[Reply, tuple[Any, ...]]:
    lapsed = Q(answer="", introduction__state=IntroductionState.LAPSED)
    # Who asked itself has said yes at the moment of asking, and what was said before staff asked anew was said
    # to an earlier question: neither tells how one answers.
    answered = Q(said_at__gt=F("introduction__introduced_at"))
    lately = Q(introduction__introduced_at__date__gte=Given("since", DateField()))
    rows = Reply.objects.filter(Among("actor", "actors"), lapsed | answered, lately).order_by()
    return rows.values_list("actor_id", "introduction__introduced_at", "said_at", "introduction__settled_at")
