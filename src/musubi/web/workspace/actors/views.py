"""An actor for its members: registering it, keeping its profile, asking the city to verify it."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from musubi.base.common.enums import Field
from musubi.base.common.verdict import require
from musubi.flow.actors import permissions, queries, services
from musubi.flow.matching.queries import partners_of
from musubi.flow.matching.services import follow_actor
from musubi.web.design.requests import PersonRequest, safe_next
from musubi.web.design.typed import typed
from musubi.web.workspace.registered import registered_here

from .forms import ActorForm, CloseForm

CREDENTIALS_SHOWN = 50


@registered_here
def actor_new(request: PersonRequest) -> HttpResponse:
    """Register a group, a business or oneself; as a draft, or at once to the city."""
    town = request.municipality
    verdict = permissions.can_create_actor(request.user, town)
    require(verdict)
    official = town.pk in queries.standing_of(request.user).office_in
    form = typed(request, ActorForm, municipality=town, official=official)
    if request.method == "POST" and form.is_valid():
        actor = services.create_actor(
            municipality=town,
            item_visibility=form.item_visibility,
            submit="submit" in request.POST,
            by=request.user,
            now=timezone.now(),
            **form.profile,
        )
        messages.success(request, _("「%(actor)s」を登録しました。") % {"actor": actor.name})
        return redirect(safe_next(request) or f"{reverse('workspace:actor', args=[actor.pk])}?saved=actor")
    return render(request, "workspace/actors/new.html", {"form": form})


@require_safe
def actor(request: PersonRequest, pk: int) -> HttpResponse:
    """Where the actor stands, what others see of it, and what can be done."""
    row = get_object_or_404(queries.own_actors_for(request.user), pk=pk)
    today = timezone.localdate()
    credentials = queries.credentials_for(request.user).filter(actor=row)[:CREDENTIALS_SHOWN]
    return render(
        request,
        "workspace/actors/actor.html",
        {
            "actor": row,
            "keep_clear": _saved(request, pk),
            "items": queries.profile_lines_for(request.user, row),
            "fields": [Field(number).label for number in row.fields],
            "missing": [item.label for item in queries.missing_for_more_disclosure(row)],
            "credentials": [(credential, credential.is_valid_on(today)) for credential in credentials],
            "members": queries.memberships_for(request.user).filter(actor=row)[:100],
            "verbs": permissions.verbs_from(row),
            "may_edit": permissions.can_edit_actor(request.user, row),
            "may_submit": permissions.can_submit_actor(request.user, row),
            "may_confirm": permissions.can_confirm_actor(request.user, row),
            "may_close": permissions.can_close_actor(request.user, row),
            "may_reopen": permissions.can_reopen_actor(request.user, row),
        },
    )


@require_safe
def actor_partners(request: PersonRequest, pk: int) -> HttpResponse:
    """With whom the actor could work, by what it has published."""
    row = get_object_or_404(queries.own_actors_for(request.user), pk=pk)
    return render(
        request,
        "workspace/actors/partners.html",
        {"actor": row, "partners": partners_of(request.user, row)},
    )


def actor_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """The whole profile, with who may see which item. The office and staff come here too."""
    row = get_object_or_404(queries.actors_for(request.user), pk=pk)
    require(permissions.can_edit_actor(request.user, row))
    by_office = row.municipality_id in queries.standing_of(request.user).office_in
    own = row.pk in queries.standing_of(request.user).actor_ids
    back = "workspace:actor" if own else ("office:actor" if by_office else "public:actor")
    form = typed(request, ActorForm, municipality=row.municipality, official=by_office, actor=row)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            changed = services.update_profile(
                actor=row,
                item_visibility=form.item_visibility,
                by=request.user,
                now=timezone.now(),
                **form.profile,
            )
            follow_actor(actor=changed)  # search and proposals name it
        messages.success(request, _("内容を保存しました。"))
        return redirect(f"{reverse(back, args=[row.pk])}?saved=actor-{row.pk}")
    if request.method != "POST":
        services.record_profile_view(actor=row, by=request.user, now=timezone.now(), in_form=True)
    context = {
        "actor": row,
        "form": form,
        "back": back,
        "asks_again": row.state == "verified" and not by_office,
    }
    return render(request, "workspace/actors/edit.html", context)


@require_POST
def actor_submit(request: PersonRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(queries.own_actors_for(request.user), pk=pk)
    with transaction.atomic():
        follow_actor(actor=services.submit_actor(actor=row, by=request.user, now=timezone.now()))
    messages.success(request, _("市に確認を頼みました。結果はお知らせに届きます。"))
    return redirect("workspace:actor", pk=pk)


@require_POST
def actor_confirm(request: PersonRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(queries.own_actors_for(request.user), pk=pk)
    services.confirm_actor(actor=row, by=request.user, now=timezone.now())
    messages.success(request, _("確かめた日を記録しました。ありがとうございます。"))
    return redirect("workspace:actor", pk=pk)


def actor_close(request: PersonRequest, pk: int) -> HttpResponse:
    """Asks for the reason first."""
    row = get_object_or_404(queries.own_actors_for(request.user), pk=pk)
    require(permissions.can_close_actor(request.user, row))
    form = typed(request, CloseForm)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            closed = services.close_actor(
                actor=row, reason=form.cleaned_data["reason"], by=request.user, now=timezone.now()
            )
            follow_actor(actor=closed)
        messages.success(request, _("「%(actor)s」の活動を終了にしました。") % {"actor": row.name})
        return redirect("workspace:actor", pk=pk)
    return render(request, "workspace/actors/close.html", {"actor": row, "form": form})


@require_POST
def actor_reopen(request: PersonRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(queries.own_actors_for(request.user), pk=pk)
    with transaction.atomic():
        follow_actor(actor=services.reopen_actor(actor=row, by=request.user, now=timezone.now()))
    messages.success(request, _("活動を再開しました。市がもう一度、内容を確認します。"))
    return redirect("workspace:actor", pk=pk)


def _saved(request: PersonRequest, pk: int) -> str:
    """Which form's words this device may forget: those that have just arrived."""
    saved = request.GET.get("saved", "")
    return saved if saved in ("actor", f"actor-{pk}") else ""
