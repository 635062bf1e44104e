"""What an office does with its town's knowledge. It stands below the roles: whoever calls says who may (`allowed`)."""

from .concepts import remove_concept, save_concept
from .readings import remove_reading, save_reading
from .recipes import StaleRecipe, drop_own_recipe, hide_recipe, new_code, restore_recipe, save_recipe
from .searches import accept_vain_search, dismiss_vain_search, forget_vain_searches, record_vain_search
from .synonyms import remove_synonym, save_synonym

__all__ = [
    "StaleRecipe",
    "accept_vain_search",
    "dismiss_vain_search",
    "drop_own_recipe",
    "forget_vain_searches",
    "hide_recipe",
    "new_code",
    "record_vain_search",
    "remove_concept",
    "remove_reading",
    "remove_synonym",
    "restore_recipe",
    "save_concept",
    "save_reading",
    "save_recipe",
    "save_synonym",
]
