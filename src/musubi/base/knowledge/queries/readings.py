"""How words and names are read in a town. For everybody to read: they stand over every page's kanji."""

from collections.abc import Mapping

from django.db.models import QuerySet

from musubi.base.places.models import Municipality

from ..adapter.furigana import FuriganaReader
from ..models import OwnReading


def own_readings_of(municipality: Municipality) -> QuerySet[OwnReading]:
    return OwnReading.objects.filter(municipality=municipality)


def readings_of(municipality: Municipality) -> dict[str, str]:
    """The office's own: word → reading. One query."""
    return dict(own_readings_of(municipality).order_by("pk").values_list("word", "reading"))


def furigana_reader(known: Mapping[str, str]) -> FuriganaReader:
    """Reads texts, these words before all others."""
    return FuriganaReader(known)
