"""Publishing and finding in one act: fitting offers appear at once."""

import datetime as dt

from django.db import transaction

from musubi.base.accounts.models import User
from musubi.flow.listings import services as listings
from musubi.flow.listings.enums import ListingState, Side
from musubi.flow.listings.models import Listing

from ..notifications import tell_new_need
from .proposals import propose_for_need, propose_for_offer


def publish_and_match(*, listing: Listing, by: User, now: dt.datetime) -> Listing:
    """Publish a listing, tell the coordinators of a new need, and keep who fits.

    Publishing and telling are one transaction. The engine reads after it, so that no other writer
    has to wait; should it fail, the listing is published and the worker's task proposes.
    """
    published = _publish(listing, by, now)
    refresh(listing=published, now=now)
    return published


def save_and_match(
    *, listing: Listing, content: listings.Content, version: int, by: User, now: dt.datetime
) -> Listing:
    """Store what was typed; if the listing is published, find anew who fits."""
    saved = listings.save_listing(listing=listing, content=content, version=version, by=by, now=now)
    if saved.state == ListingState.PUBLISHED and saved.version != version:
        refresh(listing=saved, now=now)
    return saved


def refresh(*, listing: Listing, now: dt.datetime) -> int:
    """Ask the engine anew about one listing of either side; how many proposals it has."""
    if listing.side == Side.NEED:
        return len(propose_for_need(need=listing, now=now))
    return len(propose_for_offer(offer=listing, now=now))


@transaction.atomic
def _publish(listing: Listing, by: User, now: dt.datetime) -> Listing:
    is_new = listing.published_at is None
    listing = listings.publish_listing(listing=listing, by=by, now=now)
    if is_new and listing.side == Side.NEED:
        tell_new_need(listing, by=by, at=now)
    return listing
