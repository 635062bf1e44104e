"""What the page of an evaluation says, gathered in a constant number of queries."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from musubi.base.common.joining import run_on
from musubi.base.common.verdict import ALLOWED, Verdict
from musubi.flow.actors.queries import standing_of
from musubi.flow.outcomes.enums import SCALE, EvaluationState, PartnerQuestion
from musubi.flow.outcomes.models import Evaluation, PartnerReview
from musubi.flow.outcomes.permissions import can_type_over
from musubi.flow.outcomes.queries import arranges, is_there, sources_of_answers
from musubi.flow.projects.models import Partner
from musubi.flow.projects.queries import partners_of

if TYPE_CHECKING:
    from musubi.base.accounts.models import User


@dataclass(frozen=True)
class PartnerRow:
    """One of the team: whether it has answered, and whether this reader may write its answers.

    `may_answer` is None for whom there is no button at all.
    """

    partner: Partner
    has_answered: bool
    is_awaited: bool
    may_answer: Verdict | None
    is_own: bool


def partner_rows(user: "User", evaluation: Evaluation) -> list[PartnerRow]:
    """The team as it is now, those in the lead first."""
    sources, edits = sources_of_answers(evaluation), standing_of(user).edits
    is_open = evaluation.state == EvaluationState.OPEN
    staff = arranges(user, evaluation.project)

    def may_answer(partner: Partner) -> Verdict | None:
        if is_open and partner.actor_id in edits:
            return ALLOWED
        return can_type_over(sources.get(partner.pk, "")) if is_open and staff else None

    return [
        PartnerRow(
            partner=partner,
            has_answered=partner.pk in sources,
            is_awaited=partner.pk not in sources and is_there(partner),
            may_answer=may_answer(partner),
            is_own=partner.actor_id in edits,
        )
        for partner in partners_of(evaluation.project)
    ]


def review_facts(review: PartnerReview) -> list[tuple[str, str]]:
    """The answers of one partner in words, question by question."""
    answers = [
        (str(question.label), str(SCALE.get(review.answers.get(question.value), "")))
        for question in PartnerQuestion
    ]
    return [
        *answers,
        (_("学んだこと"), review.learnt),
        (
            _("Musubi がなければ"),
            run_on((review.get_without_musubi_display(), review.without_words)),
        ),
        (_("これから、どうしたいか"), str(review.get_decision_display())),
        (_("来年に必要なもの"), review.next_year),
    ]
