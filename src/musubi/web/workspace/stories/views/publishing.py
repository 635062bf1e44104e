"""Publishing, taking down, and going back to a draft: each asks first."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from musubi.base.common.verdict import require
from musubi.flow.stories import permissions, services
from musubi.flow.stories.queries import consents_of, pictures_shown_of
from musubi.web.design.requests import PersonRequest
from musubi.web.design.typed import typed

from ..forms import ReasonForm
from .finding import BAD, found


@require_http_methods(["GET", "POST"])
def story_publish(request: PersonRequest, pk: int) -> HttpResponse:
    """Says before whether the pictures go along."""
    story = found(request, pk)
    if request.method == "POST":
        services.publish_story(story=story, by=request.user, now=timezone.now())
        messages.success(request, _("事例を公開しました。ほかの地域の人も読めます。"))
        return redirect("public:story", pk)
    require(permissions.can_publish_story(request.user, story))
    has_pictures = story.pictures.exists()
    context = {
        "story": story,
        "consents": consents_of(story),
        "without_pictures": has_pictures and not pictures_shown_of(story),
        "question": _("「%(title)s」を公開しますか") % {"title": story},
        "confirm_label": _("公開する"),
        "back_url": reverse("workspace:story_edit", args=[pk]),
    }
    return render(request, "workspace/stories/publish.html", context)


@require_http_methods(["GET", "POST"])
def story_rewrite(request: PersonRequest, pk: int) -> HttpResponse:
    """Back to a draft; whoever agreed is asked again."""
    story = found(request, pk)
    back = reverse("workspace:story_edit", args=[pk])
    if request.method == "POST":
        services.rewrite_story(story=story, by=request.user, now=timezone.now())
        messages.success(request, _("下書きに戻しました。直したら、もう一度同意をお願いしてください。"))
        return redirect(back)
    require(permissions.can_rewrite_story(request.user, story))
    context = {
        "story": story,
        "question": _("「%(title)s」を書き直しますか") % {"title": story},
        "confirm_label": _("書き直す"),
        "back_url": back,
    }
    return render(request, "workspace/stories/rewrite.html", context)


@require_http_methods(["GET", "POST"])
def story_unpublish(request: PersonRequest, pk: int) -> HttpResponse:
    """Staff say why."""
    story = found(request, pk)
    require(permissions.can_unpublish_story(request.user, story))
    back = reverse("workspace:story_edit", args=[pk])
    form = typed(request, ReasonForm)
    if request.method == "POST" and form.is_valid():
        services.unpublish_story(
            story=story, reason=form.cleaned_data["reason"], by=request.user, now=timezone.now()
        )
        messages.success(request, _("事例の公開をやめました。チームの方に、理由を知らせました。"))
        return redirect(back)
    context = {
        "story": story,
        "form": form,
        "question": _("「%(title)s」の公開をやめますか") % {"title": story},
        "confirm_label": _("公開をやめる"),
        "back_url": back,
        "dangerous": True,
    }
    return render(
        request, "workspace/stories/unpublish.html", context, status=BAD if request.method == "POST" else 200
    )
