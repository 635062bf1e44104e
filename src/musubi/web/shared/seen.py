"""Which page views count as somebody having seen a listing: a reader's own, not its people's, staff's or a machine's."""

import re
from collections.abc import Iterable

from django.utils import timezone

from musubi.flow.actors.queries import standing_of
from musubi.flow.listings.enums import LISTING_SHOWN
from musubi.flow.listings.models import Listing
from musubi.flow.matching import services
from musubi.web.design.requests import TownRequest

# What fetches pages and is no person says so, or says nothing.
_MACHINE = re.compile(
    r"bot|crawl|spider|slurp|archiv|preview|monitor|feed|curl|wget|python|java/|go-http|scan|lighthouse",
    re.IGNORECASE,
)


def count_shown(request: TownRequest, listings: Iterable[Listing]) -> None:
    """These were in a list on the page."""
    if _is_read(request):
        ids = [row.pk for row in listings if _is_seen_by_another(request, row)]
        services.note_shown(listing_ids=ids, now=timezone.now())


def count_opened(request: TownRequest, listing: Listing) -> None:
    """Its page was opened."""
    if _is_read(request) and _is_seen_by_another(request, listing):
        services.note_opened(listing_id=listing.pk, now=timezone.now())


def _is_read(request: TownRequest) -> bool:
    agent = request.headers.get("User-Agent", "")
    ahead = "prefetch" in request.headers.get("Sec-Purpose", "")
    return request.method == "GET" and bool(agent) and not ahead and not _MACHINE.search(agent)


def _is_seen_by_another(request: TownRequest, listing: Listing) -> bool:
    standing = standing_of(request.user)
    return (
        listing.actor_id not in standing.actor_ids
        and listing.municipality_id not in standing.staff_in
        and listing.state in LISTING_SHOWN
        and listing.hidden_at is None
    )
