"""What the office hid of one's own: the reason, and the one answer."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from musubi.base.common.verdict import require
from musubi.flow.moderation.permissions import can_answer_hiding
from musubi.flow.moderation.queries import own_hidings_for
from musubi.flow.moderation.services import answer_hiding
from musubi.web.design.paging import page_of
from musubi.web.design.requests import PersonRequest
from musubi.web.design.typed import typed

from .forms import AnswerForm


@require_safe
def hidings(request: PersonRequest) -> HttpResponse:
    """Everything of one's own that was hidden, the latest first."""
    page = page_of(own_hidings_for(request.user).order_by("-hidden_at", "-pk"), request.GET)
    return render(request, "workspace/hidings/hidings.html", {"page": page})


@require_safe
def hiding(request: PersonRequest, pk: int) -> HttpResponse:
    """Why, what was answered, and what the office decided."""
    row = get_object_or_404(own_hidings_for(request.user), pk=pk)
    kind = "listing" if row.listing_id else "issue" if row.issue_id else "actor"
    return render(
        request,
        "workspace/hidings/hiding.html",
        {
            "hiding": row,
            "subject_url": reverse(f"public:{kind}", args=[row.subject.pk]),
            "may_answer": can_answer_hiding(request.user, row),
        },
    )


def hiding_answer(request: PersonRequest, pk: int) -> HttpResponse:
    """The author's word; the office reads it and decides."""
    row = get_object_or_404(own_hidings_for(request.user), pk=pk)
    require(can_answer_hiding(request.user, row))
    form = typed(request, AnswerForm)
    if request.method == "POST" and form.is_valid():
        answer_hiding(hiding=row, answer=form.cleaned_data["answer"], by=request.user, now=timezone.now())
        messages.success(request, _("返事を送りました。市の担当が読んで、判断をお知らせします。"))
        return redirect("workspace:hiding", pk=pk)
    return render(request, "workspace/hidings/answer.html", {"form": form, "hiding": row})
