"""Says of every page whose it is and whether the device may keep it."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from musubi.base.common.languages import current_language
from musubi.web.design.looks import look_of

from .rules import may_be_kept, wants_pages_kept


class KeptOnTheDevice:
    """`Musubi-Reader` names person, language and look; `Musubi-Keep` lets the page be kept. For worker.js."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not response.get("Content-Type", "").startswith("text/html") or not wants_pages_kept(request):
            return response
        whose = request.user.pk if request.user.is_authenticated else "-"
        response["Musubi-Reader"] = f"{whose}.{current_language().code}.{look_of(request)}"
        if may_be_kept(request, response):
            response["Musubi-Keep"] = "1"
        return response
