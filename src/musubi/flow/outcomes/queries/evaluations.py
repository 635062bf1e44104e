"""The only door to evaluations: whoever takes part in the project, and staff of its town."""

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet

from musubi.base.common.enums import Visibility
from musubi.flow.actors.queries import standing_of
from musubi.flow.projects.models import Partner, Project

from ..enums import EvaluationState
from ..models import Evaluation, PartnerReview, Voice

if TYPE_CHECKING:
    from musubi.flow.actors.queries.standing import Person


def evaluations_for(user: "Person") -> QuerySet[Evaluation]:
    """Those of the projects one's own actors take part in or have answered for, and for staff the town's.

    What is for the city hall only stays with the office and the team.
    """
    standing = standing_of(user)
    own = standing.actor_ids
    takes_part = Partner.objects.filter(project=OuterRef("project"), actor__in=own, left_on=None)
    answered = PartnerReview.objects.filter(evaluation=OuterRef("pk"), partner__actor__in=own)
    rows = Q(Exists(takes_part)) | Q(Exists(answered))
    if standing.staff_in:
        rows |= Q(project__municipality__in=standing.office_in)
        rows |= Q(project__municipality__in=standing.coordinates_in) & ~Q(
            project__visibility=Visibility.CITY_HALL
        )
    return Evaluation.objects.filter(rows).select_related(
        "project", "project__municipality", "project__coordinator"
    )


def evaluations_by_token(token: str) -> QuerySet[Evaluation]:
    """The evaluation whose link for those concerned this is: the link is the permission."""
    return Evaluation.objects.filter(token=token).select_related("project", "project__municipality")


def open_evaluation_of(project: Project) -> Evaluation | None:
    """The one that is being filled in."""
    return Evaluation.objects.filter(project=project, state=EvaluationState.OPEN).first()


def newest_evaluation_of(project: Project) -> Evaluation | None:
    """The latest, open or closed."""
    return Evaluation.objects.filter(project=project).order_by("-number").first()


def closed_evaluation_of(project: Project) -> Evaluation | None:
    """The latest whose figures stand; whoever may read the project may read them."""
    return (
        Evaluation.objects.filter(project=project, state=EvaluationState.CLOSED).order_by("-number").first()
    )


def voices_for(user: "Person", evaluation: Evaluation) -> QuerySet[Voice]:
    """What those concerned said, the latest first; for the team and staff, who read it from the first."""
    if not evaluations_for(user).filter(pk=evaluation.pk).exists():
        return Voice.objects.none()
    return Voice.objects.filter(evaluation=evaluation)
