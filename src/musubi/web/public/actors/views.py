"""Actors, and the public register of what vouches for them."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from musubi.base.common.enums import Field
from musubi.flow.actors.enums import ACTOR_SHOWN, ActorKind, CredentialKind, ProfileItem
from musubi.flow.actors.queries import (
    actors_for,
    credentials_for,
    standing_of,
    visible_items_for,
)
from musubi.flow.actors.services import record_profile_view
from musubi.flow.listings.enums import ListingState
from musubi.flow.listings.queries import listings_for
from musubi.web.design.paging import page_of
from musubi.web.design.requests import TownRequest
from musubi.web.shared.whereabouts import places_of


@login_not_required
@require_safe
def actors(request: TownRequest) -> HttpResponse:
    """Everybody who takes part, by kind, in the order of their reading."""
    rows = actors_for(request.user).filter(
        municipality=request.municipality, state__in=ACTOR_SHOWN, hidden_at=None
    )
    kind = request.GET.get("kind", "")
    if kind in ActorKind.values:
        rows = rows.filter(kind=kind)
    page = page_of(rows.order_by("kana", "name", "pk"), request.GET)
    return render(request, "public/actors.html", {"page": page, "kinds": ActorKind.choices, "kind": kind})


@login_not_required
@require_safe
def actor(request: TownRequest, pk: int) -> HttpResponse:
    """Who they are, what they let this reader see, who vouches for them, what they need and can give."""
    row = get_object_or_404(actors_for(request.user), pk=pk)
    if request.user.is_authenticated:
        record_profile_view(actor=row, by=request.user, now=timezone.now())
    today = timezone.localdate()
    items = visible_items_for(request.user, row)
    listings = listings_for(request.user).filter(actor=row, state=ListingState.PUBLISHED, hidden_at=None)
    return render(
        request,
        "public/actor.html",
        {
            "actor": row,
            "items": [
                (ProfileItem(item).label, text) for item, text in items.items() if item != ProfileItem.URL
            ],
            "where": places_of("actor", row, reader=request.user, address=items.get(ProfileItem.ADDRESS, "")),
            "url": items.get(ProfileItem.URL, ""),
            "fields": [Field(number).label for number in row.fields if number in Field.values],
            "credentials": [
                c for c in credentials_for(request.user).filter(actor=row)[:50] if c.is_valid_on(today)
            ],
            "page": page_of(listings.order_by("-published_at", "-pk"), request.GET, per_page=10),
            "is_own": row.pk in standing_of(request.user).actor_ids,
        },
    )


@login_not_required
@require_safe
def register(request: TownRequest) -> HttpResponse:
    """公的な登録簿: certifications, endorsements, registrations and agreements with their dates."""
    rows = credentials_for(request.user).filter(
        actor__municipality=request.municipality, actor__hidden_at=None, actor__state__in=ACTOR_SHOWN
    )
    kind = request.GET.get("kind", "")
    if kind in CredentialKind.values:
        rows = rows.filter(kind=kind)
    page = page_of(rows.order_by("-valid_from", "-pk"), request.GET, per_page=30)
    today = timezone.localdate()
    return render(
        request,
        "public/register.html",
        {
            "page": page,
            "rows": [(credential, credential.is_valid_on(today)) for credential in page.items],
            "kinds": CredentialKind.choices,
            "kind": kind,
            "today": today,
        },
    )
