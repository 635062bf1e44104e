"""What needs more than one layer to decide: pages are sent small, staff prove themselves twice, kanji get their readings."""

import re
from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from musubi.flow.actors.queries import standing_of
from musubi.web.design.furigana import has_furigana
from musubi.web.design.middleware import ChangesPages
from musubi.web.shared.town_readings import furigana_of

PARTIAL = 206


class SentSmall(GZipMiddleware):
    """Words are compressed on their way, whoever stands in front; pictures and paper are small already.

    Django adds a few bytes of chance to each page, so that its length betrays nothing of what stands in it (BREACH). What
    whitenoise has compressed beforehand stays as it is; a stream of events must not wait for more to be compressed.
    """

    KINDS = re.compile(
        r"text/(?!event-stream)|image/svg\+xml|application/(?:[\w.-]+\+)?(?:json|xml|javascript)\b"
    )

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if (
            request.method == "HEAD"
            or response.status_code == PARTIAL
            or not self.KINDS.match(response.get("Content-Type", ""))
        ):
            return response
        return super().process_response(request, response)


class SecondFactorForStaff:
    """Outside the demonstration, a coordinator or officer without a second factor is led to set one up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self._must_set_up(request):
            messages.warning(
                request,
                _(
                    "市の担当とコーディネーターは、入るときの確認を二つにしてください。下の方法から一つ選んで設定してください。"
                ),
            )
            return redirect("mfa_index")
        return self.get_response(request)

    def _must_set_up(self, request: HttpRequest) -> bool:
        if not settings.SECOND_FACTOR_FOR_STAFF or not request.user.is_authenticated:
            return False
        if request.path.startswith((reverse("account_login").rsplit("login/", 1)[0], settings.STATIC_URL)):
            return False
        return bool(standing_of(request.user).staff_in) and not is_mfa_enabled(request.user)


class FuriganaOverKanji(ChangesPages):
    """Puts furigana on pages and their fragments, for readers who have them on (ADR 0012)."""

    def concerns(self, request: HttpRequest) -> bool:
        return has_furigana(request)

    def changed(self, request: HttpRequest, page: str) -> str:
        return furigana_of(getattr(request, "municipality", None)).on(page)
