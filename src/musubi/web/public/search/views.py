"""Finding needs, offers, actors, local issues and stories by words."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from musubi.flow.listings.enums import Resource
from musubi.web.design.requests import TownRequest
from musubi.web.shared.seen import count_shown

from .finding import LISTING_KINDS, LONGEST, asked_of, find


@login_not_required
@require_safe
def search(request: TownRequest) -> HttpResponse:
    """Everything this reader may see that has the words, page by page; nothing found says what to try."""
    town = request.municipality
    if town is None:
        return render(request, "public/no_town.html")
    asked = asked_of(request.GET, town)
    kinds = [
        ("", _("すべて")),
        ("need", _("ニーズ")),
        ("offer", _("提供")),
        ("actor", _("人・団体")),
        ("issue", _("困りごと")),
        ("story", _("事例")),
    ]
    page = find(asked, user=request.user, town=town)
    count_shown(request, [found.row for found in page.items if found.kind == "listing"])
    return render(
        request,
        "public/search.html",
        {
            "asked": asked,
            "page": page,
            "first_page": page.page_url(1),
            "tabs": [(label, asked.url_of_kind(kind), kind == asked.kind) for kind, label in kinds],
            "heading": dict(kinds)[asked.kind],
            "resources": Resource.choices if asked.kind in LISTING_KINDS else [],
            "longest": LONGEST,
        },
    )
