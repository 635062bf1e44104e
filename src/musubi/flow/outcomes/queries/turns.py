"""Whose turn it is when a project is looked back on."""

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from musubi.base.common.turn import Turn
from musubi.flow.actors.queries import standing_of
from musubi.flow.projects.models import Partner
from musubi.flow.projects.queries import partners_of

from ..enums import EvaluationState
from ..models import Evaluation, PartnerReview
from .team import is_there, leads_of

if TYPE_CHECKING:
    from musubi.flow.actors.queries.standing import Person


def turns_of_evaluation(evaluation: Evaluation) -> list[Turn]:
    """Every partner that has not answered; then whoever leads, to close it."""
    if evaluation.state != EvaluationState.OPEN:
        return []
    said_at = dict(evaluation.reviews.values_list("partner_id", "said_at"))
    team, path = partners_of(evaluation.project), f"/workspace/evaluations/{evaluation.pk}/"
    waiting = [one for one in team if one.pk not in said_at and is_there(one)]
    if waiting:
        return [_to_answer(partner, evaluation, path) for partner in waiting]
    since = max(said_at.values(), default=evaluation.opened_at)
    return [
        Turn(
            what=_("振り返りをまとめる"),
            who=str(lead),
            since=since,
            actor_id=lead.actor_id,
            path=f"{path}#closing",
        )
        for lead in leads_of(team)
    ]


def awaited_reviews_for(user: "Person") -> list[tuple[Evaluation, Partner]]:
    """Where an answer of this person's own partners is awaited, the longest waiting first."""
    edits = standing_of(user).edits
    if not edits:
        return []
    answered = PartnerReview.objects.filter(evaluation=OuterRef("evaluation"), partner=OuterRef("pk"))
    evaluations = {
        one.project_id: one
        for one in Evaluation.objects.filter(
            state=EvaluationState.OPEN, project__partners__actor__in=edits, project__partners__left_on=None
        ).select_related("project")
    }
    open_one = Evaluation.objects.filter(project=OuterRef("project"), state=EvaluationState.OPEN)
    partners = (
        Partner.objects.filter(actor__in=edits, left_on=None, project__in=evaluations.keys())
        .annotate(evaluation=open_one.values("pk")[:1])
        .filter(~Exists(answered))
        .select_related("actor")
    )
    pairs = [(evaluations[partner.project_id], partner) for partner in partners]
    return sorted(pairs, key=lambda pair: (pair[0].opened_at, pair[1].pk))


def _to_answer(partner: Partner, evaluation: Evaluation, path: str) -> Turn:
    """Whoever is known by name only cannot press: staff ask."""
    who = str(partner)
    if partner.actor_id is None:
        who = _("コーディネーター（%(name)sさんに聞く）") % {"name": partner.name}
    return Turn(
        what=_("振り返りの10の質問に答える"),
        who=who,
        since=evaluation.opened_at,
        actor_id=partner.actor_id,
        path=f"{path}#partners",
    )
