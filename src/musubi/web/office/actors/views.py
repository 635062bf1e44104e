"""Actors for the office: everybody of the town, verifying, sending back, typing in."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from musubi.base.common.enums import Field
from musubi.base.common.verdict import Verdict, require
from musubi.flow.actors import permissions, queries, services
from musubi.flow.actors.enums import ActorState
from musubi.flow.matching.services import follow_actor
from musubi.web.design.forms import Form
from musubi.web.design.paging import page_of
from musubi.web.design.requests import PersonRequest
from musubi.web.design.typed import typed
from musubi.web.office.audit.wording import VERBS
from musubi.web.office.door import office_only

from .forms import CloseForm, EnterForm, FilterForm, ReasonForm

CREDENTIALS_SHOWN, HISTORY_SHOWN, MEMBERS_SHOWN = 50, 20, 100
SUBMITTED_AT_ONCE = 50


@require_safe
@office_only
def actors(request: PersonRequest) -> HttpResponse:
    """Every actor of the town, narrowed by name, state and kind."""
    rows = queries.office_actors_for(request.user).filter(municipality=request.municipality)
    form = FilterForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    if wanted.get("q"):
        rows = queries.named_like(rows, wanted["q"])
    if wanted.get("state"):
        rows = rows.filter(state=wanted["state"])
    if wanted.get("kind"):
        rows = rows.filter(kind=wanted["kind"])
    page = page_of(rows.order_by("kana", "name", "pk"), request.GET, per_page=30, total=rows.count())
    drafts = 0
    if wanted.get("state") == ActorState.DRAFT:
        drafts = queries.imported_drafts_for(request.user, request.municipality).count()
    context = {"form": form, "page": page, "drafts": drafts, "at_once": min(drafts, SUBMITTED_AT_ONCE)}
    return render(request, "office/actors/actors.html", context)


@require_POST
@office_only
def actors_submit(request: PersonRequest) -> HttpResponse:
    """Take up what files brought in and nobody looks after: a handful at a time, so that the page answers."""
    drafts = queries.imported_drafts_for(request.user, request.municipality)
    with transaction.atomic():
        rows = services.submit_actors(actors=drafts[:SUBMITTED_AT_ONCE], by=request.user, now=timezone.now())
        for row in rows:
            follow_actor(actor=row)
    number = len(rows)
    said = ngettext("%(number)d件を確認待ちにしました。", "%(number)d件を確認待ちにしました。", number)
    messages.success(request, said % {"number": number})
    waits = "draft" if drafts.exists() else "pending"
    return redirect(f"{reverse('office:actors')}?state={waits}")


@office_only
def actor_new(request: PersonRequest) -> HttpResponse:
    """Type in an actor that came on paper, at the counter or by telephone."""
    form = typed(request, EnterForm, municipality=request.municipality)
    if request.method == "POST" and form.is_valid():
        row = services.enter_actor(
            municipality=request.municipality, by=request.user, now=timezone.now(), **form.cleaned_data
        )
        messages.success(request, _("「%(actor)s」を代わりに登録しました。") % {"actor": row.name})
        return redirect("office:actor", pk=row.pk)
    return render(request, "office/actors/new.html", {"form": form})


@require_safe
def actor(request: PersonRequest, pk: int) -> HttpResponse:
    """The full profile (that it was read is kept), who vouches for it, who acts for it, what happened."""
    row = get_object_or_404(queries.office_actors_for(request.user), pk=pk)
    now = timezone.now()
    services.record_profile_view(actor=row, by=request.user, now=now)
    today = timezone.localdate(now)
    credentials = queries.credentials_for(request.user).filter(actor=row)[:CREDENTIALS_SHOWN]
    members = queries.with_owner_counts(queries.memberships_for(request.user).filter(actor=row))[
        :MEMBERS_SHOWN
    ]
    history = list(queries.history_for(request.user, row)[:HISTORY_SHOWN])
    names = queries.names_in_log(request.user, {event.by for event in history})
    return render(
        request,
        "office/actors/actor.html",
        {
            "actor": row,
            "items": queries.profile_lines_for(request.user, row),
            "fields": [Field(number).label for number in row.fields],
            "credentials": [
                {
                    "credential": credential,
                    "valid": credential.is_valid_on(today),
                    "may_revoke": permissions.can_revoke_credential(request.user, credential),
                }
                for credential in credentials
            ],
            "members": [(member, permissions.can_remove_member(request.user, member)) for member in members],
            "invitations": queries.open_invitations_for(request.user, now).filter(actor=row)[:MEMBERS_SHOWN],
            "history": [
                {
                    "event": event,
                    "who": names.get(event.by, event.by),
                    "what": VERBS.get(event.verb, event.verb),
                }
                for event in history
            ],
            "verbs": permissions.verbs_from(row),
            "may_submit": queries.imported_drafts_for(request.user, row.municipality)
            .filter(pk=row.pk)
            .exists(),
            "may_verify": permissions.can_verify_actor(request.user, row),
            "may_return": permissions.can_return_actor(request.user, row),
            "may_edit": permissions.can_edit_actor(request.user, row),
            "may_invite": permissions.can_invite_member(request.user, row),
            "may_give_credential": permissions.can_give_credential(request.user, row),
        },
    )


@require_POST
def actor_submit(request: PersonRequest, pk: int) -> HttpResponse:
    """Take up one that a file brought in: others see it from now on, marked as not yet verified."""
    town = get_object_or_404(queries.office_actors_for(request.user), pk=pk).municipality
    row = get_object_or_404(queries.imported_drafts_for(request.user, town), pk=pk)
    with transaction.atomic():
        for actor in services.submit_actors(actors=[row], by=request.user, now=timezone.now()):
            follow_actor(actor=actor)
    messages.success(request, _("「%(actor)s」を確認待ちにしました。") % {"actor": row.name})
    return redirect("office:actor", pk=pk)


@require_POST
def actor_verify(request: PersonRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(queries.office_actors_for(request.user), pk=pk)
    services.verify_actor(actor=row, by=request.user, now=timezone.now())
    messages.success(request, _("「%(actor)s」を確認済みにしました。") % {"actor": row.name})
    return redirect("office:actor", pk=pk)


@require_POST
def actor_reopen(request: PersonRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(queries.office_actors_for(request.user), pk=pk)
    with transaction.atomic():
        follow_actor(actor=services.reopen_actor(actor=row, by=request.user, now=timezone.now()))
    messages.success(request, _("「%(actor)s」を再開しました。確認待ちです。") % {"actor": row.name})
    return redirect("office:actor", pk=pk)


def actor_return(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask for a correction."""
    words = {
        "question": _("「%(actor)s」に直しをお願いしますか"),
        "confirm_label": _("直しをお願いする"),
        "done": _("「%(actor)s」に直しをお願いしました。"),
    }
    return _with_reason(request, pk, may=permissions.can_return_actor, act=services.return_actor, words=words)


def actor_unverify(request: PersonRequest, pk: int) -> HttpResponse:
    """Take the city's word back."""
    words = {
        "question": _("「%(actor)s」の確認を取り消しますか"),
        "confirm_label": _("確認を取り消す"),
        "done": _("「%(actor)s」を確認待ちに戻しました。"),
    }
    return _with_reason(
        request, pk, may=permissions.can_unverify_actor, act=services.unverify_actor, words=words
    )


def actor_close(request: PersonRequest, pk: int) -> HttpResponse:
    """The actor has ended its work."""
    words = {
        "question": _("「%(actor)s」の活動を終了にしますか"),
        "confirm_label": _("活動を終了にする"),
        "done": _("「%(actor)s」の活動を終了にしました。"),
    }
    return _with_reason(
        request,
        pk,
        may=permissions.can_close_actor,
        act=services.close_actor,
        words=words,
        form_class=CloseForm,
    )


def _with_reason(
    request: PersonRequest,
    pk: int,
    *,
    may: Callable[..., Verdict],
    act: Callable[..., Any],
    words: dict[str, str],
    form_class: type[Form] = ReasonForm,
) -> HttpResponse:
    row = get_object_or_404(queries.office_actors_for(request.user), pk=pk)
    require(may(request.user, row))
    form = typed(request, form_class)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            follow_actor(
                actor=act(actor=row, reason=form.cleaned_data["reason"], by=request.user, now=timezone.now())
            )
        messages.success(request, words["done"] % {"actor": row.name})
        return redirect("office:actor", pk=pk)
    context = {
        "form": form,
        "question": words["question"] % {"actor": row.name},
        "confirm_label": words["confirm_label"],
        "back_url": reverse("office:actor", args=[pk]),
        "dangerous": True,
    }
    return render(request, "office/reason.html", context)
