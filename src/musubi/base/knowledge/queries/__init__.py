"""The only door to a town's knowledge. All but the searches in vain is for everybody to read."""

from ..adapter import Ingredient, Knowledge, Permit, Recipe, number_of
from ..adapter.furigana import FuriganaReader
from .checking import Checked, check_list
from .concepts import concept_names_of, concept_reader, own_concepts_of, shipped_concepts
from .quoting import NOTHING, WORD, nearness, quotes_anything
from .readings import furigana_reader, own_readings_of, readings_of
from .recipes import (
    TownRecipe,
    every_recipe_of,
    find_recipes,
    is_of,
    own_version_of,
    recipe_of,
    recipes_in,
    recipes_of,
)
from .searches import VainList, VainWords, nothing_searched, vain_searches_of
from .synonyms import own_synonyms_of, synonyms_of
from .whole import knowledge_of

__all__ = [
    "NOTHING",
    "WORD",
    "Checked",
    "FuriganaReader",
    "Ingredient",
    "Knowledge",
    "Permit",
    "Recipe",
    "TownRecipe",
    "VainList",
    "VainWords",
    "check_list",
    "concept_names_of",
    "concept_reader",
    "every_recipe_of",
    "find_recipes",
    "furigana_reader",
    "is_of",
    "knowledge_of",
    "nearness",
    "nothing_searched",
    "number_of",
    "own_concepts_of",
    "own_readings_of",
    "own_synonyms_of",
    "own_version_of",
    "quotes_anything",
    "readings_of",
    "recipe_of",
    "recipes_in",
    "recipes_of",
    "shipped_concepts",
    "synonyms_of",
    "vain_searches_of",
]
