"""A listing's life before others: published, arranged, kept true, closed."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from musubi.base.accounts.models import User
from musubi.base.audit import services as audit
from musubi.base.common.verdict import Verdict, require
from musubi.flow.issues.permissions import can_take_up_issue
from musubi.flow.issues.services import take_up_issue

from ..enums import ListingState, WithdrawReason
from ..models import Listing
from ..notifications import tell_expired, tell_published
from ..permissions import (
    can_confirm_listing,
    can_fulfil_listing,
    can_hide_listing,
    can_publish_listing,
    can_publish_now,
    can_release_listing,
    can_reserve_listing,
    can_withdraw_listing,
)
from ..workflow import WORKFLOW
from .completeness import default_expiry, longer_expiry, require_complete
from .concepts import put_concepts
from .content import areas_of_a_file, checked_content, content_of
from .indexing import index_listing
from .locking import locked

EXPIRED_AT_ONCE = 200
STILL_TRUE = ("confirmed_at", "times_asked", "asked_at")
"""What is set when somebody says that a listing is true today: nobody needs to ask for a while."""


@transaction.atomic
def publish_listing(*, listing: Listing, by: User, now: dt.datetime) -> Listing:
    """Show a draft, or again what was withdrawn, met or has expired, to those it is meant for.

    NotComplete says field by field what is missing. `flow.matching.services.publish_and_match`
    also finds who fits.
    """
    listing = locked(listing)
    require(can_publish_listing(by, listing))
    require(can_publish_now(by, listing, now))
    content, today = content_of(listing), timezone.localdate(now)
    checked_content(
        content, listing.municipality, side=listing.side, besides=areas_of_a_file(listing, content)
    )
    require_complete(content, side=listing.side, template=listing.template, today=today)
    before, listing.state = listing.state, WORKFLOW.target("publish", listing.state)
    listing.published_at = listing.confirmed_at = listing.updated_at = now
    listing.expires_on = listing.expires_on or default_expiry(content, today)
    listing.withdraw_reason = listing.closing_note = ""
    listing.times_asked, listing.asked_at = 0, None
    concepts = put_concepts(listing, content)
    _save(listing, *concepts, "published_at", "expires_on", "withdraw_reason", "closing_note", *STILL_TRUE)
    proxy = listing.actor if listing.entered_by_id == by.pk else None
    audit.record(
        by=by,
        verb="listing.publish",
        subject=listing,
        at=now,
        before=before,
        after=listing.state,
        on_behalf_of=proxy,
    )
    index_listing(listing)
    _take_up_its_issue(listing, by, now)
    tell_published(listing, by=by, at=now)
    return listing


@transaction.atomic
def withdraw_listing(*, listing: Listing, reason: str, by: User, now: dt.datetime, note: str = "") -> Listing:
    """Take a listing off the board; every closing carries a reason code."""
    listing = locked(listing)
    listing.withdraw_reason, listing.closing_note = WithdrawReason(reason), note
    return _move(
        listing, "withdraw", can_withdraw_listing(by, listing), by, now, "withdraw_reason", "closing_note"
    )


@transaction.atomic
def fulfil_listing(*, listing: Listing, by: User, now: dt.datetime, note: str = "") -> Listing:
    """The need is met, or the offer was taken."""
    listing = locked(listing)
    listing.closing_note = note
    return _move(listing, "fulfil", can_fulfil_listing(by, listing), by, now, "closing_note")


@transaction.atomic
def reserve_listing(*, listing: Listing, by: User, now: dt.datetime) -> Listing:
    """Somebody is being brought together over this listing: no further proposals meanwhile."""
    listing = locked(listing)
    return _move(listing, "reserve", can_reserve_listing(by, listing), by, now)


@transaction.atomic
def release_listing(*, listing: Listing, by: User, now: dt.datetime) -> Listing:
    """It came to nothing: the listing may be proposed again."""
    listing = locked(listing)
    return _move(listing, "release", can_release_listing(by, listing), by, now)


@transaction.atomic
def confirm_listing(*, listing: Listing, by: User, now: dt.datetime, prolong: bool = False) -> Listing:
    """A member says that it is still true; with `prolong` what ends within 30 days is shown longer."""
    listing = locked(listing)
    require(can_confirm_listing(by, listing))
    before, listing.confirmed_at = listing.confirmed_at, now
    listing.times_asked, listing.asked_at = 0, None
    longer = longer_expiry(listing, timezone.localdate(now)) if prolong else None
    listing.expires_on = longer or listing.expires_on
    listing.save(update_fields=["expires_on", *STILL_TRUE])
    after = {"confirmed": now, "shown_until": longer} if longer else now
    audit.record(by=by, verb="listing.confirm", subject=listing, at=now, before=before, after=after)
    return listing


@transaction.atomic
def hide_listing(*, listing: Listing, reason: str, by: User, now: dt.datetime) -> Listing:
    """The office takes a listing out of sight; its own people still see it, with the reason."""
    listing = locked(listing)
    require(can_hide_listing(by, listing))
    listing.hidden_at, listing.hidden_reason = now, reason
    listing.save(update_fields=["hidden_at", "hidden_reason"])
    audit.record(by=by, verb="listing.hide", subject=listing, at=now, after=reason)
    index_listing(listing)
    return listing


@transaction.atomic
def unhide_listing(*, listing: Listing, by: User, now: dt.datetime) -> Listing:
    """The office shows it again, in the state it is in."""
    listing = locked(listing)
    require(can_hide_listing(by, listing))
    before, listing.hidden_at, listing.hidden_reason = listing.hidden_reason, None, ""
    listing.save(update_fields=["hidden_at", "hidden_reason"])
    audit.record(by=by, verb="listing.unhide", subject=listing, at=now, before=before)
    index_listing(listing)
    return listing


def expire_due_listings(*, now: dt.datetime) -> int:
    """Take down what was to be shown until yesterday, and tell its people; how many there were."""
    due = Listing.objects.filter(
        state=ListingState.PUBLISHED, expires_on__lt=timezone.localdate(now)
    ).order_by("pk")
    number = 0
    while chunk := list(due.values_list("pk", flat=True)[:EXPIRED_AT_ONCE]):
        with transaction.atomic():
            rows = (
                due.filter(pk__in=chunk).select_for_update(of=("self",)).select_related("actor", "menu_item")
            )
            for listing in rows:
                _expire(listing, now)
                number += 1
    return number


def _take_up_its_issue(listing: Listing, by: User, now: dt.datetime) -> None:
    """A need that was made of a local issue: whoever told of it hears that somebody has begun."""
    if listing.issue is not None and listing.is_need and can_take_up_issue(by, listing.issue):
        take_up_issue(issue=listing.issue, by=by, now=now)


def _expire(listing: Listing, now: dt.datetime) -> None:
    before, listing.state = listing.state, WORKFLOW.target("expire", listing.state)
    listing.updated_at = now
    _save(listing)
    audit.record(by=None, verb="listing.expire", subject=listing, at=now, before=before, after=listing.state)
    index_listing(listing)
    tell_expired(listing, at=now)


def _move(
    listing: Listing, verb: str, verdict: Verdict, by: User | None, now: dt.datetime, *changed: str
) -> Listing:
    """One row of the workflow's table: move, save, record, index."""
    target = WORKFLOW.target(verb, listing.state)
    require(verdict)
    before, listing.state, listing.updated_at = listing.state, target, now
    _save(listing, *changed)
    audit.record(
        by=by,
        verb=f"listing.{verb}",
        subject=listing,
        at=now,
        before=before,
        after={"state": listing.state, **{name: getattr(listing, name) for name in changed}},
    )
    index_listing(listing)
    return listing


def _save(listing: Listing, *changed: str) -> None:
    listing.save(update_fields=["state", "updated_at", *changed])
