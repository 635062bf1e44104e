"""Who may do what when a project is looked back on; every refusal is a sentence the person may read."""

import datetime as dt
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from musubi.base.common.enums import Source
from musubi.base.common.verdict import ALLOWED, Verdict, refuse
from musubi.flow.actors.queries import standing_of
from musubi.flow.projects.enums import ProjectState
from musubi.flow.projects.models import Partner, Project
from musubi.flow.projects.permissions import can_run_project
from musubi.flow.projects.queries import partners_of

from .enums import EvaluationState
from .models import Evaluation
from .queries import (
    arranges,
    leads_of,
    newest_evaluation_of,
    open_evaluation_of,
    sees_others_reviews,
    sources_of_answers,
)

if TYPE_CHECKING:
    from musubi.flow.actors.queries.standing import Person

VOICES_A_DAY = 5
TOLD_TO_STAFF = (Source.TELEPHONE, Source.COUNTER, Source.PAPER, Source.FAX)
"""Ways in which an answer reaches staff, who then type it in."""


def can_open_evaluation(user: "Person", project: Project) -> Verdict:
    """The team and staff, from the project's beginning on, one at a time."""
    if not (verdict := can_run_project(user, project)):
        return verdict
    if project.state == ProjectState.PREPARING:
        return refuse(_("振り返りは、プロジェクトが始まってから開けます。"))
    if open_evaluation_of(project) is not None:
        return refuse(_("いま記入中の振り返りがあります。先に、それをまとめてください。"))
    return ALLOWED


def can_edit_evaluation(user: "Person", evaluation: Evaluation) -> Verdict:
    """The figures: the team and staff, until it is closed."""
    if evaluation.state != EvaluationState.OPEN:
        return _is_closed()
    return can_run_project(user, evaluation.project)


def can_answer_review(
    user: "Person", evaluation: Evaluation, partner: Partner, source: str = Source.WEB
) -> Verdict:
    """The partner's own editors; or staff who were told, and who say how. Nobody answers for one that left."""
    if evaluation.state != EvaluationState.OPEN:
        return _is_closed()
    if partner.project_id != evaluation.project_id or partner.left_on is not None:
        return refuse(_("いまのチームの一員だけが答えられます。"))
    if partner.actor_id in standing_of(user).edits and source == Source.WEB:
        return ALLOWED
    return _types_in(user, evaluation, partner, source)


def _types_in(user: "Person", evaluation: Evaluation, partner: Partner, source: str) -> Verdict:
    if not arranges(user, evaluation.project):
        return refuse(_("この答えを書けるのは、その団体の管理者・編集の担当と、コーディネーターだけです。"))
    if source not in TOLD_TO_STAFF:
        return refuse(_("代わりに入力するときは、答えの受け取り方（電話、窓口など）を選んでください。"))
    if partner.actor_id not in standing_of(user).edits and not sees_others_reviews(user, evaluation):
        return refuse(_("先に、ご自分の団体の答えを書いてください。そのあとで、ほかの答えを入力できます。"))
    return can_type_over(sources_of_answers(evaluation).get(partner.pk, ""))


def can_type_over(source: str) -> Verdict:
    """What staff were told replaces what they were told before, never what a partner pressed itself."""
    if source != Source.WEB:
        return ALLOWED
    return refuse(
        _("この団体は、自分で画面から答えています。直すところがあるときは、その団体の方に頼んでください。")
    )


def can_give_voice(evaluation: Evaluation, mark: str, now: dt.datetime) -> Verdict:
    """Whoever has the link, a few times a day from one address, until it is closed."""
    if evaluation.state != EvaluationState.OPEN:
        return refuse(
            _(
                "この振り返りは、もうまとめました。伝えたいことは、コーディネーターか市の窓口に話してください。"
            )
        )
    since = now - dt.timedelta(days=1)
    recent = evaluation.voices.filter(giver_mark=mark, typed_by=None, given_at__gte=since)
    if recent.count() >= VOICES_A_DAY:
        return refuse(
            _(
                "今日は、この場所からの声をたくさんいただきました。明日もう一度お願いします。紙でも受け取っています。"
            )
        )
    return ALLOWED


def can_enter_voice(user: "Person", evaluation: Evaluation) -> Verdict:
    """Staff type in what came on paper, as much as there is."""
    if evaluation.state != EvaluationState.OPEN:
        return _is_closed()
    if arranges(user, evaluation.project):
        return ALLOWED
    return refuse(_("紙の声を入力できるのは、この町のコーディネーターと市の担当だけです。"))


def can_close_evaluation(user: "Person", evaluation: Evaluation) -> Verdict:
    """Whoever leads, and staff; the workflow says whether it is still open."""
    return _leads(user, evaluation.project)


def can_reopen_evaluation(user: "Person", evaluation: Evaluation) -> Verdict:
    """Only the latest: the next one was begun from its figures."""
    newest = newest_evaluation_of(evaluation.project)
    if newest is not None and newest.pk != evaluation.pk:
        return refuse(_("このあとの振り返りが始まっているため、書き直せません。"))
    return _leads(user, evaluation.project)


def _is_closed() -> Verdict:
    return refuse(
        _("この振り返りは、もうまとめてあります。直すときは、中心の団体かコーディネーターに頼んでください。")
    )


def _leads(user: "Person", project: Project) -> Verdict:
    edits = standing_of(user).edits
    if arranges(user, project) or any(lead.actor_id in edits for lead in leads_of(partners_of(project))):
        return ALLOWED
    return refuse(_("まとめるのは、中心になる団体の管理者・編集の担当と、コーディネーターです。"))
