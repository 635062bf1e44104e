"""Whom the city entrusts with coordinating and with its office."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from musubi.base.common.verdict import require
from musubi.flow.actors import permissions, queries, services
from musubi.web.design.paging import page_of
from musubi.web.design.requests import PersonRequest
from musubi.web.design.typed import typed
from musubi.web.office.door import office_only

from .forms import MandateForm


@require_safe
@office_only
def mandates(request: PersonRequest) -> HttpResponse:
    """Those in force and those that ended, newest first."""
    rows = queries.mandates_for(request.user).filter(municipality=request.municipality)
    page = page_of(rows.order_by("-valid_from", "-pk"), request.GET, per_page=30)
    today = timezone.localdate()
    lines = [(row, row.valid_until is None or row.valid_until >= today) for row in page.items]
    return render(request, "office/mandates/mandates.html", {"page": page, "lines": lines})


@office_only
def mandate_new(request: PersonRequest) -> HttpResponse:
    """Entrust a person, found by mail address."""
    town = request.municipality
    form = typed(request, MandateForm, user=request.user, municipality=town)
    if request.method == "POST" and form.is_valid():
        mandate = services.give_mandate(
            municipality=town, by=request.user, now=timezone.now(), **form.mandate
        )
        messages.success(request, _("%(person)sさんに役割をお願いしました。") % {"person": mandate.user})
        return redirect("office:mandates")
    return render(request, "office/mandates/new.html", {"form": form})


def mandate_end(request: PersonRequest, pk: int) -> HttpResponse:
    """Asks once more, then ends it at once."""
    rows = queries.mandates_for(request.user).filter(
        municipality__in=queries.standing_of(request.user).office_in
    )
    mandate = get_object_or_404(rows, pk=pk)
    require(permissions.can_end_mandate(request.user, mandate))
    if request.method == "POST":
        services.end_mandate(mandate=mandate, by=request.user, now=timezone.now())
        messages.success(request, _("%(person)sさんの役割を終えました。") % {"person": mandate.user})
        return redirect("office:mandates")
    return render(request, "office/mandates/end.html", {"mandate": mandate})
