"""Publishing and finding in one act: fitting offers appear at once."""

import datetime as dt

from django.db import transaction

from musubi.base.accounts.models import User
from musubi.flow.listings import services as listings
from musubi.flow.listings.enums import ListingState, Side
from musubi.flow.listings.models import Listing

from ..notifications import tell_new_need
from .refreshing import refresh_later, refresh_now


def publish_and_match(*, listing: Listing, by: User, now: dt.datetime) -> Listing:
    """Publish a listing, tell the coordinators of a new need, and keep who fits.

    Publishing, telling and asking the worker to find are one transaction. The engine is asked after
    it, so that no other writer has to wait; should that fail, the listing stays published and the
    worker finds.
    """
    published = _publish(listing, by, now)
    refresh_now(listing=published, now=now)
    return published


def save_and_match(
    *, listing: Listing, content: listings.Content, version: int, by: User, now: dt.datetime
) -> Listing:
    """Store what was typed; if the listing is published, find anew who fits, as after publishing."""
    with transaction.atomic():
        saved = listings.save_listing(listing=listing, content=content, version=version, by=by, now=now)
        is_changed = saved.state == ListingState.PUBLISHED and saved.version != version
        if is_changed:
            refresh_later(listing=saved)
    if is_changed:
        refresh_now(listing=saved, now=now)
    return saved


def release_and_match(*, listing: Listing, by: User, now: dt.datetime) -> Listing:
    """It came to nothing: the listing is proposed again, also beside what was published meanwhile."""
    with transaction.atomic():
        released = listings.release_listing(listing=listing, by=by, now=now)
        refresh_later(listing=released)
    refresh_now(listing=released, now=now)
    return released


@transaction.atomic
def _publish(listing: Listing, by: User, now: dt.datetime) -> Listing:
    is_new = listing.published_at is None
    listing = listings.publish_listing(listing=listing, by=by, now=now)
    if is_new and listing.side == Side.NEED:
        tell_new_need(listing, by=by, at=now)
    refresh_later(listing=listing)
    return listing
