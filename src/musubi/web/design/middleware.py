"""Closed by default, and nothing typed is lost at the door."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from musubi.base.common.languages import current_language
from musubi.base.common.workflow import InvalidTransition

from .kept import keep
from .phrases import break_headings
from .tongues import mark_japanese


class ClosedByDefault(LoginRequiredMiddleware):
    """Every page asks for a sign-in unless it is marked `login_not_required`.

    What an expired sign-in was about to post is kept in the session and given back by the form
    after the person has signed in again.
    """

    def handle_no_permission(  # type: ignore[override]  # an autosave is answered, not led away
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseBase:
        if request.headers.get("X-Autosave"):
            keep(request)
            return HttpResponse(status=401)
        if request.method != "POST":
            return super().handle_no_permission(request, view_func)
        if keep(request):
            messages.info(
                request, _("時間がたったため、もう一度入ってください。書いたものは取ってあります。")
            )
            return super().handle_no_permission(request, view_func)
        messages.info(
            request,
            _("時間がたったため、もう一度入ってください。入ったあと、もう一度ボタンを押してください。"),
        )
        return redirect_to_login(_page_of_the_button(request))


def _page_of_the_button(request: HttpRequest) -> str:
    """Where a button stood that carried nothing typed: its own address may not be a page at all."""
    referer = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(referer, {request.get_host()}, require_https=request.is_secure()):
        return request.get_full_path()
    parts = urlsplit(referer)
    return parts.path + (f"?{parts.query}" if parts.query else "")


class RefusalsHaveReasons:
    """A verb that no longer starts from this state (somebody else was quicker) is told as such: 409.

    So is the address of a button that somebody opens as a page: 405.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code == 405 and request.method in ("GET", "HEAD"):
            page = render(request, "405.html", status=405)
            page["Allow"] = response["Allow"]
            return page
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, InvalidTransition):
            return render(request, "409.html", status=409)
        return None


class HeadingsBreakByPhrase:
    """Marks in every page's headings where a line may end (ADR 0011)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        is_page = response.get("Content-Type", "").startswith("text/html")
        if is_page and isinstance(response, HttpResponse):
            response.content = break_headings(response.content.decode(response.charset))
        return response


class JapaneseIsMarked:
    """Tells on every page in English which of its words are Japanese, so that they are read aloud as such."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        is_page = response.get("Content-Type", "").startswith("text/html")
        if is_page and isinstance(response, HttpResponse) and current_language().tag == "en":
            response.content = mark_japanese(response.content.decode(response.charset))
        return response
