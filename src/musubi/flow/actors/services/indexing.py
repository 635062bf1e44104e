"""An actor's rows in the search index follow every write, in its own transaction."""

from collections.abc import Iterable, Iterator

from musubi.base.index import services as index
from musubi.base.index.services import IndexRow

from ..adapter import INDEX_KIND, index_row, is_indexed
from ..models import Actor


def index_actor(*, actor: Actor) -> None:
    """Found while others may see it, gone when they may not."""
    if is_indexed(actor):
        row = index_row(actor)
        index.index_object(kind=INDEX_KIND, row=row)
    else:
        index.remove_object(kind=INDEX_KIND, object_id=actor.pk)


def index_actors(*, actors: Iterable[Actor]) -> None:
    """Many at once, none of them taken from sight: what is not shown has no rows."""
    rows = [index_row(actor) for actor in actors if is_indexed(actor)]
    if rows:
        index.bulk_index(kind=INDEX_KIND, rows=rows)


def index_rows() -> tuple[str, Iterator[IndexRow]]:
    """The kind and every shown actor, read as they are asked for: a part of `base.index.services.rebuild`."""
    shown = Actor.objects.select_related("area").order_by("pk").iterator(chunk_size=1000)
    return INDEX_KIND, (index_row(actor) for actor in shown if is_indexed(actor))
