"""What needs more than one layer to decide: staff prove themselves twice, kanji get their town's readings."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from musubi.flow.actors.queries import standing_of
from musubi.web.design.furigana import has_furigana
from musubi.web.shared.town_readings import furigana_of


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


class FuriganaOverKanji:
    """Puts furigana on pages and their fragments, for readers who have them on (ADR 0012)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        is_page = response.get("Content-Type", "").startswith("text/html")
        is_ours = isinstance(response, HttpResponse) and not response.has_header("Content-Encoding")
        if is_page and is_ours and has_furigana(request):
            furigana = furigana_of(getattr(request, "municipality", None))
            response.content = furigana.on(response.content.decode(response.charset))  # type: ignore[attr-defined]
        return response
