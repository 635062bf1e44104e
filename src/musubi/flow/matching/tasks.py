"""For the worker: a listing's proposals anew, after it was published or changed."""

from django.utils import timezone
from django_tasks import task

from musubi.flow.listings.enums import MATCHABLE, Side
from musubi.flow.listings.models import Listing

from .models import Proposal
from .services import propose_for_need, refresh


@task()
def refresh_proposals(listing_id: int) -> int:
    """Ask again about one listing; an offer also brings the lists of the needs it stands in up to date.

    Running it twice changes nothing. A listing that is gone or closed has nothing to refresh.
    """
    now = timezone.now()
    listing = Listing.objects.filter(pk=listing_id, state__in=MATCHABLE, hidden_at=None).first()
    if listing is None:
        return 0
    number = refresh(listing=listing, now=now)
    if listing.side == Side.OFFER:
        rows = (
            Proposal.objects.filter(offer=listing, superseded_at=None)
            .select_related("need")
            .order_by("need_id")
        )
        for row in list(rows):
            propose_for_need(need=row.need, now=now)
    return number
