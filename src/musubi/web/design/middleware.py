"""Closed by default, and nothing typed is lost at the door."""

from collections.abc import Callable

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from musubi.base.common.workflow import InvalidTransition

from .kept import keep


class ClosedByDefault(LoginRequiredMiddleware):
    """Every page asks for a sign-in unless it is marked `login_not_required`.

    What an expired sign-in was about to post is kept in the session and given back by the form
    after the person has signed in again.
    """

    def handle_no_permission(  # type: ignore[override]  # an autosave is answered, not led away
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseBase:
        if request.method == "POST":
            keep(request)
        response = super().handle_no_permission(request, view_func)
        if request.headers.get("X-Autosave"):
            return HttpResponse(status=401)
        return response


class RefusalsHaveReasons:
    """A verb that no longer starts from this state (somebody else was quicker) is told as such: 409."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, InvalidTransition):
            return render(request, "409.html", status=409)
        return None
