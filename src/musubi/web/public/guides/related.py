"""What of the town is of an activity: stories told and listings that are shown now."""

from typing import TYPE_CHECKING, Any

from musubi.base.index import queries as index
from musubi.base.index.enums import DocumentKind
from musubi.base.knowledge.queries import is_of
from musubi.flow.actors.queries import facets_of_reach
from musubi.flow.listings.enums import ListingState
from musubi.flow.listings.queries import listings_for, of_open_actors
from musubi.flow.stories.queries import published_with_teams

if TYPE_CHECKING:
    from musubi.base.places.models import Municipality
    from musubi.flow.actors.queries.standing import Person

LOOKED_AT, SHOWN = 40, 5


def stories_of(recipe: Any, town: "Municipality") -> list[Any]:
    """Stories of this town that name the activity, the nearest first."""
    hits = index.more_like(_words(recipe), [town.pk], kinds=[DocumentKind.STORY], limit=LOOKED_AT)
    rows = published_with_teams([ref.object_id for ref in hits.refs])
    return [row for row in rows if is_of(recipe, f"{row.title}\n{row.summary}\n{row.keywords}")][:SHOWN]


def listings_of(recipe: Any, town: "Municipality", user: "Person") -> list[Any]:
    """Needs and offers that this reader may see and that name the activity, the nearest first."""
    levels = [f"v:{level}" for level in facets_of_reach(user, town.pk)]
    hits = index.more_like(
        _words(recipe),
        [town.pk],
        facets=[levels, [f"st:{ListingState.PUBLISHED}"]],
        kinds=[DocumentKind.LISTING],
        limit=LOOKED_AT,
    )
    ids = [ref.object_id for ref in hits.refs]
    shown = of_open_actors(listings_for(user)).filter(state=ListingState.PUBLISHED, hidden_at=None)
    rows = {row.pk: row for row in shown.filter(pk__in=ids).order_by()}
    named = [rows[pk] for pk in ids if pk in rows and is_of(recipe, f"{rows[pk].title}\n{rows[pk].body}")]
    return named[:SHOWN]


def _words(recipe: Any) -> str:
    return " ".join((recipe.name, *recipe.words))
