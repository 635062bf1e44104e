from collections.abc import Mapping

from django.db.models import QuerySet

from musubi.base.places.models import Municipality

from ..models import OwnSynonym


def own_synonyms_of(municipality: Municipality) -> QuerySet[OwnSynonym]:
    return OwnSynonym.objects.filter(municipality=municipality)


def synonyms_of(municipality: Municipality) -> Mapping[str, tuple[str, ...]]:
    """Each word of this town's lists → the words that mean the same, as typed. One query."""
    groups: dict[str, list[str]] = {}
    for row in own_synonyms_of(municipality):
        words = list(dict.fromkeys((row.word, *row.words)))
        for word in words:
            groups.setdefault(word, []).extend(other for other in words if other != word)
    return {word: tuple(dict.fromkeys(others)) for word, others in groups.items()}
