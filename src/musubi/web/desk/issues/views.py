"""Issues that nobody has taken up yet."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from musubi.flow.issues.queries import with_support_counts
from musubi.flow.matching.queries.desk import waiting_issues_for
from musubi.web.design.paging import page_of
from musubi.web.design.requests import PersonRequest

from ..door import desk_only


@require_safe
@desk_only
def issues(request: PersonRequest) -> HttpResponse:
    """What troubles people in one's areas, the longest waiting first."""
    waiting = waiting_issues_for(request.user, request.municipality)
    rows = with_support_counts(waiting).order_by("created_at", "pk")
    page = page_of(rows, request.GET, total=waiting.count())
    return render(request, "desk/issues.html", {"page": page})
