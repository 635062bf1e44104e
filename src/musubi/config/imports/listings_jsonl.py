"""Listings as JSON Lines: the format of the judged collections, one object a line."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import Any

from django.utils import timezone

from musubi.base.common.days import length, minutes_between
from musubi.base.places.models import Municipality
from musubi.flow.actors.enums import ActorKind
from musubi.flow.listings.enums import MET_IN_PERSON, USUAL_LENGTH, Condition, Resource, Side, Unit
from musubi.flow.listings.services import Content, LineValue, WindowValue
from musubi.web.design.reading import read_amount

from .cells import Cells, is_empty
from .errors import CannotImport, RefusedRow
from .listings import ReadListing, Refusal
from .places import Places, area_ids
from .words import choice_of, choices_of, fields_of

NEEDED = ("id", "side", "title", "body", "actor", "resources")
COUNTED_IN: Mapping[str, tuple[str, ...]] = {
    "people": ("people", "expertise"),
    "capacity": ("place", "expertise", "people"),
    "yen": ("money",),
    "items": ("goods",),
    "times": ("expertise", "people"),
    "hours": ("expertise", "people"),
}
"""Which resource an amount is about where the file only says how much of which unit; as in the engine's own reader."""
LARGEST = 10**15
LOOKED_AT = 20
"""How many lines are looked at to see what kind of file this is."""


class JsonListings:
    """Reads lines of JSON into listings of a town."""

    def __init__(self, municipality: Municipality) -> None:
        self.places = Places(municipality)
        self.today = timezone.localdate()

    def read(self, lines: Iterable[tuple[int, str]], *, file: str) -> Iterator[ReadListing | Refusal]:
        """Every line as a listing, or why it is none. CannotImport if none of the first is anything like one."""
        remaining = iter(lines)
        first = list(islice(remaining, LOOKED_AT))
        _demand_listings([text for _, text in first], file)
        for line, text in chain(first, remaining):
            cells = Cells(line, {})
            try:
                row = _object(text)
            except RefusedRow as error:
                yield Refusal(cells, "", "", str(error))
                continue
            cells.values = {key: _text(value) for key, value in row.items() if not isinstance(value, dict)}
            try:
                yield self._listing(cells, row)
            except RefusedRow as error:
                yield Refusal(
                    cells, cells.values.get("id", "")[:80], cells.values.get("title", ""), str(error)
                )

    def _listing(self, cells: Cells, row: Mapping[str, Any]) -> ReadListing:
        resources = choices_of(Resource, _list(row, "resources"), "resources")
        if not resources:
            raise RefusedRow("「resources」がありません。必要なもの・できることを1つ以上入れてください。")
        kind = cells.text("actor_kind")
        areas = area_ids(self.places, cells, _list(row, "areas"))
        if not areas:
            areas = (self.places.municipality.area_id,)
            cells.repaired("「areas」がないので、市全体としました。")
        town = cells.text("town", limit=60)
        self.places.check_town(cells, areas, town)
        side = choice_of(Side, cells.demanded("side"), "side")
        windows = tuple(_window(side, cells, each) for each in row.get("available") or ())
        if side == Side.OFFER:  # of which a window that told a length alone tells nothing
            windows = tuple(window for window in windows if window != WindowValue())
        content = Content(
            title=cells.demanded("title", limit=80),
            body=cells.demanded("body", limit=4000, multiline=True),
            lines=_lines(cells, resources, row.get("quantity") or {}),
            area_ids=areas,
            town=town,
            windows=windows,
            conditions=choices_of(Condition, _list(row, "conditions"), "conditions"),
            wanted_kinds=choices_of(ActorKind, _list(row, "wanted_kinds"), "wanted_kinds"),
            fields=fields_of(cells, "fields"),
        )
        check_windows(cells, side, content, self.today)
        return ReadListing(
            cells=cells,
            ref=cells.demanded("id", limit=80),
            side=side,
            actor=cells.demanded("actor", limit=120),
            actor_kind=choice_of(ActorKind, kind, "actor_kind") if kind else "",
            content=content,
        )


def _object(text: str) -> dict[str, Any]:
    try:
        row = json.loads(text)
    except ValueError as error:
        raise RefusedRow(
            "この行はJSONとして読めません。行の終わりや括弧・引用符を確かめてください。"
        ) from error
    if not isinstance(row, dict):
        raise RefusedRow("この行は { } で囲まれた一件になっていません。")
    return row


def _demand_listings(texts: list[str], file: str) -> None:
    """Refuse a file of another kind; a single line that lacks something is only its own trouble."""
    keys: dict[str, None] = {}
    problem: RefusedRow | None = None
    for text in texts:
        try:
            keys |= dict.fromkeys(map(str, _object(text)))
        except RefusedRow as error:
            problem = problem or error
    if problem is not None and not keys:
        raise CannotImport(
            f"{file} は一行に一件のJSONになっていません。{problem} 何も取り込んでいません。"
        ) from problem
    if texts and not keys.keys() & set(NEEDED):
        raise CannotImport(
            f"{file} はニーズ・提供のファイルではないようです（見つけた項目: {'、'.join(keys)[:300] or 'なし'}。"
            f"必要な項目: {'、'.join(NEEDED)}）。何も取り込んでいません。"
        )


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(str(part) for part in value)
    return "" if value is None else str(value)


def _list(row: Mapping[str, Any], key: str) -> list[str]:
    value = row.get(key) or []
    if not isinstance(value, list):
        raise RefusedRow(f"「{key}」は [ ] の並びで書いてください。")
    return [str(part) for part in value]


def _lines(cells: Cells, resources: tuple[str, ...], quantity: Any) -> tuple[LineValue, ...]:
    """One line a resource; an amount goes to the line it most likely counts, a second one to a line of its own."""
    if not isinstance(quantity, Mapping):
        raise RefusedRow('「quantity」は {"people": 20} のように書いてください。')
    amounts: dict[str, LineValue] = {}
    more: list[LineValue] = []
    for name, value in quantity.items():
        unit = choice_of(Unit, str(name), "quantity")
        amount = _amount(cells, value, unit) if isinstance(value, str) else value
        if amount is None:
            continue
        if isinstance(amount, bool) or not isinstance(amount, int) or not 0 <= amount <= LARGEST:
            raise RefusedRow(f"「quantity」の {name} は0以上の整数で書いてください（いまの値: {value}）。")
        likely = [resource for resource in COUNTED_IN[unit] if resource in resources]
        line = LineValue(resource=(likely or list(resources))[0], amount=amount, unit=unit)
        if line.resource in amounts:
            more.append(line)
        else:
            amounts[line.resource] = line
    return (*(amounts.get(resource, LineValue(resource=resource)) for resource in resources), *more)


def _amount(cells: Cells, text: str, unit: str) -> object:
    """What a text says as a number, read as the form reads it; the text itself where it says none."""
    if is_empty(text):
        return None
    found = read_amount(text)
    if found is None or found[0] != found[0].to_integral_value():
        return text
    if found[1] and choice_of(Unit, found[1], "quantity") != unit:
        raise RefusedRow(f"「quantity」の「{text}」は、項目の名前の {unit} と単位が違います。")
    cells.repaired(f"「quantity」の「{text}」を {int(found[0])} と読みました。")
    return int(found[0])


def _window(side: str, listing: Cells, row: Any) -> WindowValue:
    if not isinstance(row, Mapping):
        raise RefusedRow(
            '「available」は {"from": "2027-04-01", "to": …, "weekdays": [5], "start": "09:00", "end": "12:00", "least_minutes": 120} の並びです。'
        )
    cells = Cells(listing.line, {key: _text(value) for key, value in row.items() if key != "weekdays"})
    weekdays = row.get("weekdays") or []
    if not isinstance(weekdays, list) or any(day not in range(7) for day in weekdays):
        raise RefusedRow("「weekdays」は 0（月曜）から 6（日曜）の数で書いてください。")
    return checked_window(
        WindowValue(
            starts_on=cells.day("from"),
            ends_on=cells.day("to"),
            weekdays=tuple(sorted(set(weekdays))),
            opens=cells.time("start"),
            closes=cells.time("end"),
            least_minutes=needed_length(side, cells, "least_minutes", said_in=listing),
        )
    )


def needed_length(side: str, cells: Cells, column: str, *, said_in: Cells) -> int | None:
    """How long a need takes; of an offer none, whatever stands there, as only a need asks for it, and that is said."""
    if side == Side.NEED:
        return cells.minutes(column)
    if cells.text(column):
        said_in.repaired("続けて必要な長さはニーズだけのものなので、外しました。")
    return None


def check_windows(cells: Cells, side: str, content: Content, today: dt.date) -> None:
    """Say so where everything lies in the past, or a need has less time than the hour that is asked for unless it says."""
    windows = content.windows
    if windows and all(window.ends_on is not None and window.ends_on < today for window in windows):
        cells.cautioned("日時がすべて過ぎています。そのまま取り込みます。日付を確かめてください。")
    together = side == Side.NEED and any(line.resource in MET_IN_PERSON for line in content.lines)
    unsaid = [minutes_between(each.opens, each.closes) for each in windows if each.least_minutes is None]
    if together and unsaid and min(unsaid) < USUAL_LENGTH:
        cells.cautioned(
            f"何時から何時までが{length(min(unsaid))}しかありません。1時間以上重なる相手をさがすので、日時の決まった相手が見つかりません。"
            "続けて必要な長さを入れるか、時刻の幅を広げてください。"
        )


def checked_window(window: WindowValue) -> WindowValue:
    """A window that the table takes: it ends after it begins, and has room for the length that is needed."""
    if window.starts_on and window.ends_on and window.ends_on < window.starts_on:
        raise RefusedRow(
            f"終わりの日（{window.ends_on}）が、始まりの日（{window.starts_on}）より前です。日付を確かめてください。"
        )
    if window.opens and window.closes and window.closes <= window.opens:
        raise RefusedRow(
            f"終わりの時刻（{window.closes:%H:%M}）が、始まりの時刻（{window.opens:%H:%M}）より前か同じです。"
            "夜をまたぐときは、2つの日時に分けてください。"
        )
    available = minutes_between(window.opens, window.closes)
    if window.least_minutes is not None and window.least_minutes > available:
        raise RefusedRow(
            f"続けて必要な長さ（{length(window.least_minutes)}）が、始まりの時刻から終わりの時刻まで（{length(available)}）より長いです。"
            "どちらかを直してください。"
        )
    return window
