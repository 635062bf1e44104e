"""Saying what troubles the neighbourhood, joining in, and saying what became of it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from musubi.base.common.verdict import require
from musubi.flow.actors.queries import standing_of
from musubi.flow.issues.permissions import can_edit_issue, can_move_issue, can_report_issue, can_support_issue
from musubi.flow.issues.queries import issues_for
from musubi.flow.issues.services import (
    edit_issue,
    reopen_issue,
    report_issue,
    resolve_issue,
    support_issue,
    withdraw_issue,
    withdraw_support,
)
from musubi.web.design.kept import kept_for
from musubi.web.design.requests import PersonRequest
from musubi.web.design.typed import typed
from musubi.web.shared.similar import similar_for, typed_text
from musubi.web.workspace.registered import registered_here

from .forms import EnterIssueForm, IssueForm


@registered_here
def issue_new(request: PersonRequest) -> HttpResponse:
    """Say what troubles a place; staff may type it in for somebody else."""
    town = request.municipality
    require(can_report_issue(request.user, town.pk, timezone.now()))
    is_staff = town.pk in standing_of(request.user).staff_in
    form = typed(request, EnterIssueForm if is_staff else IssueForm, municipality=town)
    checks = request.method == "POST" and request.POST.get("act") == "similar"
    if checks:
        form.look_at()
    if request.method == "POST" and form.is_valid():
        issue = report_issue(municipality=town, by=request.user, now=timezone.now(), **form.facts)
        messages.success(
            request, _("伝わりました。ありがとうございます。同じことで困っている人は「私も」を押せます。")
        )
        return redirect("public:issue", pk=issue.pk)
    words = {name: form[name].value() for name in ("title", "body")}
    context = {
        "form": form,
        "is_staff": is_staff,
        "back_url": reverse("public:issues"),
        "similar": similar_for(request.user, typed_text(words), town=town),
        "checked": checks,
    }
    return render(request, "workspace/issues/new.html", context)


def issue_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Put its words or its place right."""
    issue = get_object_or_404(issues_for(request.user), pk=pk)
    require(can_edit_issue(request.user, issue))
    initial = {
        "title": issue.title,
        "body": issue.body,
        "area": str(issue.area_id),
        "place_note": issue.place_note,
        "fields_of_activity": issue.fields,
        "visibility": issue.visibility,
    }
    form = typed(request, IssueForm, municipality=issue.municipality, initial=initial)
    if request.method == "POST" and form.is_valid():
        edit_issue(issue=issue, by=request.user, now=timezone.now(), **form.facts)
        messages.success(request, _("直しました。"))
        return redirect("public:issue", pk=pk)
    context = {"form": form, "issue": issue, "back_url": reverse("public:issue", args=[pk])}
    return render(request, "workspace/issues/edit.html", context)


@registered_here
def issue_support(request: PersonRequest, pk: int) -> HttpResponse:
    """「私も」, or taking it back. Whoever comes from the sign-in page is asked once more."""
    issue = get_object_or_404(issues_for(request.user), pk=pk)
    if request.method == "POST":
        if request.POST.get("withdraw"):
            withdraw_support(issue=issue, by=request.user, now=timezone.now())
            messages.success(request, _("「私も」を取り消しました。"))
        else:
            support_issue(issue=issue, by=request.user, now=timezone.now())
            messages.success(request, _("「私も」を受け取りました。"))
        return redirect("public:issue", pk=pk)
    kept = kept_for(request)
    withdraw = bool(kept and kept.get("withdraw"))
    if not withdraw:
        require(can_support_issue(request.user, issue))
    question = (
        _("「%(title)s」の「私も」を取り消しますか") if withdraw else _("「%(title)s」に「私も」を押しますか")
    )
    context = {
        "question": question % {"title": issue.title},
        "confirm_label": _("「私も」を取り消す") if withdraw else _("私も困っています"),
        "back_url": reverse("public:issue", args=[pk]),
        "dangerous": False,
        "withdraw": withdraw,
    }
    return render(request, "workspace/issues/support.html", context)


MOVES = {"resolve": resolve_issue, "reopen": reopen_issue, "withdraw": withdraw_issue}


def issue_move(request: PersonRequest, pk: int, verb: str) -> HttpResponse:
    """Solved, open again, or taken back."""
    if verb not in MOVES:
        raise Http404
    issue = get_object_or_404(issues_for(request.user), pk=pk)
    words = {
        "resolve": (
            _("「%(title)s」を解決したことにしますか"),
            _("解決しました"),
            _("「解決しました」にしました。"),
        ),
        "reopen": (
            _("「%(title)s」をもう一度ひらきますか"),
            _("もう一度ひらく"),
            _("もう一度ひらきました。"),
        ),
        "withdraw": (
            _("「%(title)s」を取り下げますか"),
            _("取り下げる"),
            _("取り下げました。ほかの人からは見えません。"),
        ),
    }
    question, label, done = words[verb]
    if request.method == "POST":
        MOVES[verb](issue=issue, by=request.user, now=timezone.now())
        messages.success(request, done)
        return redirect("public:issue", pk=pk)
    require(
        can_edit_issue(request.user, issue) if verb == "withdraw" else can_move_issue(request.user, issue)
    )
    context = {
        "question": question % {"title": issue.title},
        "confirm_label": label,
        "back_url": reverse("public:issue", args=[pk]),
        "dangerous": verb == "withdraw",
    }
    return render(request, "design/confirm.html", context)
