"""What of the town is of an activity: stories told and listings that are shown now."""

from collections.abc import Iterable
from itertools import islice
from typing import TYPE_CHECKING, Any

from musubi.base.index import queries as index
from musubi.base.index.enums import DocumentKind
from musubi.base.knowledge.queries import is_of
from musubi.flow.actors.queries import facets_of_reach
from musubi.flow.listings.enums import ListingState
from musubi.flow.listings.queries import for_rows, listings_for, of_open_actors
from musubi.flow.stories.queries import published_stories, published_with_teams

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from musubi.base.places.models import Municipality
    from musubi.flow.actors.queries.standing import Person

LOOKED_AT, SHOWN = 40, 5


def stories_of(recipe: Any, town: "Municipality") -> list[Any]:
    """Stories of this town that name the activity, the nearest first."""
    hits = index.more_like(_words(recipe), [town.pk], kinds=[DocumentKind.STORY], limit=LOOKED_AT)
    texts = published_stories().values_list("pk", "title", "summary", "keywords")
    return published_with_teams(_first_of(recipe, hits.refs, texts))


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
    shown = of_open_actors(listings_for(user)).filter(state=ListingState.PUBLISHED, hidden_at=None)
    ids = _first_of(recipe, hits.refs, shown.values_list("pk", "title", "body"))
    rows = {row.pk: row for row in for_rows(shown).filter(pk__in=ids).order_by()}
    return [rows[pk] for pk in ids if pk in rows]


def _first_of(recipe: Any, refs: Iterable["index.Ref"], texts: "QuerySet[Any, Any]") -> list[int]:
    """Which of these are shown; of forty that are near, only so many are read and then fetched whole."""
    ids = [ref.object_id for ref in refs]
    said = {pk: "\n".join(parts) for pk, *parts in texts.filter(pk__in=ids).order_by()}
    return list(islice((pk for pk in ids if pk in said and is_of(recipe, said[pk])), SHOWN))


def _words(recipe: Any) -> str:
    return " ".join((recipe.name, *recipe.words))
