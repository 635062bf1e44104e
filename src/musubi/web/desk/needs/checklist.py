"""A recipe beside a need: what it names already, what it does not, permits and cautions."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from musubi.base.knowledge.queries import check_list, recipes_in
from musubi.web.shared.listing_words import line_words
from musubi.web.shared.recipe_words import IngredientWords, in_words, ingredients_of

if TYPE_CHECKING:
    from musubi.flow.listings.models import Listing


@dataclass(frozen=True)
class CheckRow:
    """One thing that the activity takes, and the need's own line for it."""

    ingredient: IngredientWords
    line: str
    is_in_text: bool


@dataclass(frozen=True)
class CheckList:
    """The check list of the activity that a need names."""

    recipe: Any
    rows: list[CheckRow]

    @property
    def missing(self) -> list[CheckRow]:
        """What is usually needed and nowhere named."""
        return [row for row in self.rows if row.ingredient.usually and not row.line and not row.is_in_text]


def checklist_of(need: "Listing") -> CheckList | None:
    """For the activity that the need names first; None where it names none that the town knows."""
    text = f"{need.title}\n{need.body}"
    recipe = next(iter(recipes_in(need.municipality, text)), None)
    if recipe is None:
        return None
    checked = check_list(need.municipality, recipe, list(need.lines.all()), text)
    shown = in_words(recipe)
    rows = [
        CheckRow(words, line_words(row.line) if row.line else "", row.is_in_text)
        for words, row in zip(ingredients_of(shown), checked, strict=True)
    ]
    return CheckList(shown, rows)
