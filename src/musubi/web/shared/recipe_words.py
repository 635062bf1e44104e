"""A recipe in words: what it takes and how much, for the guide, the need's form and the desk."""

from dataclasses import dataclass, replace
from typing import Any

from musubi.base.common.enums import Field
from musubi.base.knowledge.words import recipe_text, topic
from musubi.flow.listings.enums import Resource
from musubi.flow.listings.words import amount_at_length


@dataclass(frozen=True)
class IngredientWords:
    """One thing that an activity takes."""

    resource: str
    label: str
    what: str
    amount: str
    reason: str
    usually: bool


def in_words(recipe: Any) -> Any:
    """The recipe as it is read, in the reader's language; what goes into a draft is the recipe's own."""
    return replace(
        recipe,
        name=topic(recipe.name),
        summary=recipe_text(recipe.summary),
        reason=recipe_text(recipe.reason),
        needs=tuple(
            replace(need, what=recipe_text(need.what), reason=recipe_text(need.reason))
            for need in recipe.needs
        ),
        permits=tuple(
            replace(
                permit,
                what=recipe_text(permit.what),
                ask=recipe_text(permit.ask),
                reason=recipe_text(permit.reason),
            )
            for permit in recipe.permits
        ),
        **{
            name: tuple(map(recipe_text, getattr(recipe, name)))
            for name in ("audiences", "partners", "cautions", "first_steps")
        },
    )


def ingredients_of(recipe: Any) -> list[IngredientWords]:
    """What a recipe typically takes, in the order it is written."""
    return [
        IngredientWords(
            resource=need.resource,
            label=str(Resource(need.resource).label),
            what=need.what,
            amount=amount_at_length(need.amount, need.unit),
            reason=need.reason,
            usually=need.usually,
        )
        for need in recipe.needs
    ]


def field_names(recipe: Any) -> list[str]:
    """The fields of activity, the central one first."""
    return [str(Field(number).label) for number in recipe.fields]
