"""Who acts for an actor: members, invitations, and the page an invited person opens."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from musubi.base.common.verdict import require
from musubi.flow.actors import permissions, queries, services
from musubi.web.design.paging import page_of
from musubi.web.design.requests import PersonRequest
from musubi.web.design.typed import typed

from .forms import InviteForm, RoleForm

INVITATIONS_SHOWN = 50


@require_safe
def members(request: PersonRequest, pk: int) -> HttpResponse:
    """The members with what each may do, and the invitations that are still open."""
    actor = get_object_or_404(queries.own_actors_for(request.user), pk=pk)
    rows = queries.with_owner_counts(queries.memberships_for(request.user).filter(actor=actor))
    page = page_of(rows.order_by("joined_at", "pk"), request.GET)
    lines = [
        {
            "membership": row,
            "form": RoleForm(initial={"role": row.role}, prefix=f"m{row.pk}"),
            "may_change": permissions.can_change_role(request.user, row),
            "may_remove": permissions.can_remove_member(request.user, row),
            "is_me": row.user_id == request.user.pk,
        }
        for row in page.items
    ]
    invitations = queries.open_invitations_for(request.user, timezone.now()).filter(actor=actor)
    context = {
        "actor": actor,
        "page": page,
        "lines": lines,
        "owns": actor.pk in queries.standing_of(request.user).owns,
        "may_invite": permissions.can_invite_member(request.user, actor),
        "invitations": invitations[:INVITATIONS_SHOWN],
    }
    return render(request, "workspace/members/members.html", context)


def invite(request: PersonRequest, pk: int) -> HttpResponse:
    """Invite somebody by mail address. The office comes here too, for actors that lost their owner."""
    actor = get_object_or_404(queries.actors_for(request.user), pk=pk)
    require(permissions.can_invite_member(request.user, actor))
    own = actor.pk in queries.standing_of(request.user).actor_ids
    by_office = actor.municipality_id in queries.standing_of(request.user).office_in
    back = "workspace:members" if own else ("office:actor" if by_office else "public:actor")
    form = typed(request, InviteForm, actor=actor, user=request.user, now=timezone.now())
    if request.method == "POST" and form.is_valid():
        services.invite_member(actor=actor, by=request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(request, _("%(email)s に招待を送りました。") % {"email": form.cleaned_data["email"]})
        return redirect(back, pk=pk)
    return render(request, "workspace/members/invite.html", {"actor": actor, "form": form, "back": back})


@require_POST
def member_role(request: PersonRequest, pk: int) -> HttpResponse:
    membership = get_object_or_404(queries.memberships_for(request.user), pk=pk)
    require(permissions.can_change_role(request.user, membership))
    form = RoleForm(request.POST, prefix=f"m{membership.pk}")
    if form.is_valid():
        services.change_role(
            membership=membership, role=form.cleaned_data["role"], by=request.user, now=timezone.now()
        )
        messages.success(request, _("%(person)sさんの役割を変えました。") % {"person": membership.user})
    else:
        messages.error(request, _("できること（役割）を選んでください。"))
    return redirect(_after_member_change(request, membership.actor_id))


def member_remove(request: PersonRequest, pk: int) -> HttpResponse:
    """Asks once more before somebody leaves or is taken out."""
    membership = get_object_or_404(queries.memberships_for(request.user), pk=pk)
    require(permissions.can_remove_member(request.user, membership))
    if request.method == "POST":
        services.remove_member(membership=membership, by=request.user, now=timezone.now())
        messages.success(request, _("「%(actor)s」から外しました。") % {"actor": membership.actor.name})
        return redirect(_after_member_change(request, membership.actor_id))
    me = membership.user_id == request.user.pk
    context = {"membership": membership, "me": me, "back": _after_member_change(request, membership.actor_id)}
    return render(request, "workspace/members/remove.html", context)


@login_not_required
def invitation(request: PersonRequest, token: str) -> HttpResponse:
    """What one is invited to; signed out it leads to the sign-in and back, with another address it says so."""
    row = get_object_or_404(queries.invitations_with_token(token))
    now = timezone.now()
    here = reverse("workspace:invitation", args=[token])
    if request.method == "POST":
        if not request.user.is_authenticated:
            return redirect(f"{reverse('account_login')}?{urlencode({'next': here})}")
        services.accept_invitation(invitation=row, by=request.user, now=now)
        messages.success(request, _("「%(actor)s」に参加しました。") % {"actor": row.actor.name})
        return redirect("workspace:actor", pk=row.actor_id)
    context = {
        "invitation": row,
        "address": _veiled(row.email),
        "open": permissions.is_open(row, now),
        "may_accept": permissions.can_accept_invitation(request.user, row, now),
        "other_address": request.user.is_authenticated and request.user.email.lower() != row.email.lower(),
        "after_sign_in": urlencode({"next": here}),
    }
    return render(request, "workspace/members/invitation.html", context)


@require_POST
def invitation_withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(queries.invitations_for(request.user), pk=pk)
    services.withdraw_invitation(invitation=row, by=request.user, now=timezone.now())
    messages.success(request, _("招待を取り消しました。"))
    return redirect(_after_member_change(request, row.actor_id))


def _after_member_change(request: PersonRequest, actor_id: int) -> str:
    """Back to the members, or where somebody who is none may go."""
    standing = queries.standing_of(request.user)
    if actor_id in standing.actor_ids:
        return reverse("workspace:members", args=[actor_id])
    if standing.office_in:
        return reverse("office:actor", args=[actor_id])
    return reverse("workspace:home")


def _veiled(email: str) -> str:
    """Enough to recognise one's own address, too little to learn another's."""
    name, _at, domain = email.partition("@")
    return f"{name[:2]}…@{domain}"
