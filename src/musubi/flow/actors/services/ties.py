"""Who has worked with whom: later needs and offers of the two fit a little better."""

import datetime as dt
from collections.abc import Iterable
from itertools import combinations

from ..models import Tie


def tie_actors(*, actors: Iterable[int], on: dt.date) -> int:
    """Keep that these actors have finished something together; how many pairs. The same again changes nothing.

    To be called in the transaction of the verb that saw it, which leaves the trace.
    """
    pairs = list(combinations(sorted(set(actors)), 2))
    Tie.objects.bulk_create(
        [Tie(one_id=one, other_id=other, last_on=on) for one, other in pairs], ignore_conflicts=True
    )
    ids = {pk for pair in pairs for pk in pair}
    Tie.objects.filter(one__in=ids, other__in=ids, last_on__lt=on).update(last_on=on)
    return len(pairs)
