"""The engine's knowledge, and how a town's rows become its values."""

from .concepts import ConceptReader, hold_together, kinds_of_concepts, known_concepts
from .names import may_name_person, names_with_titles
from .recipes import (
    Ingredient,
    Permit,
    Recipe,
    contents_of,
    is_code,
    known_resources,
    known_units,
    recipe_of_row,
    recipes_near,
    recipes_spoken_of,
    shipped_recipes,
)
from .whole import Knowledge, whole_knowledge
from .words import fold, number_of, same_words, speaks_of, tells_of

__all__ = [
    "ConceptReader",
    "Ingredient",
    "Knowledge",
    "Permit",
    "Recipe",
    "contents_of",
    "fold",
    "hold_together",
    "is_code",
    "kinds_of_concepts",
    "known_concepts",
    "known_resources",
    "known_units",
    "may_name_person",
    "names_with_titles",
    "number_of",
    "recipe_of_row",
    "recipes_near",
    "recipes_spoken_of",
    "same_words",
    "shipped_recipes",
    "speaks_of",
    "tells_of",
    "whole_knowledge",
]
