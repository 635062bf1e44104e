"""活動の手引き: what people do together, what it takes, and how to begin."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from musubi.base.common.enums import Field
from musubi.base.knowledge.queries import find_recipes, recipe_of, recipes_of
from musubi.web.design.numbers import whole_number
from musubi.web.design.paging import page_of
from musubi.web.design.reading import plain_text
from musubi.web.design.requests import TownRequest
from musubi.web.shared.recipe_words import field_names, in_words, ingredients_of

from .related import listings_of, stories_of

LONGEST = 100


@login_not_required
@require_safe
def guides(request: TownRequest) -> HttpResponse:
    """Every activity that the town's guide tells of, by field and by word."""
    town = request.municipality
    if town is None:
        return render(request, "public/no_town.html")
    words = " ".join(plain_text(request.GET.get("q", ""), multiline=False).split())[:LONGEST]
    asked = whole_number(request.GET.get("field", ""))
    field = asked if asked in Field.values else None
    every = recipes_of(town)
    found = [
        recipe
        for recipe in (find_recipes(every, words) if words else every)
        if field is None or field in recipe.fields
    ]
    page = page_of(found, request.GET, total=len(found))
    context: dict[str, Any] = {
        "page": page,
        "first_page": page.page_url(1),
        "rows": [(in_words(recipe), field_names(recipe)) for recipe in page.items],
        "words": words,
        "field": field,
        "fields": [(number, label) for number, label in Field.choices if _is_told(number, every)],
    }
    return render(request, "public/guides/guides.html", context)


@login_not_required
@require_safe
def guide(request: TownRequest, code: str) -> HttpResponse:
    """One activity in full."""
    town = request.municipality
    if town is None:
        return render(request, "public/no_town.html")
    recipe = recipe_of(town, code)
    if recipe is None:
        raise Http404
    shown = in_words(recipe)
    ingredients = ingredients_of(shown)
    context = {
        "recipe": shown,
        "fields": field_names(recipe),
        "usual": [row for row in ingredients if row.usually],
        "helpful": [row for row in ingredients if not row.usually],
        "stories": stories_of(recipe, town),
        "listings": listings_of(recipe, town, request.user),
    }
    return render(request, "public/guides/guide.html", context)


def _is_told(field: int, recipes: Any) -> bool:
    return any(field in recipe.fields for recipe in recipes)
