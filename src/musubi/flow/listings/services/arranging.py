"""What a later stage does with a listing after it has checked authority itself.

Whoever says yes to an introduction may have no right on the other side's listing, and yet reserves it.
A listing that its people have closed meanwhile stays as they left it.
"""

import datetime as dt

from django.db import transaction

from musubi.base.accounts.models import User
from musubi.base.common.verdict import ALLOWED

from ..models import Listing
from ..workflow import WORKFLOW
from .locking import locked
from .publishing import _move


@transaction.atomic
def arrange_listing(*, listing: Listing, by: User | None, now: dt.datetime) -> Listing:
    """Reserve what is published: its people talk with somebody, so it is not proposed meanwhile."""
    return _moved("reserve", listing, by, now)


@transaction.atomic
def unarrange_listing(*, listing: Listing, by: User | None, now: dt.datetime) -> Listing:
    """Show again what was reserved: the talks came to nothing; the caller has it proposed anew."""
    return _moved("release", listing, by, now)


@transaction.atomic
def settle_listing(*, listing: Listing, by: User | None, now: dt.datetime) -> Listing:
    """What was published or reserved has found what it was for."""
    return _moved("fulfil", listing, by, now)


def _moved(verb: str, listing: Listing, by: User | None, now: dt.datetime) -> Listing:
    listing = locked(listing)
    if not WORKFLOW.allows(verb, listing.state):
        return listing
    return _move(listing, verb, ALLOWED, by, now)
