"""The page behind the link of a reminder: still going on, or solved; without signing in."""

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from musubi.flow.listings.enums import ListingState
from musubi.flow.listings.permissions import can_confirm_listing, can_fulfil_listing
from musubi.flow.listings.queries import asked_with
from musubi.flow.listings.services import confirm_listing, fulfil_listing, longer_expiry
from musubi.web.design.requests import TownRequest
from musubi.web.shared.listing_words import facts_of

if TYPE_CHECKING:
    from musubi.flow.listings.models import Listing


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def still(request: TownRequest, token: str) -> HttpResponse:
    """Opening it does nothing, as mail programs open links too; only a button does."""
    found = asked_with(token)
    if found is None:
        raise Http404
    listing, person = found
    if request.method == "POST":
        act = request.POST.get("act")
        if act == "still":
            confirm_listing(listing=listing, by=person, now=timezone.now(), prolong=True)
        elif act == "solved":
            fulfil_listing(listing=listing, by=person, now=timezone.now())
        return redirect("public:still", token)
    today = timezone.localdate()
    context = {
        "listing": listing,
        "facts": facts_of(listing),
        "until": longer_expiry(listing, today),
        "answered": _answered(listing),
        "is_open": listing.state == ListingState.PUBLISHED,
        "may_confirm": can_confirm_listing(person, listing),
        "may_fulfil": can_fulfil_listing(person, listing),
    }
    return render(request, "public/still.html", context)


def _answered(listing: "Listing") -> str:
    """What its people have said already; empty while they are being asked."""
    if listing.state == ListingState.FULFILLED:
        return _("「成立・解決」として受け取りました。知らせてくださり、ありがとうございます。")
    if listing.state == ListingState.PUBLISHED and not listing.times_asked:
        return _("「まだ続けています」と受け取りました。知らせてくださり、ありがとうございます。")
    return ""
