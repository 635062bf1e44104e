from musubi.base.places.models import Municipality

from ..adapter import Knowledge, whole_knowledge
from .concepts import concept_reader
from .recipes import recipes_of


def knowledge_of(municipality: Municipality) -> Knowledge:
    """What matching knows in this town: the engine's concepts and recipes with its own. Three queries."""
    return whole_knowledge(concept_reader(municipality.pk).table, recipes_of(municipality))
