"""One's own listings: where they stand, who was found, what can be done next."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from musubi.base.common.verdict import Verdict, require
from musubi.flow.cases.queries import cases_for
from musubi.flow.listings import permissions, services
from musubi.flow.listings.enums import ListingState, Side
from musubi.flow.listings.queries import editable_listings_for, listings_for, own_listings_for, with_parts
from musubi.flow.matching.queries import (
    answered_lines,
    fair_proposals_of_need,
    introductions_between,
    introductions_for,
    proposals_of_offer,
    ruled_out_for,
    teams_for,
)
from musubi.web.design import forms
from musubi.web.design.kept import kept_for
from musubi.web.design.paging import page_of
from musubi.web.design.requests import PersonRequest
from musubi.web.shared.seen import count_shown
from musubi.web.shared.team_words import team_cards
from musubi.web.workspace.introductions.asked import asked_about

from ..forms import FulfilForm, WithdrawForm
from ..presentation import facts_of, groups_of, needs_answered, next_step

if TYPE_CHECKING:
    from musubi.flow.listings.models import Listing

PROPOSALS_SHOWN = 60
NEEDS_SHOWN = 30
TEAMS_SHOWN = 3
INTRODUCTIONS_SHOWN = 30


@require_safe
def listings(request: PersonRequest) -> HttpResponse:
    """Everything of one's own actors, by state."""
    state = request.GET.get("state", "")
    rows = own_listings_for(request.user).order_by("-updated_at", "-pk")
    if state in ListingState.values:
        rows = rows.filter(state=state)
    url = reverse("workspace:listings")
    tabs = [(_("すべて"), url), *((label, f"{url}?state={value}") for value, label in ListingState.choices)]
    return render(
        request,
        "workspace/listings/list.html",
        {
            "page": page_of(rows, request.GET),
            "state": state,
            "tabs": tabs,
            "current": f"{url}?state={state}" if state in ListingState.values else url,
        },
    )


@require_safe
def listing(request: PersonRequest, pk: int) -> HttpResponse:
    """One's own listing: its state, the next step, and who fits, requirement by requirement."""
    row = _found(request, pk)
    user, today = request.user, timezone.localdate()
    proposals = fair_proposals_of_need(user, row, today=today, top=PROPOSALS_SHOWN) if row.is_need else []
    introduced = introductions_between(row)
    groups = groups_of(answered_lines(row, proposals, today=today), introduced) if row.is_need else []
    needs = [] if row.is_need else needs_answered(proposals_of_offer(user, row)[:NEEDS_SHOWN], introduced)
    at_once = [card.other for group in groups for card in group.first]
    count_shown(request, at_once if row.is_need else [card.other for card in needs])
    return render(
        request,
        "workspace/listings/listing.html",
        {
            "listing": row,
            "facts": facts_of(row),
            "next_step": next_step(row),
            "groups": groups,
            "proposals": proposals,
            "teams": team_cards(teams_for(user, row)[:TEAMS_SHOWN], introduced) if row.is_need else [],
            "unanswered": [group.title for group in groups if not group.first and not group.more],
            "needs": needs,
            "introductions": list(
                introductions_for(user).filter(Q(need=row) | Q(offer=row))[:INTRODUCTIONS_SHOWN]
            ),
            "case": cases_for(user).filter(need=row).order_by("-opened_at", "-pk").first(),
            "asked": _asked(request, row),
            "can": {
                "edit": permissions.can_edit_listing(user, row),
                "publish": permissions.can_publish_listing(user, row),
                "withdraw": permissions.can_withdraw_listing(user, row),
                "fulfil": permissions.can_fulfil_listing(user, row),
                "confirm": permissions.can_confirm_listing(user, row),
            },
            "keep_clear": f"listing-{row.pk}" if "saved" in request.GET else "",
        },
    )


@require_safe
def why_not(request: PersonRequest, pk: int) -> HttpResponse:
    """What looked alike and was ruled out, each with its reasons and with what would have to change."""
    row = _found(request, pk)
    found = ruled_out_for(request.user, row, today=timezone.localdate()) if row.is_need else []
    return render(request, "workspace/listings/why_not.html", {"listing": row, "found": found})


@require_http_methods(["GET", "POST"])
def listing_withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask why, then take it off the board."""
    row = _found(request, pk)
    form = WithdrawForm(request.POST or kept_for(request))
    if request.method == "POST" and form.is_valid():
        services.withdraw_listing(listing=row, by=request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(request, _("取り下げました。"))
        return redirect("workspace:listing", pk)
    question = _("「%(title)s」を取り下げますか？") % {"title": row}
    return _ask(
        request, row, form, question, _("取り下げる"), permissions.can_withdraw_listing(request.user, row)
    )


@require_http_methods(["GET", "POST"])
def listing_fulfil(request: PersonRequest, pk: int) -> HttpResponse:
    """The need is met, or the offer was taken."""
    row = _found(request, pk)
    form = FulfilForm(request.POST or kept_for(request))
    if request.method == "POST" and form.is_valid():
        services.fulfil_listing(listing=row, by=request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(request, _("「成立・解決」にしました。知らせてくださり、ありがとうございます。"))
        return redirect("workspace:listing", pk)
    question = _("「%(title)s」は決まりましたか？") % {"title": row}
    return _ask(
        request, row, form, question, _("決まりました"), permissions.can_fulfil_listing(request.user, row)
    )


@require_POST
def listing_confirm(request: PersonRequest, pk: int) -> HttpResponse:
    """It is still true."""
    services.confirm_listing(listing=_found(request, pk), by=request.user, now=timezone.now())
    messages.success(request, _("内容がいまも正しいことを記録しました。"))
    return redirect("workspace:listing", pk)


def _asked(request: PersonRequest, row: "Listing") -> "Listing | None":
    """What this person wanted to ask about before they had this to ask with."""
    pk = asked_about(request) if row.state == ListingState.PUBLISHED else None
    if pk is None:
        return None
    other = Side.OFFER if row.is_need else Side.NEED
    shown = listings_for(request.user).filter(state=ListingState.PUBLISHED, hidden_at=None)
    return shown.filter(pk=pk, side=other).exclude(actor=row.actor_id).first()


def _found(request: PersonRequest, pk: int) -> "Listing":
    return get_object_or_404(with_parts(editable_listings_for(request.user)), pk=pk)


def _ask(
    request: PersonRequest, row: "Listing", form: forms.Form, question: str, label: str, verdict: Verdict
) -> HttpResponse:
    require(verdict)
    if request.method == "GET" and form.is_bound:
        form.keep_unchecked()
    return render(
        request,
        "workspace/listings/ask.html",
        {
            "listing": row,
            "form": form,
            "question": question,
            "confirm_label": label,
            "back_url": reverse("workspace:listing", args=[row.pk]),
            "dangerous": False,
        },
    )
