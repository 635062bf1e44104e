"""Everything one entered as a download; what goes and stays when one leaves; and leaving."""

import tempfile
from collections.abc import Callable
from typing import IO

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from musubi.base.common.verdict import require
from musubi.flow.actors.queries import own_actors_for, standing_of
from musubi.flow.leaving import services
from musubi.flow.leaving.permissions import can_ask_to_delete_actor, can_take_out_actor
from musubi.flow.leaving.queries import (
    actors_going_with,
    actors_left_by,
    forecast_of_actor,
    forecast_of_person,
    hindrances_of_actor,
    hindrances_of_person,
)
from musubi.web.design.requests import PersonRequest, TownRequest

from .forms import LeaveForm

IN_MEMORY = 4 * 1024 * 1024


@require_http_methods(["GET", "HEAD", "POST"])
def take_out(request: PersonRequest) -> HttpResponse | FileResponse:
    """What a download holds; the button packs it."""
    if request.method == "POST":
        return _zip("musubi", lambda into: services.take_out(by=request.user, into=into, now=timezone.now()))
    owned = own_actors_for(request.user).filter(pk__in=standing_of(request.user).owns).order_by("kana", "pk")
    return render(request, "workspace/leaving/take_out.html", {"actors": owned})


@require_POST
def actor_take_out(request: PersonRequest, pk: int) -> HttpResponse | FileResponse:
    """The same for an actor."""
    actor = get_object_or_404(own_actors_for(request.user), pk=pk)
    require(can_take_out_actor(request.user, actor))
    return _zip(
        f"musubi-{actor.pk}",
        lambda into: services.take_out_actor(actor=actor, by=request.user, into=into, now=timezone.now()),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def account_delete(request: PersonRequest) -> HttpResponse:
    """What goes and what stays, with numbers; a tick and a button end the account and the session."""
    person = request.user
    form = LeaveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        services.delete_account(person=person, by=person, now=timezone.now())
        logout(request)
        return redirect("workspace:goodbye")
    context = {
        "form": form,
        "forecast": forecast_of_person(person),
        "hindrances": hindrances_of_person(person),
        "going": [(actor, forecast_of_actor(actor)) for actor in actors_going_with(person)],
        "left": actors_left_by(person),
    }
    return render(request, "workspace/leaving/account_delete.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def actor_delete(request: PersonRequest, pk: int) -> HttpResponse:
    """The same for an actor; its owner's account stays."""
    actor = get_object_or_404(own_actors_for(request.user), pk=pk)
    require(can_ask_to_delete_actor(request.user, actor))
    form = LeaveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        name = actor.name
        services.delete_actor(actor=actor, by=request.user, now=timezone.now())
        messages.success(request, _("「%(actor)s」の登録を消しました。") % {"actor": name})
        return redirect("workspace:home")
    context = {
        "actor": actor,
        "form": form,
        "forecast": forecast_of_actor(actor),
        "hindrances": hindrances_of_actor(actor),
        "others": actor.memberships.count() - 1,
    }
    return render(request, "workspace/leaving/actor_delete.html", context)


@login_not_required
@require_safe
def goodbye(request: TownRequest) -> HttpResponse:
    """The last page, for somebody who is nobody any more."""
    return render(request, "workspace/leaving/goodbye.html", {"keep_clear": "*"})


def _zip(name: str, fill: Callable[[IO[bytes]], None]) -> FileResponse:
    """The archive from a file of its own, which is gone once it has been sent."""
    into = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the response closes it
    fill(into)
    into.seek(0)
    answer = FileResponse(
        into,
        as_attachment=True,
        filename=f"{name}-{timezone.localdate():%Y%m%d}.zip",
        content_type="application/zip",
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer
