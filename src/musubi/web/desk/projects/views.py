"""The town's projects, those first of which somebody should ask; and what was born elsewhere is entered."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from musubi.base.common.enums import Source
from musubi.base.common.verdict import NotAllowed, require
from musubi.flow.actors.queries import actors_for, standing_of
from musubi.flow.projects.enums import ProjectState
from musubi.flow.projects.permissions import can_edit_entered, can_enter_project
from musubi.flow.projects.queries import (
    entered_projects_for,
    partners_of,
    standing_still,
    town_projects_for,
    with_team,
)
from musubi.flow.projects.services import content_of_project, enter_project, project_seen
from musubi.flow.stories.services import save_entered_project
from musubi.web.design.kept import kept_for
from musubi.web.design.paging import page_of
from musubi.web.design.requests import PersonRequest
from musubi.web.shared.refused import show_refused

from ..door import desk_only
from .forms import EnteredForm, PartnerRows, content_of, initial_of

if TYPE_CHECKING:
    from musubi.base.places.models import Municipality
    from musubi.flow.projects.models import Project
    from musubi.flow.projects.services import ProjectContent

BAD = 422


@require_safe
@desk_only
def projects(request: PersonRequest) -> HttpResponse:
    """What stands still, or all of them by state."""
    rows = with_team(town_projects_for(request.user, request.municipality))
    show = request.GET.get("show", "")
    if show in ProjectState.values:
        rows = rows.filter(state=show)
    elif show != "all":
        rows = standing_still(rows)
    url = reverse("desk:projects")
    tabs = [("", _("止まっているもの")), ("all", _("すべて")), *ProjectState.choices]
    known = show if show in dict(tabs) else ""
    return render(
        request,
        "desk/projects/projects.html",
        {
            "page": page_of(rows.order_by("moved_at", "pk"), request.GET),
            "tabs": [(label, f"{url}?show={key}" if key else url, key == known) for key, label in tabs],
            "is_still": not known,
            "today": timezone.localdate(),
        },
    )


@require_http_methods(["GET", "POST"])
def project_new(request: PersonRequest) -> HttpResponse:
    """Enter what already runs: by staff, or by a department for itself."""
    town = request.municipality
    require(can_enter_project(request.user, town))
    form, rows = _forms(request, town)
    if _is_ready(request, form, rows):
        content = content_of(form, rows.filled, _known(request, town, rows))
        try:
            made = enter_project(
                municipality=town, content=content, source=Source.WEB, by=request.user, now=timezone.now()
            )
        except (ValidationError, NotAllowed) as refusal:
            _show(form, rows, refusal)
        else:
            messages.success(request, _("載せました。チームの人も、ここに近況を書けます。"))
            return redirect(f"{reverse('workspace:project', args=[made.pk])}?saved=1")
    return _page(request, form, rows, title=_("ほかで始まった協働を入力する"), back=_back(request), key="new")


@require_http_methods(["GET", "POST"])
def project_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Put right what was entered."""
    row = get_object_or_404(with_team(entered_projects_for(request.user)), pk=pk)
    require(can_edit_entered(request.user, row))
    form, rows = _forms(request, row.municipality, row)
    seen = (form.data.get("seen") if form.is_bound else "") or project_seen(row)
    if _is_ready(request, form, rows):
        content = content_of(form, rows.filled, _known(request, row.municipality, rows, row))
        try:
            save_entered_project(project=row, content=content, seen=seen, by=request.user, now=timezone.now())
        except ValidationError as refusal:
            _show(form, rows, refusal)
            seen = project_seen(row)
        else:
            messages.success(request, _("直しました。"))
            return redirect(f"{reverse('workspace:project', args=[row.pk])}?saved=1")
    title, back = _("「%(title)s」を直す") % {"title": row}, reverse("workspace:project", args=[row.pk])
    return _page(request, form, rows, title=title, back=back, key=str(pk), seen=seen)


def _forms(
    request: PersonRequest, town: "Municipality", row: "Project | None" = None
) -> tuple[EnteredForm, Any]:
    """Bound to what was posted, or to what an expired sign-in had kept, or showing what is stored."""
    data = request.POST if request.method == "POST" else kept_for(request)
    stored: ProjectContent | None = content_of_project(row) if row else None
    team = [{"name": str(p), "role": p.role, "does": p.does} for p in partners_of(row)] if row else None
    form = EnteredForm(data, municipality=town, initial=initial_of(stored) if stored else None)
    rows = PartnerRows(data, prefix="partners", initial=team)
    if rows.row_asked or (data is not None and request.method != "POST"):
        rows.row_asked = True
        form.keep_unchecked()
        form.was_kept = request.method != "POST"  # type: ignore[attr-defined]
    return form, rows


def _is_ready(request: PersonRequest, form: EnteredForm, rows: Any) -> bool:
    return request.method == "POST" and all([form.is_valid(), rows.is_valid()])


def _known(
    request: PersonRequest, town: "Municipality", rows: Any, row: "Project | None" = None
) -> dict[str, Any]:
    """Actors under the names typed: those already in the team first, then those this person may see."""
    names = [values["name"] for values in rows.filled]
    found = actors_for(request.user).filter(municipality=town, name__in=names).order_by("-pk")
    known = {actor.name: actor for actor in found}
    present = partners_of(row) if row else []
    return known | {partner.actor.name: partner.actor for partner in present if partner.actor}


def _show(form: EnteredForm, rows: Any, refusal: ValidationError | NotAllowed) -> None:
    """Each sentence where it belongs: the team's above its rows."""
    if isinstance(refusal, NotAllowed):
        form.add_error(None, str(refusal))
        return
    sentences = refusal.message_dict
    rows.non_form_errors().extend(sentences.pop("partners", []))
    if sentences:
        show_refused(form, ValidationError(sentences))


def _back(request: PersonRequest) -> str:
    is_staff = request.municipality.pk in standing_of(request.user).staff_in
    return reverse("desk:projects") if is_staff else reverse("workspace:projects")


def _page(
    request: PersonRequest, form: EnteredForm, rows: Any, *, title: str, back: str, key: str, seen: str = ""
) -> HttpResponse:
    wrong = form.is_bound and bool(form.errors or rows.non_form_errors() or any(rows.errors))
    return render(
        request,
        "desk/projects/edit.html",
        {
            "form": form,
            "rows": rows,
            "title": title,
            "back_url": back,
            "keep": f"project-entered-{key}",
            "seen": seen,
        },
        status=BAD if wrong else 200,
    )
