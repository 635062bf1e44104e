"""What staff do with a case, and leaving it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from musubi.base.common.enums import Source
from musubi.base.common.verdict import require
from musubi.flow.actors.queries import standing_of
from musubi.flow.cases import permissions, services
from musubi.flow.cases.queries import cases_for
from musubi.web.design.numbers import whole_number
from musubi.web.design.requests import PersonRequest
from musubi.web.design.typed import typed

from ..forms import CloseForm, LeaveForm, NextStepForm, ToldLeaveForm
from ..parties import party_or_404


@require_http_methods(["GET", "HEAD", "POST"])
def case_next(request: PersonRequest, pk: int) -> HttpResponse:
    """What the coordinator does next, until when."""
    row = get_object_or_404(cases_for(request.user), pk=pk)
    require(permissions.can_set_next_step(request.user, row))
    form = typed(request, NextStepForm, initial={"what": row.next_step, "on": row.next_step_on})
    if request.method == "POST" and form.is_valid():
        services.set_next_step(case=row, by=request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(request, _("「次にすること」を書きました。日が過ぎると、案件の一覧で先に出ます。"))
        return redirect("workspace:case", pk)
    return render(request, "workspace/cases/next.html", {"case": row, "form": form})


@require_POST
def case_take(request: PersonRequest, pk: int) -> HttpResponse:
    """A coordinator takes the case over."""
    row = get_object_or_404(cases_for(request.user), pk=pk)
    if "seen" in request.POST:  # whoever had it when the button was shown
        row.coordinator_id = whole_number(request.POST["seen"]) or None
    services.take_case(case=row, by=request.user, now=timezone.now())
    messages.success(request, _("あなたが担当になりました。当事者にお知らせしました。"))
    return redirect("workspace:case", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def case_close(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask why, then end the case; the need is looked after anew."""
    row = get_object_or_404(cases_for(request.user), pk=pk)
    require(permissions.can_close_case(request.user, row))
    form = typed(request, CloseForm)
    if request.method == "POST" and form.is_valid():
        services.close_case(case=row, by=request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(request, _("案件を終わりにしました。当事者に、理由といっしょにお知らせしました。"))
        return redirect("workspace:case", pk)
    return render(
        request,
        "workspace/cases/close.html",
        {
            "case": row,
            "form": form,
            "question": _("「%(case)s」の案件を終わりにしますか？") % {"case": row},
            "confirm_label": _("終わりにする"),
            "back_url": reverse("workspace:case", args=[pk]),
            "dangerous": True,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def case_leave(request: PersonRequest, pk: int, party_pk: int) -> HttpResponse:
    """Ask why, then a party leaves the case."""
    row = get_object_or_404(cases_for(request.user), pk=pk)
    party = party_or_404(row, party_pk)
    own = party.actor_id in standing_of(request.user).actor_ids
    require(permissions.can_leave_case(request.user, party, Source.WEB if own else Source.TELEPHONE))
    form = typed(request, LeaveForm if own else ToldLeaveForm)
    if request.method == "POST" and form.is_valid():
        services.leave_case(party=party, by=request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(request, _("案件から抜けました。ほかの当事者とコーディネーターにお知らせしました。"))
        return redirect("workspace:case", pk)
    return render(
        request,
        "workspace/cases/leave.html",
        {
            "case": row,
            "party": party,
            "own": own,
            "form": form,
            "question": _("「%(actor)s」は、この話し合いから抜けますか？") % {"actor": party.actor.name},
            "confirm_label": _("抜ける"),
            "back_url": reverse("workspace:case", args=[pk]),
            "dangerous": True,
        },
    )
