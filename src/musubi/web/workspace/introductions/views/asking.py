"""「話を聞きたい」: a member of one side introduces itself to the other."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from musubi.base.common.joining import bracketed
from musubi.base.common.verdict import NotAllowed
from musubi.flow.actors.queries import standing_of
from musubi.flow.cases.services import ask_to_talk
from musubi.flow.listings.enums import ListingState, Side
from musubi.flow.listings.queries import listings_for, own_listings_for, with_parts
from musubi.flow.matching.queries import introductions_between
from musubi.flow.matching.queries.told_lines import told_lines
from musubi.web.design.requests import PersonRequest
from musubi.web.design.typed import typed
from musubi.web.workspace.registered import registered_here

from ..asked import forget_asked, remember_asked
from ..forms import AskForm
from ..presentation import stands_in_the_way

if TYPE_CHECKING:
    from musubi.flow.listings.models import Listing

CHOICES = 50


@require_http_methods(["GET", "HEAD", "POST"])
@registered_here
def ask(request: PersonRequest, pk: int) -> HttpResponse:
    """About which of one's own listings, and a word; without one, how to post it first."""
    row = get_object_or_404(with_parts(listings_for(request.user)), pk=pk)
    own_side = Side.OFFER if row.is_need else Side.NEED
    between = introductions_between(row)
    own = _own_listings(request, row, own_side)
    free = [listing for listing in own if not stands_in_the_way(between.get(listing.pk))]
    form = typed(
        request,
        AskForm,
        choices=[(str(listing.pk), bracketed(listing, listing.actor.name)) for listing in free],
    )
    if request.method == "POST" and form.is_valid():
        mine = next(listing for listing in free if str(listing.pk) == form.cleaned_data["own"])
        need, offer = (row, mine) if row.is_need else (mine, row)
        try:
            introduction = ask_to_talk(
                need=need, offer=offer, words=form.cleaned_data["words"], by=request.user, now=timezone.now()
            )
        except NotAllowed as refused:
            form.add_error(None, str(refused))
        else:
            forget_asked(request)
            messages.success(
                request,
                _(
                    "「話を聞きたい」と伝えました。相手のお返事があったら、お知らせします。連絡先は、まだどちらにも見えません。"
                ),
            )
            page = reverse("workspace:introduction", args=[introduction.pk])
            return redirect(f"{page}?sent=ask-{pk}")
    if not free and row.state == ListingState.PUBLISHED:
        remember_asked(request, row.pk)
    return render(
        request,
        "workspace/introductions/ask.html",
        {
            "listing": row,
            "is_own": row.actor_id in standing_of(request.user).actor_ids,
            "is_open": row.state == ListingState.PUBLISHED and row.hidden_at is None,
            "own_side": own_side,
            "free": free,
            "begun": [found for listing in own if (found := between.get(listing.pk))],
            "edits": bool(standing_of(request.user).edits),
            "told": [
                (line.label, line.text) for line in told_lines(row, reasons=(), words="", introducer="")[:4]
            ],
            "new_url": f"{reverse('workspace:listing_new')}?side={own_side}",
            "form": form,
        },
    )


def _own_listings(request: PersonRequest, row: "Listing", side: str) -> "list[Listing]":
    """What this person's actors have published on the other side, the newest first."""
    rows = own_listings_for(request.user).filter(
        Q(expires_on=None) | Q(expires_on__gte=timezone.localdate()),
        actor__in=standing_of(request.user).edits,
        municipality=row.municipality,
        side=side,
        state=ListingState.PUBLISHED,
        hidden_at=None,
    )
    return list(rows.exclude(actor=row.actor_id).order_by("-published_at", "-pk")[:CHOICES])
