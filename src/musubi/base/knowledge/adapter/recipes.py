"""Recipes as the engine knows them."""

import re
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from musubi_engine.knowledge.cookbook import Ingredient, Permit, Recipe, shipped_recipes
from musubi_engine.knowledge.finding import recipes_in as recipes_spoken_of
from musubi_engine.knowledge.finding import recipes_near
from musubi_engine.labels import RESOURCES, UNITS

from ..models import OwnRecipe

__all__ = [
    "Ingredient",
    "Permit",
    "Recipe",
    "contents_of",
    "is_code",
    "known_resources",
    "known_units",
    "recipe_of_row",
    "recipes_near",
    "recipes_spoken_of",
    "shipped_recipes",
]

_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LISTS = ("words", "fields", "audiences", "partners", "cautions", "first_steps")
TEXTS = ("code", "name", "summary", "reason")


def recipe_of_row(row: OwnRecipe) -> Recipe:
    """A town's own recipe as a value; a shipped one that it rewrote keeps the words that name it alone."""
    alone = next((recipe.alone for recipe in shipped_recipes() if recipe.code == row.code), ())
    values: dict[str, Any] = {name: getattr(row, name) for name in TEXTS}
    values |= {name: tuple(getattr(row, name)) for name in LISTS}
    return Recipe(
        **values,
        alone=alone,
        needs=tuple(Ingredient(**need) for need in row.needs),
        permits=tuple(Permit(**permit) for permit in row.permits),
    )


def contents_of(recipe: Recipe) -> dict[str, Any]:
    """The columns of a recipe's row, but for its code."""
    values: dict[str, Any] = {name: getattr(recipe, name) for name in TEXTS if name != "code"}
    values |= {name: list(getattr(recipe, name)) for name in LISTS}
    return {**values, "needs": _rows(recipe.needs), "permits": _rows(recipe.permits)}


def _rows(parts: Iterable[Ingredient | Permit]) -> list[dict[str, Any]]:
    return [asdict(part) for part in parts]


def is_code(text: str) -> bool:
    """Whether it may stand in an address as it is: kodomo-shokudo."""
    return bool(_CODE.fullmatch(text))


def known_resources() -> frozenset[str]:
    """The kinds of resource that a recipe may name."""
    return frozenset(RESOURCES)


def known_units() -> frozenset[str]:
    """The units in which it may say how much."""
    return frozenset(UNITS)
