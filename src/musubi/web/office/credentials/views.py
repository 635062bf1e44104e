"""The office gives and revokes credentials."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from musubi.base.common.verdict import require
from musubi.flow.actors import permissions, queries, services
from musubi.flow.matching.services import refresh_later_for_actor
from musubi.web.design.requests import PersonRequest
from musubi.web.design.typed import typed

from .forms import CredentialForm, RevokeForm


def credential_new(request: PersonRequest, pk: int) -> HttpResponse:
    """Write down a certification, endorsement, registration or agreement with its dates."""
    actor = get_object_or_404(queries.office_actors_for(request.user), pk=pk)
    require(permissions.can_give_credential(request.user, actor))
    form = typed(request, CredentialForm, user=request.user, municipality=actor.municipality)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            services.give_credential(actor=actor, by=request.user, now=timezone.now(), **form.cleaned_data)
            refresh_later_for_actor(actor=actor)  # reasons and conditions rest on who vouches for it
        messages.success(
            request, _("「%(actor)s」に裏付けを付けました。公開の登録簿にのります。") % {"actor": actor.name}
        )
        return redirect("office:actor", pk=pk)
    return render(request, "office/credential_new.html", {"actor": actor, "form": form})


def credential_revoke(request: PersonRequest, pk: int) -> HttpResponse:
    """The statement no longer stands, and why."""
    credential = get_object_or_404(queries.office_credentials_for(request.user), pk=pk)
    require(permissions.can_revoke_credential(request.user, credential))
    form = typed(request, RevokeForm)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            services.revoke_credential(
                credential=credential, reason=form.cleaned_data["reason"], by=request.user, now=timezone.now()
            )
            refresh_later_for_actor(actor=credential.actor)
        messages.success(request, _("「%(title)s」を取り消しました。") % {"title": credential.title})
        return redirect("office:actor", pk=credential.actor_id)
    context = {
        "form": form,
        "question": _("「%(actor)s」の「%(title)s」を取り消しますか")
        % {"actor": credential.actor.name, "title": credential.title},
        "confirm_label": pgettext("a credential", "取り消す"),
        "back_url": reverse("office:actor", args=[credential.actor_id]),
        "dangerous": True,
    }
    return render(request, "office/reason.html", context)
