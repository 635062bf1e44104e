"""Listings from any format: whose they are is found or made, then they are taken in, batch by batch."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice

from musubi.base.places.models import Municipality
from musubi.flow.actors.enums import MENU_KINDS, ActorState
from musubi.flow.actors.models import Actor
from musubi.flow.actors.queries.by_name import actors_by_name
from musubi.flow.actors.services import ActorRow, import_actors
from musubi.flow.listings.enums import Template
from musubi.flow.listings.services import Content, ListingRow
from musubi.flow.listings.services import import_listings as take_listings

from .cells import Cells
from .errors import RefusedRow, SkippedRow
from .report import MADE_UP, Report, Result, RowOutcome

BATCH = 500
REF_LENGTH = 80


@dataclass(frozen=True, kw_only=True)
class ReadListing:
    """A row understood: its number in the file, whose it is by name, and what it says."""

    cells: Cells
    ref: str
    side: str
    actor: str
    actor_kind: str
    content: Content
    template: str = Template.FREE


@dataclass(frozen=True)
class Refusal:
    """A row that cannot be understood, and why."""

    cells: Cells
    ref: str
    title: str
    reason: str
    skipped: bool = False


def import_listings(
    *, municipality: Municipality, rows: Iterable[ReadListing | Refusal], report: Report, now: dt.datetime
) -> int:
    """Take rows in, each whole or not at all; unknown actors become drafts. How many were made."""
    lines: dict[str, int] = {}
    made = 0
    remaining = iter(rows)
    while batch := list(islice(remaining, BATCH)):
        made += _take(municipality, batch, lines, report, now)
    return made


def _take(
    municipality: Municipality,
    batch: list[ReadListing | Refusal],
    lines: dict[str, int],
    report: Report,
    now: dt.datetime,
) -> int:
    outcomes: dict[int, RowOutcome] = {}
    ready: list[ReadListing] = []
    for row in batch:
        if isinstance(row, Refusal):
            outcomes[row.cells.line] = _refused(
                row.cells, row.ref, row.title, row.reason, result="skipped" if row.skipped else "refused"
            )
        elif first := lines.get(row.ref):
            reason = (
                f"同じ団体の同じ題名が{first}行目にもあります。別のものなら、管理番号を付けてください。"
                if row.ref.startswith(MADE_UP)
                else f"番号「{row.ref}」は{first}行目にもあります。どちらかの番号を変えてください。"
            )
            outcomes[row.cells.line] = _refused(row.cells, row.ref, row.content.title, reason)
        else:
            lines[row.ref] = row.cells.line
            ready.append(row)
    actors, problems, made = _actors(municipality, ready, now)
    understood: dict[str, ReadListing] = {}
    for row in ready:
        key = (row.actor, row.actor_kind)
        reason = problems.get(key) or _against(row, actors.get(key))
        if reason:
            outcomes[row.cells.line] = _refused(row.cells, row.ref, row.content.title, reason)
        else:
            understood[row.ref] = row
    rows = [_listing_row(row, actors[row.actor, row.actor_kind]) for row in understood.values()]
    for done in take_listings(municipality=municipality, rows=rows, by=None, now=now):
        row = understood[done.external_ref]
        outcomes[row.cells.line] = RowOutcome(
            line=row.cells.line,
            key=row.ref,
            name=row.content.title,
            result=done.result,
            repairs=tuple(row.cells.repairs),
            reason=done.reason,
        )
    for line in sorted(outcomes):
        report.add(outcomes[line])
    return made


def _actors(
    municipality: Municipality, rows: list[ReadListing], now: dt.datetime
) -> tuple[dict[tuple[str, str], Actor], dict[tuple[str, str], str], int]:
    """Whose the rows are: by name and kind; those unknown are made, those that cannot be get a sentence."""
    wanted = list(dict.fromkeys((row.actor, row.actor_kind) for row in rows))
    names = {name for name, _ in wanted}
    known = actors_by_name(municipality, names)
    new: dict[str, ActorRow] = {}
    for name, kind in wanted:
        if not known.get(name) and kind:
            new.setdefault(name, ActorRow(external_ref=actor_ref(kind, name), kind=kind, name=name))
    done = import_actors(
        municipality=municipality, rows=new.values(), by=None, now=now, state=ActorState.DRAFT
    )
    if new:
        known = actors_by_name(municipality, names)
    found: dict[tuple[str, str], Actor] = {}
    problems: dict[tuple[str, str], str] = {}
    for name, kind in wanted:
        same = known.get(name, [])
        if len(same) > 1:
            same = [actor for actor in same if actor.kind == kind] or same
        if len(same) == 1:
            found[name, kind] = same[0]
        elif same:
            problems[name, kind] = (
                f"「{name}」という団体が{len(same)}つあります。「団体の種類」で見分けられるようにしてください。"
            )
        elif not kind:
            problems[name, kind] = f"「{name}」はまだ登録されていません。「団体の種類」を入れてください。"
        else:
            reason = done.refused.get(actor_ref(kind, name), "")
            problems[name, kind] = f"団体「{name}」を登録できません。{reason}"
    return found, problems, done.created


def actor_ref(kind: str, name: str) -> str:
    """The key of an actor that only a listing's row names; short enough for the column."""
    key = f"listing:{kind}:{name}"
    return key if len(key) <= REF_LENGTH else f"listing:{sha256(key.encode()).hexdigest()[:40]}"


def _against(row: ReadListing, actor: Actor | None) -> str:
    """Why a row cannot be this actor's."""
    if actor is None:
        return f"団体「{row.actor}」が見つかりません。"
    if actor.state == ActorState.CLOSED:
        return f"「{actor.name}」は活動を終えた団体です。団体の名前を確かめてください。"
    if row.template == Template.MENU and actor.kind not in MENU_KINDS:
        return "協働メニューを載せられるのは、行政担当課と中間支援組織だけです。"
    return ""


def _listing_row(row: ReadListing, actor: Actor) -> ListingRow:
    return ListingRow(
        external_ref=row.ref, actor=actor, side=row.side, content=row.content, template=row.template
    )


def _refused(cells: Cells, ref: str, title: str, reason: str, *, result: Result = "refused") -> RowOutcome:
    return RowOutcome(
        line=cells.line,
        key=ref,
        name=title[:REF_LENGTH],
        result=result,
        reason=reason,
    )


def reading_each(
    rows: Iterable[Cells], read: Callable[[Cells], ReadListing], *, key: str, title: str
) -> Iterator[ReadListing | Refusal]:
    """Each row as understood, or why it is not."""
    for cells in rows:
        try:
            yield read(cells)
        except RefusedRow as error:
            values = cells.values
            yield Refusal(
                cells,
                str(values.get(key) or "")[:REF_LENGTH],
                str(values.get(title) or ""),
                str(error),
                skipped=isinstance(error, SkippedRow),
            )
