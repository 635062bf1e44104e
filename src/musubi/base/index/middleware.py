"""Whoever has saved something finds it in the next request too, however far behind a replica is."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse

from musubi.base.index.adapter.replica import REPLICA, begin_at, written_position

SESSION_KEY = "written_at"


class ReadOwnWrites:
    """Carries the position of the last write from request to request, until a replica has reached it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if REPLICA not in settings.DATABASES:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        before = request.session.get(SESSION_KEY, "")
        begin_at(before)
        try:
            return self.get_response(request)
        finally:
            after = written_position()
            begin_at("")  # the thread goes on with somebody else
            if after != before:
                request.session[SESSION_KEY] = after
