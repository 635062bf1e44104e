"""「うちの地域でもやりたい」: a need of one's own begins after a story."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from musubi.base.common.joining import bracketed
from musubi.flow.actors.enums import ActorState
from musubi.flow.actors.queries import editable_actors_for
from musubi.flow.stories.queries import needed_lines, published_stories
from musubi.flow.stories.services import repeat_story
from musubi.web.design.requests import PersonRequest
from musubi.web.design.typed import typed

from ..forms import RepeatForm
from .finding import BAD

ACTORS_SHOWN = 100


@require_http_methods(["GET", "POST"])
def story_repeat(request: PersonRequest, pk: int) -> HttpResponse:
    """Choose for whom; without anybody to choose it says how to register, and leads back here."""
    story = get_object_or_404(published_stories(), pk=pk)
    rows = editable_actors_for(request.user).exclude(state=ActorState.CLOSED)[:ACTORS_SHOWN]
    actors = {str(actor.pk): actor for actor in rows}
    choices = [(actor.pk, bracketed(actor.name, actor.municipality)) for actor in actors.values()]
    form = typed(request, RepeatForm, actors=choices)
    if request.method == "POST" and form.is_valid():
        listing = repeat_story(
            story=story, actor=actors[form.cleaned_data["actor"]], by=request.user, now=timezone.now()
        )
        messages.success(
            request,
            _(
                "事例をもとに、ニーズの下書きを作りました。ご自分の地域に合わせて直してから、公開してください。"
            ),
        )
        return redirect("workspace:listing_edit", listing.pk)
    return render(
        request,
        "workspace/stories/repeat.html",
        {"story": story, "form": form, "actors": choices, "lines": needed_lines(story)},
        status=BAD if request.method == "POST" else 200,
    )
