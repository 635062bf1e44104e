from django.db.models import BigIntegerField, QuerySet

from musubi.base.common.prepared import Given, PreparedModels
from musubi.base.places.models import Municipality

from ..adapter import ConceptReader
from ..models import OwnConcept


def own_concepts_of(municipality: Municipality) -> QuerySet[OwnConcept]:
    return OwnConcept.objects.filter(municipality=municipality)


def shipped_concepts() -> tuple[tuple[str, str], ...]:
    """(name, kind) of the concepts that every town has from the beginning."""
    return ConceptReader().known


def concept_reader(municipality_id: int) -> ConceptReader:
    """Reads concepts as this town speaks; one query, however many texts are read with it."""
    return ConceptReader(_own_concepts(town=municipality_id))


@PreparedModels
def _own_concepts() -> QuerySet[OwnConcept]:
    return OwnConcept.objects.filter(municipality=Given("town", BigIntegerField())).order_by()


def concept_names_of(municipality: Municipality) -> tuple[str, ...]:
    """Every concept that a listing of this town may be tagged with."""
    return tuple(name for name, _kind in concept_reader(municipality.pk).known)
