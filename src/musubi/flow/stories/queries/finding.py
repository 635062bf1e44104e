"""Published stories by field, place and year, out of the index: one page of many under a few queries."""

from collections.abc import Sequence

from musubi.base.index import queries as index
from musubi.base.index.enums import DocumentKind

from ..enums import StoryState
from ..models import Story
from .shown import teams_of
from .stories import published_stories


def find_published(
    *,
    towns: Sequence[int],
    field: int | None = None,
    area_id: int | None = None,
    year: int | None = None,
    limit: int,
    offset: int = 0,
) -> tuple[list[Story], int]:
    """A page of the published stories of these towns, the last published first, and how many there are.

    Each carries in `companions` those of its team that are named.
    """
    facets = [["k:story"]]
    facets += [[f"f:{field}"]] if field else []
    facets += [[f"a:{area_id}"]] if area_id else []
    facets += [[f"y:{year}"]] if year else []
    hits = index.search(
        partitions=towns,
        facets=facets,
        kinds=[DocumentKind.STORY],
        newest_first=True,
        limit=limit,
        offset=offset,
    )
    return published_with_teams([ref.object_id for ref in hits.refs]), hits.total


def published_with_teams(ids: Sequence[int]) -> list[Story]:
    """Those of these stories that are published, in this order, each with `companions`."""
    rows = {row.pk: row for row in published_stories().filter(pk__in=ids).order_by()}
    for pk, team in teams_of(rows.values()).items():
        rows[pk].companions = [one for one in team if not one.is_hidden]  # type: ignore[attr-defined]
    return [rows[pk] for pk in ids if pk in rows]


def years_published(towns: Sequence[int]) -> list[int]:
    """The years of which these towns tell, the latest first."""
    rows = Story.objects.filter(municipality__in=towns, state=StoryState.PUBLISHED, year__isnull=False)
    years = rows.order_by("-year").values_list("year", flat=True).distinct()
    return [year for year in years if year is not None]
