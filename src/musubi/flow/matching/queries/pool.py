"""Whom the engine compares a listing with: the candidates that the index holds for it, of a town of any size."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from musubi.base.index.enums import DocumentKind
from musubi.base.index.queries import (
    CandidateQuery,
    Ref,
    candidates,
    concept_facets,
    more_like,
    wording_scores,
    wording_shares,
)
from musubi.flow.listings.enums import ListingState, Side
from musubi.flow.listings.models import Listing
from musubi.flow.listings.queries import matchable, with_parts
from musubi.flow.listings.services import content_of
from musubi.flow.listings.services.facets import OTHER, asked_facets, matchable_facet

from ..adapter import AT_A_TIME, RESOURCES, Value, listing_values, words_of

CANDIDATES = 160
"""So many by all that the index knows …"""
ALIKE = 40
"""… so many by words alone, whatever else speaks against them …"""
NEWEST = 20
"""… and the newest, so that nobody new is overlooked; each of all that can fit at all."""

# What the index can know of the engine's signals, in the engine's own proportions.
LIKENESS, FULL_LIKENESS = 0.5, 0.3
CONCEPT, RESOURCE, FIELD, SAME_AREA = 0.35, 0.20, 0.06, 0.05


@dataclass(frozen=True)
class Pool:
    """Listings of one side as the engine sees them, and how much of the other's wording each shares."""

    values: dict[str, Value]
    likeness: dict[str, float]


def pool_for(listing: Listing, value: Value, *, today: dt.date) -> Pool:
    """The other side's listings that may answer this one, fetched `with_parts`: the likeliest of all that can fit."""
    side = OTHER[Side(listing.side)]
    query = candidate_query(listing, value)
    if query is None:
        return Pool({}, {})
    found = candidates(kind=DocumentKind.LISTING, partition=listing.municipality_id, query=query)
    return _pool(listing.municipality_id, side, found.likeness, today)


def lookalikes(listing: Listing, value: Value, number: int, *, today: dt.date) -> Pool:
    """The matchable listings of the other side whose words are most alike, whatever else speaks against them."""
    side = OTHER[Side(listing.side)]
    facets = [{matchable_facet(side, resource) for resource in RESOURCES}]
    partition, kinds = listing.municipality_id, [DocumentKind.LISTING]
    found = more_like(words_of(value), [partition], facets=facets, kinds=kinds, limit=number)
    alike = wording_scores(words_of(value), partition, found.refs)
    return _pool(partition, side, {ref.object_id: share for ref, share in alike.items()}, today)


def likeness_of(listing: Listing, values: Sequence[Value]) -> tuple[float, ...]:
    """How much of the wording of each value a listing shares, 0 to 1."""
    ref = Ref(DocumentKind.LISTING, listing.pk)
    return wording_shares([words_of(value) for value in values], listing.municipality_id, ref)


def candidate_query(listing: Listing, value: Value) -> CandidateQuery | None:
    """What is asked of the index for a listing fetched `with_parts`; None where it asks for no resource."""
    content = content_of(listing)
    areas = [area.path for area in listing.areas.all()]
    groups = asked_facets(Side(listing.side), content, areas, at_a_time=AT_A_TIME)
    if not groups:
        return None
    text = words_of(value)
    concepts = concept_facets(text)
    resources = {line.resource for line in content.lines}
    points = {facet: CONCEPT / len(concepts) for facet in concepts}
    points |= {f"r:{resource}": RESOURCE / len(resources) for resource in resources}
    points |= {f"f:{field}": FIELD for field in content.fields}
    points |= {f"a:{path.strip('/').split('/')[-1]}": SAME_AREA for path in areas}
    return CandidateQuery(
        text=text,
        facets=groups,
        without=frozenset({f"by:{listing.actor_id}"}),
        points=points,
        likeness=LIKENESS,
        full=FULL_LIKENESS,
        best=CANDIDATES,
        alike=ALIKE,
        newest=NEWEST,
    )


def rows_of(refs: Iterable[str]) -> dict[str, Listing]:
    """The rows of some of a pool's listings, by id as text, in a constant number of queries."""
    rows = Listing.objects.filter(pk__in=[int(ref) for ref in refs]).select_related("actor", "menu_item")
    return {str(row.pk): row for row in with_parts(rows).order_by("pk")}


def value_of(listing: Listing, *, today: dt.date) -> tuple[Listing, Value]:
    """One listing, whatever its state, as stored now, and as the engine sees it."""
    row = with_parts(
        Listing.objects.filter(pk=listing.pk).select_related("actor", "menu_item", "municipality")
    ).get()
    return row, listing_values([row], today=today)[0]


def as_open(need: Value) -> Value:
    """A need that is being arranged, as if it were shown: its people may still take more partners."""
    return replace(need, state=ListingState.PUBLISHED.value)


def _pool(municipality_id: int, side: str, likeness: dict[int, float], today: dt.date) -> Pool:
    rows = matchable(municipality_id, side, today=today).filter(pk__in=list(likeness))
    values = listing_values(with_parts(rows.select_related("actor", "menu_item").order_by("pk")), today=today)
    return Pool(
        values={value.ref: value for value in values},
        likeness={value.ref: likeness[int(value.ref)] for value in values},
    )
