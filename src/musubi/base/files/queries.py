"""Stored files. Who may read which visibility is decided where roles are known (flow.actors)."""

from collections.abc import Collection

from django.db.models import QuerySet

from .models import StoredFile


def files_seen_in(municipality_id: int, visibilities: Collection[str]) -> QuerySet[StoredFile]:
    """The city's files of the given levels, newest first."""
    return StoredFile.objects.filter(municipality_id=municipality_id, visibility__in=visibilities)


def pictures_as_they_came() -> QuerySet[StoredFile]:
    """Pictures that were never made to fit a page, the oldest first."""
    return StoredFile.objects.filter(content_type__startswith="image/", width=None).order_by("pk")
