"""How soon an actor answers when it is asked."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from statistics import median

from django.db.models import F, Q

from musubi.flow.listings.enums import Side

from ..enums import IntroductionState
from ..models import Reply

LOOKED_BACK = dt.timedelta(days=730)
"""People and offices change: what is older says little."""
AT_LEAST = 3
"""From so many answers on: one holiday must not stand for an actor."""
_DAY = dt.timedelta(days=1)


def answer_days_of(actor_ids: Iterable[int], *, today: dt.date) -> dict[int, float]:
    """The median of days from being asked to answering; who has been asked less than three times is missing.

    A polite refusal counts as an answer; what lapsed counts with the days until then. One query.
    """
    ids = set(actor_ids)
    asked = Q(side=Side.NEED, introduction__need__actor__in=ids)
    asked |= Q(side=Side.OFFER, introduction__offer__actor__in=ids)
    lapsed = Q(answer="", introduction__state=IntroductionState.LAPSED)
    # Who asked itself has said yes at the moment of asking, and what was said before staff asked anew was said
    # to an earlier question: neither tells how one answers.
    answered = Q(said_at__gt=F("introduction__introduced_at"))
    rows = Reply.objects.filter(
        asked, lapsed | answered, introduction__introduced_at__date__gte=today - LOOKED_BACK
    )
    days: dict[int, list[float]] = defaultdict(list)
    for side, need_actor, offer_actor, begun, said, settled in rows.order_by().values_list(
        "side",
        "introduction__need__actor",
        "introduction__offer__actor",
        "introduction__introduced_at",
        "said_at",
        "introduction__settled_at",
    ):
        until = said or settled
        if until is not None:
            days[need_actor if side == Side.NEED else offer_actor].append((until - begun) / _DAY)
    return {actor: median(found) for actor, found in days.items() if actor in ids and len(found) >= AT_LEAST}
