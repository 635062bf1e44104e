"""One need in full: who answers which of its requirements, what nobody answers, and why others do not."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from musubi.base.common.verdict import require
from musubi.flow.cases.permissions import can_introduce_to, can_open_case, can_take_partners
from musubi.flow.cases.queries import open_case_of
from musubi.flow.listings import permissions, services
from musubi.flow.listings.enums import ListingState, Side
from musubi.flow.listings.queries import listings_for, with_parts
from musubi.flow.matching.permissions import can_work_at_desk
from musubi.flow.matching.queries import (
    answered_lines,
    blockers_between,
    fair_proposals_of_need,
    introductions_between,
    introductions_for,
    proposals_of_need,
    proposals_while_arranged,
    ruled_out_for,
    standing_between,
    teams_for,
)
from musubi.flow.matching.services import propose_for_need, release_and_match
from musubi.web.design.requests import PersonRequest
from musubi.web.shared.listing_words import facts_of, groups_of
from musubi.web.shared.team_words import team_cards

from .checklist import checklist_of
from .forms import OfferForm

if TYPE_CHECKING:
    from musubi.flow.cases.models import Case
    from musubi.flow.listings.models import Listing
    from musubi.flow.matching.models import Proposal

PROPOSALS_SHOWN = 60
INTRODUCTIONS_SHOWN = 30
TEAMS_SHOWN = 5


@require_safe
def need(request: PersonRequest, pk: int) -> HttpResponse:
    """What is asked, and proposals for every requirement with their reasons."""
    row = _found(request, pk)
    case = open_case_of(row)
    proposals = _candidates(request, row, case)
    introduced = introductions_between(row)
    groups = groups_of(answered_lines(row, proposals, today=timezone.localdate()), introduced)
    return render(
        request,
        "desk/needs/need.html",
        {
            "need": row,
            "facts": facts_of(row),
            "checklist": checklist_of(row),
            "groups": groups,
            "teams": team_cards(teams_for(request.user, row)[:TEAMS_SHOWN], introduced),
            "proposals": proposals,
            "unanswered": [group.title for group in groups if not group.first and not group.more],
            "case": case,
            "is_sought": row.state == ListingState.PUBLISHED or _takes_more(row, case),
            "may_open": can_open_case(request.user, row),
            "introductions": list(introductions_for(request.user).filter(need=row)[:INTRODUCTIONS_SHOWN]),
            "may_reserve": permissions.can_reserve_listing(request.user, row),
            "may_release": permissions.can_release_listing(request.user, row),
        },
    )


@require_safe
def why_not(request: PersonRequest, pk: int) -> HttpResponse:
    """Offers that look alike and were ruled out; or one offer that is asked for."""
    row, today = _found(request, pk), timezone.localdate()
    case = open_case_of(row)
    form = OfferForm(request.GET or None)
    offer: Listing | None = None
    blockers: tuple[Any, ...] = ()
    if form.is_bound and form.is_valid():
        number = form.cleaned_data["offer"]
        offer = (
            listings_for(request.user)
            .filter(municipality=row.municipality_id, side=Side.OFFER, pk=number)
            .first()
        )
        if offer is None:
            form.add_error(
                "offer", _("この番号の提供は見つかりません。提供のページの住所の最後の数字を入れてください。")
            )
        else:
            blockers = blockers_between(row, offer, today=today, arranged=_takes_more(row, case))
    found = ruled_out_for(request.user, row, today=today) if offer is None else []
    context = {
        "need": row,
        "found": found,
        "form": form,
        "offer": offer,
        "blockers": blockers,
        "standing": standing_between(row, offer) if offer else None,
        "may_introduce": can_introduce_to(request.user, row, offer, case) if offer else None,
        "is_listed": offer is not None
        and any(each.offer_id == offer.pk for each in _candidates(request, row, case)),
    }
    return render(request, "desk/needs/why_not.html", context)


def _candidates(request: PersonRequest, need: "Listing", case: "Case | None") -> "list[Proposal]":
    """What was found for a need; while its case takes further partners, what the engine says now."""
    if _takes_more(need, case):
        today = timezone.localdate()
        return proposals_while_arranged(request.user, need, today=today, top=PROPOSALS_SHOWN)
    return fair_proposals_of_need(request.user, need, today=timezone.localdate(), top=PROPOSALS_SHOWN)


def _takes_more(need: "Listing", case: "Case | None") -> bool:
    """Whether somebody already talks with the need's people and more partners are welcome."""
    if case is None or need.state != ListingState.RESERVED or need.hidden_at is not None:
        return False
    return bool(can_take_partners(case))


@require_POST
def propose(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask the engine anew, with everything that is published now."""
    row = _found(request, pk)
    propose_for_need(need=row, now=timezone.now())
    number = proposals_of_need(request.user, row).count()  # of those kept, what this person may read
    said = ngettext(
        "候補を探し直しました。%(number)d件あります。", "候補を探し直しました。%(number)d件あります。", number
    )
    messages.success(request, said % {"number": number})
    return redirect("desk:need", pk)


@require_POST
def reserve(request: PersonRequest, pk: int) -> HttpResponse:
    """Somebody is being brought together over this need: it leaves the queue."""
    services.reserve_listing(listing=_found(request, pk), by=request.user, now=timezone.now())
    messages.success(request, _("「調整中」にしました。調整が終わったら、ここに戻って結果を入れてください。"))
    return redirect("desk:need", pk)


@require_POST
def release(request: PersonRequest, pk: int) -> HttpResponse:
    """It came to nothing: back to the queue."""
    release_and_match(listing=_found(request, pk), by=request.user, now=timezone.now())
    messages.success(request, _("「公開中」に戻しました。また候補に出ます。"))
    return redirect("desk:need", pk)


def _found(request: PersonRequest, pk: int) -> "Listing":
    """The need, if this person may read it (else 404) and works at its town's desk (else 403)."""
    row = get_object_or_404(with_parts(listings_for(request.user).filter(side=Side.NEED)), pk=pk)
    require(can_work_at_desk(request.user, row.municipality))
    return row
