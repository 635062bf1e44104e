"""The pictures of a story: added, taken over from the project's news, described, removed."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from musubi.base.common.verdict import require
from musubi.flow.stories import services
from musubi.flow.stories.permissions import can_write_story
from musubi.flow.stories.queries import own_stories_for, pictures_for, update_pictures_of
from musubi.web.design.requests import PersonRequest
from musubi.web.design.typed import typed

from ..forms import PictureForm, PictureWordsForm
from .finding import BAD, found

if TYPE_CHECKING:
    from musubi.flow.stories.models import StoryPicture

NEWS_SHOWN = 60


@require_http_methods(["GET", "POST"])
def story_pictures(request: PersonRequest, pk: int) -> HttpResponse:
    """All of a story's pictures, a form for one more, and those of the project's news."""
    story = found(request, pk)
    verdict = can_write_story(request.user, story)
    files = {"files": request.FILES} if request.method == "POST" else {}
    form = typed(request, PictureForm, **files, initial={"title": story.title})
    if form.looked_at and request.FILES:
        form.add_error("file", _("写真は、もう一度選んでください。文字は残っています。"))
    status = 200
    if request.method == "POST":
        require(verdict)

        def act() -> None:
            services.add_picture(
                story=story,
                upload=form.cleaned_data["file"],
                alt=form.cleaned_data["alt"],
                licence=form.cleaned_data["licence"],
                by=request.user,
                now=timezone.now(),
            )

        if _done(form, act):
            messages.success(request, _("写真を足しました。"))
            return redirect(f"{reverse('workspace:story_pictures', args=[pk])}?saved=1")
        status = BAD
    return render(
        request,
        "workspace/stories/pictures.html",
        {
            "story": story,
            "pictures": story.pictures.select_related("file"),
            "news": update_pictures_of(story)[:NEWS_SHOWN],
            "form": form,
            "may_write": verdict,
            "keep_clear": f"pictures-{pk}" if "saved" in request.GET else "",
        },
        status=status,
    )


@require_http_methods(["GET", "POST"])
def story_picture_use(request: PersonRequest, pk: int, picture: int) -> HttpResponse:
    """Take a picture over from the news; its words come along and may be said anew."""
    story = found(request, pk)
    require(can_write_story(request.user, story))
    row = get_object_or_404(update_pictures_of(story), pk=picture)
    form = typed(
        request, PictureWordsForm, initial={"title": story.title, "alt": row.alt, "licence": "here_only"}
    )

    def act() -> None:
        services.use_update_picture(
            story=story, picture=row, by=request.user, now=timezone.now(), **form.words
        )

    if request.method == "POST" and _done(form, act):
        messages.success(request, _("近況の写真を、事例に写しました。"))
        return redirect("workspace:story_pictures", pk)
    context = {
        "story": story,
        "form": form,
        "news": row,
        "heading": _("近況の写真を使う"),
        "submit": _("この写真を使う"),
    }
    return _words_page(request, context)


@require_http_methods(["GET", "POST"])
def story_picture_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Say anew what is to be seen."""
    row = _own_picture(request, pk)
    story = found(request, row.story_id)
    require(can_write_story(request.user, story))
    form = typed(
        request, PictureWordsForm, initial={"title": story.title, "alt": row.alt, "licence": row.licence}
    )

    def act() -> None:
        services.describe_picture(picture=row, by=request.user, now=timezone.now(), **form.words)

    if request.method == "POST" and _done(form, act):
        messages.success(request, _("写真の説明を直しました。"))
        return redirect("workspace:story_pictures", row.story_id)
    context = {
        "story": story,
        "form": form,
        "picture": row,
        "heading": _("写真の説明を直す"),
        "submit": _("保存する"),
    }
    return _words_page(request, context)


@require_POST
def story_picture_remove(request: PersonRequest, pk: int) -> HttpResponse:
    """Take a picture out of a draft."""
    row = _own_picture(request, pk)
    services.remove_picture(picture=row, by=request.user, now=timezone.now())
    messages.success(request, _("写真を外しました。"))
    return redirect("workspace:story_pictures", row.story_id)


def _own_picture(request: PersonRequest, pk: int) -> "StoryPicture":
    own = own_stories_for(request.user).order_by().values("pk")
    return get_object_or_404(pictures_for(request.user).filter(story__in=own), pk=pk)


def _done(form: Any, act: Callable[[], None]) -> bool:
    """Whether it was valid and accepted; what a file lacks is said at its field."""
    if not form.is_valid():
        return False
    try:
        act()
    except services.FileRefused as refusal:
        form.add_error("file" if "file" in form.fields else None, str(refusal))
        return False
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


def _words_page(request: PersonRequest, context: dict[str, Any]) -> HttpResponse:
    status = BAD if request.method == "POST" else 200
    return render(request, "workspace/stories/picture.html", context, status=status)
