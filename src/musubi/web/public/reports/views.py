"""A reader says that something is wrong."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from musubi.base.accounts.queries import client_address
from musubi.flow.actors.queries import actors_for
from musubi.flow.issues.queries import issues_for
from musubi.flow.listings.queries import listings_for
from musubi.flow.moderation.permissions import can_report
from musubi.flow.moderation.services import report as make_report
from musubi.web.design.requests import TownRequest
from musubi.web.design.typed import typed

from .forms import ReportForm

READ_BY: dict[str, Callable[..., Any]] = {"listing": listings_for, "issue": issues_for, "actor": actors_for}


def _mark(request: TownRequest) -> str:
    """A keyed hash of the address that changes daily: counts a flood, says nothing about a person."""
    salt = f"report:{timezone.localdate()}"
    return salted_hmac(salt, client_address(request), secret=settings.SECRET_KEY).hexdigest()[:32]


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: TownRequest, kind: str, pk: int) -> HttpResponse:
    """Anybody who may read it may say what is wrong with it."""
    if kind not in READ_BY:
        raise Http404
    subject: Any = get_object_or_404(READ_BY[kind](request.user), pk=pk)
    form = typed(request, ReportForm)
    if request.method == "POST" and form.is_valid():
        make_report(
            subject=subject, by=request.user, mark=_mark(request), now=timezone.now(), **form.cleaned_data
        )
        messages.success(request, _("通報ありがとうございます。市の担当が確かめます。"))
        return redirect(f"public:{kind}", pk)
    verdict = can_report(request.user, _mark(request), timezone.now())
    back = reverse(f"public:{kind}", args=[pk])
    return render(
        request, "public/report.html", {"form": form, "subject": subject, "verdict": verdict, "back": back}
    )
