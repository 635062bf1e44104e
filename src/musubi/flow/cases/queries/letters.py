"""Who reads which thread of letters, and who is told of a new one."""

import datetime as dt
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from musubi.flow.actors.queries import standing_of
from musubi.flow.matching.models import Introduction

from ..models import Case, Letter, Party
from .cases import reads_as_staff

if TYPE_CHECKING:
    from musubi.flow.actors.queries.standing import Person


def letters_for(user: "Person", case: Case) -> QuerySet[Letter]:
    """The letters of a case that this person may read, the oldest first.

    Staff read all. The thread of the whole case is for its parties, the thread of an introduction for
    its two sides. Who has left reads nothing newer in the former; the latter was closed with leaving, and
    another is open to those who are introduced again. A listing of threads groups them by `introduction`.
    """
    rows = Letter.objects.filter(case=case).select_related("author", "actor", "file", "introduction")
    if reads_as_staff(user, case):
        return rows
    own = standing_of(user).actor_ids
    left = _left(case, own)
    seen = Q(pk=None)
    for actor in own:
        seen |= Q(introduction__need__actor=actor) | Q(introduction__offer__actor=actor)
        if actor in left:
            until = left[actor]
            seen |= Q(introduction=None, sent_at__lte=until) if until else Q(introduction=None)
    return rows.filter(seen)


def thread_for(user: "Person", case: Case, introduction: Introduction | None = None) -> QuerySet[Letter]:
    """One thread of those: of an introduction, or of the whole case."""
    return letters_for(user, case).filter(introduction=introduction)


def _left(case: Case, actors: frozenset[int]) -> dict[int, dt.datetime | None]:
    """Of these actors those that take or took part: when they left, None while they are there."""
    rows = Party.objects.filter(case=case, actor__in=actors).order_by("joined_at", "pk")
    return dict(rows.values_list("actor_id", "left_at"))
