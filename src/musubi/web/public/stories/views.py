"""Stories for everybody: the list, one of them, and its pictures."""

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from musubi.base.common.enums import Field
from musubi.base.places.queries import municipalities, wards_of
from musubi.flow.stories.enums import StoryState
from musubi.flow.stories.queries import (
    find_published,
    own_stories_for,
    pictures_for,
    stories_for,
    years_published,
)
from musubi.web.design.numbers import whole_number
from musubi.web.design.paging import Page, page_number
from musubi.web.design.requests import TownRequest
from musubi.web.shared.pictures import picture_answer
from musubi.web.shared.story_article import article_of

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

PER_PAGE = 20


@login_not_required
@require_safe
def stories(request: TownRequest) -> HttpResponse:
    """What was done together, the last told first; by field, ward and year, here or in every town."""
    town = request.municipality
    if town is None:
        return render(request, "public/no_town.html")
    others = municipalities().exclude(pk=town.pk).exists()
    everywhere = bool(request.GET.get("everywhere")) and others
    towns = [each.pk for each in municipalities()] if everywhere else [town.pk]
    wards = list(wards_of(town))
    asked = {name: whole_number(request.GET.get(name, "")) for name in ("field", "area", "year")}
    area = next((ward for ward in wards if ward.pk == asked["area"]), None)
    field = asked["field"] if asked["field"] in Field.values else None
    number = page_number(request.GET)
    rows, total = find_published(
        towns=towns,
        field=field,
        area_id=area.pk if area else None,
        year=asked["year"] or None,
        limit=PER_PAGE,
        offset=(number - 1) * PER_PAGE,
    )
    page = Page(rows, number, number * PER_PAGE < total, total, request.GET)
    context: dict[str, Any] = {
        "page": page,
        "fields": Field.choices,
        "field": field,
        "wards": wards,
        "area": area,
        "years": years_published(towns),
        "year": asked["year"],
        "has_other_towns": others,
        "everywhere": everywhere,
        "is_narrowed": bool(field or area or asked["year"]),
    }
    return render(request, "public/stories/stories.html", context)


@login_not_required
@require_safe
def story(request: TownRequest, pk: int) -> HttpResponse:
    """What was done, by whom with whom, what it took and changed, who did it after them."""
    row = get_object_or_404(stories_for(request.user), pk=pk)
    return render(
        request,
        "public/stories/story.html",
        {
            "story": row,
            "article": article_of(request.user, row, as_draft=row.state != StoryState.PUBLISHED),
            "is_public": row.state == StoryState.PUBLISHED,
            "is_own": own_stories_for(request.user).filter(pk=pk).exists(),
        },
    )


@login_not_required
@require_safe
def story_picture(request: TownRequest, pk: int) -> "HttpResponseBase":
    """A picture's bytes for whoever may see it now: a consent taken back counts at once, in caches too."""
    row = get_object_or_404(pictures_for(request.user), pk=pk)
    return picture_answer(request, row.file, cache="private, no-cache")
