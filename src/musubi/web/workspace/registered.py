"""Pages that only registered people of the town use."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from musubi.flow.actors.queries import standing_of
from musubi.web.design.requests import PersonRequest

View = Callable[..., HttpResponse]


def registered_here(view: View) -> View:
    """Leads whoever has not registered in this town to do so, and back here afterwards."""

    @wraps(view)
    def wrapped(request: PersonRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.municipality is None:
            return redirect("public:home")
        unknown = request.municipality.pk not in standing_of(request.user).reads_in
        if unknown and request.method in ("GET", "HEAD"):
            return redirect(f"{reverse('workspace:welcome')}?{urlencode({'next': request.get_full_path()})}")
        return view(request, *args, **kwargs)

    return wrapped
