"""What the partners say of each other: one's own always, the others' only after one's own."""

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from musubi.flow.actors.queries import standing_of
from musubi.flow.projects.models import Partner

from ..models import Evaluation, PartnerReview
from .team import arranges

if TYPE_CHECKING:
    from musubi.flow.actors.queries.standing import Person


def sources_of_answers(evaluation: Evaluation) -> dict[int, str]:
    """How the answer of each partner that has answered came, by the partner's id."""
    return dict(evaluation.reviews.values_list("partner_id", "source"))


def sees_others_reviews(user: "Person", evaluation: Evaluation) -> bool:
    """Whether this person may read what every partner answered.

    Whoever belongs to a partner that has still to answer may not, whatever else they are: not by
    another partner that has answered, and not as staff. Staff apart from the team read everything.
    """
    own = dict(
        evaluation.project.partners.filter(actor__in=standing_of(user).actor_ids).values_list("pk", "left_on")
    )
    current = {pk for pk, left_on in own.items() if left_on is None}
    if not own:
        return arranges(user, evaluation.project)
    answered = sources_of_answers(evaluation).keys()
    if current:
        return current <= answered
    return bool(own.keys() & answered) or arranges(user, evaluation.project)


def reviews_for(user: "Person", evaluation: Evaluation) -> QuerySet[PartnerReview]:
    """The answers this person may read."""
    rows = PartnerReview.objects.filter(evaluation=evaluation)
    if not sees_others_reviews(user, evaluation):
        rows = rows.filter(partner__actor__in=standing_of(user).actor_ids)
    return rows.select_related("partner", "partner__actor", "said_by")


def reviewed_partners(evaluation: Evaluation) -> QuerySet[Partner]:
    """Everybody who takes or took part in the project: who of them still answers is for the verdict to say."""
    return Partner.objects.filter(project=evaluation.project_id).select_related("actor", "project")
