"""An actor as the search index knows it."""

from musubi.base.common.enums import Field, Visibility
from musubi.base.common.languages import SOURCE, written_in
from musubi.base.index.enums import DocumentKind
from musubi.base.index.services import IndexRow

from .enums import ACTOR_SHOWN
from .models import Actor

INDEX_KIND = DocumentKind.ACTOR


def is_indexed(actor: Actor) -> bool:
    """Only what others may see is found; whether the city has verified it is said on the page."""
    return actor.state in ACTOR_SHOWN and actor.hidden_at is None


@written_in(SOURCE)
def index_row(actor: Actor) -> IndexRow:
    """One shown actor (`area` loaded) as search finds it."""
    fields = [Field(number).label for number in actor.fields]
    body = [
        actor.summary,
        actor.description,
        actor.town,
        str(actor.area or ""),
        actor.get_kind_display(),
        *fields,
    ]
    texts = {
        "title": f"{actor.name} {actor.kana}".strip(),
        "body": "\n".join(str(part) for part in body if part),
        "actor": actor.name,
    }
    return IndexRow(
        object_id=actor.pk,
        partition=actor.municipality_id,
        fields=texts,
        facets=facets(actor),
        since=actor.created_at,
    )


def facets(actor: Actor) -> list[str]:
    """What a search may narrow actors by."""
    area_ids = actor.area.path.strip("/").split("/") if actor.area else []
    return [
        f"v:{Visibility.PUBLIC}",
        f"k:{INDEX_KIND}",
        f"ak:{actor.kind}",
        *(f"f:{number}" for number in actor.fields),
        *(f"a:{area_id}" for area_id in area_ids),
    ]
