"""The queue of needs, with what else waits."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from musubi.flow.actors.queries import mandated_areas_of
from musubi.flow.cases.enums import CASE_OPEN
from musubi.flow.cases.queries import board_for, standing_still
from musubi.flow.matching.queries.desk import (
    Found,
    asking_for,
    entered_drafts_of,
    found_for,
    waiting_issues_for,
    waiting_needs_for,
    without_proposals,
)
from musubi.web.design.paging import page_of
from musubi.web.design.requests import PersonRequest

from ..door import desk_only
from .forms import NEWEST, QueueForm

DRAFTS_SHOWN = 5


@require_safe
@desk_only
def home(request: PersonRequest) -> HttpResponse:
    """Published needs of one's areas, the longest waiting first, with how many offers were found for each."""
    user, town = request.user, request.municipality
    form = QueueForm(request.GET, municipality=town)
    wanted = form.wanted
    needs = waiting_needs_for(user, town, wanted.get("area"))
    if wanted.get("resource"):
        needs = asking_for(needs, wanted["resource"])
    if wanted.get("unanswered"):
        needs = without_proposals(user, needs)
    newest = wanted.get("order") == NEWEST
    ordered = needs.order_by("-published_at", "-pk") if newest else needs.order_by("published_at", "pk")
    rows = ordered.prefetch_related("areas", "requirements")
    page = page_of(rows, request.GET, total=needs.count())
    found = found_for(user, page.items)
    return render(
        request,
        "desk/home.html",
        {
            "form": form,
            "page": page,
            "rows": [(need, found.get(need.pk, Found())) for need in page.items],
            "areas": mandated_areas_of(user, town.pk),
            "issue_count": waiting_issues_for(user, town).count(),
            "case_count": (going_on := board_for(user, town).filter(state__in=CASE_OPEN)).count(),
            "still_count": standing_still(going_on, now=timezone.now()).count(),
            "still_url": f"{reverse('desk:cases')}?still=on",
            "drafts": list(entered_drafts_of(user, town)[:DRAFTS_SHOWN]),
        },
    )
