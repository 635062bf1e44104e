"""Which town this request speaks of."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from .queries import municipality_for_host

SESSION_KEY = "municipality"


class CurrentMunicipality:
    """Sets request.municipality; None only before the installation's first town exists."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        host = request.get_host().split(":")[0]
        request.municipality = municipality_for_host(host, request.session.get(SESSION_KEY))  # type: ignore[attr-defined]
        return self.get_response(request)
