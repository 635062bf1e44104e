"""Everything somebody writes in a listing, as one value: what forms and files give, what is stored."""

import datetime as dt
from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from musubi.base.common.enums import Field, Source, Visibility
from musubi.base.places.models import Municipality
from musubi.base.places.queries import areas_within
from musubi.flow.actors.enums import ActorKind

from ..enums import LONGEST, SHORTEST, Condition, Resource, Side, Unit
from ..models import Availability, Listing, MenuItem, Provision, Requirement
from ..queries import menu_item_of

COLUMNS = ("title", "body", "town", "visibility", "expires_on")
LISTS = ("conditions", "wanted_kinds", "fields", "concepts_added", "concepts_removed")


@dataclass(frozen=True, kw_only=True)
class LineValue:
    """One resource: which kind, what exactly, how much."""

    resource: str
    what: str = ""
    amount: int | None = None
    unit: str = ""


@dataclass(frozen=True, kw_only=True)
class WindowValue:
    """A span of days, on some weekdays (0 Monday; none: any), between two times; of a need, for how long at least."""

    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    weekdays: tuple[int, ...] = ()
    opens: dt.time | None = None
    closes: dt.time | None = None
    least_minutes: int | None = None


@dataclass(frozen=True, kw_only=True)
class MenuValue:
    """What an item of the 協働メニュー says besides."""

    can_do: str = ""
    cannot_do: str = ""
    answered_by: str = ""
    answers_within_days: int | None = None


@dataclass(frozen=True, kw_only=True)
class Content:
    """A listing's words and parts; `area_ids` are ids of `places.Area`."""

    title: str = ""
    body: str = ""
    lines: tuple[LineValue, ...] = ()
    area_ids: tuple[int, ...] = ()
    town: str = ""
    windows: tuple[WindowValue, ...] = ()
    conditions: tuple[str, ...] = ()
    wanted_kinds: tuple[str, ...] = ()
    fields: tuple[int, ...] = ()
    concepts_added: tuple[str, ...] = ()
    concepts_removed: tuple[str, ...] = ()
    visibility: str = Visibility.PUBLIC
    expires_on: dt.date | None = None
    menu: MenuValue | None = None

    def __post_init__(self) -> None:
        for name in ("area_ids", *LISTS):
            object.__setattr__(self, name, tuple(sorted(set(getattr(self, name)))))


def content_of(listing: Listing) -> Content:
    """What is stored; no query more where `with_parts` has fetched the parts."""
    lines = listing.requirements if listing.side == Side.NEED else listing.provisions
    menu = _menu_of(listing)
    columns: dict[str, Any] = {name: getattr(listing, name) for name in COLUMNS}
    columns |= {name: tuple(getattr(listing, name)) for name in LISTS}
    return Content(
        **columns,
        lines=tuple(
            LineValue(resource=row.resource, what=row.what, amount=row.amount, unit=row.unit)
            for row in lines.all()
        ),
        area_ids=tuple(area.pk for area in listing.areas.all()),
        windows=tuple(
            WindowValue(
                starts_on=row.starts_on,
                ends_on=row.ends_on,
                weekdays=tuple(row.weekdays),
                opens=row.opens,
                closes=row.closes,
                least_minutes=row.least_minutes,
            )
            for row in listing.availabilities.all()
        ),
        menu=menu,
    )


def checked_content(
    content: Content, municipality: Municipality, *, side: str, besides: tuple[int, ...] = ()
) -> Content:
    """The same content; ValidationError with a sentence where a value is none of its list, or none of its side.

    Areas lie within the municipality; `besides` are ids of others that a file brought.
    """
    asked = set(content.area_ids) - set(besides)
    if asked and areas_within(municipality).filter(pk__in=asked).count() < len(asked):
        raise ValidationError(_("地域は、この町の中から選んでください。"))
    if content.visibility not in Visibility.values:
        raise ValidationError(_("だれに見せるかを選び直してください。"))
    if not set(content.conditions) <= set(Condition.values):
        raise ValidationError(_("条件を選び直してください。"))
    if not set(content.wanted_kinds) <= set(ActorKind.values):
        raise ValidationError(_("どんな相手とするかを選び直してください。"))
    if not set(content.fields) <= set(Field.values):
        raise ValidationError(_("活動の分野を選び直してください。"))
    for line in content.lines:
        if line.resource not in Resource.values or line.unit not in {"", *Unit.values}:
            raise ValidationError(_("必要なものの種類と単位を選び直してください。"))
    _demand_lengths([window.least_minutes for window in content.windows], side)
    return content


def _demand_lengths(stated: list[int | None], side: str) -> None:
    lengths = [minutes for minutes in stated if minutes is not None]
    if lengths and side != Side.NEED:
        raise ValidationError(_("続けて必要な長さは、ニーズにだけ書けます。"))
    if any(not SHORTEST <= minutes <= LONGEST for minutes in lengths):
        raise ValidationError(_("続けて必要な長さは、15分から24時間までにしてください。"))


def areas_of_a_file(listing: Listing, stored: Content) -> tuple[int, ...]:
    """The areas that may stay in a listing although its form offers no others of their kind."""
    return stored.area_ids if listing.source == Source.IMPORT else ()


def names_written(content: Content) -> list[str]:
    """Which parts hold something beyond what an empty sheet holds: for the log, without their words."""
    return sorted(changes_between(Content(), content)[1])


def changes_between(old: Content, new: Content) -> tuple[dict[str, Any], dict[str, Any]]:
    """Before and after of what differs, for the audit log; both empty when nothing does."""
    before, after = asdict(old), asdict(new)
    before["windows"], after["windows"] = _in_order(old), _in_order(new)
    changed = [name for name in after if before[name] != after[name]]
    return {name: before[name] for name in changed}, {name: after[name] for name in changed}


def put_columns(listing: Listing, content: Content) -> list[str]:
    """Set the listing's own fields; their names, for `save(update_fields=…)`."""
    for name in COLUMNS:
        setattr(listing, name, getattr(content, name))
    for name in LISTS:
        setattr(listing, name, list(getattr(content, name)))
    return [*COLUMNS, *LISTS]


def parts_of(listing: Listing, content: Content) -> tuple[list[Requirement | Provision], list[Availability]]:
    """Unsaved rows of a listing's lines and windows."""
    row = Requirement if listing.side == Side.NEED else Provision
    lines: list[Requirement | Provision] = [
        row(listing=listing, position=position, **asdict(line)) for position, line in enumerate(content.lines)
    ]
    windows = [
        Availability(listing=listing, **{**asdict(window), "weekdays": list(window.weekdays)})
        for window in content.windows
    ]
    return lines, windows


def key_of(line: LineValue | Provision | Requirement) -> tuple[str, str, str]:
    """By what a line is known again after a rewriting: its kind, its words and its unit."""
    return line.resource, line.what, line.unit


def replace_parts(listing: Listing, content: Content) -> None:
    """Store the lines, windows, areas and menu item; what was there before is gone.

    What is in use of an offer stays so (`taking.require_taken_kept` has seen to it that it fits).
    """
    lines, windows = parts_of(listing, content)
    _keep_taken(listing, lines)
    listing.requirements.all().delete()
    listing.provisions.all().delete()
    listing.availabilities.all().delete()
    listing.lines.bulk_create(lines)
    Availability.objects.bulk_create(windows)
    listing.areas.set(content.area_ids)
    if content.menu is None:
        MenuItem.objects.filter(listing=listing).delete()
    else:
        MenuItem.objects.update_or_create(listing=listing, defaults=asdict(content.menu))


def _keep_taken(listing: Listing, lines: list[Requirement | Provision]) -> None:
    taken: Counter[tuple[str, str, str]] = Counter()
    for row in listing.provisions.all():
        taken[key_of(row)] += row.taken
    for line in lines:
        if isinstance(line, Provision):
            line.taken = min(taken[key_of(line)], line.amount or 0)
            taken[key_of(line)] -= line.taken


def _menu_of(listing: Listing) -> MenuValue | None:
    item = menu_item_of(listing)
    if item is None:
        return None
    return MenuValue(
        can_do=item.can_do,
        cannot_do=item.cannot_do,
        answered_by=item.answered_by,
        answers_within_days=item.answers_within_days,
    )


def _in_order(content: Content) -> list[dict[str, Any]]:
    """Windows as the database returns them, so that a mere change of order is none."""
    rows = [asdict(window) for window in content.windows]
    return sorted(rows, key=lambda row: [str(value) for value in row.values()])
