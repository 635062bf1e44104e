"""Who may open the office's pages."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from musubi.base.common.verdict import require
from musubi.flow.actors.permissions import can_work_in_office

View = Callable[..., HttpResponse]


def office_only(view: View) -> View:
    """For pages about the whole town: anybody but its office is told so (403)."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.municipality is None:
            return redirect("public:home")
        require(can_work_in_office(request.user, request.municipality))
        return view(request, *args, **kwargs)

    return wrapped
