"""Asking one after the other: whom, and how far it has come."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from musubi.base.common.verdict import NotAllowed, require
from musubi.flow.cases.services import begin_outreach
from musubi.flow.listings.enums import Resource, Side
from musubi.flow.listings.queries import listings_for, with_parts
from musubi.flow.matching.enums import INTRODUCTION_OPEN
from musubi.flow.matching.permissions import can_reach_out, can_stop_outreach, can_work_at_desk
from musubi.flow.matching.queries import (
    ENOUGH_FOR,
    introductions_between,
    outreaches_for,
    progress_of,
    proposals_of_need,
)
from musubi.flow.matching.services import stop_outreach
from musubi.web.design.requests import PersonRequest
from musubi.web.design.typed import typed

from .forms import OutreachForm

if TYPE_CHECKING:
    from musubi.flow.listings.models import Listing
    from musubi.flow.matching.models import Proposal

CHOOSABLE = 60


@require_http_methods(["GET", "HEAD", "POST"])
def outreach(request: PersonRequest, pk: int) -> HttpResponse:
    """The outreach for one resource of a need: the one that goes on with its progress, or the form to begin one."""
    need = _found(request, pk)
    resource = _resource(request, need)
    proposals = _open_proposals(request, need, resource)
    form = typed(request, OutreachForm, proposals=proposals, enough=ENOUGH_FOR[resource])
    if request.method == "POST" and form.is_valid():
        by_id = {row.offer_id: row.offer for row in proposals}
        wanted = set(form.cleaned_data["offers"])
        try:
            begin_outreach(
                need=need,
                resource=resource,
                offers=[offer for number, offer in by_id.items() if number in wanted],
                at_a_time=form.cleaned_data["at_a_time"],
                enough=form.cleaned_data["enough"],
                need_agrees=form.cleaned_data["need_agrees"],
                words=form.cleaned_data["words"],
                by=request.user,
                now=timezone.now(),
            )
        except NotAllowed as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(
                request,
                _("はじめの方に声をかけました。返事がそろわなければ、次の営業日に続きの方へ声をかけます。"),
            )
            return redirect(f"{_page_of(need, resource)}&sent=outreach-{pk}-{resource}")
    latest = outreaches_for(request.user).filter(need=need, resource=resource).first()
    return render(
        request,
        "desk/outreach/outreach.html",
        {
            "need": need,
            "resource": resource,
            "pages": [(label, _page_of(need, each)) for each, label in _resources(need)],
            "outreach": latest,
            "progress": progress_of(request.user, latest) if latest else None,
            "may_begin": can_reach_out(request.user, need, resource),
            "may_stop": can_stop_outreach(request.user, latest) if latest else None,
            "proposals": proposals,
            "form": form,
        },
    )


@require_POST
def outreach_stop(request: PersonRequest, pk: int) -> HttpResponse:
    """Nobody further is asked."""
    need = _found(request, pk)
    resource = _resource(request, need)
    row = outreaches_for(request.user).filter(need=need, resource=resource).first()
    if row is None:
        raise Http404
    stop_outreach(outreach=row, by=request.user, now=timezone.now())
    messages.success(request, _("止めました。もう声をかけた方からの返事は、このまま待ちます。"))
    return redirect(_page_of(need, resource))


def _resources(need: "Listing") -> list[tuple[Resource, str]]:
    """What the need asks for, by kind, in its own order."""
    kinds = dict.fromkeys(Resource(line.resource) for line in need.requirements.all())
    return [(kind, str(kind.label)) for kind in kinds]


def _resource(request: PersonRequest, need: "Listing") -> Resource:
    """The one that the address names, else the first."""
    known = [kind for kind, _label in _resources(need)]
    if not known:
        raise Http404
    return next((kind for kind in known if kind == request.GET.get("resource")), known[0])


def _page_of(need: "Listing", resource: Resource) -> str:
    return f"{reverse('desk:outreach', args=[need.pk])}?resource={resource.value}"


def _open_proposals(request: PersonRequest, need: "Listing", resource: Resource) -> "list[Proposal]":
    """Candidates that give the resource and that nobody is introduced to yet, best first."""
    introduced = introductions_between(need)
    rows = proposals_of_need(request.user, need).filter(offer__provisions__resource=resource).distinct()
    rows = rows[:CHOOSABLE]
    return [
        row
        for row in rows
        if row.offer_id not in introduced or introduced[row.offer_id].state not in INTRODUCTION_OPEN
    ]


def _found(request: PersonRequest, pk: int) -> "Listing":
    row = get_object_or_404(with_parts(listings_for(request.user).filter(side=Side.NEED)), pk=pk)
    require(can_work_at_desk(request.user, row.municipality))
    return row
