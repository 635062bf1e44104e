"""A project begins, gets other dates, is looked back on, ends; what it used goes back."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from musubi.base.common.joining import all_of
from musubi.base.common.verdict import require
from musubi.flow.listings.enums import NOT_USED_UP
from musubi.flow.listings.words import amount_and_name
from musubi.flow.projects import permissions, services
from musubi.flow.projects.enums import AllotmentState, ProjectState
from musubi.flow.projects.queries import allotments_for, allotments_of
from musubi.web.design.requests import PersonRequest
from musubi.web.design.typed import typed
from musubi.web.shared.refused import show_refused

from ..forms import DatesForm, EndForm, ReviewForm, StopForm
from ..pages import back_to, form_page, found
from ..presentation import settling_words

if TYPE_CHECKING:
    from musubi.flow.projects.models import Allotment


@require_POST
def project_begin(request: PersonRequest, pk: int) -> HttpResponse:
    """The preparations are done."""
    row = found(request, pk)
    services.begin_project(project=row, by=request.user, now=timezone.now())
    messages.success(request, _("プロジェクトが動き始めました。チームの人に知らせました。"))
    return back_to(row)


@require_http_methods(["GET", "POST"])
def project_achieve(request: PersonRequest, pk: int) -> HttpResponse:
    """The aim is met: how it turned out, and what goes back."""
    row = found(request, pk)
    in_use = [a for a in allotments_of(row) if a.state == AllotmentState.IN_USE]
    form = typed(request, EndForm, allotments=in_use)
    if request.method == "POST" and form.is_valid():
        services.achieve_project(
            project=row,
            result=form.cleaned_data["result"],
            used_up=form.used_up,
            by=request.user,
            now=timezone.now(),
        )
        messages.success(request, _("おつかれさまでした。次は、みんなで振り返りをしましょう。"))
        return back_to(row, "evaluation")
    if request.method != "POST":
        require(permissions.can_achieve_project(request.user, row))
    return form_page(
        request, row, form, kind="achieve", part="ending",
        title=_("プロジェクトを終える"), label=_("目的を達成して終える"), notes=_about_used(in_use),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def project_stop(request: PersonRequest, pk: int) -> HttpResponse:
    """It ends before its aim is met."""
    row = found(request, pk)
    in_use = [a for a in allotments_of(row) if a.state == AllotmentState.IN_USE]
    form = typed(request, StopForm, allotments=in_use)
    if request.method == "POST" and form.is_valid():
        services.stop_project(
            project=row,
            reason=form.cleaned_data["reason"],
            result=form.cleaned_data["result"],
            used_up=form.used_up,
            by=request.user,
            now=timezone.now(),
        )
        messages.success(request, _("中止しました。チームの人に知らせました。"))
        return back_to(row)
    if request.method != "POST":
        require(permissions.can_stop_project(request.user, row))
    return form_page(
        request, row, form, kind="stop", part="ending", dangerous=True,
        title=_("プロジェクトを中止する"), label=_("中止する"),
        notes=(_("中止すると、もとには戻せません。"), *_about_used(in_use)),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def project_dates(request: PersonRequest, pk: int) -> HttpResponse:
    """Later dates for what goes on; what was achieved is taken up again with them."""
    row = found(request, pk)
    again = row.state == ProjectState.ACHIEVED
    form = typed(request, DatesForm, initial={"ends_on": row.ends_on, "review_on": row.review_on})
    if request.method == "POST" and form.is_valid():
        verb = services.renew_project if again else services.extend_project
        try:
            verb(project=row, by=request.user, now=timezone.now(), **form.cleaned_data)
        except ValidationError as refusal:
            show_refused(form, refusal)
        else:
            messages.success(request, _("もう一度続けます。") if again else _("期間を変えました。"))
            return back_to(row)
    elif request.method != "POST":
        asked = permissions.can_renew_project if again else permissions.can_extend_project
        require(asked(request.user, row))
    notes = (_("前に使っていたものは返してあります。また使うときは、提供した団体に相談してください。"),)
    return form_page(
        request, row, form, kind="dates", part="ending",
        title=_("もう一度続ける") if again else _("期間を変える"),
        label=_("この日まで続ける") if again else _("期間を変える"), notes=notes if again else (),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def project_review(request: PersonRequest, pk: int) -> HttpResponse:
    """What the team found when it looked back, and when it does so next."""
    row = found(request, pk)
    form = typed(request, ReviewForm)
    if request.method == "POST" and form.is_valid():
        try:
            services.review_project(project=row, by=request.user, now=timezone.now(), **form.cleaned_data)
        except ValidationError as refusal:
            show_refused(form, refusal)
        else:
            messages.success(request, _("見直しを記録しました。次の見直しの日にお知らせします。"))
            return back_to(row, "news")
    elif request.method != "POST":
        require(permissions.can_review_project(request.user, row))
    return form_page(request, row, form, kind="review", title=_("見直しを記録する"), label=_("記録する"))


USED = {
    "return": (services.return_allotment, permissions.can_settle_allotment),
    "use_up": (services.use_up_allotment, permissions.can_use_up_allotment),
}


@require_http_methods(["GET", "POST"])
def project_used(request: PersonRequest, pk: int, verb: str) -> HttpResponse:
    """Ask, then one thing goes back, or is used up, while the project goes on."""
    if verb not in USED:
        raise Http404
    allotment = get_object_or_404(allotments_for(request.user), pk=pk)
    move, may_settle = USED[verb]
    words = settling_words(allotment, verb)
    if request.method == "POST":
        move(allotment=allotment, by=request.user, now=timezone.now())
        messages.success(request, words.done)
        return back_to(allotment.project, "used")
    require(may_settle(request.user, allotment))
    context = {
        "allotment": allotment,
        "question": words.question,
        "happens": words.happens,
        "confirm_label": words.label,
        "back_url": f"{reverse('workspace:project', args=[allotment.project_id])}#used",
    }
    return render(request, "workspace/projects/settle.html", context)


def _about_used(in_use: "list[Allotment]") -> tuple[str, ...]:
    """What has to be chosen, and what needs no choice because using it takes nothing away."""
    chosen = any(row.resource not in NOT_USED_UP for row in in_use)
    notes = (_("使っているものを、返すか、使い切ったかを選んでください。"),) if chosen else ()
    names = all_of(amount_and_name(row) for row in in_use if row.resource in NOT_USED_UP)
    return (*notes, _("%(names)sは、使い終わったことになります。") % {"names": names}) if names else notes
