"""Finding needs, offers, actors, local issues and stories by words."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from musubi.base.knowledge.queries import concept_names_of, synonyms_of
from musubi.base.knowledge.services import record_vain_search
from musubi.web.design.requests import TownRequest
from musubi.web.shared.limits import asker_of, asks_too_often
from musubi.web.shared.seen import count_shown

from .asked import LISTING_KINDS, LONGEST, asked_of
from .facets import groups_shown, kind_labels, values_shown
from .finding import completions, fewer_words, find, meant, nearest
from .mapped import mapped

TOO_MANY = 429


@login_not_required
@require_safe
def search(request: TownRequest) -> HttpResponse:
    """Everything this reader may see that has the words, page by page; nothing found says what to try.

    What the office has named alike widens what is typed. What was searched in vain is counted, without who.
    """
    town, user = request.municipality, request.user
    if town is None:
        return render(request, "public/no_town.html")
    synonyms = synonyms_of(town)
    asked = asked_of(request.GET, town, concepts=concept_names_of(town))
    answer = find(asked, user=user, town=town, synonyms=synonyms)
    page, told = answer.page, answer.counts
    kinds = kind_labels()
    counts = {"": told.totals["kind"], **told.counts["kind"]}
    nothing = not page.total
    if nothing and asked.words and not asked.is_narrowed and page.number == 1:
        try:
            asker = asker_of(request)
        except PermissionDenied:  # from no address: not counted, and answered all the same
            asker = ""
        if asker:
            record_vain_search(municipality=town, words=asked.words, asker=asker, now=timezone.now())
    count_shown(request, [found.row for found in page.items if found.kind == "listing"])
    return render(
        request,
        "public/search.html",
        {
            "own_search": True,
            "asked": asked,
            "page": page,
            "mapped": mapped(asked, page.items, user=user, town=town)
            if asked.as_map and page.items
            else None,
            "is_cut": answer.is_cut,
            "first_page": page.page_url(1),
            "tabs": [
                (
                    _("%(label)s（%(n)d）") % {"label": label, "n": counts[kind]},
                    asked.url(kind=kind),
                    kind == asked.kind,
                )
                for kind, label in kinds
            ],
            "heading": dict(kinds)[asked.kind],
            "groups": [
                group
                for group in groups_shown(asked, told)
                if asked.kind in LISTING_KINDS or group.name in {"area", "field", "concept"}
            ],
            "meant": meant(asked, page.total or 0, user=user, town=town, others=synonyms),
            "fewer": fewer_words(asked, user=user, town=town) if nothing else [],
            "nearest": nearest(asked, user=user, town=town) if nothing else [],
            "elsewhere": [
                shown
                for name in ("kind", "area")
                if name in asked.chosen
                for shown in values_shown(asked, told, name)
                if not shown.here
            ]
            if nothing
            else [],
            "longest": LONGEST,
        },
    )


@login_not_required
@require_safe
def search_words(request: TownRequest) -> HttpResponse:
    """While one types: how the last word may go on, as links to the searches. The page works without it."""
    if asks_too_often(request, "words"):
        return HttpResponse(status=TOO_MANY)
    town = request.municipality
    asked = asked_of(request.GET, town) if town else None
    found = (
        completions(asked, user=request.user, town=town, others=synonyms_of(town)) if asked and town else []
    )
    return render(request, "public/parts/completions.html", {"found": found})
