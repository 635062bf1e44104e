"""What the pages of a project share: finding it, the page of a form, the way back."""

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from musubi.flow.projects.queries import team_projects_for, with_team
from musubi.web.design.forms import Form
from musubi.web.design.requests import PersonRequest

if TYPE_CHECKING:
    from musubi.flow.projects.models import Project

BAD = 422
KINDS = ("achieve", "stop", "dates", "review", "partner", "leave", "task", "update")


def found(request: PersonRequest, pk: int) -> "Project":
    """The project with its present team, if this person may open its inner page, or 404."""
    return get_object_or_404(with_team(team_projects_for(request.user)), pk=pk)


def back_to(project: "Project", part: str = "") -> HttpResponseRedirect:
    """To the project's page, which lets the browser forget what was typed."""
    url = f"{reverse('workspace:project', args=[project.pk])}?saved=1"
    return redirect(f"{url}#{part}" if part else url)


def kept_keys(project: "Project") -> str:
    """Under which names browsers keep what is typed into this project's forms."""
    return " ".join(f"project-{project.pk}-{kind}" for kind in KINDS)


def form_page(
    request: PersonRequest,
    project: "Project",
    form: Form,
    *,
    title: str,
    label: str,
    kind: str,
    notes: tuple[str, ...] = (),
    part: str = "",
    template: str = "workspace/projects/form.html",
    **context: Any,
) -> HttpResponse:
    """One form of a project on a page of its own."""
    url = reverse("workspace:project", args=[project.pk])
    return render(
        request,
        template,
        {
            "project": project,
            "form": form,
            "title": title,
            "label": label,
            "notes": notes,
            "keep": f"project-{project.pk}-{kind}",
            "project_url": url,
            "back_url": f"{url}#{part}" if part else url,
            **context,
        },
        status=BAD if form.is_bound and form.errors else 200,
    )
