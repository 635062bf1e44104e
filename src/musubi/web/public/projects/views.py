"""協働プロジェクト for its readers: what runs, who does it, how it goes, what came of it."""

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from musubi.base.common.days import days_between
from musubi.base.common.enums import Field, Visibility
from musubi.base.common.joining import listed
from musubi.base.places.queries import wards_of
from musubi.flow.projects.enums import PROJECT_ENDED, ProjectState
from musubi.flow.projects.queries import (
    former_partners_of,
    of_field,
    partners_of,
    pictures_for,
    projects_for,
    team_projects_for,
    touching_area,
    updates_of,
    with_team,
)
from musubi.flow.stories.queries import published_stories
from musubi.web.design.numbers import whole_number
from musubi.web.design.paging import page_of
from musubi.web.design.requests import TownRequest
from musubi.web.design.wording import day
from musubi.web.public.voices.part import result_part
from musubi.web.shared.actor_pages import has_page
from musubi.web.shared.pictures import picture_answer

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

    from musubi.flow.projects.models import Partner, Project

NEWS_AT_ONCE = 5
KEPT_BY_BROWSERS = 300


@login_not_required
@require_safe
def projects(request: TownRequest) -> HttpResponse:
    """The town's projects, what moved last first; by state, field and ward."""
    rows = projects_for(request.user).filter(municipality=request.municipality)
    state, field = request.GET.get("state", ""), whole_number(request.GET.get("field", ""))
    wards = list(wards_of(request.municipality).order_by("code", "pk"))
    ward = next((w for w in wards if str(w.pk) == request.GET.get("area")), None)
    if state in ProjectState.values:
        rows = rows.filter(state=state)
    if field in Field.values:
        rows = of_field(rows, field)
    if ward is not None:
        rows = touching_area(rows, ward)
    return render(
        request,
        "public/projects/projects.html",
        {
            "page": page_of(with_team(rows).order_by("-moved_at", "-pk"), request.GET),
            "states": ProjectState.choices,
            "state": state,
            "fields": Field.choices,
            "field": field,
            "wards": wards,
            "ward": ward,
        },
    )


@login_not_required
@require_safe
def project(request: TownRequest, pk: int) -> HttpResponse:
    """What it is for, who does it, in which form, how it goes, what came of it."""
    row = get_object_or_404(with_team(projects_for(request.user)).prefetch_related("areas"), pk=pk)
    return render(
        request,
        "public/projects/project.html",
        {
            "project": row,
            "facts": _facts(row),
            "team": [(partner, has_page(partner.actor)) for partner in partners_of(row)],
            "former": _former(row),
            "news": page_of(updates_of(request.user, row), request.GET, per_page=NEWS_AT_ONCE),
            "result": result_part(row),
            "story": published_stories().filter(project=row).first(),
            "is_inside": team_projects_for(request.user).filter(pk=row.pk).exists(),
        },
    )


@login_not_required
@require_safe
def project_picture(request: TownRequest, pk: int) -> "HttpResponseBase":
    """A picture of some news, for whoever may read the news; a browser may keep it for some minutes."""
    picture = get_object_or_404(pictures_for(request.user), pk=pk)
    everybody = {picture.update.visibility, picture.update.project.visibility} == {Visibility.PUBLIC}
    who = "public" if everybody else "private"
    return picture_answer(request, picture.file, cache=f"{who}, max-age={KEPT_BY_BROWSERS}")


def _former(row: "Project") -> list[tuple["Partner", bool]]:
    """Who had taken part in what has ended, and left before."""
    if row.state not in PROJECT_ENDED:
        return []
    return [(partner, has_page(partner.actor)) for partner in former_partners_of(row)]


def _facts(row: "Project") -> list[tuple[str, Any]]:
    areas = listed(area.name for area in row.areas.all())
    return [
        (_("協働の形"), row.get_form_display()),
        (_("期間"), days_between(row.starts_on, row.ends_on)),
        (_("地域"), f"{areas} {row.town}".strip()),
        (_("分野"), listed(Field(number).label for number in row.fields if number in Field.values)),
        (_("終わった日"), day(row.ended_at) if row.ended_at else ""),
        (_("中止の理由"), row.get_stop_reason_display() if row.stop_reason else ""),
    ]
