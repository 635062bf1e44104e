"""What the engine knows, as one value that may be handed in: concepts and activity recipes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from musubi_engine.knowledge.alone import said_alone
from musubi_engine.knowledge.concepts import CONCEPTS, ConceptTable
from musubi_engine.knowledge.concepts.finding import Finder
from musubi_engine.knowledge.cookbook import Recipe, shipped_recipes

_CACHE: Final = 4096


class RecipeBook:
    """Recipes by the words people use for them: for matching, which reads every listing and wants no order.

    `finding.recipes_in` finds the same ones for forms, the one with the longest word first, at six times the cost.
    """

    def __init__(self, recipes: Iterable[Recipe]) -> None:
        """Codes must be unique."""
        self._recipes = {recipe.code: recipe for recipe in recipes}
        finder = Finder({recipe.code: (recipe.name, *recipe.words) for recipe in self._recipes.values()})
        short = [recipe for recipe in self._recipes.values() if recipe.alone]
        self._codes = lru_cache(maxsize=_CACHE)(
            lambda text: finder.find(text) | said_alone(text, short).keys()
        )

    def __iter__(self) -> Iterator[Recipe]:
        return iter(self._recipes.values())

    def __len__(self) -> int:
        return len(self._recipes)

    def found_in(self, text: str) -> tuple[Recipe, ...]:
        """The recipes a text speaks of, by code."""
        return tuple(self._recipes[code] for code in sorted(self._codes(text)))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Knowledge:
    """Concepts and recipes; an installation hands in its own, made with `ConceptTable.with_added`."""

    concepts: ConceptTable = CONCEPTS
    recipes: RecipeBook = field(default_factory=lambda: RecipeBook(shipped_recipes()))


SHIPPED: Final = Knowledge()
