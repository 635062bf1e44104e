"""What the views of every table do alike."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from musubi.flow.actors.permissions import can_keep_knowledge
from musubi.web.design.forms import Form
from musubi.web.design.requests import PersonRequest

BAD = 422


def ask_and_remove(
    request: PersonRequest, name: str, remove: Callable[[], None], list_name: str, back_url: str
) -> HttpResponse:
    """Ask, then remove."""
    if request.method == "POST":
        remove()
        messages.success(request, _("「%(name)s」を消しました。") % {"name": name})
        return redirect(list_name)
    context: dict[str, Form | str | bool] = {
        "question": _("「%(name)s」を消しますか") % {"name": name},
        "confirm_label": _("消す"),
        "back_url": back_url,
        "dangerous": True,
    }
    return render(request, "design/confirm.html", context)


def by_whom(request: PersonRequest) -> dict[str, Any]:
    """By whom, when, and whether they may."""
    return {
        "allowed": can_keep_knowledge(request.user, request.municipality),
        "by": request.user,
        "now": timezone.now(),
    }


def status_of(request: PersonRequest) -> int:
    return BAD if request.method == "POST" else 200
