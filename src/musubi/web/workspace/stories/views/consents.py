"""Asking the partners, answering, and taking an answer back."""

import datetime as dt
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from musubi.base.common.enums import Source
from musubi.base.common.verdict import NotAllowed, require
from musubi.flow.actors.queries import standing_of
from musubi.flow.projects.permissions import can_arrange_project
from musubi.flow.stories import services
from musubi.flow.stories.enums import StoryState
from musubi.flow.stories.permissions import can_answer_consent, can_ask_consent, can_withdraw_consent
from musubi.flow.stories.queries import consents_for, current_partners, stories_for
from musubi.web.design.requests import PersonRequest
from musubi.web.design.typed import typed
from musubi.web.shared.story_article import article_of
from musubi.web.shared.story_steps import step_of_field

from ..forms import ConsentForm, WithdrawForm
from .finding import BAD, CONFLICT, found

if TYPE_CHECKING:
    from musubi.flow.stories.models import Consent


@require_http_methods(["GET", "POST"])
def story_ask(request: PersonRequest, pk: int) -> HttpResponse:
    """Who will be asked; what is still missing is said with a way to its question."""
    story = found(request, pk)
    back = reverse("workspace:story_edit", args=[pk])
    if request.method == "POST":
        try:
            services.ask_consent(story=story, by=request.user, now=timezone.now())
        except services.NotComplete as lacks:
            messages.error(request, " ".join(problem.sentence for problem in lacks.problems))
            return redirect(back)
        messages.success(
            request, _("チームの方に、同意をお願いしました。答えがそろうと、お知らせが届きます。")
        )
        return redirect(back)
    require(can_ask_consent(request.user, story))
    problems = services.problems_of(services.content_of(story))
    return render(
        request,
        "workspace/stories/ask.html",
        {
            "story": story,
            "partners": current_partners(story),
            "problems": [(problem.sentence, step_of_field(problem.field)) for problem in problems],
            "picture_count": story.pictures.count(),
            "question": _("「%(title)s」への同意を、チームの方にお願いしますか") % {"title": story},
            "confirm_label": _("同意をお願いする"),
            "back_url": back,
        },
    )


@require_http_methods(["GET", "POST"])
def consent(request: PersonRequest, pk: int) -> HttpResponse:
    """The story as it will be read, and the partner's answer."""
    row = get_object_or_404(consents_for(request.user), pk=pk)
    verdict = can_answer_consent(request.user, row)
    has_pictures = row.story.pictures.exists()
    is_own = row.partner.actor_id in standing_of(request.user).edits
    options = {"has_pictures": has_pictures, "is_own": is_own}
    form = typed(request, ConsentForm, initial=_initial(row), **options)
    status, refusal = 200, None
    if request.method == "POST":
        if not is_own and not can_arrange_project(request.user, row.story.project):
            require(verdict)
        status, refusal = _answer(request, row, form)
        if not status:
            messages.success(request, _("答えを受け取りました。ありがとうございます。"))
            return redirect(f"{reverse('workspace:consent', args=[pk])}?saved=1")
        row = get_object_or_404(consents_for(request.user), pk=pk)
        verdict = can_answer_consent(request.user, row)
        if refusal:
            data = request.POST.copy()
            data["over"] = _moment(row.said_at)
            form = ConsentForm(data, **options)
            form.keep_unchecked()
    shows = row.version == row.story.version or stories_for(request.user).filter(pk=row.story_id).exists()
    return render(
        request,
        "workspace/stories/consent.html",
        {
            "consent": row,
            "story": row.story,
            "article": article_of(request.user, row.story, as_draft=True) if shows else None,
            "form": form,
            "is_own": is_own,
            "is_published": row.story.state == StoryState.PUBLISHED,
            "has_pictures": has_pictures,
            "refusal": refusal,
            "was_answered": isinstance(refusal, services.AnsweredBefore),
            "may_answer": verdict,
            "may_withdraw": can_withdraw_consent(request.user, row),
            "keep_clear": f"consent-{pk}" if "saved" in request.GET else "",
        },
        status=status,
    )


def _answer(request: PersonRequest, row: "Consent", form: ConsentForm) -> tuple[int, NotAllowed | None]:
    """0 when the answer was taken, else the status of the page that says why not, and the refusal."""
    try:
        require(can_answer_consent(request.user, row))
        if not form.is_valid():
            return BAD, None
        typed_in = form.cleaned_data
        text = typed_in["text"] == "yes"
        services.answer_consent(
            consent=row,
            text=text,
            pictures=typed_in["pictures"] == "yes" if "pictures" in typed_in else text,
            words=typed_in["words"],
            source=typed_in.get("source") or Source.WEB,
            over=_read_moment(typed_in["over"]),
            by=request.user,
            now=timezone.now(),
        )
    except ValidationError as error:
        form.add_error("words", error)
        return BAD, None
    except NotAllowed as refusal:
        return CONFLICT, refusal
    return 0, None


@require_http_methods(["GET", "POST"])
def consent_withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    """Take back a yes: at once, with a reason that only the office reads."""
    row = get_object_or_404(consents_for(request.user), pk=pk)
    require(can_withdraw_consent(request.user, row))
    is_own = row.partner.actor_id in standing_of(request.user).edits
    has_choice = bool(row.text and row.pictures) and row.story.pictures.exists()
    form = typed(request, WithdrawForm, has_pictures=has_choice, is_own=is_own)
    back = reverse("workspace:consent", args=[pk])
    if request.method == "POST" and form.is_valid():
        services.withdraw_consent(
            consent=row,
            reason=form.cleaned_data["reason"],
            pictures_only=form.cleaned_data.get("what") == "pictures",
            source=form.cleaned_data.get("source") or Source.WEB,
            by=request.user,
            now=timezone.now(),
        )
        messages.success(request, _("同意を取り消しました。"))
        return redirect(f"{back}?saved=1")
    context = {
        "consent": row,
        "form": form,
        "question": _("「%(title)s」への同意を取り消しますか") % {"title": row.story},
        "confirm_label": _("同意を取り消す"),
        "back_url": back,
        "dangerous": True,
    }
    return render(
        request, "workspace/stories/withdraw.html", context, status=BAD if request.method == "POST" else 200
    )


def _initial(row: "Consent") -> dict[str, str]:
    """The answer that is stored, if one is: it may be changed until the story is published."""
    words = {None: "", True: "yes", False: "no"}
    return {
        "text": words[row.text],
        "pictures": words[row.pictures],
        "words": row.words,
        "over": _moment(row.said_at),
    }


def _moment(value: dt.datetime | None) -> str:
    return value.isoformat() if value else ""


def _read_moment(text: str) -> dt.datetime | None:
    try:
        return parse_datetime(text)
    except ValueError:
        return None
