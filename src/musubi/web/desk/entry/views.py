"""代理入力: what came on paper, by telephone, fax or at the counter, typed in for somebody else."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from musubi.base.common.verdict import require
from musubi.base.places.queries import choosable_areas
from musubi.flow.actors.enums import MENU_KINDS
from musubi.flow.actors.queries import named_like
from musubi.flow.actors.services import enter_actor
from musubi.flow.listings.services import Content, enter_listing
from musubi.flow.matching.permissions import can_work_at_desk
from musubi.flow.matching.queries.desk import entered_drafts_of, open_actors_for
from musubi.web.design.paging import page_of
from musubi.web.design.requests import PersonRequest
from musubi.web.design.typed import typed

from ..door import desk_only
from .forms import PaperForm, PersonForm, SearchForm


@require_safe
@desk_only
def entry(request: PersonRequest) -> HttpResponse:
    """Whose paper is it? Found by name, or registered first; below, what is not finished yet."""
    town = request.municipality
    form = SearchForm(request.GET if "q" in request.GET else None)
    asked = form.is_bound and form.is_valid()
    rows = open_actors_for(request.user).filter(municipality=town)
    found = named_like(rows, form.cleaned_data["q"]).order_by("kana", "name", "pk") if asked else rows.none()
    return render(
        request,
        "desk/entry/entry.html",
        {
            "form": form,
            "asked": asked,
            "page": page_of(found, request.GET),
            "drafts": page_of(entered_drafts_of(request.user, town), request.GET, per_page=10, name="drafts"),
        },
    )


@require_http_methods(["GET", "POST"])
@desk_only
def entry_actor(request: PersonRequest) -> HttpResponse:
    """Register the actor first; then on to the paper."""
    form = typed(
        request, PersonForm, municipality=request.municipality, initial={"name": request.GET.get("name")}
    )
    if request.method == "POST" and form.is_valid():
        actor = enter_actor(
            municipality=request.municipality, by=request.user, now=timezone.now(), **form.cleaned_data
        )
        messages.success(
            request,
            _("「%(actor)s」を代わりに登録しました。続けて、内容を入力してください。")
            % {"actor": actor.name},
        )
        url = reverse("desk:entry_listing", args=[actor.pk])
        return redirect(f"{url}?{urlencode({'source': actor.source})}")
    return render(request, "desk/entry/actor.html", {"form": form})


@require_http_methods(["GET", "POST"])
def entry_listing(request: PersonRequest, pk: int) -> HttpResponse:
    """What it is and how it came; then on to the same form that members use."""
    actor = get_object_or_404(open_actors_for(request.user), pk=pk)
    require(can_work_at_desk(request.user, actor.municipality))
    form = typed(
        request, PaperForm, official=actor.kind in MENU_KINDS, initial={"source": request.GET.get("source")}
    )
    if request.method == "POST" and form.is_valid():
        side, template = form.side_and_template
        path = actor.area.path if actor.area else ""
        areas = {area.pk for area in choosable_areas(actor.municipality)}
        nearest = [int(part) for part in path.strip("/").split("/") if part and int(part) in areas][-1:]
        listing = enter_listing(
            actor=actor,
            side=side,
            template=template,
            source=form.cleaned_data["source"],
            content=Content(
                title=form.cleaned_data["title"],
                body=form.cleaned_data["body"],
                area_ids=tuple(nearest),
                fields=tuple(actor.fields),
            ),
            by=request.user,
            now=timezone.now(),
        )
        messages.success(request, _("下書きを作りました。続きを入力し、確かめて公開してください。"))
        return redirect("workspace:listing_edit", listing.pk)
    return render(request, "desk/entry/listing.html", {"form": form, "actor": actor})
