"""The writing helper while somebody types: asked by script, the same part as the form itself shows."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from musubi.base.knowledge.writing import Kind, Part, Question, advise
from musubi.web.design.requests import TownRequest
from musubi.web.shared.limits import asks_too_often

TOO_MANY, BAD = 429, 422


@login_not_required
@require_POST
def writing(request: TownRequest) -> HttpResponse:
    """The part alone. By POST, so that what is typed stands in no log; nothing of it is kept."""
    if asks_too_often(request, "writing"):
        return HttpResponse(status=TOO_MANY)
    asked = request.GET
    try:
        kind, part = Kind(asked.get("kind", "")), Part(asked.get("part", ""))
        questions = [Question(question) for question in asked.getlist("asked")]
    except ValueError:
        return HttpResponse(status=BAD)
    name = asked.get("name", "")
    others = [value for key, value in request.POST.items() if key not in (name, "csrfmiddlewaretoken")]
    beside = "\n".join(map(str, others))
    found = advise(
        request.POST.get(name, ""),
        kind=kind,
        part=part,
        asked=questions,
        beside=beside,
        title=beside if part == Part.PICTURE else "",
    )
    return render(request, "design/components/advice.html", {"advice": found})
