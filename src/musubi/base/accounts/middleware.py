"""In which language a page is written."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from musubi.base.common.languages import BY_CODE, current_language, first_guess


class SpokenLanguage:
    """A person's own choice, else what was chosen in this browser, else Japanese or English as the browser asks."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
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
