"""The office's tables of knowledge."""

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
