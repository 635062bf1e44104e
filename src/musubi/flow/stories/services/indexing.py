"""A story writes its own rows of the search index, in its own transaction: only while it is published.

The partners' names are left out of the index: they may change without the story knowing.
"""

from collections.abc import Iterator

from musubi.base.common.enums import Visibility
from musubi.base.index.enums import DocumentKind
from musubi.base.index.services import IndexRow, index_object, remove_object
from musubi.flow.projects.models import Project

from ..enums import StoryState
from ..models import Story

KIND = DocumentKind.STORY
AT_ONCE = 500
TEXTS = (
    "subtitle", "keywords", "summary", "why", "purpose", "challenge", "activity", "learnt", "result",
    "ingenuity", "limits", "spread", "lasting", "audience", "place", "programmes",
)  # fmt: skip


def index_story(story: Story) -> None:
    """Make the index tell the truth about this story: found while it is published, else gone."""
    if story.state != StoryState.PUBLISHED:
        remove_object(kind=KIND, object_id=story.pk)
        return
    row = _row(story)
    index_object(kind=KIND, row=row)


def index_story_of(*, project: Project) -> None:
    """Write the rows of a project's story anew: its areas have changed."""
    for story in Story.objects.filter(project=project).select_related("project"):
        index_story(story)


def rows_to_index() -> Iterator[IndexRow]:
    """Every story that search may find, read as it is asked for: for rebuilding the index."""
    rows = Story.objects.filter(state=StoryState.PUBLISHED).select_related("project")
    rows = rows.prefetch_related("project__areas").order_by("published_at", "pk")
    return (_row(story) for story in rows.iterator(chunk_size=AT_ONCE))


def _row(story: Story) -> IndexRow:
    areas = {part for area in story.project.areas.all() for part in area.path.strip("/").split("/") if part}
    body = "\n".join(text for name in TEXTS if (text := getattr(story, name)))
    return IndexRow(
        object_id=story.pk,
        partition=story.municipality_id,
        fields={"title": story.title, "body": body, "actor": ""},
        facets=[
            f"k:{KIND.value}",
            f"v:{Visibility.PUBLIC}",
            f"st:{story.state}",
            *(f"f:{number}" for number in story.fields),
            *([f"y:{story.year}"] if story.year else []),
            *sorted(f"a:{area}" for area in areas),
        ],
        since=story.published_at,
    )
