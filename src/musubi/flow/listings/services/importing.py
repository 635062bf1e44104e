"""Listings from a file: the same row twice changes nothing, a hundred thousand rows take minutes."""

import datetime as dt
import itertools
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from typing import Literal

from django.db import DataError, IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from musubi.base.accounts.models import User
from musubi.base.audit import services as audit
from musubi.base.common.enums import Source
from musubi.base.common.verdict import require
from musubi.base.index.services import IndexRow, bulk_index
from musubi.base.places.models import Area, Municipality
from musubi.flow.actors.models import Actor

from ..enums import ListingState, Side, Template
from ..models import Listing, MenuItem
from ..permissions import can_enter_listing
from ..queries import with_parts
from .completeness import default_expiry
from .concepts import Concepts
from .content import Content, changes_between, content_of, parts_of, put_columns, replace_parts
from .drafts import with_menu_if_item
from .indexing import KIND, index_listing, index_row_of, is_found

CHUNK = 1000
Result = Literal["taken", "updated", "unchanged", "refused"]


@dataclass(frozen=True, kw_only=True)
class ListingRow:
    """One row of a file, already understood: whose it is and what it says."""

    external_ref: str
    actor: Actor
    side: str
    content: Content
    template: str = Template.FREE
    state: str = ListingState.PUBLISHED
    published_at: dt.datetime | None = None


@dataclass(frozen=True)
class Outcome:
    """What became of a row; `reason` is a sentence where it was refused."""

    external_ref: str
    result: Result
    reason: str = ""


def import_listings(
    *, municipality: Municipality, rows: Iterable[ListingRow], by: User | None, now: dt.datetime
) -> Iterator[Outcome]:
    """Take rows in, a thousand in one transaction; outcomes in the rows' order as they are done.

    A listing that people have since rewritten or closed on screen is theirs: its row is
    `unchanged`. `by` None is the installation's operator at the command line.
    """
    remaining = iter(rows)
    while chunk := list(itertools.islice(remaining, CHUNK)):
        try:
            with transaction.atomic():
                done = _take(municipality, chunk, by, now)
        except (IntegrityError, DataError):
            done = [_take_alone(municipality, row, by, now) for row in chunk]
        yield from done


def import_listing(
    *, municipality: Municipality, row: ListingRow, by: User | None, now: dt.datetime
) -> Outcome:
    """Take one row in."""
    return _take_alone(municipality, row, by, now)


def _take_alone(municipality: Municipality, row: ListingRow, by: User | None, now: dt.datetime) -> Outcome:
    try:
        with transaction.atomic():
            return _take(municipality, [row], by, now)[0]
    except (IntegrityError, DataError):
        return Outcome(row.external_ref, "refused", _why(row))


def _take(
    municipality: Municipality, rows: list[ListingRow], by: User | None, now: dt.datetime
) -> list[Outcome]:
    known = {
        listing.external_ref: listing
        for listing in with_parts(
            Listing.objects.filter(
                municipality=municipality, external_ref__in=[row.external_ref for row in rows]
            ).select_related("actor", "menu_item")
        )
    }
    concepts = Concepts(municipality.pk)
    outcomes: list[Outcome] = []
    fresh: list[tuple[Listing, Content]] = []
    for row in rows:
        _check(municipality, row, by)
        content = with_menu_if_item(row.content, row.template)
        if listing := known.get(row.external_ref):
            outcomes.append(Outcome(row.external_ref, _update(listing, row, content, concepts, by, now)))
            continue
        fresh.append((_unsaved(municipality, row, content, concepts, by, now), content))
        outcomes.append(Outcome(row.external_ref, "taken"))
    _store(fresh, by, now)
    return outcomes


def _check(municipality: Municipality, row: ListingRow, by: User | None) -> None:
    if not row.external_ref:
        raise ValueError("an imported listing needs its id in the file")
    if row.actor.municipality_id != municipality.pk:
        raise ValueError("the actor belongs to another town")
    if by is not None:
        require(can_enter_listing(by, row.actor, row.template))


def _unsaved(
    municipality: Municipality,
    row: ListingRow,
    content: Content,
    concepts: Concepts,
    by: User | None,
    now: dt.datetime,
) -> Listing:
    listing = Listing(
        municipality=municipality,
        actor=row.actor,
        side=Side(row.side),
        template=Template(row.template),
        state=ListingState(row.state),
        source=Source.IMPORT,
        external_ref=row.external_ref,
        created_by=by,
        entered_by=by,
        created_at=now,
        updated_at=now,
    )
    put_columns(listing, content)
    concepts.put(listing, content)
    if listing.state != ListingState.DRAFT:
        listing.published_at = listing.confirmed_at = row.published_at or now
        listing.expires_on = content.expires_on or default_expiry(content, timezone.localdate(now))
    return listing


def _store(fresh: list[tuple[Listing, Content]], by: User | None, now: dt.datetime) -> None:
    """Everything in a few statements, and the index from what is at hand: nothing is read again."""
    listings = Listing.objects.bulk_create([listing for listing, _content in fresh])
    asked = {area for _listing, content in fresh for area in content.area_ids}
    areas = Area.objects.in_bulk(asked)
    through = Listing.areas.through
    parts: dict[type[Model], list[Model]] = {}
    rows: list[IndexRow] = []
    for listing, content in fresh:
        lines, windows = parts_of(listing, content)
        named = [through(listing_id=listing.pk, area_id=area) for area in content.area_ids]
        menu = [MenuItem(listing=listing, **asdict(content.menu))] if content.menu else []
        for part in (*lines, *windows, *named, *menu):
            parts.setdefault(type(part), []).append(part)
        if is_found(listing):
            rows.append(index_row_of(listing, content, [areas[area] for area in content.area_ids]))
    for model, found in parts.items():
        model._default_manager.bulk_create(found)
    taken: dict[Model, str] = {listing: listing.external_ref for listing in listings}
    audit.record_all(by=by, verb="listing.import", subjects=taken, at=now)
    bulk_index(kind=KIND, rows=rows)


def _update(
    listing: Listing,
    row: ListingRow,
    content: Content,
    concepts: Concepts,
    by: User | None,
    now: dt.datetime,
) -> Result:
    """The file's newer words, unless a person has taken the listing in hand since."""
    in_hand = listing.version > 1 or listing.state != row.state or listing.hidden_at is not None
    in_hand = in_hand or any(line.taken for line in listing.provisions.all())
    content = replace(
        content,
        expires_on=content.expires_on or listing.expires_on,
        concepts_added=tuple(listing.concepts_added),
        concepts_removed=tuple(listing.concepts_removed),
    )
    before, after = changes_between(content_of(listing), content)
    if in_hand or listing.side != row.side or not after:
        return "unchanged"
    columns = [*put_columns(listing, content), *concepts.put(listing, content)]
    listing.updated_at = now
    listing.save(update_fields=[*columns, "updated_at"])
    replace_parts(listing, content)
    audit.record(by=by, verb="listing.import", subject=listing, at=now, before=before, after=after)
    index_listing(Listing.objects.select_related("actor", "menu_item").get(pk=listing.pk))
    return "updated"


def _why(row: ListingRow) -> str:
    """The sentence of the constraint that a refused row breaks."""
    content = row.content
    if not content.title and row.state != ListingState.DRAFT:
        return _("題名がありません。題名を入れてください。")
    if any(line.amount is not None and not line.unit for line in content.lines):
        return _("数に単位がありません。数を入れたら、単位も入れてください。")
    if any(w.starts_on and w.ends_on and w.ends_on < w.starts_on for w in content.windows):
        return _("終わりの日が、始まりの日より前です。日付を確かめてください。")
    if any(w.opens and w.closes and w.closes <= w.opens for w in content.windows):
        return _("終わりの時刻が、始まりの時刻より前か同じです。時刻を確かめてください。")
    if row.template == Template.MENU and row.side != Side.OFFER:
        return _("協働メニューは「提供」として載せてください。")
    return _("決まりに合わない値があります。文字の長さと、数の大きさを確かめてください。")
