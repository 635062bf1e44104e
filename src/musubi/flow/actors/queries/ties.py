"""Who has worked with whom. For the engine, which tells it only to those who may read both."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q

from ..models import Tie


def past_partners_of(actor_ids: Iterable[int]) -> dict[int, frozenset[int]]:
    """With whom each of these actors has finished something; who has not is missing. One query."""
    ids = set(actor_ids)
    rows = Tie.objects.filter(Q(one__in=ids) | Q(other__in=ids))
    found: dict[int, set[int]] = defaultdict(set)
    for one, other in rows.order_by().values_list("one_id", "other_id"):
        found[one].add(other)
        found[other].add(one)
    return {actor: frozenset(others) for actor, others in found.items() if actor in ids}
