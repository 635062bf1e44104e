"""Who may open the office's pages."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

from musubi.base.common.verdict import require
from musubi.flow.actors.permissions import can_work_in_office
from musubi.web.design.requests import PersonRequest

View = Callable[..., HttpResponse]


def office_only(view: View) -> View:
    """For pages about the whole town: anybody but its office is told so (403)."""

    @wraps(view)
    def wrapped(request: PersonRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.municipality is None:
            return redirect("public:home")
        require(can_work_in_office(request.user, request.municipality))
        return view(request, *args, **kwargs)

    return wrapped


def in_a_town(view: View) -> View:
    """For pages about one row, which only the office can find (404 for anybody else)."""

    @wraps(view)
    def wrapped(request: PersonRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.municipality is None:
            return redirect("public:home")
        return view(request, *args, **kwargs)

    return wrapped
