"""What is already known of a project, put where a story asks for it: whoever writes only improves it."""

from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from musubi.base.common.enums import Visibility
from musubi.base.common.joining import dotted, labelled, listed, quoted
from musubi.base.common.languages import SOURCE, written_in
from musubi.flow.actors.enums import ActorKind, ProfileItem
from musubi.flow.cases.enums import AgreementForm
from musubi.flow.listings.enums import Template
from musubi.flow.outcomes.queries import Result, closed_evaluation_of, result_of
from musubi.flow.projects.enums import PartnerRole, ProjectState
from musubi.flow.projects.models import Partner, Project, Update

from ..models import Story
from .content import StoryContent

GRANTED = frozenset(
    {AgreementForm.ENDORSEMENT, AgreementForm.SUBSIDY, AgreementForm.COMMISSION, AgreementForm.ACCORD}
)


@written_in(SOURCE)
def gathered_content(project: Project) -> StoryContent:
    """A story's first words out of the need, the agreement, the news and the look back; nobody is quoted by name."""
    evaluation = closed_evaluation_of(project)
    outcome = result_of(evaluation) if evaluation else None
    partners = list(project.partners.filter(left_on=None).select_related("actor"))
    day = project.starts_on or project.ends_on or timezone.localdate(project.created_at)
    values = {
        "title": project.title,
        "year": day.year,
        "place": _place(project),
        "fields": tuple(project.fields),
        "why": _why(project),
        "purpose": project.aim,
        "activity": _activity(project),
        "result": _result(project, outcome),
        "learnt": _learnt(outcome),
        "limits": _limits(project),
        "lasting": _lasting(outcome),
        "evaluation": _how_evaluated(outcome),
        "programmes": _programmes(project, partners),
        "contact": _contact(project, partners),
    }
    return StoryContent(**{name: _fitting(name, value) for name, value in values.items()})


def _place(project: Project) -> str:
    names = listed(area.name for area in project.areas.all())
    return " ".join(part for part in (project.municipality.name, names, project.town) if part)


def _why(project: Project) -> str:
    if project.case is None:
        return ""
    need = project.case.need
    issue = need.issue
    if issue is not None and issue.visibility == Visibility.PUBLIC and issue.hidden_at is None:
        return _paragraphs(issue.body, need.body)
    return need.body


def _activity(project: Project) -> str:
    """The public news in the order it happened, as many as there is room for."""
    limit = Story._meta.get_field("activity").max_length or 0
    lines: list[str] = []
    for update in Update.objects.filter(project=project, visibility=Visibility.PUBLIC).order_by(
        "posted_at", "pk"
    ):
        day = timezone.localdate(update.posted_at)
        line = labelled(date_format(day), update.text)
        if len("\n\n".join([*lines, line])) > limit:
            break
        lines.append(line)
    return "\n\n".join(lines)


def _result(project: Project, result: Result | None) -> str:
    lines = [f"- {row.sentence}" for row in result.indicators if row.after is not None] if result else []
    return _paragraphs("\n".join(lines), project.result, result.summary if result else "")


def _learnt(result: Result | None) -> str:
    """What the partners have learnt, each once as a point of its own, without their names."""
    said = dict.fromkeys(" ".join(words.split()) for words in (result.learnt if result else ()))
    return "\n".join(f"- {words}" for words in said)


def _limits(project: Project) -> str:
    if project.state != ProjectState.STOPPED:
        return ""
    return _("途中で取りやめました（理由：%(reason)s）。") % {"reason": project.get_stop_reason_display()}


def _lasting(result: Result | None) -> str:
    if result is None:
        return ""
    decision = _("これから：%(decision)s") % {"decision": result.decision_label}
    return _paragraphs(decision, result.next_year)


def _how_evaluated(result: Result | None) -> str:
    if result is None:
        return ""
    counted = [row for row in result.indicators if row.after is not None]
    compared = [row.name for row in counted if row.before is not None]
    only_after = [row.name for row in counted if row.before is None]
    reviews, voices = result.review_count, result.voice_count
    return _paragraphs(
        _("%(names)sを、始める前と終わったあとで比べました。") % {"names": quoted(compared)}
        if compared
        else "",
        _("%(names)sを、終わったあとに数えました。") % {"names": quoted(only_after)} if only_after else "",
        _("いっしょに行った%(n)d者が、協力のしかたについて10の質問に答えました。") % {"n": reviews}
        if reviews
        else "",
        _("関わった方%(n)d人から声を聞きました。") % {"n": voices} if voices else "",
    )


def _programmes(project: Project, partners: list[Partner]) -> str:
    lines: list[str] = []
    offices = [
        row.actor.name for row in partners if row.actor is not None and row.actor.kind == ActorKind.DEPARTMENT
    ]
    if project.form in GRANTED:
        form = project.get_form_display()
        lines.append(
            _("%(office)sの%(form)s") % {"office": dotted(offices), "form": form} if offices else form
        )
    if project.case is not None:
        parties = project.case.parties.filter(left_at=None, listing__template=Template.MENU)
        lines += [
            _("協働メニュー「%(title)s」（%(actor)s）") % {"title": party.listing, "actor": party.actor}
            for party in parties.select_related("listing", "actor")
        ]
    return "\n".join(lines)


def _contact(project: Project, partners: list[Partner]) -> str:
    """What the actor in the lead lets everybody see; else where the town may be asked."""
    for row in partners:
        if row.role != PartnerRole.LEAD or row.actor is None:
            continue
        shown = [
            getattr(row.actor, item)
            for item in (ProfileItem.PHONE, ProfileItem.EMAIL)
            if getattr(row.actor, item) and row.actor.visibility_of(item) == Visibility.PUBLIC
        ]
        if shown:
            return " ".join([row.actor.name, *shown])
    return project.municipality.contact


def _paragraphs(*parts: str) -> str:
    return "\n\n".join(part.strip() for part in parts if part.strip())


def _fitting(name: str, value: Any) -> Any:
    """What is gathered may be longer than what a story holds: cut where a line ends if there is one."""
    column: Any = Story._meta.get_field(name)
    if not isinstance(value, str) or not column.max_length or len(value) <= column.max_length:
        return value
    cut = value[: column.max_length]
    return cut.rpartition("\n")[0].rstrip() or cut
