"""The only door to local issues."""

from typing import TYPE_CHECKING

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from musubi.flow.actors.queries import readable, standing_of

from .enums import ISSUE_SHOWN
from .models import Issue, Support

if TYPE_CHECKING:
    from musubi.flow.actors.queries.standing import Person


def issues_for(user: "Person") -> QuerySet[Issue]:
    """Issues this person may read: shown ones within reach, one's own, and for staff all of their town."""
    standing = standing_of(user)
    rows = Q(state__in=ISSUE_SHOWN, hidden_at=None) & readable(user)
    rows |= Q(municipality__in=standing.office_in)
    rows |= Q(municipality__in=standing.coordinates_in) & ~Q(visibility="city_hall")
    if user.is_authenticated:
        rows |= Q(reported_by_id=user.pk)
    return Issue.objects.filter(rows).select_related("area", "area__parent", "municipality")


def with_support_counts(issues: QuerySet[Issue]) -> QuerySet[Issue]:
    """Each with `support_count`, those who said 「私も」."""
    voices = Support.objects.filter(issue=OuterRef("pk")).order_by().values("issue").annotate(n=Count("pk"))
    return issues.annotate(support_count=Coalesce(Subquery(voices.values("n")), 0))


def supported_by(user: "Person", issues: list[Issue]) -> frozenset[int]:
    """Which of these issues this person has already said 「私も」 to."""
    if not user.is_authenticated:
        return frozenset()
    return frozenset(
        Support.objects.filter(user_id=user.pk, issue__in=issues).values_list("issue_id", flat=True)
    )
