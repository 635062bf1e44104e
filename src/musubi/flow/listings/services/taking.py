"""What of an offer is in use: 40 of 100 chairs; what is left is proposed on.

Called by a later stage that has asked itself who may: agreeing to a use is the offer's own yes.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from musubi.base.accounts.models import User
from musubi.base.audit import services as audit

from ..enums import NOT_USED_UP, ListingState, Resource, Template
from ..models import Listing, Provision
from ..words import amount_words
from ..workflow import WORKFLOW
from .completeness import NotComplete, Problem
from .content import Content, LineValue, key_of
from .indexing import index_listing
from .locking import locked


@dataclass(frozen=True, kw_only=True)
class StillUsed:
    """What the later stage knows of an offer's other uses once one of them is settled."""

    anything: bool = False
    """Something of the offer is still in use."""
    whole: bool = False
    """A line without a number, and with it the whole offer, is still in use."""
    gone: bool = False
    """A line without a number was used up, and with it the whole offer."""


@transaction.atomic
def take_from_offer(
    *, listing: Listing, lines: Sequence[LineValue], by: User | None, now: dt.datetime
) -> list[LineValue]:
    """Put so much of an offer to use, all or nothing; each line as it was really taken.

    A line without a number is taken whole, and with it the offer, unless it stands in the
    協働メニュー: a department answers many. A place or a publicity is not used up by one who has it
    (`NOT_USED_UP`). ValidationError names what is not left.
    """
    listing = locked(listing)
    rows = list(listing.provisions.select_for_update().order_by("position", "pk"))
    before = _numbers(rows)
    taken = [_take(listing, rows, line) for line in lines]
    Provision.objects.bulk_update(rows, ["taken"])
    whole = any(_is_counted(line) and line.amount is None for line in taken)
    whole = whole and listing.template != Template.MENU
    if whole or _nothing_left(rows):
        _move(listing, "reserve", now)
    _record(listing, "listing.take", before, _numbers(rows), by, now)
    return taken


@transaction.atomic
def give_back_to_offer(
    *, listing: Listing, line: LineValue, still: StillUsed, by: User | None, now: dt.datetime
) -> Listing:
    """Something is free again; the offer is shown and proposed again where it had been used whole."""
    listing = locked(listing)
    rows = list(listing.provisions.select_for_update().order_by("position", "pk"))
    before = _numbers(rows)
    _put_back(rows, line)
    Provision.objects.bulk_update(rows, ["taken"])
    _settle(listing, rows, still, now)
    _record(listing, "listing.give_back", before, _numbers(rows), by, now)
    return listing


@transaction.atomic
def use_up_offer(
    *, listing: Listing, line: LineValue, still: StillUsed, by: User | None, now: dt.datetime
) -> Listing:
    """Something will not come back; when nothing is left and nothing in use, the offer is fulfilled."""
    listing = locked(listing)
    rows = list(listing.provisions.select_for_update().order_by("position", "pk"))
    if _is_counted(line) and line.amount is None:
        still = replace(still, gone=True)
    _settle(listing, rows, still, now)
    _record(listing, "listing.use_up", "", _said(line), by, now)
    return listing


def require_taken_kept(listing: Listing, content: Content) -> None:
    """NotComplete at the lines where a rewritten offer would give less than is in use."""
    offered: dict[tuple[str, str, str], int] = {}
    for line in content.lines:
        offered[key_of(line)] = offered.get(key_of(line), 0) + (line.amount or 0)
    problems = [
        Problem(
            "lines",
            _("「%(line)s」は、いま%(number)sを使っています。消したり、それより少なくしたりはできません。")
            % {"line": _name(key), "number": amount_words(number, key[2])},
        )
        for key, number in taken_by_line(listing).items()
        if offered.get(key, 0) < number
    ]
    if problems:
        raise NotComplete(problems)


def taken_by_line(listing: Listing) -> dict[tuple[str, str, str], int]:
    """How much of each kind of line is in use or used up; lines that are free are left out."""
    found: dict[tuple[str, str, str], int] = {}
    for row in listing.provisions.all():
        if row.taken:
            found[key_of(row)] = found.get(key_of(row), 0) + row.taken
    return found


def _take(listing: Listing, rows: Sequence[Provision], line: LineValue) -> LineValue:
    """The line as taken, its rows changed: exactly that line, or the only other one of its kind."""
    same = [row for row in rows if key_of(row) == key_of(line)]
    if not same:
        same = [row for row in rows if (row.resource, row.unit) == (line.resource, line.unit)]
        same = same if len({key_of(row) for row in same}) == 1 else []
    if not same:
        raise ValidationError(
            _("「%(line)s」が、提供「%(title)s」から無くなっています。合意書の「使うもの」を直してください。")
            % {"line": _name(key_of(line)), "title": listing}
        )
    actual = replace(line, what=same[0].what)
    if not _is_counted(line):
        return actual
    if any(row.amount is None for row in same):
        if listing.state == ListingState.RESERVED:
            raise ValidationError(
                _("「%(title)s」は、いまほかで使っています。返ってきてから始めるか、合意書を直してください。")
                % {"title": listing}
            )
        return replace(actual, amount=None)
    left = sum(row.amount - row.taken for row in same if row.amount is not None)
    wanted = left if line.amount is None else line.amount
    if wanted > left or not left:
        raise ValidationError(
            _("「%(line)s」は、いま%(left)sしか残っていません。合意書の「使うもの」を直してください。")
            % {"line": _name(key_of(actual)), "left": amount_words(left, line.unit)}
        )
    _spread(same, wanted)
    return replace(actual, amount=wanted)


def _is_counted(line: LineValue) -> bool:
    return line.resource not in NOT_USED_UP


def _spread(rows: Sequence[Provision], number: int) -> None:
    for row in rows:
        part = min(number, (row.amount or 0) - row.taken)
        row.taken, number = row.taken + part, number - part


def _put_back(rows: Sequence[Provision], line: LineValue) -> None:
    number = line.amount or 0
    for row in reversed([row for row in rows if key_of(row) == key_of(line)]):
        part = min(number, row.taken)
        row.taken, number = row.taken - part, number - part


def _nothing_left(rows: Sequence[Provision]) -> bool:
    return bool(rows) and all(row.amount is not None and row.taken >= row.amount for row in rows)


def _settle(listing: Listing, rows: Sequence[Provision], still: StillUsed, now: dt.datetime) -> None:
    """The state that follows from what is left and what is in use."""
    menu = listing.template == Template.MENU
    over = (still.gone and not menu) or _nothing_left(rows)
    if over and not still.anything:
        _move(listing, "fulfil", now)
    elif not over and (menu or not still.whole):
        _move(listing, "release", now)


def _move(listing: Listing, verb: str, now: dt.datetime) -> None:
    """Move where the table has it: what was withdrawn or has expired meanwhile stays so."""
    if WORKFLOW.allows(verb, listing.state):
        listing.state, listing.updated_at = WORKFLOW.target(verb, listing.state), now
        listing.save(update_fields=["state", "updated_at"])


def _record(
    listing: Listing, verb: str, before: object, after: object, by: User | None, now: dt.datetime
) -> None:
    audit.record(
        by=by, verb=verb, subject=listing, at=now, before=before, after={"use": after, "state": listing.state}
    )
    index_listing(listing)


def _numbers(rows: Sequence[Provision]) -> list[str]:
    return [f"{_name(key_of(row))} {row.taken}/{row.amount}" for row in rows if row.amount is not None]


def _said(line: LineValue) -> str:
    return f"{_name(key_of(line))} {'' if line.amount is None else line.amount}".strip()


def _name(key: tuple[str, str, str]) -> str:
    return key[1] or str(Resource(key[0]).label)
