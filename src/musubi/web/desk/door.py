"""Who may open the desk's pages."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

from musubi.base.common.verdict import require
from musubi.flow.matching.permissions import can_work_at_desk
from musubi.web.design.requests import PersonRequest

View = Callable[..., HttpResponse]


def desk_only(view: View) -> View:
    """For pages about the whole town: anybody but its staff is told so (403)."""

    @wraps(view)
    def wrapped(request: PersonRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.municipality is None:
            return redirect("public:home")
        require(can_work_at_desk(request.user, request.municipality))
        return view(request, *args, **kwargs)

    return wrapped
