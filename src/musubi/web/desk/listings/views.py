"""Listings that nobody has confirmed for long, and whose people cannot be asked or did not answer."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from musubi.flow.listings.queries import unconfirmed_for
from musubi.web.design.paging import page_of
from musubi.web.design.requests import PersonRequest

from ..door import desk_only


@require_safe
@desk_only
def unconfirmed(request: PersonRequest) -> HttpResponse:
    """Whom to call, the longest unconfirmed first."""
    rows = unconfirmed_for(request.user, request.municipality.pk, timezone.now())
    page = page_of(rows, request.GET, total=rows.count())
    return render(request, "desk/unconfirmed.html", {"page": page})
