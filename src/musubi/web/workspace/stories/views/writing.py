"""A story question by question: the list, the overview, one question a page."""

from dataclasses import replace
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from musubi.base.common.verdict import require
from musubi.base.index.queries import Ref
from musubi.flow.projects.permissions import can_arrange_project
from musubi.flow.projects.queries import team_projects_for
from musubi.flow.stories import permissions, services
from musubi.flow.stories.enums import StoryState
from musubi.flow.stories.queries import (
    awaited_consents_for,
    consents_of,
    own_stories_for,
    team_stories_for,
    turns_of_story,
)
from musubi.web.design.paging import page_of
from musubi.web.design.requests import PersonRequest
from musubi.web.design.typed import typed
from musubi.web.shared.similar import similar_for, typed_text
from musubi.web.shared.story_steps import BY_SLUG, STEPS, Step, neighbours_of

from ..forms import StepForm
from ..steps import base_of, initial_of, lines_of, others_wrote, remember
from .finding import BAD, CONFLICT, found

if TYPE_CHECKING:
    from musubi.flow.stories.models import Story

AWAITED_SHOWN = 50
LIKENESS = ("title", "subtitle", "summary")
"""The questions whose answers tell whether it has been told before."""


@require_safe
def stories(request: PersonRequest) -> HttpResponse:
    """The stories of one's own teams, and those that wait for an answer."""
    rows = team_stories_for(request.user).order_by("-updated_at", "-pk")
    context = {
        "page": page_of(rows, request.GET),
        "awaited": awaited_consents_for(request.user)[:AWAITED_SHOWN],
    }
    return render(request, "workspace/stories/stories.html", context)


@require_POST
def story_begin(request: PersonRequest, pk: int) -> HttpResponse:
    """Begin the story of a project; who comes second finds the one that has begun."""
    project = get_object_or_404(team_projects_for(request.user), pk=pk)
    begun = own_stories_for(request.user).filter(project=project).first()
    if begun is not None:
        return redirect("workspace:story_edit", begun.pk)
    story = services.begin_story(project=project, by=request.user, now=timezone.now())
    messages.success(
        request,
        _("事例の下書きを作りました。分かっていることは、もう書き写してあります。一つずつ確かめてください。"),
    )
    return redirect("workspace:story_edit", story.pk)


@require_safe
def story_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Every question with what has been written, who has agreed, and what to do next."""
    story, user = found(request, pk), request.user
    lines = lines_of(story)
    return render(
        request,
        "workspace/stories/story.html",
        {
            "story": story,
            "lines": lines,
            "filled": sum(line.is_filled for line in lines),
            "steps": _steps(story),
            "first": next((line.step for line in lines if not line.is_filled), STEPS[0]),
            "picture_count": story.pictures.count(),
            "consents": consents_of(story),
            "turns": turns_of_story(story),
            "problems": services.problems_of(services.content_of(story)),
            "is_staff": bool(can_arrange_project(user, story.project)),
            "may_write": permissions.can_write_story(user, story),
            "may_ask": permissions.can_ask_consent(user, story),
            "may_publish": permissions.can_publish_story(user, story),
            "may_rewrite": permissions.can_rewrite_story(user, story),
            "may_unpublish": permissions.can_unpublish_story(user, story),
            "keep_clear": _kept_key(story, saved) if (saved := request.GET.get("saved")) in BY_SLUG else "",
        },
    )


@require_http_methods(["GET", "POST"])
def story_step(request: PersonRequest, pk: int, slug: str) -> HttpResponse:
    """One question; what was typed is saved on the way to the next."""
    story = found(request, pk)
    step = BY_SLUG.get(slug)
    if step is None:
        raise Http404
    require(permissions.can_write_story(request.user, story))
    form = typed(request, StepForm, step=step, initial=initial_of(story, step))
    if request.method != "POST":
        return _step_page(request, story, step, form)
    if not form.is_valid():
        return _step_page(request, story, step, form, status=BAD)
    if others_wrote(request, story, step, form.cleaned_data["base"]):
        return _conflict(request, story, step)
    content = replace(services.content_of(story), **form.values(step))
    try:
        saved = services.save_story(
            story=story, content=content, version=story.version, by=request.user, now=timezone.now()
        )
    except services.StaleStory:
        return _conflict(request, found(request, pk), step)
    except ValidationError as error:
        form.add_error(None, error)
        return _step_page(request, story, step, form, status=BAD)
    remember(request, saved, step)
    return redirect(f"{_onward(request, saved, step)}?saved={step.slug}")


def _steps(story: "Story") -> list[StepForm]:
    """Each question's form as it is stored, for the writing helper; only while it may still be written."""
    if story.state != StoryState.DRAFT:
        return []
    forms = []
    for step in STEPS:
        form = StepForm(step=step, initial=initial_of(story, step))
        form.address = reverse("workspace:story_step", args=[story.pk, step.slug])
        forms.append(form)
    return forms


def _onward(request: PersonRequest, story: "Story", step: Step) -> str:
    """Where the pressed button leads; Enter is 「次へ」."""
    before, after = neighbours_of(step)
    target = {"back": before, "done": None}.get(request.POST.get("go", ""), after)
    if target is None:
        return reverse("workspace:story_edit", args=[story.pk])
    return reverse("workspace:story_step", args=[story.pk, target.slug])


def _conflict(request: PersonRequest, story: "Story", step: Step) -> HttpResponse:
    """What was typed stays on the page; pressing again then replaces the others' words knowingly."""
    data = request.POST.copy()
    data["base"] = base_of(story, step)
    form = StepForm(data, step=step)
    form.keep_unchecked()
    stored = [line.text for line in lines_of(story) if line.step == step]
    return _step_page(request, story, step, form, stored=stored[0] or _("（空です）"), status=CONFLICT)


def _step_page(
    request: PersonRequest, story: "Story", step: Step, form: StepForm, *, stored: str = "", status: int = 200
) -> HttpResponse:
    before, after = neighbours_of(step)
    saved = request.GET.get("saved", "") if request.method == "GET" else ""
    live = [name for name in step.names if name in LIKENESS]
    shown = {name: form[name].value() for name in live}
    return render(
        request,
        "workspace/stories/step.html",
        {
            "story": story,
            "step": step,
            "form": form,
            "number": STEPS.index(step) + 1,
            "total": len(STEPS),
            "before": before,
            "after": after,
            "alone": len(step.names) == 1,
            "live_fields": " ".join(live),
            "similar": similar_for(
                request.user, typed_text(shown), town=story.municipality, besides=Ref("story", story.pk)
            ),
            "stored": stored,
            "keep_key": _kept_key(story, step.slug),
            "keep_clear": _kept_key(story, saved) if saved in BY_SLUG else "",
        },
        status=status,
    )


def _kept_key(story: "Story", slug: str) -> str:
    return f"story-{story.pk}-{slug}"
