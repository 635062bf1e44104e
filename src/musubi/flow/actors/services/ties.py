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
        [Tie(one_id=one, other_id=other, last_on=on) for one, other in pairs],
        update_conflicts=True,
        unique_fields=["one", "other"],
        update_fields=["last_on"],
    )
    return len(pairs)
