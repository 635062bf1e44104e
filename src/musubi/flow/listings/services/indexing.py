"""A listing writes its own rows of the search index, in its own transaction."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from musubi.base.common.enums import Visibility
from musubi.base.index.enums import DocumentKind
from musubi.base.index.queries import Outline, days_of, finding_facets, matching_facets
from musubi.base.index.services import IndexRow, index_object, remove_object
from musubi.base.places.models import Area
from musubi.flow.actors.enums import ACTOR_SHOWN, ActorState
from musubi.flow.actors.models import Actor

from ..enums import LISTING_SHOWN, MATCHABLE, NOT_USED_UP, Condition, Side, Unit
from ..models import Listing
from ..queries import with_parts
from ..queries.plain import plain_listings
from .content import Content, LineValue, content_of
from .when import when_facets

KIND = DocumentKind.LISTING
AT_ONCE = 500
FROM_REGISTERED_ON = frozenset({Visibility.PUBLIC, Visibility.REGISTERED})


def index_listing(listing: Listing) -> None:
    """Make the index tell the truth about this listing: found if others may read it, else gone."""
    if not is_found(listing):
        remove_object(kind=KIND, object_id=listing.pk)
        return
    row = index_row(listing)
    index_object(kind=KIND, row=row)


def index_listings_of(*, actor: Actor) -> int:
    """Write the rows of all of an actor's shown listings anew: its name, state or hiding has changed."""
    rows = with_parts(
        Listing.objects.filter(actor=actor, state__in=LISTING_SHOWN).select_related("actor", "menu_item")
    )
    number = 0
    for listing in rows.iterator(chunk_size=AT_ONCE):
        index_listing(listing)
        number += 1
    return number


def rows_to_index() -> Iterator[IndexRow]:
    """Every listing that search may find, read as it is asked for: for rebuilding the index."""
    shown = Listing.objects.filter(state__in=LISTING_SHOWN, hidden_at=None, actor__hidden_at=None)
    found = shown.exclude(actor__state=ActorState.CLOSED).order_by("published_at", "pk")
    ids = found.values_list("pk", "published_at").iterator(chunk_size=AT_ONCE)
    while chunk := dict(islice(ids, AT_ONCE)):
        for row in plain_listings(chunk):
            row.published_at = chunk[row.pk]
            yield index_row(row)


def is_found(listing: Listing) -> bool:
    """Whether search may find it at all; who finds it is a matter of its facets."""
    actor = listing.actor
    return (
        listing.state in LISTING_SHOWN
        and listing.hidden_at is None
        and actor.hidden_at is None
        and actor.state != ActorState.CLOSED
    )


def index_row(listing: Listing) -> IndexRow:
    """The listing as the index takes it; no query where the parts are prefetched."""
    return index_row_of(listing, content_of(listing), listing.areas.all())


def index_row_of(listing: Listing, content: Content, areas: Iterable[Area]) -> IndexRow:
    """The same from a content that has not been read back, such as an import's."""
    menu = content.menu
    words = [content.body, *(line.what for line in content.lines), menu.can_do if menu else "", content.town]
    areas = list(areas)
    within = {part for area in areas for part in _ids(area)}
    facets = [
        f"k:{KIND.value}",
        f"v:{_visibility(listing)}",
        f"s:{listing.side}",
        f"st:{listing.state}",
        *({"menu:1"} if menu else ()),
        *sorted({f"r:{line.resource}" for line in content.lines}),
        *(f"f:{number}" for number in content.fields),
        *sorted(f"a:{area}" for area in within),
        *(sorted(_of_matchable(listing, content, areas)) if listing.state in MATCHABLE else ()),
        *(f"c:{name}" for name in listing.concepts or ()),
        *sorted(when_facets(content.windows)),
    ]
    return IndexRow(
        object_id=listing.pk,
        partition=listing.municipality_id,
        fields={
            "title": content.title,
            "body": "\n".join(word for word in words if word),
            "actor": listing.actor.name,
        },
        facets=facets,
        since=listing.published_at,
    )


def _of_matchable(listing: Listing, content: Content, areas: Iterable[Area]) -> frozenset[str]:
    """What others find it by when they look for whom to be introduced to."""
    in_title = listing.concepts_in_title or ()
    finding = finding_facets(listing.side, content.title, content.body, in_title)
    return finding | matching_facets(outline_of(listing, content, areas))


def outline_of(listing: Listing, content: Content, areas: Iterable[Area]) -> Outline:
    """What decides who can fit a listing at all. Towns count as the ward or city around them, as in the rules."""
    return Outline(
        side=listing.side,
        actor=str(listing.actor_id),
        resources=frozenset(line.resource for line in content.lines),
        areas=tuple(tuple(_ids(area)) if area.code else tuple(_ids(area)[:-1]) for area in areas),
        days=tuple(
            days_of(window.starts_on, window.ends_on, window.weekdays, window.opens, window.closes)
            for window in content.windows
        ),
        fields=frozenset(content.fields),
        seats=_seats(listing.side, content.lines),
        wheelchair=Condition.WHEELCHAIR_OK in content.conditions,
    )


def _seats(side: str, lines: Sequence[LineValue]) -> int | None:
    """For how many there is room, or is to be; None where all that an offer says of it could be used up, and says nothing then."""
    counted = [line for line in lines if line.unit == Unit.CAPACITY and line.amount is not None]
    if side == Side.OFFER and not any(line.resource in NOT_USED_UP for line in counted):
        return None
    return max((line.amount for line in counted if line.amount is not None), default=None)


def _ids(area: Area) -> list[str]:
    """The ids on an area's path, from the prefecture down to itself."""
    return area.path.strip("/").split("/")


def _visibility(listing: Listing) -> str:
    """Listings of an actor that is still a draft (an import) are found by staff alone."""
    if listing.actor.state in ACTOR_SHOWN or listing.visibility not in FROM_REGISTERED_ON:
        return listing.visibility
    return Visibility.INTERMEDIARIES
