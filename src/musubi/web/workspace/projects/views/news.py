"""近況: told in words and pictures, and taken away again."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from musubi.base.common.verdict import require
from musubi.flow.projects.permissions import can_arrange_project, can_post_update, can_remove_update
from musubi.flow.projects.queries import own_updates_for, partner_acts_for
from musubi.flow.projects.services import PictureRefused, post_update, remove_update
from musubi.web.design.requests import PersonRequest
from musubi.web.design.typed import typed
from musubi.web.shared.refused import show_refused

from ..forms import UpdateForm
from ..pages import back_to, form_page, found


@require_http_methods(["GET", "POST"])
def project_update_new(request: PersonRequest, pk: int) -> HttpResponse:
    """Tell how it goes."""
    row = found(request, pk)
    own = partner_acts_for(request.user, row)
    files = request.FILES if request.method == "POST" else None
    is_staff = bool(can_arrange_project(request.user, row))
    initial = {"visibility": row.visibility}
    form = typed(request, UpdateForm, files=files, own=own, is_staff=is_staff, initial=initial)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            post_update(
                project=row,
                text=values["text"],
                visibility=values["visibility"],
                partner=next((p for p in own if str(p.pk) == values.get("partner")), None),
                pictures=form.pictures,
                by=request.user,
                now=timezone.now(),
            )
        except PictureRefused as refusal:
            form.add_error(form.field_of(refusal.number, words=refusal.at_words), str(refusal))
        except ValidationError as refusal:
            show_refused(form, refusal)
        else:
            messages.success(request, _("近況を載せました。チームの人に知らせました。"))
            return back_to(row, "news")
    elif request.method != "POST":
        require(can_post_update(request.user, row))
    if files and (form.errors or form.looked_at):
        form.ask_pictures_again()
    return form_page(
        request, row, form, kind="update", part="news", multipart=True,
        template="workspace/projects/update.html",
        title=_("近況を書く"), label=_("載せる"),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def project_update_remove(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask, then take it away with its pictures."""
    update = get_object_or_404(own_updates_for(request.user), pk=pk)
    if request.method == "POST":
        remove_update(update=update, by=request.user, now=timezone.now())
        messages.success(request, _("近況を消しました。"))
        return back_to(update.project, "news")
    require(can_remove_update(request.user, update))
    return render(
        request,
        "workspace/projects/remove.html",
        {
            "update": update,
            "question": _("この近況を消しますか"),
            "confirm_label": _("消す"),
            "back_url": f"{reverse('workspace:project', args=[update.project_id])}#news",
            "dangerous": True,
        },
    )
