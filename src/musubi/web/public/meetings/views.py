"""Which dates suit: one address a meeting, for everybody it was given to, without an account."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from musubi.base.common.verdict import require
from musubi.flow.cases.permissions import can_answer_dates
from musubi.flow.cases.queries import meeting_with_token, own_answer_to
from musubi.flow.cases.services import answer_dates
from musubi.web.design.requests import TownRequest
from musubi.web.design.typed import typed
from musubi.web.shared.dates import DatesForm, dates_arguments, dates_table


@login_not_required
@cache_control(private=True, no_cache=True)  # not no-store: Back would lose what was typed
@require_http_methods(["GET", "HEAD", "POST"])
def dates(request: TownRequest, token: str) -> HttpResponse:
    """The meeting, the answers so far, and one's own: a person who is signed in finds it again here."""
    return _page(request, token, "")


@login_not_required
@cache_control(private=True, no_cache=True)  # not no-store: Back would lose what was typed
@require_http_methods(["GET", "HEAD", "POST"])
def dates_own(request: TownRequest, token: str, key: str) -> HttpResponse:
    """The address that somebody without an account keeps to change the answer."""
    return _page(request, token, key)


def _page(request: TownRequest, token: str, key: str) -> HttpResponse:
    meeting = meeting_with_token(token)
    if meeting is None:
        raise Http404
    answer = own_answer_to(meeting, request.user, key)
    if key and answer is None:
        raise Http404
    verdict = can_answer_dates(request.user, meeting, changing=answer is not None)
    form = typed(request, DatesForm, **dates_arguments(meeting, request.user, answer))
    if request.method == "POST":
        require(verdict)
        if form.is_valid():
            try:
                given = answer_dates(
                    meeting=meeting,
                    by=request.user if request.user.is_authenticated else None,
                    key=key,
                    now=timezone.now(),
                    **form.values,
                )
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, _("返事を受け取りました。ありがとうございます。"))
                if given.user_id:
                    return redirect(f"{reverse('public:dates', args=[token])}?saved")
                return redirect("public:dates_own", token, given.key)
    context = {
        "meeting": meeting,
        "form": form,
        "answer": answer,
        "verdict": verdict,
        "own_address": request.build_absolute_uri(request.path) if key else "",
        "keep_clear": f"dates-{meeting.pk}" if key or "saved" in request.GET else "",
        **dates_table(meeting),
    }
    response = render(request, "public/meetings/dates.html", context)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
