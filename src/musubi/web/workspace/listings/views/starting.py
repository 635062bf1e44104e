"""Beginning a listing: what are you looking for, or what can you give?"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from musubi.base.places.queries import choosable_areas
from musubi.flow.actors.enums import MENU_KINDS
from musubi.flow.actors.queries import editable_actors_for
from musubi.flow.issues.queries import issues_for
from musubi.flow.listings import services
from musubi.flow.listings.enums import Side, Template
from musubi.web.design.kept import kept_for
from musubi.web.design.numbers import whole_number
from musubi.web.design.requests import PersonRequest
from musubi.web.shared.listing_guides import GUIDES, Guide

from ..forms import StartForm
from ..recipe_forms import WishForm

if TYPE_CHECKING:
    from musubi.flow.actors.models import Actor
    from musubi.flow.issues.models import Issue

ACTORS_SHOWN = 100


@dataclass(frozen=True)
class Card:
    """One template to choose."""

    choice: str
    guide: Guide


@require_http_methods(["GET", "POST"])
def listing_new(request: PersonRequest) -> HttpResponse:
    """Choose the actor and a template; a draft begins and its page opens."""
    actors = list(editable_actors_for(request.user).filter(municipality=request.municipality)[:ACTORS_SHOWN])
    side = Side.OFFER if request.GET.get("side") == Side.OFFER else Side.NEED
    issue = _issue(request)
    cards = _cards(side, actors)
    kept = kept_for(request)
    data = request.POST if request.method == "POST" else None
    form = StartForm(
        data or kept,
        actors=[(actor.pk, actor.name) for actor in actors],
        choices=[card.choice for card in cards],
        initial={"actor": asked} if (asked := request.GET.get("actor")) else {},
    )
    if kept is not None and data is None:
        form.keep_unchecked()
    if data is not None and form.is_valid():
        actor = next(actor for actor in actors if str(actor.pk) == form.cleaned_data["actor"])
        chosen_side, template = form.cleaned_data["choice"].split(":")
        listing = services.create_draft(
            actor=actor,
            side=chosen_side,
            template=template,
            issue=issue,
            content=_first_content(request, actor, issue),
            by=request.user,
            now=timezone.now(),
        )
        messages.success(
            request, _("下書きを作りました。書けるところから書いてください。途中でやめても残ります。")
        )
        return redirect("workspace:listing_edit", listing.pk)
    return render(
        request,
        "workspace/listings/new.html",
        {
            "actors": actors,
            "form": form,
            "cards": cards,
            "side": side,
            "issue": issue,
            "wish": WishForm() if side == Side.NEED and issue is None else None,
        },
    )


def _issue(request: PersonRequest) -> "Issue | None":
    """The local issue this begins from, if the address names one that the person may read."""
    asked = request.GET.get("issue", "")
    if not (number := whole_number(asked)):
        return None
    return get_object_or_404(issues_for(request.user).filter(municipality=request.municipality), pk=number)


def _cards(side: str, actors: "list[Actor]") -> list[Card]:
    official = any(actor.kind in MENU_KINDS for actor in actors)
    return [
        Card(f"{side}:{template}", guide)
        for template, guide in GUIDES[Side(side)].items()
        if template != Template.MENU or official
    ]


def _first_content(request: PersonRequest, actor: "Actor", issue: "Issue | None") -> services.Content:
    """What is already known: the place of the actor or the issue, and what the issue says."""
    nearest = first_place(request, actor, issue)
    if issue is None:
        return services.Content(area_ids=nearest, fields=tuple(actor.fields))
    return services.Content(
        title=issue.title[:80],
        body=issue.body[:4000],
        area_ids=nearest,
        fields=tuple(issue.fields),
        visibility=issue.visibility,
    )


def first_place(request: PersonRequest, actor: "Actor", issue: "Issue | None" = None) -> tuple[int, ...]:
    """The smallest area that a listing may name in which the issue, or else the actor, is at home."""
    areas = {area.pk for area in choosable_areas(request.municipality)}
    path = issue.area.path if issue else (actor.area.path if actor.area else "")
    return tuple([int(part) for part in path.strip("/").split("/") if part and int(part) in areas][-1:])
