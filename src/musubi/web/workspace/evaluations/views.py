"""Looking back on a project: figures, the partners' answers, and what comes of it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from musubi.base.common.enums import Source
from musubi.base.common.verdict import NotAllowed, require
from musubi.base.common.workflow import InvalidTransition
from musubi.flow.actors.queries import standing_of
from musubi.flow.outcomes.enums import EvaluationState
from musubi.flow.outcomes.permissions import (
    TOLD_TO_STAFF,
    can_answer_review,
    can_close_evaluation,
    can_edit_evaluation,
    can_enter_voice,
    can_reopen_evaluation,
)
from musubi.flow.outcomes.queries import (
    arranges,
    as_written,
    evaluations_for,
    result_of,
    reviewed_partners,
    reviews_for,
    sees_others_reviews,
    turns_of_evaluation,
)
from musubi.flow.outcomes.services import (
    answer_review,
    close_evaluation,
    figures_seen,
    open_evaluation,
    reopen_evaluation,
    save_indicators,
)
from musubi.flow.projects.permissions import can_run_project
from musubi.flow.projects.queries import team_projects_for
from musubi.web.design.kept import kept_for
from musubi.web.design.requests import PersonRequest
from musubi.web.design.typed import typed

from .forms import CloseForm, FiguresForm, IndicatorRows, ReviewForm, initial_of, values_of
from .late import refused_late, status_of
from .presentation import partner_rows, review_facts


@require_POST
def evaluation_open(request: PersonRequest, pk: int) -> HttpResponse:
    """Begin to look back; the team is told."""
    project = get_object_or_404(team_projects_for(request.user), pk=pk)
    opened = open_evaluation(project=project, by=request.user, now=timezone.now())
    messages.success(request, _("振り返りを始めました。チームの団体に、10の質問への答えをお願いしました。"))
    return redirect("workspace:evaluation", opened.pk)


@require_safe
def evaluation(request: PersonRequest, pk: int) -> HttpResponse:
    """Everything about it, as far as this reader may know it."""
    row = get_object_or_404(evaluations_for(request.user), pk=pk)
    team = partner_rows(request.user, row)
    return render(
        request,
        "workspace/evaluations/evaluation.html",
        {
            "evaluation": row,
            "is_open": row.state == EvaluationState.OPEN,
            "turns": turns_of_evaluation(row),
            "result": result_of(row, reader=request.user),
            "team": team,
            "waiting": [each.partner for each in team if each.is_awaited],
            "reviews": [(each, review_facts(each)) for each in reviews_for(request.user, row)],
            "sees_others": sees_others_reviews(request.user, row),
            "is_staff": arranges(request.user, row.project),
            "voice_url": request.build_absolute_uri(reverse("public:voice", args=[row.token])),
            "may_edit": can_edit_evaluation(request.user, row),
            "may_enter": can_enter_voice(request.user, row),
            "may_close": can_close_evaluation(request.user, row),
            "may_reopen": can_reopen_evaluation(request.user, row),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def figures(request: PersonRequest, pk: int) -> HttpResponse:
    """Before, aim and after of each indicator; more may be added."""
    row = get_object_or_404(evaluations_for(request.user), pk=pk)
    may_edit = can_edit_evaluation(request.user, row)
    late = refused_late(request, may_edit, otherwise=can_run_project(request.user, row.project))
    is_post = request.method == "POST"
    kept = None if is_post else kept_for(request)
    data = request.POST if is_post else kept
    form, rows = FiguresForm(data), IndicatorRows(data, prefix="rows", initial=_figures(row))
    seen = request.POST.get("seen") or figures_seen(row)
    if kept is not None:
        rows.row_asked = form.was_kept = True  # type: ignore[attr-defined]  # shown as typed, not judged
    if is_post and not late and not rows.row_asked and form.is_valid() and rows.is_valid():
        try:
            save_indicators(
                evaluation=row, rows=values_of(rows.filled), seen=seen, by=request.user, now=timezone.now()
            )
        except ValidationError as error:
            form.add_error(None, error)
            seen = figures_seen(row)
        except NotAllowed as refusal:
            late = str(refusal)
        else:
            messages.success(request, _("数を保存しました。"))
            return redirect("workspace:evaluation", pk)
    if late:
        rows.row_asked = True
    context = {"evaluation": row, "form": form, "rows": rows, "seen": seen, "result": result_of(row)}
    return render(
        request, "workspace/evaluations/figures.html", {**context, "late": late}, status=status_of(late)
    )


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: PersonRequest, pk: int, partner_pk: int) -> HttpResponse:
    """The ten questions, for one's own partner; staff type in what they were told."""
    row = get_object_or_404(evaluations_for(request.user), pk=pk)
    partner = get_object_or_404(reviewed_partners(row), pk=partner_pk)
    told = partner.actor_id not in standing_of(request.user).edits
    may_answer = can_answer_review(request.user, row, partner, TOLD_TO_STAFF[0] if told else Source.WEB)
    late = refused_late(request, may_answer, otherwise=not told or arranges(request.user, row.project))
    before = reviews_for(request.user, row).filter(partner=partner).first()
    form = typed(request, ReviewForm, told=told, initial=initial_of(before))
    if request.method == "POST" and not late and form.is_valid():
        try:
            answer_review(
                evaluation=row,
                partner=partner,
                review=form.value,
                source=form.how,
                by=request.user,
                now=timezone.now(),
            )
        except NotAllowed as refusal:
            late = str(refusal)
        else:
            messages.success(request, _said(told=told))
            return redirect("workspace:evaluation", pk)
    if late:
        form.keep_unchecked()
    context = {"evaluation": row, "partner": partner, "form": form, "told": told, "before": before}
    return render(
        request, "workspace/evaluations/review.html", {**context, "late": late}, status=status_of(late)
    )


@require_http_methods(["GET", "HEAD", "POST"])
def evaluation_close(request: PersonRequest, pk: int) -> HttpResponse:
    """Sum it up."""
    row = get_object_or_404(evaluations_for(request.user), pk=pk)
    require(can_close_evaluation(request.user, row))
    if row.state != EvaluationState.OPEN and request.method != "POST":
        return redirect("workspace:evaluation", pk)
    initial = {"summary": row.summary, "decision": row.decision, "next_year": row.next_year}
    form = typed(request, CloseForm, initial=initial)
    late = ""
    if request.method == "POST" and row.state != EvaluationState.OPEN:
        late = _closed_before()
    elif request.method == "POST" and form.is_valid():
        try:
            close_evaluation(evaluation=row, by=request.user, now=timezone.now(), **form.cleaned_data)
        except InvalidTransition:
            late = _closed_before()
        else:
            messages.success(request, _("振り返りをまとめました。チームの団体にお知らせしました。"))
            return redirect("workspace:evaluation", pk)
    if late:
        form.keep_unchecked()
    reviews = reviews_for(request.user, row)
    context = {
        "evaluation": row,
        "form": form,
        "result": result_of(row, reader=request.user),
        "waiting": [each.partner for each in partner_rows(request.user, row) if each.is_awaited],
        "wishes": [(each.partner, each.next_year) for each in reviews if each.next_year],
        "late": late,
    }
    return render(request, "workspace/evaluations/close.html", context, status=status_of(late))


@require_POST
def evaluation_reopen(request: PersonRequest, pk: int) -> HttpResponse:
    """Something is to be put right."""
    row = get_object_or_404(evaluations_for(request.user), pk=pk)
    reopen_evaluation(evaluation=row, by=request.user, now=timezone.now())
    messages.success(request, _("もう一度書けるようにしました。公開のページからは、まとめるまで見えません。"))
    return redirect("workspace:evaluation", pk)


def _closed_before() -> str:
    return _("ほかの人が先に、この振り返りをまとめました。")


def _said(*, told: bool) -> str:
    if told:
        return _("代わりに答えを入力しました。")
    return _(
        "答えを受け取りました。まとめるまでは、何度でも直せます。ほかの団体の答えも読めるようになりました。"
    )


def _figures(row: Any) -> list[dict[str, str]]:
    return [
        {
            "name": each.name,
            "unit": each.unit,
            "before": as_written(each.before),
            "target": as_written(each.target),
            "after": as_written(each.after),
            "note": each.note,
        }
        for each in row.indicators.all()
    ]
