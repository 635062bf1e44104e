"""What nobody has said for 90 days to be true is asked about: twice, 14 days apart, each time once."""

import datetime as dt

from django.db import transaction
from django.db.models import F

from musubi.base.audit import services as audit

from ..models import Listing
from ..notifications import ask_whether_still_true
from ..queries import listings_to_ask

ASKED_AT_ONCE = 100


def ask_unconfirmed(*, now: dt.datetime) -> int:
    """Ask the people of every listing that is due; how many listings there were.

    The count that says that it was asked and the messages stand in one transaction, and only who
    raises the count writes them: any number of workers may do this, and any may be killed.
    """
    due, number = listings_to_ask(now).order_by("pk"), 0
    while chunk := list(due.values_list("pk", flat=True)[:ASKED_AT_ONCE]):
        with transaction.atomic():
            rows = due.filter(pk__in=chunk).select_for_update(of=("self",)).select_related("actor")
            number += sum(_ask(listing, now) for listing in rows)
    return number


def _ask(listing: Listing, now: dt.datetime) -> bool:
    """Whether it was this worker that asked."""
    unchanged = Listing.objects.filter(
        pk=listing.pk, state=listing.state, times_asked=listing.times_asked, confirmed_at=listing.confirmed_at
    )
    if not unchanged.update(times_asked=F("times_asked") + 1, asked_at=now):
        return False
    times = listing.times_asked + 1
    audit.record(by=None, verb="listing.ask", subject=listing, at=now, after={"times": times})
    ask_whether_still_true(listing, again=times > 1, at=now)
    return True
