"""A listing for its readers, and the 協働メニュー."""

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from musubi.base.common.business_days import business_days_after
from musubi.base.common.verdict import require
from musubi.flow.actors.enums import ActorKind
from musubi.flow.actors.queries import standing_of
from musubi.flow.issues.queries import issues_for
from musubi.flow.listings.enums import Condition, ListingState
from musubi.flow.listings.permissions import can_put_up
from musubi.flow.listings.queries import listings_for, menu_item_of, menu_items_for, with_parts
from musubi.flow.matching.permissions import can_read_proposals
from musubi.flow.matching.queries import fair_proposals_of_need, introductions_for, proposals_of_offer
from musubi.web.design.paging import page_of
from musubi.web.design.requests import TownRequest
from musubi.web.shared.paper import pdf_answer
from musubi.web.shared.seen import count_opened, count_shown
from musubi.web.shared.whereabouts import places_of

from .poster import poster_of

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

PROPOSALS_SHOWN = 5
INTRODUCTIONS_SHOWN = 5


@login_not_required
@require_safe
def listing(request: TownRequest, pk: int) -> HttpResponse:
    """What is needed or given, who says so, who vouches for them, and what to do next."""
    row = get_object_or_404(with_parts(listings_for(request.user)), pk=pk)
    today = timezone.localdate()
    proposals = _proposals(request.user, row)
    count_opened(request, row)
    count_shown(request, [each.offer if row.is_need else each.need for each in proposals])
    return render(
        request,
        "public/listing.html",
        {
            "listing": row,
            "lines": row.lines.all(),
            "credentials": [c for c in row.actor.credentials.all() if c.is_valid_on(today)],
            "conditions": [Condition(value).label for value in row.conditions if value in Condition.values],
            "wanted_kinds": [
                ActorKind(value).label for value in row.wanted_kinds if value in ActorKind.values
            ],
            "menu": (menu := menu_item_of(row)),
            "answer_by": business_days_after(today, menu.answers_within_days)
            if menu and menu.answers_within_days is not None
            else None,
            "issue": issues_for(request.user).filter(pk=row.issue_id).first() if row.issue_id else None,
            "proposals": proposals,
            "introductions": _introductions(request.user, row),
            "can_put_up": can_put_up(row),
            "where": places_of("listing", row, reader=request.user),
            "is_own": row.actor_id in standing_of(request.user).actor_ids,
            "is_desk": row.municipality_id in standing_of(request.user).staff_in,
        },
    )


@login_not_required
@require_safe
def listing_poster(request: TownRequest, pk: int) -> "HttpResponseBase":
    """An A4 page for a notice board, with the way back to the listing's page."""
    row = get_object_or_404(with_parts(listings_for(request.user)), pk=pk)
    require(can_put_up(row))
    return pdf_answer(
        request,
        "poster",
        title=row.title,
        town=row.municipality,
        link=request.build_absolute_uri(reverse("public:listing", args=[pk])),
        values=poster_of(row),
        open_to_all=True,
    )


def _proposals(user: Any, row: Any) -> Any:
    """Who fits, for those whom it concerns; other readers see the listing only."""
    if not can_read_proposals(user, row):
        return []
    if row.is_need:
        return fair_proposals_of_need(user, row, today=timezone.localdate(), top=PROPOSALS_SHOWN)
    return proposals_of_offer(user, row)[:PROPOSALS_SHOWN]


def _introductions(user: Any, row: Any) -> Any:
    """How far one's own actors have come with this listing; nothing for other readers."""
    own = standing_of(user).actor_ids
    if not own or row.actor_id in own:
        return []
    theirs = Q(need=row, offer__actor__in=own) | Q(offer=row, need__actor__in=own)
    return introductions_for(user).filter(theirs)[:INTRODUCTIONS_SHOWN]


@login_not_required
@require_safe
def menu(request: TownRequest) -> HttpResponse:
    """What departments and intermediaries can do with others, what they cannot, who answers, by when."""
    items = menu_items_for(request.user).filter(
        municipality=request.municipality, state=ListingState.PUBLISHED, hidden_at=None, actor__hidden_at=None
    )
    page = page_of(items.order_by("actor__kana", "-published_at", "pk"), request.GET)
    return render(request, "public/menu.html", {"page": page})
