"""In which language a page is written."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from musubi.base.common.languages import BY_CODE, SOURCE, current_language, first_guess

from .services import choose_language

PRESSED = "pressed_language"
"""Where the session says in which language its visitor has asked to read on."""


class SpokenLanguage:
    """A person's own choice, else what was chosen in this browser, else Japanese or English as the browser asks.

    Mail speaks it too: what a person was greeted in becomes the choice of whoever had none.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        _settle(request)
        with translation.override(language_of(request)):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", current_language().tag)
        patch_vary_headers(response, ("Cookie", "Accept-Language"))
        return response


def language_of(request: HttpRequest) -> str:
    """One of LANGUAGES' codes."""
    own = request.user.language if request.user.is_authenticated else ""
    for code in (own, request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")):
        if code in BY_CODE:
            return code
    return first_guess(request.headers.get("Accept-Language", ""))


def _is_navigation(request: HttpRequest) -> bool:
    """Whether a page is asked for: what a script fetches may be sent in another language than the reader's."""
    return request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"


def _settle(request: HttpRequest) -> None:
    """What a person pressed before signing in, or what the browser is set to, is kept on the account.

    Never the cookie alone, which somebody else may have left on a shared computer; and Japanese needs no keeping.
    """
    if not request.user.is_authenticated or request.user.language or not _is_navigation(request):
        return
    cookie = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    greeted = first_guess(request.headers.get("Accept-Language", ""))
    chosen = request.session.pop(PRESSED, "")
    if not chosen and greeted != SOURCE and cookie in ("", greeted):
        chosen = greeted
    if chosen in BY_CODE:
        choose_language(by=request.user, language=chosen)
