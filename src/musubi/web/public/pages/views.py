"""Home, choosing a town, and the pages that explain."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from musubi.base.accounts.middleware import PRESSED
from musubi.base.accounts.services import choose_language
from musubi.base.common.languages import BY_CODE
from musubi.base.places.middleware import SESSION_KEY
from musubi.base.places.queries import municipalities, wards_of
from musubi.flow.issues.enums import IssueState
from musubi.flow.issues.queries import issues_for, with_support_counts
from musubi.flow.listings.enums import ListingState, Side, Template
from musubi.flow.listings.queries import for_rows, listings_for, of_open_actors
from musubi.flow.matching.queries import rule_in_force, usual_rule
from musubi.flow.stories.queries import published_stories
from musubi.web.design.kept import keep_for_next
from musubi.web.design.numbers import whole_number
from musubi.web.design.requests import TownRequest, safe_next
from musubi.web.design.terms import TERMS
from musubi.web.public.search.finding import newest_menu_items

from .words import GROUPS

NEWEST, MENU_ITEMS, ISSUES = 4, 3, 3
WEEK = dt.timedelta(days=7)


@login_not_required
@require_safe
def home(request: TownRequest) -> HttpResponse:
    """What is alive in this town, and the five ways in."""
    town = request.municipality
    if town is None:
        return render(request, "public/no_town.html")
    shown = {"municipality": town, "state": ListingState.PUBLISHED, "hidden_at": None}
    published = of_open_actors(listings_for(request.user)).filter(**shown)
    newest = for_rows(published).order_by("-published_at", "-pk")
    issues = with_support_counts(
        issues_for(request.user).filter(municipality=town, state=IssueState.OPEN, hidden_at=None)
    )
    return render(
        request,
        "public/home.html",
        {
            "own_search": True,
            "needs": newest.filter(side=Side.NEED)[:NEWEST],
            "offers": newest.filter(side=Side.OFFER).exclude(template=Template.MENU)[:NEWEST],
            "menu_items": newest_menu_items(request.user, town, MENU_ITEMS),
            "issues": issues.order_by("-created_at", "-pk")[:ISSUES],
            "week": _this_week(published, issues),
            "wards": wards_of(town).order_by("code", "pk"),
            "story": published_stories().filter(municipality=town).order_by("-published_at", "-pk").first(),
        },
    )


def _this_week(listings: QuerySet[Any], issues: QuerySet[Any]) -> dict[str, int]:
    """How much of each kind has appeared in the last seven days."""
    since = timezone.now() - WEEK
    new = listings.filter(published_at__gte=since)
    return {
        # Each side by itself, as the index has them: not every listing of the town is looked at.
        "needs": new.filter(side=Side.NEED).count(),
        "offers": new.filter(side=Side.OFFER).count(),
        "issues": issues.filter(created_at__gte=since).count(),
    }


@login_not_required
@require_POST
def language(request: TownRequest) -> HttpResponse:
    """Read on in another language: kept in this browser, and on the account of whoever is signed in."""
    chosen, target = request.POST.get("language", ""), safe_next(request)
    keep_for_next(request, target)
    response = redirect(target or "public:home")
    if chosen not in BY_CODE:
        return response
    if request.user.is_authenticated:
        choose_language(by=request.user, language=chosen)
    else:
        request.session[PRESSED] = chosen
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        chosen,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
    return response


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def towns(request: TownRequest) -> HttpResponse:
    """Choose the town the pages speak of, where one installation serves several."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        target = ""
    if request.method == "POST":
        chosen = get_object_or_404(municipalities(), pk=whole_number(request.POST.get("town", "")))
        request.session[SESSION_KEY] = chosen.pk
        return redirect(target or "public:home")
    return render(request, "public/towns.html", {"towns": municipalities(), "next": target})


def _explaining(template: str) -> Callable[[TownRequest], HttpResponse]:
    @login_not_required
    @require_safe
    def page(request: TownRequest) -> HttpResponse:
        return render(request, template)

    return page


@login_not_required
@require_safe
def about_matching(request: TownRequest) -> HttpResponse:
    """How the order of what fits comes about in this town, and what fairness may cost."""
    town = request.municipality
    rule = rule_in_force(town.pk) if town else usual_rule()
    return render(request, "public/about_matching.html", {"rule": rule})


about = _explaining("public/about.html")
help_page = _explaining("public/help.html")
roadmap = _explaining("public/roadmap.html")
privacy = _explaining("public/privacy.html")


@login_not_required
@require_safe
def glossary(request: TownRequest) -> HttpResponse:
    """The words of the field, as a citizen needs them."""
    return render(request, "public/glossary.html", {"groups": GROUPS, "terms": TERMS})
