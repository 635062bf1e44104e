"""What a profile holds, checked once for every way it comes in."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, TypedDict

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from musubi.base.common.corporate_number import DIGITS, is_corporate_number
from musubi.base.common.enums import Field, Visibility
from musubi.base.places.models import Area, Municipality

from ..enums import ActorKind, ProfileItem
from ..models import Actor

IDENTITY = frozenset({"name", "kind", "corporate_number"})
"""What the city looked at when it verified: a change asks for a new look."""

VEILED = "（伏せています）"


class Profile(TypedDict, total=False):
    """Everything of an actor that its members write, beside kind and name."""

    kana: str
    summary: str
    description: str
    area: Area | None
    town: str
    fields: list[int]
    founded_on: dt.date | None
    corporate_number: str
    representative: str
    email: str
    phone: str
    address: str
    url: str


class ProfileChange(Profile, total=False):
    """A profile with what only a change may name."""

    kind: str
    name: str


def checked(*, actor: Actor, item_visibility: Mapping[str, str] | None) -> None:
    """Raise ValidationError with a sentence where choices, area or the table's constraints do not hold."""
    checked_values(actor=actor, item_visibility=item_visibility)
    actor.validate_constraints()


def checked_values(*, actor: Actor, item_visibility: Mapping[str, str] | None) -> None:
    """The same without asking the database: for files of many thousand rows."""
    if actor.kind not in ActorKind.values:
        raise ValidationError(_("団体の種類を選んでください。"))
    if not actor.name.strip():
        raise ValidationError(_("名前を入れてください。"))
    if not set(actor.fields) <= set(Field.values):
        raise ValidationError(_("活動分野を選び直してください。"))
    if actor.area is not None and not lies_within(area=actor.area, municipality=actor.municipality):
        raise ValidationError(_("活動している区は、この町の中から選んでください。"))
    for item, level in (item_visibility or {}).items():
        if item not in ProfileItem.values or level not in Visibility.values:
            raise ValidationError(_("だれに見せるかを選び直してください。"))
    if problem := problem_of_corporate_number(actor.corporate_number):
        raise ValidationError(problem)


def problem_of_corporate_number(number: str) -> str:
    """Why this can be nobody's 法人番号; "" where it can, or where there is none."""
    if not number or is_corporate_number(number):
        return ""
    if len(number) == DIGITS and number.isascii() and number.isdigit():
        return _("法人番号の数字のどれかが違うようです。番号をもう一度確かめてください。")
    return _("法人番号は13けたの数字で入れてください。")


def lies_within(*, area: Area, municipality: Municipality) -> bool:
    return area.path.startswith(municipality.area.path)


def for_the_log(*, values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as the audit log keeps them: that personal items changed, never what they were.

    The log cannot be erased, personal data must be erasable.
    """
    veiled = {item: VEILED for item in values if item in ProfileItem.values and item != ProfileItem.URL}
    return {name: str(value) if isinstance(value, Area) else value for name, value in values.items()} | veiled
