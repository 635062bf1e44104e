"""Writing: a draft begins, is saved again and again, and may be thrown away."""

import datetime as dt
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from musubi.base.accounts.models import User
from musubi.base.audit import services as audit
from musubi.base.common.enums import Source
from musubi.base.common.verdict import require
from musubi.flow.actors.models import Actor
from musubi.flow.issues.models import Issue

from ..enums import LISTING_SHOWN, ListingState, Side, Template
from ..models import Listing
from ..notifications import tell_entered
from ..permissions import can_create_listing, can_delete_draft, can_edit_listing, can_enter_listing
from .completeness import require_complete
from .concepts import put_concepts
from .content import (
    Content,
    MenuValue,
    areas_of_a_file,
    changes_between,
    checked_content,
    content_of,
    names_written,
    put_columns,
    replace_parts,
)
from .indexing import index_listing
from .locking import locked
from .taking import require_taken_kept


class StaleDraft(Exception):
    """Somebody else saved in between; nothing was stored, and what was typed is with the caller."""

    def __init__(self, listing: Listing) -> None:
        self.sentence = _(
            "ほかの人（または別の画面）が先に保存したため、まだ保存していません。"
            "書いたものはこの画面に残っています。新しい内容を見てから、もう一度保存してください。"
        )
        super().__init__(self.sentence)
        self.version, self.saved_at = listing.version, listing.updated_at


@transaction.atomic
def create_draft(
    *,
    actor: Actor,
    side: str,
    template: str,
    by: User,
    now: dt.datetime,
    issue: Issue | None = None,
    content: Content | None = None,
) -> Listing:
    """Begin a listing for an actor; nobody else sees it until it is published."""
    require(can_create_listing(by, actor, template))
    return _create(actor, side, template, Source.WEB, by, now, issue, content)


@transaction.atomic
def enter_listing(
    *,
    actor: Actor,
    side: str,
    template: str,
    source: str,
    content: Content,
    by: User,
    now: dt.datetime,
    issue: Issue | None = None,
) -> Listing:
    """代理入力: staff type in what came on paper, by fax, telephone or at the counter; its people are told."""
    require(can_enter_listing(by, actor, template))
    if source in {Source.WEB, Source.IMPORT}:
        raise ValueError("proxy entry needs the way it came: counter, telephone, fax or paper")
    listing = _create(actor, side, template, source, by, now, issue, content)
    tell_entered(listing, by=by, at=now)
    return listing


@transaction.atomic
def save_listing(*, listing: Listing, content: Content, version: int, by: User, now: dt.datetime) -> Listing:
    """Store everything that was typed, all parts at once; what is published stays so and is found anew.

    StaleDraft if the listing has changed since `version`; NotComplete if it is published and would
    lack something, or if less would be left than is in use; ValidationError with a sentence for a value that no form offers.
    """
    listing = locked(listing)
    require(can_edit_listing(by, listing))
    if listing.version != version:
        raise StaleDraft(listing)
    stored = content_of(listing)
    content = checked_content(
        with_menu_if_item(content, listing.template),
        listing.municipality,
        side=listing.side,
        besides=areas_of_a_file(listing, stored),
    )
    if listing.state in LISTING_SHOWN:
        require_complete(content, side=listing.side, template=listing.template, today=timezone.localdate(now))
    require_taken_kept(listing, content)
    before, after = changes_between(stored, content)
    if not after:
        return listing
    columns = [*put_columns(listing, content), *put_concepts(listing, content)]
    listing.version, listing.updated_at = listing.version + 1, now
    if listing.state == ListingState.PUBLISHED:  # who writes it anew has looked at it
        listing.confirmed_at, listing.times_asked, listing.asked_at = now, 0, None
        columns += ["confirmed_at", "times_asked", "asked_at"]
    listing.save(update_fields=[*columns, "version", "updated_at"])
    replace_parts(listing, content)
    audit.record(
        by=by,
        verb="listing.save",
        subject=listing,
        at=now,
        **_for_the_log(listing, before, after),
        on_behalf_of=_proxy(listing, by),
    )
    listing = locked(listing)
    index_listing(listing)
    return listing


@transaction.atomic
def delete_draft(*, listing: Listing, by: User, now: dt.datetime) -> None:
    """Throw a draft away that nobody else has ever seen."""
    listing = locked(listing)
    require(can_delete_draft(by, listing))
    written = _named(names_written(content_of(listing)))
    audit.record(by=by, verb="listing.delete", subject=listing, at=now, before=written)
    listing.delete()


def with_menu_if_item(content: Content, template: str) -> Content:
    """A menu item always has its menu part, anything else never."""
    menu = (content.menu or MenuValue()) if template == Template.MENU else None
    return replace(content, menu=menu)


def _create(
    actor: Actor,
    side: str,
    template: str,
    source: str,
    by: User,
    now: dt.datetime,
    issue: Issue | None,
    content: Content | None,
) -> Listing:
    if issue is not None and issue.municipality_id != actor.municipality_id:
        raise ValueError("the issue belongs to another town")
    content = checked_content(
        with_menu_if_item(content or Content(), template), actor.municipality, side=side
    )
    listing = Listing(
        municipality=actor.municipality,
        actor=actor,
        side=Side(side),
        template=Template(template),
        issue=issue,
        source=Source(source),
        created_by=by,
        entered_by=None if source == Source.WEB else by,
        created_at=now,
        updated_at=now,
    )
    put_columns(listing, content)
    put_concepts(listing, content)
    listing.save()
    replace_parts(listing, content)
    audit.record(
        by=by,
        verb="listing.create",
        subject=listing,
        at=now,
        after={"side": listing.side, "template": listing.template, **_named(names_written(content))},
        on_behalf_of=_proxy(listing, by),
    )
    return listing


def _for_the_log(listing: Listing, before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """Words only of what others could read: the log cannot be erased, and the office reads it."""
    if listing.state == ListingState.PUBLISHED:
        return {"before": before, "after": after}
    return {"after": _named(sorted(after))}


def _named(names: list[str]) -> dict[str, Any]:
    return {"changed": names}


def _proxy(listing: Listing, by: User) -> Actor | None:
    """For whom somebody wrote who is not the author: staff with something that came on paper."""
    return listing.actor if listing.entered_by_id == by.pk else None
