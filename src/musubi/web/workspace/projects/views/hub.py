"""The own projects, the beginning of one, and its page: whose turn, who does what, how it goes."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from musubi.base.common.verdict import require
from musubi.flow.cases.queries import cases_for
from musubi.flow.projects import permissions
from musubi.flow.projects.enums import ProjectState
from musubi.flow.projects.queries import (
    own_projects_for,
    partner_acts_for,
    tasks_of,
    turns_of_project,
    updates_of,
    with_team,
)
from musubi.flow.projects.services import start_project
from musubi.web.design.paging import page_of
from musubi.web.design.requests import PersonRequest
from musubi.web.design.typed import typed
from musubi.web.shared.refused import show_refused
from musubi.web.workspace.evaluations.section import section_of as evaluation_section
from musubi.web.workspace.stories.section import section_of as story_section

from ..forms import StartForm
from ..pages import BAD, back_to, found, kept_keys
from ..presentation import facts_of, former_rows, task_rows, team_rows, update_rows, used_rows

TASKS_AT_ONCE = 20
NEWS_AT_ONCE = 5


@require_safe
def projects(request: PersonRequest) -> HttpResponse:
    """Everything one takes part in, what moved last first."""
    rows = with_team(own_projects_for(request.user)).order_by("-moved_at", "-pk")
    return render(request, "workspace/projects/projects.html", {"page": page_of(rows, request.GET)})


@require_http_methods(["GET", "POST"])
def project_start(request: PersonRequest, case_pk: int) -> HttpResponse:
    """An agreed case becomes a project: its name, and what will happen."""
    case = get_object_or_404(cases_for(request.user), pk=case_pk)
    form = typed(request, StartForm, initial={"title": case.title})
    if request.method == "POST" and form.is_valid():
        try:
            made = start_project(
                case=case, title=form.cleaned_data["title"], by=request.user, now=timezone.now()
            )
        except ValidationError as refusal:
            show_refused(form, refusal)
        else:
            begun = (
                _("準備を始めました。")
                if made.state == ProjectState.PREPARING
                else _("プロジェクトが始まりました。")
            )
            rest = _("チームの人に知らせました。はじめに、やることを決めましょう。")
            messages.success(request, f"{begun}{rest}")
            return back_to(made)
    elif request.method != "POST":
        require(permissions.can_start_project(request.user, case))
    context = {"form": form, "case": case, "back_url": reverse("workspace:case", args=[case.pk])}
    status = BAD if form.is_bound and form.errors else 200
    return render(request, "workspace/projects/start.html", context, status=status)


@require_safe
def project(request: PersonRequest, pk: int) -> HttpResponse:
    """Everything about one project, for its team and for staff."""
    row, user = found(request, pk), request.user
    tasks = page_of(tasks_of(user, row), request.GET, per_page=TASKS_AT_ONCE, name="tasks")
    news = page_of(updates_of(user, row), request.GET, per_page=NEWS_AT_ONCE)
    evaluation, story = evaluation_section(request, row), story_section(request, row)
    return render(
        request,
        "workspace/projects/project.html",
        {
            "project": row,
            "facts": facts_of(row),
            "turns": [*turns_of_project(row), *evaluation["turns"], *story["turns"]],
            "team": team_rows(user, row),
            "former": former_rows(row),
            "tasks": tasks,
            "task_rows": task_rows(user, row, tasks.items),
            "news": news,
            "update_rows": update_rows(user, row, news.items),
            "used": used_rows(user, row),
            "is_own": bool(partner_acts_for(user, row)),
            "may": {
                name: getattr(permissions, f"can_{name}")(user, row)
                for name in (
                    "begin_project",
                    "achieve_project",
                    "stop_project",
                    "renew_project",
                    "extend_project",
                    "review_project",
                    "add_partner",
                    "give_task",
                    "post_update",
                    "edit_entered",
                )
            },
            "evaluation_part": evaluation,
            "story_part": story,
            "keep_clear": kept_keys(row) if "saved" in request.GET else "",
        },
    )
