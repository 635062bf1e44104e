"""Who has worked with whom. For the engine, which tells it only to those who may read both."""

from collections.abc import Iterable
from functools import partial

from django.db.models import Q, QuerySet

from musubi.base.common.pairs import others_of
from musubi.base.common.prepared import Among, Prepared, Question

from ..models import Tie


def past_partners_question(actor_ids: Iterable[int]) -> Question[dict[int, frozenset[int]]]:
    """The question with whom each of some actors has finished something; who has not is missing."""
    ids = set(actor_ids)
    return _ties.asking(partial(others_of, among=ids), actors=ids)


@Prepared
def _ties() -> QuerySet[Tie, tuple[int, int]]:
    rows = Tie.objects.filter(Q(Among("one", "actors")) | Q(Among("other", "actors")))
    return rows.order_by().values_list("one_id", "other_id")
