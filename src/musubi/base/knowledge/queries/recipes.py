"""Recipes as a town shows them: the shipped ones, less what it hides, with what it wrote itself."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import BigIntegerField, QuerySet

from musubi.base.common.prepared import Given, Prepared, PreparedModels, together
from musubi.base.knowledge.words import topic
from musubi.base.places.models import Municipality

from ..adapter import Recipe, fold, recipe_of_row, recipes_near, recipes_spoken_of, shipped_recipes
from ..enums import RecipeOrigin
from ..models import HiddenRecipe, OwnRecipe

MOST_NEAR = 5


@dataclass(frozen=True)
class TownRecipe:
    """One recipe as the office sees it: where it comes from, whether the town shows it."""

    recipe: Recipe
    origin: RecipeOrigin
    is_hidden: bool


def every_recipe_of(municipality: Municipality) -> list[TownRecipe]:
    """Shipped and own, hidden ones too: the shipped in their order, the town's own after them. Two queries."""
    return _every(*_of_town(municipality))


def _every(hidden: Collection[str], own: Mapping[str, Recipe]) -> list[TownRecipe]:
    shipped = {recipe.code: recipe for recipe in shipped_recipes()}
    rows = [
        TownRecipe(
            own.get(code, recipe),
            RecipeOrigin.CHANGED if code in own else RecipeOrigin.SHIPPED,
            code in hidden,
        )
        for code, recipe in shipped.items()
    ]
    rows += [
        TownRecipe(recipe, RecipeOrigin.OWN, code in hidden)
        for code, recipe in own.items()
        if code not in shipped
    ]
    return rows


def _of_town(municipality: Municipality) -> tuple[set[str], dict[str, Recipe]]:
    """The codes that a town hides, and the recipes that it wrote, by code."""
    codes, rows = together(
        _hidden.asking(list, town=municipality.pk), _own.asking(list, town=municipality.pk)
    )
    return {code for (code,) in codes}, {row.code: recipe_of_row(row) for row in rows}


@Prepared
def _hidden() -> QuerySet[HiddenRecipe, tuple[str]]:
    rows = HiddenRecipe.objects.filter(municipality=Given("town", BigIntegerField()))
    return rows.order_by().values_list("code")


@PreparedModels
def _own() -> QuerySet[OwnRecipe]:
    return OwnRecipe.objects.filter(municipality=Given("town", BigIntegerField()))


def recipes_of(municipality: Municipality) -> tuple[Recipe, ...]:
    """What everybody may read in this town, in two queries."""
    hidden, own = _of_town(municipality)
    if not hidden and not own:
        return shipped_recipes()
    return tuple(row.recipe for row in _every(hidden, own) if not row.is_hidden)


def recipe_of(municipality: Municipality, code: str) -> Recipe | None:
    """One of those, by its code."""
    return next((recipe for recipe in recipes_of(municipality) if recipe.code == code), None)


def recipes_in(municipality: Municipality, text: str, *, or_near: bool = False) -> tuple[Recipe, ...]:
    """The town's recipes that a text names, best first; `or_near`: if none, those that hold it or that it comes near."""
    recipes = recipes_of(municipality)
    found = recipes_spoken_of(text, recipes)
    if found or not or_near:
        return found
    return find_recipes(recipes, text)[:MOST_NEAR] if len(fold(text)) > 1 else ()


def find_recipes(recipes: Sequence[Recipe], text: str) -> tuple[Recipe, ...]:
    """Of some recipes those that a text names, then those whose name or words hold it, then those it comes near."""
    known = fold(text)
    named = recipes_spoken_of(text, recipes)
    holding = [
        recipe
        for recipe in recipes
        # also by the name that is shown in the reader's language
        if any(known in fold(word) for word in (recipe.name, topic(recipe.name), *recipe.words))
    ]
    found = {recipe.code: recipe for recipe in (*named, *holding)}
    near = recipes_near(text, recipes, MOST_NEAR)
    return tuple({**found, **{recipe.code: recipe for recipe in near if recipe.code not in found}}.values())


def is_of(recipe: Recipe, text: str) -> bool:
    """Whether a text names this activity."""
    return bool(recipes_spoken_of(text, [recipe]))


def own_version_of(municipality: Municipality, code: str) -> int:
    """How often the town's own wording of a recipe was saved; 0 where it has none."""
    row = OwnRecipe.objects.filter(municipality=municipality, code=code).values_list("version", flat=True)
    return row.first() or 0
