"""Which consents to stories were taken back, and why: kept here, shown to nobody else."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from musubi.flow.stories.queries import office_unpublished_for, office_withdrawals_for
from musubi.web.design.paging import page_of
from musubi.web.design.requests import PersonRequest
from musubi.web.office.door import office_only


@require_safe
@office_only
def consents(request: PersonRequest) -> HttpResponse:
    """The latest withdrawal first; or the stories that are taken down and have not come back."""
    town = request.municipality
    is_down = request.GET.get("view") == "down"
    rows = (
        office_unpublished_for(request.user, town) if is_down else office_withdrawals_for(request.user, town)
    )
    page = page_of(rows, request.GET, total=rows.count())
    return render(request, "office/consents/consents.html", {"page": page, "is_down": is_down})
