"""The office's tables of knowledge."""

from .readings import reading_edit, reading_new, reading_remove, readings
from .recipes import recipe_drop, recipe_edit, recipe_hide, recipe_new, recipe_restore, recipes
from .words import (
    concept_edit,
    concept_new,
    concept_remove,
    concepts,
    search_accept,
    search_dismiss,
    searches,
    synonym_edit,
    synonym_new,
    synonym_remove,
    synonyms,
)

__all__ = [
    "concept_edit",
    "concept_new",
    "concept_remove",
    "concepts",
    "reading_edit",
    "reading_new",
    "reading_remove",
    "readings",
    "recipe_drop",
    "recipe_edit",
    "recipe_hide",
    "recipe_new",
    "recipe_restore",
    "recipes",
    "search_accept",
    "search_dismiss",
    "searches",
    "synonym_edit",
    "synonym_new",
    "synonym_remove",
    "synonyms",
]
