"""What readers report, what the office hid, and what authors answered."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from musubi.base.common.verdict import Verdict, require
from musubi.flow.moderation.enums import HidingState, ReportState
from musubi.flow.moderation.permissions import (
    can_decide_report,
    can_keep_hidden,
    can_lift_hiding,
)
from musubi.flow.moderation.queries import office_hidings_for, office_reports_for
from musubi.flow.moderation.services import dismiss_report, keep_hidden, lift_hiding, uphold_report
from musubi.web.design.paging import page_of
from musubi.web.design.requests import PersonRequest
from musubi.web.design.typed import typed
from musubi.web.office.door import in_a_town, office_only

from .forms import DecisionForm

SAME_SHOWN = 20


@require_safe
@office_only
def reports(request: PersonRequest) -> HttpResponse:
    """What waits, the longest waiting first; or what was decided, the latest first."""
    rows = office_reports_for(request.user, request.municipality.pk)
    is_open = request.GET.get("state") != "decided"
    if is_open:
        rows = rows.filter(state=ReportState.OPEN).order_by("reported_at", "pk")
    else:
        rows = rows.exclude(state=ReportState.OPEN).order_by("-decided_at", "-pk")
    page = page_of(rows, request.GET, total=rows.count())
    return render(request, "office/reports/reports.html", {"page": page, "is_open": is_open})


@require_safe
@in_a_town
def report(request: PersonRequest, pk: int) -> HttpResponse:
    """What was said about what, and the two answers to it."""
    rows = office_reports_for(request.user, request.municipality.pk)
    row = get_object_or_404(rows, pk=pk)
    same = rows.filter(listing=row.listing_id, issue=row.issue_id, actor=row.actor_id).exclude(pk=pk)
    return render(
        request,
        "office/reports/report.html",
        {
            "report": row,
            "subject": _subject_of(row),
            "same": same.order_by("-reported_at", "-pk")[:SAME_SHOWN],
            "may_decide": can_decide_report(request.user, row),
        },
    )


@in_a_town
def report_hide(request: PersonRequest, pk: int) -> HttpResponse:
    """Hide what was reported."""
    row = get_object_or_404(office_reports_for(request.user, request.municipality.pk), pk=pk)
    words = {
        "question": _("「%(title)s」を非表示にしますか"),
        "explanation": _(
            "載せた人と、知らせた人に、理由が届きます。載せた人は一度、返事を書けます。同じものへのほかの通報も、対応済みになります。"
        ),
        "confirm_label": _("非表示にする"),
        "done": _("「%(title)s」を非表示にしました。"),
        "back_url": reverse("office:report", args=[pk]),
    }

    def act(reason: str) -> None:
        uphold_report(report=row, reason=reason, by=request.user, now=timezone.now())

    return _decide(request, row, can_decide_report(request.user, row), act, words)


@in_a_town
def report_dismiss(request: PersonRequest, pk: int) -> HttpResponse:
    """Nothing is wrong with it."""
    row = get_object_or_404(office_reports_for(request.user, request.municipality.pk), pk=pk)
    words = {
        "question": _("「%(title)s」を問題なしとしますか"),
        "explanation": _("知らせた人に、理由が届きます。載せた人には何も届きません。"),
        "confirm_label": _("問題なしとする"),
        "done": _("「%(title)s」を問題なしとしました。"),
        "back_url": reverse("office:report", args=[pk]),
    }

    def act(reason: str) -> None:
        dismiss_report(report=row, reason=reason, by=request.user, now=timezone.now())

    return _decide(request, row, can_decide_report(request.user, row), act, words)


@require_safe
@office_only
def hidings(request: PersonRequest) -> HttpResponse:
    """Authors' answers first, the longest waiting first; then what else is hidden; then what was shown again."""
    rows = office_hidings_for(request.user, request.municipality.pk)
    state = request.GET.get("state", "")
    chosen = {
        "": rows.filter(state=HidingState.ANSWERED).order_by("answered_at", "pk"),
        "hidden": rows.filter(state__in=(HidingState.IN_FORCE, HidingState.UPHELD)).order_by(
            "-hidden_at", "-pk"
        ),
        "lifted": rows.filter(state=HidingState.LIFTED).order_by("-decided_at", "-pk"),
    }
    state = state if state in chosen else ""
    page = page_of(chosen[state], request.GET, total=chosen[state].count())
    return render(request, "office/reports/hidings.html", {"page": page, "state": state})


@require_safe
@in_a_town
def hiding(request: PersonRequest, pk: int) -> HttpResponse:
    """The reason, the author's answer, and whether it stays hidden."""
    row = get_object_or_404(office_hidings_for(request.user, request.municipality.pk), pk=pk)
    return render(
        request,
        "office/reports/hiding.html",
        {
            "hiding": row,
            "subject": _subject_of(row),
            "may_keep": can_keep_hidden(request.user, row),
            "may_lift": can_lift_hiding(request.user, row),
        },
    )


@in_a_town
def hiding_keep(request: PersonRequest, pk: int) -> HttpResponse:
    """The answer was read, and it stays hidden."""
    row = get_object_or_404(office_hidings_for(request.user, request.municipality.pk), pk=pk)
    words = {
        "question": _("「%(title)s」の非表示を続けますか"),
        "explanation": _("載せた人に、理由が届きます。"),
        "confirm_label": _("非表示を続ける"),
        "done": _("「%(title)s」の非表示を続けます。"),
        "back_url": reverse("office:hiding", args=[pk]),
    }

    def act(reason: str) -> None:
        keep_hidden(hiding=row, reason=reason, by=request.user, now=timezone.now())

    return _decide(request, row, can_keep_hidden(request.user, row), act, words)


@in_a_town
def hiding_lift(request: PersonRequest, pk: int) -> HttpResponse:
    """Show it again."""
    row = get_object_or_404(office_hidings_for(request.user, request.municipality.pk), pk=pk)
    words = {
        "question": _("「%(title)s」をもう一度表示しますか"),
        "explanation": _("すぐに、ほかの人から見えるようになります。載せた人に、理由が届きます。"),
        "confirm_label": _("もう一度表示する"),
        "done": _("「%(title)s」をもう一度表示しました。"),
        "back_url": reverse("office:hiding", args=[pk]),
    }

    def act(reason: str) -> None:
        lift_hiding(hiding=row, reason=reason, by=request.user, now=timezone.now())

    return _decide(request, row, can_lift_hiding(request.user, row), act, words)


def _decide(
    request: PersonRequest, row: Any, verdict: Verdict, act: Callable[[str], None], words: dict[str, str]
) -> HttpResponse:
    """Ask for the reason, then act."""
    require(verdict)
    form = typed(request, DecisionForm)
    if request.method == "POST" and form.is_valid():
        act(form.cleaned_data["reason"])
        messages.success(request, words["done"] % {"title": row.subject})
        return redirect(words["back_url"])
    context = {
        **words,
        "question": words["question"] % {"title": row.subject},
        "form": form,
        "dangerous": False,
    }
    return render(request, "office/reports/decide.html", context)


def _subject_of(row: Any) -> dict[str, Any]:
    """What it is about, as the page shows it."""
    kind = "listing" if row.listing_id else "issue" if row.issue_id else "actor"
    subject = row.subject
    labels = {"listing": _("ニーズ・提供"), "issue": _("地域の困りごと"), "actor": _("人・団体")}
    return {
        "kind": labels[kind],
        "title": str(subject),
        "text": subject.description if kind == "actor" else subject.body,
        "by": subject.actor.name if kind == "listing" else "",
        "url": reverse(f"public:{kind}", args=[subject.pk]),
        "is_hidden": subject.hidden_at is not None,
    }
