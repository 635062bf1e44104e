"""「似たニーズ・困りごと・事例」 while somebody writes: asked by script, the same part as the page itself shows."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from musubi.web.design.requests import PersonRequest
from musubi.web.shared.limits import asks_too_often
from musubi.web.shared.similar import besides_of, similar_for, typed_text

TOO_MANY = 429


@require_POST
def similar(request: PersonRequest) -> HttpResponse:
    """The part alone. By POST, so that what is typed stands in no log; nothing of it is kept."""
    town = request.municipality
    if asks_too_often(request, "similar"):
        return HttpResponse(status=TOO_MANY)
    besides = besides_of(request.GET.get("besides", ""))
    found = similar_for(request.user, typed_text(request.POST), town=town, besides=besides) if town else []
    return render(request, "workspace/parts/similar.html", {"similar": found})
