"""Rows behind what the index found: only those that this reader may see now."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from musubi.base.index.queries import Ref
from musubi.flow.actors.queries import actors_for
from musubi.flow.issues.queries import issues_for, with_support_counts
from musubi.flow.listings.queries import listings_for, of_open_actors
from musubi.flow.stories.queries import published_stories

if TYPE_CHECKING:
    from musubi.flow.actors.queries.standing import Person


def rows_of_refs(refs: Iterable[Ref], user: "Person") -> dict[Ref, Any]:
    """What vanished, or was closed to this reader, since it was indexed is not there. One query a kind."""
    wanted = list(refs)
    doors = {
        "listing": lambda: (
            of_open_actors(listings_for(user)).select_related("municipality").filter(hidden_at=None)
        ),
        "actor": lambda: actors_for(user).filter(hidden_at=None),
        "issue": lambda: with_support_counts(issues_for(user)).filter(hidden_at=None),
        "story": published_stories,
    }
    rows: dict[Ref, Any] = {}
    for kind, door in doors.items():
        ids = [ref.object_id for ref in wanted if ref.kind == kind]
        if ids:
            rows |= {Ref(kind, row.pk): row for row in door().filter(pk__in=ids).order_by()}
    return rows
