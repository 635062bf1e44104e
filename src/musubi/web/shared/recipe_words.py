"""A recipe in words: what it takes and how much, for the guide, the need's form and the desk."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from musubi.base.common.enums import Field
from musubi.flow.listings.enums import Resource, Unit


@dataclass(frozen=True)
class IngredientWords:
    """One thing that an activity takes."""

    resource: str
    label: str
    what: str
    amount: str
    reason: str
    usually: bool


def ingredients_of(recipe: Any) -> list[IngredientWords]:
    """What a recipe typically takes, in the order it is written."""
    return [
        IngredientWords(
            resource=need.resource,
            label=str(Resource(need.resource).label),
            what=need.what,
            amount=amount_words(need.amount, need.unit),
            reason=need.reason,
            usually=need.usually,
        )
        for need in recipe.needs
    ]


def amount_words(amount: int | None, unit: str | None) -> str:
    """「30人が入れる広さ」, 「8人」, 「100,000円」; nothing where no amount is usual."""
    if amount is None or not unit:
        return ""
    if unit == Unit.CAPACITY:
        return _("%(number)s人が入れる広さ") % {"number": f"{amount:,}"}
    return f"{amount:,}{unit_word(unit)}"


def unit_word(unit: str) -> str:
    """The unit as it is said after a number: 席 without its explanation."""
    return str(Unit(unit).label).split("（", maxsplit=1)[0]


def field_names(recipe: Any) -> list[str]:
    """The fields of activity, the central one first."""
    return [str(Field(number).label) for number in recipe.fields]
