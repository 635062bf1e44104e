"""Closed by default, and nothing typed is lost at the door."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from musubi.base.common.languages import current_language
from musubi.base.common.workflow import InvalidTransition

from .kept import keep
from .phrases import break_headings
from .terms import link_terms
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


class SameForEverybody:
    """What a view calls public and immutable does not vary, whatever was looked at on the way to it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if {"public", "immutable"} <= set(response.get("Cache-Control", "").split(", ")):
            del response["Vary"]
        return response


class ChangesPages(ABC):
    """A pass over the finished HTML of pages and of their fragments. Passes listed later in the settings come first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        is_html = response.get("Content-Type", "").startswith("text/html")
        is_plain = isinstance(response, HttpResponse) and not response.has_header("Content-Encoding")
        if is_html and is_plain and self.concerns(request):
            page = response.content.decode(response.charset)  # type: ignore[attr-defined]
            response.content = self.changed(request, page)  # type: ignore[attr-defined]
        return response

    def concerns(self, _request: HttpRequest) -> bool:
        """Whether this reader's page is changed at all."""
        return True

    @abstractmethod
    def changed(self, _request: HttpRequest, page: str) -> str:
        """The page afterwards."""


class HeadingsBreakByPhrase(ChangesPages):
    """Marks in every page's headings where a line may end (ADR 0011)."""

    def changed(self, _request: HttpRequest, page: str) -> str:
        return break_headings(page)


class JapaneseIsMarked(ChangesPages):
    """Tells on every page in English which of its words are Japanese, so that they are read aloud as such."""

    def concerns(self, _request: HttpRequest) -> bool:
        return current_language().tag == "en"

    def changed(self, _request: HttpRequest, page: str) -> str:
        return mark_japanese(page)


class TermsAreExplained(ChangesPages):
    """Links the office's words to the glossary where they stand first; the glossary itself stays as it is (docs/words.md)."""

    def concerns(self, request: HttpRequest) -> bool:
        return request.path != reverse("public:glossary")

    def changed(self, _request: HttpRequest, page: str) -> str:
        return link_terms(page)
