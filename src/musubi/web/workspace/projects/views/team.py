"""Who is in the team and what each has to do."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from musubi.base.common.verdict import require
from musubi.flow.actors.enums import ActorState
from musubi.flow.actors.queries import actors_for
from musubi.flow.projects import permissions, services
from musubi.flow.projects.queries import (
    hears_of_task,
    partners_for,
    partners_of,
    tasks_for,
    team_projects_for,
)
from musubi.web.design.requests import PersonRequest
from musubi.web.design.typed import typed
from musubi.web.shared.refused import show_refused

from ..forms import LeaveForm, PartnerForm, RoleForm, TaskForm
from ..pages import back_to, form_page, found


@require_http_methods(["GET", "POST"])
def project_partner_new(request: PersonRequest, pk: int) -> HttpResponse:
    """Somebody joins: by the name they are registered under; staff may name anybody."""
    row = found(request, pk)
    form = typed(request, PartnerForm)
    anybody = bool(permissions.can_arrange_project(request.user, row))
    if request.method == "POST" and form.is_valid():
        typed_in = form.cleaned_data
        known = actors_for(request.user).filter(municipality=row.municipality_id, name=typed_in["name"])
        same = list(known.exclude(state=ActorState.CLOSED).order_by("pk")[:2])
        actor = same[0] if same else None
        if len(same) > 1:
            form.add_error(
                "name",
                _("同じ名前の登録がいくつもあり、どれか分かりません。コーディネーターに相談してください。"),
            )
        elif actor is None and not anybody:
            form.add_error(
                "name",
                _("この名前の団体は登録されていません。名前を確かめるか、コーディネーターに頼んでください。"),
            )
        else:
            try:
                services.add_partner(
                    project=row,
                    actor=actor,
                    name="" if actor else typed_in["name"],
                    role=typed_in["role"],
                    does=typed_in["does"],
                    by=request.user,
                    now=timezone.now(),
                )
            except ValidationError as refusal:
                show_refused(form, refusal)
            else:
                messages.success(request, _("チームに加えました。みんなに知らせました。"))
                return back_to(row, "team")
    elif request.method != "POST":
        require(permissions.can_add_partner(request.user, row))
    notes = (_("登録のない団体や個人は、呼び名を入れれば、名前だけで加えられます。"),) if anybody else ()
    return form_page(
        request, row, form, kind="partner", part="team", notes=notes,
        title=_("チームに加える"), label=_("チームに加える"),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def project_partner_role(request: PersonRequest, pk: int) -> HttpResponse:
    """Share out the roles anew."""
    partner = get_object_or_404(partners_for(request.user), pk=pk)
    form = typed(request, RoleForm, initial={"role": partner.role})
    if request.method == "POST" and form.is_valid():
        role = form.cleaned_data["role"]
        try:
            services.change_role(partner=partner, role=role, by=request.user, now=timezone.now())
        except ValidationError as refusal:
            show_refused(form, refusal)
        else:
            messages.success(request, _("役割を変えました。みんなに知らせました。"))
            return back_to(partner.project, "team")
    elif request.method != "POST":
        require(permissions.can_change_role(request.user, partner))
    title = _("%(partner)sの役割を変える") % {"partner": partner}
    return form_page(
        request, partner.project, form, kind="role", part="team", title=title, label=_("役割を変える")
    )


@require_http_methods(["GET", "POST"])
def project_partner_leave(request: PersonRequest, pk: int) -> HttpResponse:
    """Leave the team, with a word to the others."""
    partner = get_object_or_404(partners_for(request.user), pk=pk)
    form = typed(request, LeaveForm)
    if request.method == "POST" and form.is_valid():
        note = form.cleaned_data["note"]
        services.leave_project(partner=partner, note=note, by=request.user, now=timezone.now())
        messages.success(request, _("チームから抜けました。みんなに知らせました。"))
        mine = team_projects_for(request.user).filter(pk=partner.project_id).exists()
        return back_to(partner.project, "team") if mine else redirect("workspace:projects")
    if request.method != "POST":
        require(permissions.can_leave_project(request.user, partner))
    notes = (
        _("この団体が提供したもののうち、いま使っているものは、返したことになります。"),
        _("まだすんでいない「やること」は、やめたことになります。"),
    )
    title = _("%(partner)sがチームから抜ける") % {"partner": partner}
    return form_page(
        request, partner.project, form, kind="leave", part="team", dangerous=True,
        title=title, label=_("チームから抜ける"), notes=notes,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def project_task_new(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask one of the team to do something."""
    row = found(request, pk)
    team = partners_of(row)
    form = typed(request, TaskForm, team=team)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        chosen = values.pop("partner")
        partner = next(each for each in team if str(each.pk) == chosen)
        try:
            task = services.give_task(
                project=row, partner=partner, by=request.user, now=timezone.now(), **values
            )
        except ValidationError as refusal:
            show_refused(form, refusal)
        else:
            told = hears_of_task(task, but=request.user)
            messages.success(
                request,
                _("やることを加えました。お願いした団体に知らせました。")
                if told
                else _("やることを加えました。"),
            )
            return back_to(row, "tasks")
    elif request.method != "POST":
        require(permissions.can_give_task(request.user, row))
    return form_page(
        request, row, form, kind="task", part="tasks", title=_("やることを加える"), label=_("加える")
    )


MOVES = {
    "finish": (services.finish_task, gettext_lazy("すみました。おつかれさまでした。")),
    "drop": (services.drop_task, gettext_lazy("やめたことにしました。")),
    "reopen": (services.reopen_task, gettext_lazy("もう一度「これから」に戻しました。")),
}


@require_POST
def project_task_move(request: PersonRequest, pk: int, verb: str) -> HttpResponse:
    """Done, dropped, or to be done after all."""
    if verb not in MOVES:
        raise Http404
    task = get_object_or_404(tasks_for(request.user), pk=pk)
    move, done = MOVES[verb]
    move(task=task, by=request.user, now=timezone.now())
    messages.success(request, done)
    return back_to(task.project, "tasks")
