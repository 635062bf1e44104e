"""Who is told when a project is looked back on: the people of its team."""

import datetime as dt
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from musubi.base.accounts.models import User
from musubi.base.notify.enums import MessageKind
from musubi.base.notify.services import in_readers_language, tell
from musubi.flow.actors.queries.standing import MAY_EDIT
from musubi.flow.projects.models import Project
from musubi.flow.projects.queries import coordinator_of

from .models import Evaluation

if TYPE_CHECKING:
    from collections.abc import Iterable


@in_readers_language
def tell_opened(evaluation: Evaluation, *, by: User, at: dt.datetime) -> None:
    """Ten questions wait for an answer."""
    text = _(
        "「%(project)s」の振り返りが始まりました。\n"
        "10の質問に、団体ごとに一度答えてください（5分ほど）。"
        "ほかの団体の答えは、自分の団体が答えたあとに読めます。"
    )
    _tell_team(
        evaluation,
        kind=MessageKind.EVALUATION_OPENED,
        subject=_("振り返りに答えてください：%(project)s") % {"project": evaluation.project},
        text=text % {"project": evaluation.project},
        by=by,
        at=at,
    )


@in_readers_language
def tell_reopened(evaluation: Evaluation, *, by: User, at: dt.datetime) -> None:
    """What was closed may be put right."""
    text = _(
        "「%(project)s」の振り返りを、もう一度書けるようにしました。\n直すところがあれば、下のページで直してください。"
    )
    _tell_team(
        evaluation,
        kind=MessageKind.EVALUATION_OPENED,
        subject=_("振り返りをもう一度開きました：%(project)s") % {"project": evaluation.project},
        text=text % {"project": evaluation.project},
        by=by,
        at=at,
    )


@in_readers_language
def tell_closed(evaluation: Evaluation, *, by: User, at: dt.datetime) -> None:
    """What was decided; the coordinator learns it too."""
    text = _("「%(project)s」の振り返りがまとまりました。\nこれから：%(decision)s")
    if evaluation.next_year:
        text += _("\n来年に必要なもの：%(next_year)s")
    _tell_team(
        evaluation,
        kind=MessageKind.EVALUATION_CLOSED,
        subject=_("振り返りがまとまりました：%(project)s") % {"project": evaluation.project},
        text=text
        % {
            "project": evaluation.project,
            "decision": evaluation.get_decision_display(),
            "next_year": evaluation.next_year,
        },
        by=by,
        at=at,
        and_to=[coordinator_of(evaluation.project)],
    )


def _people_of(project: Project) -> list[User]:
    actors = project.partners.filter(left_on=None, actor__isnull=False).values("actor")
    rows = User.objects.filter(memberships__actor__in=actors, memberships__role__in=MAY_EDIT, is_active=True)
    return list(rows.distinct().order_by("pk"))


def _tell_team(
    evaluation: Evaluation,
    *,
    kind: str,
    subject: str,
    text: str,
    by: User,
    at: dt.datetime,
    and_to: "Iterable[User | None]" = (),
) -> None:
    others = {person.pk: person for person in [*_people_of(evaluation.project), *and_to] if person}
    others.pop(by.pk, None)
    for person in others.values():
        tell(
            to=person,
            kind=kind,
            subject=subject,
            text=text,
            path=f"/workspace/evaluations/{evaluation.pk}/",
            at=at,
        )
