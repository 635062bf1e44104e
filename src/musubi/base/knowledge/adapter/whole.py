"""All that a town knows, as the one value that matching takes."""

from functools import lru_cache

from musubi_engine.knowledge.base import SHIPPED, Knowledge, RecipeBook
from musubi_engine.knowledge.concepts import CONCEPTS, ConceptTable
from musubi_engine.knowledge.cookbook import Recipe, shipped_recipes

__all__ = ["Knowledge", "whole_knowledge"]


def whole_knowledge(table: ConceptTable, recipes: tuple[Recipe, ...]) -> Knowledge:
    """The engine's own where a town has added nothing: then what it has read of texts is shared."""
    if table is CONCEPTS and recipes == shipped_recipes():
        return SHIPPED
    return _whole(table, recipes)


@lru_cache(maxsize=64)
def _whole(table: ConceptTable, recipes: tuple[Recipe, ...]) -> Knowledge:
    """One value for the same tables: the engine keeps what it has read by it."""
    return Knowledge(concepts=table, recipes=RecipeBook(recipes))
