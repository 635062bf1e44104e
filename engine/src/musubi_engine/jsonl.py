"""Listings from JSON Lines, one object a line, as the judged collections are written.

Keys: `id`, `side`, `title`, `body`, `actor`, `actor_kind`, `resources`; optional `fields`,
`areas` (6-digit codes), `town`, `available` (`from`, `to`, `weekdays`, `start`, `end`; of a need `least_minutes`),
`quantity` (unit → amount), `conditions`, `wanted_kinds`, `can_do`, `cannot_do`, `registered`,
`state`. Unknown keys are left alone.
"""

import json
from collections.abc import Iterator
from datetime import date, time
from pathlib import Path
from typing import Any

from musubi_engine.areas import path_of_code
from musubi_engine.labels import CONDITIONS, KINDS, RESOURCES, STATES, UNITS
from musubi_engine.types import Line, Listing, Window

_TEXT_KEYS = ("id", "side", "title", "body", "actor", "actor_kind")
# Which resource an amount is about when the file only says how much of which unit.
_RESOURCE_OF_UNIT = {
    "people": ("people", "expertise"),
    "capacity": ("place", "expertise", "people"),
    "yen": ("money",),
    "items": ("goods",),
    "times": ("expertise", "people"),
    "hours": ("expertise", "people"),
}
SHORTEST, LONGEST = 15, 24 * 60
"""Between how many minutes on end a need may ask for."""
# Forms that know no 24:00 write the end of the day as 23:59.
_END_OF_DAY = ("23:59", "24:00")


class InputError(ValueError):
    """A file that cannot be read as asked; its text is one Japanese sentence for a person."""


def read_listings(path: Path) -> list[Listing]:
    """All listings of a file, in its order.

    Raises InputError naming the line for anything that cannot be understood.
    """
    seen: dict[str, int] = {}
    listings = []
    for number, row in read_rows(path):
        try:
            listing = listing_of(row)
        except (KeyError, TypeError, ValueError) as error:
            message = f"{path.name} の{number}行目: {_words(error)}"
            raise InputError(message) from error
        if listing.ref in seen:
            message = (
                f"{path.name} の{number}行目: id「{listing.ref}」が{seen[listing.ref]}行目と同じです。"
                "別の id にしてください。"
            )
            raise InputError(message)
        seen[listing.ref] = number
        listings.append(listing)
    return listings


def read_rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Line numbers and JSON objects of a file; blank lines are passed over."""
    for number, line in enumerate(read_text(path).splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            message = f"{path.name} の{number}行目がJSONとして読めません。行の終わりや括弧・引用符を確かめてください。"
            raise InputError(message) from error
        if not isinstance(row, dict):
            message = f"{path.name} の{number}行目が {{ }} で囲まれた一件になっていません。"
            raise InputError(message)
        yield number, row


def read_text(path: Path) -> str:
    """The text of a UTF-8 file, with or without BOM, with newlines of any system."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        message = f"ファイル {path} が見つかりません。"
        raise InputError(message) from error
    except UnicodeDecodeError as error:
        message = f"{path.name} がUTF-8の文字として読めません。UTF-8で保存し直してください。"
        raise InputError(message) from error
    except OSError as error:
        message = f"ファイル {path} を読めません（{error.strerror}）。"
        raise InputError(message) from error


def listing_of(row: dict[str, Any]) -> Listing:
    """One listing of one JSON object; KeyError for a missing key, ValueError for a wrong value."""
    texts = {key: _text(row, key) for key in _TEXT_KEYS}
    if texts["side"] not in {"need", "offer"}:
        message = f"side「{texts['side']}」は need か offer で書いてください。"
        raise ValueError(message)
    resources = _words_of(row, "resources", RESOURCES)
    return Listing(
        ref=texts["id"],
        side=texts["side"],
        title=texts["title"],
        body=texts["body"],
        actor=texts["actor"],
        actor_name=texts["actor"],
        actor_kind=_word(texts["actor_kind"], "actor_kind", KINDS),
        lines=_lines(resources, row.get("quantity") or {}),
        fields=frozenset(int(number) for number in row.get("fields") or ()),
        areas=tuple(path_of_code(str(code)) for code in row.get("areas") or ()),
        town=row.get("town") or "",
        windows=tuple(_window(window) for window in row.get("available") or ()),
        conditions=frozenset(_words_of(row, "conditions", CONDITIONS) if row.get("conditions") else ()),
        wanted_kinds=frozenset(_words_of(row, "wanted_kinds", KINDS) if row.get("wanted_kinds") else ()),
        can_do=row.get("can_do") or "",
        cannot_do=row.get("cannot_do") or "",
        registered=bool(row.get("registered", False)),
        state=_word(row.get("state") or "published", "state", STATES),
    )


def _text(row: dict[str, Any], key: str) -> str:
    value = row[key]
    if not isinstance(value, str):
        message = f"{key} は文字で書いてください。"
        raise TypeError(message)
    return value


def _word(value: str, key: str, known: dict[str, str]) -> str:
    if value not in known:
        message = f"{key} の「{value}」は使えません。{'・'.join(known)} のどれかにしてください。"
        raise ValueError(message)
    return value


def _words_of(row: dict[str, Any], key: str, known: dict[str, str]) -> tuple[str, ...]:
    values = row[key]
    if not isinstance(values, list):
        message = f"{key} は [ ] の並びで書いてください。"
        raise TypeError(message)
    return tuple(_word(str(value), key, known) for value in values)


def _lines(resources: tuple[str, ...], quantity: dict[str, Any]) -> tuple[Line, ...]:
    """One line a resource; an amount goes to the resource that it most likely counts."""
    amounts: dict[str, tuple[int, str]] = {}
    more: list[Line] = []
    for unit, amount in quantity.items():
        _word(unit, "quantity", UNITS)
        if isinstance(amount, bool) or not isinstance(amount, int):
            message = f"quantity の {unit} は数で書いてください。"
            raise TypeError(message)
        likely = [resource for resource in _RESOURCE_OF_UNIT[unit] if resource in resources]
        resource = (likely or list(resources) or ["partner"])[0]
        if resource in amounts:
            more.append(Line(resource=resource, amount=amount, unit=unit))
        else:
            amounts[resource] = (amount, unit)
    lines = []
    for resource in resources:
        found = amounts.get(resource)
        lines.append(
            Line(resource=resource, amount=found[0], unit=found[1]) if found else Line(resource=resource)
        )
    return (*lines, *more)


def _window(row: dict[str, Any]) -> Window:
    weekdays = frozenset(int(day) for day in row.get("weekdays") or ())
    if not weekdays <= frozenset(range(7)):
        message = "available の weekdays は 0（月曜）から 6（日曜）で書いてください。"
        raise ValueError(message)
    return Window(
        start=_day(row.get("from")),
        end=_day(row.get("to")),
        weekdays=weekdays,
        opens=_clock(row.get("start")),
        closes=None if row.get("end") in _END_OF_DAY else _clock(row.get("end")),
        least=_least(row.get("least_minutes")),
    )


def _least(value: object) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not SHORTEST <= value <= LONGEST:
        message = (
            f"available の least_minutes は {SHORTEST} から {LONGEST} までの整数（分）で書いてください。"
        )
        raise ValueError(message)
    return value


def _day(value: object) -> date | None:
    if not value:
        return None
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        message = f"日付「{value}」は 2027-04-01 の形で書いてください。"
        raise ValueError(message) from error


def _clock(value: object) -> time | None:
    if not value:
        return None
    try:
        return time.fromisoformat(str(value))
    except ValueError as error:
        message = f"時刻「{value}」は 09:30 の形で書いてください。"
        raise ValueError(message) from error


def _words(error: Exception) -> str:
    """The sentence of an error; a KeyError knows only the key's name."""
    if isinstance(error, KeyError):
        return f"「{error.args[0]}」がありません。"
    if isinstance(error, TypeError) and not any("ぁ" <= letter <= "ん" for letter in str(error)):
        return "値の形が違います。説明（--help）の例に合わせてください。"
    return str(error)
