"""Whom the engine compares a listing with: everybody in a small town, the most alike in a big one."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from django.db.models import Exists, OuterRef, QuerySet

from musubi.base.index.enums import DocumentKind
from musubi.base.index.queries import Ref, more_like, wording_scores
from musubi.flow.listings.enums import ListingState, Side
from musubi.flow.listings.models import Listing, Provision, Requirement
from musubi.flow.listings.queries import matchable, touching, with_parts

from ..adapter import Value, WordingPool, listing_values, words_of

SMALL_TOWN = 2000
"""Up to so many listings of a side, everybody is compared with."""
WORDS_TOGETHER = 600
"""Up to so many, words are compared in memory (2 ms a listing, once a process), else by the index."""
CANDIDATES = 500
NEWEST = 100
OTHER = {Side.NEED: Side.OFFER, Side.OFFER: Side.NEED}


@dataclass(frozen=True)
class Pool:
    """Listings of one side with their engine values, by id as text."""

    rows: dict[str, Listing]
    values: dict[str, Value]
    by_index: bool
    """Whether the index knows how alike two texts are: in judged towns as good as in memory."""

    def wording_for(self, listing: Value) -> dict[str, float]:
        """How much of a listing's wording each of the pool shares, 0 to 1."""
        if self.by_index:
            return _by_index(listing, self.rows.values())
        return self._together.similarities(listing)

    @cached_property
    def _together(self) -> WordingPool:
        return WordingPool(list(self.values.values()))


def pool_for(listing: Listing, value: Value, *, today: dt.date) -> Pool:
    """The other side's listings that may answer this one: all of a small town's, the likeliest of a big one's."""
    side = OTHER[Side(listing.side)]
    number = number_of(listing.municipality_id, side, today=today)
    everyone = matchable(listing.municipality_id, side, today=today)
    chosen = everyone if number <= SMALL_TOWN else candidates_for(listing, value, today=today)
    return pool_among(chosen, today=today, by_index=number > WORDS_TOGETHER)


def whole_pool(municipality_id: int, side: str, *, today: dt.date) -> Pool:
    """All of a side in a town that is not big."""
    number = number_of(municipality_id, side, today=today)
    everyone = matchable(municipality_id, side, today=today)
    return pool_among(everyone, today=today, by_index=number > WORDS_TOGETHER)


def pool_around(offer: Listing, value: Value, *, today: dt.date) -> Pool:
    """What an offer's words are measured against: itself in the town's index, or all offers of a small town."""
    if number_of(offer.municipality_id, offer.side, today=today) > WORDS_TOGETHER:
        return Pool(rows={value.ref: offer}, values={value.ref: value}, by_index=True)
    return whole_pool(offer.municipality_id, offer.side, today=today)


def pool_among(listings: QuerySet[Listing], *, today: dt.date, by_index: bool) -> Pool:
    """The pool of these listings, in a constant number of queries."""
    rows = list(with_parts(listings.select_related("actor", "menu_item").order_by("pk")))
    values = listing_values(rows, today=today)
    return Pool(
        rows={value.ref: row for row, value in zip(rows, values, strict=True)},
        values={value.ref: value for value in values},
        by_index=by_index,
    )


def value_of(listing: Listing, *, today: dt.date) -> tuple[Listing, Value]:
    """One listing, whatever its state, as stored now, and as the engine sees it."""
    row = with_parts(
        Listing.objects.filter(pk=listing.pk).select_related("actor", "menu_item", "municipality")
    ).get()
    return row, listing_values([row], today=today)[0]


def as_open(need: Value) -> Value:
    """A need that is being arranged, as if it were shown: its people may still take more partners."""
    return replace(need, state=ListingState.PUBLISHED.value)


def number_of(municipality_id: int, side: str, *, today: dt.date | None = None) -> int:
    """How many listings of a side a town has; beyond a small town's number it is not counted."""
    return len(matchable(municipality_id, side, today=today).order_by().values_list("pk")[: SMALL_TOWN + 1])


def is_big(municipality_id: int, side: str, *, today: dt.date | None = None) -> bool:
    """Whether a town has too many listings of a side to compare with all of them."""
    return number_of(municipality_id, side, today=today) > SMALL_TOWN


def candidates_for(listing: Listing, value: Value, *, today: dt.date) -> QuerySet[Listing]:
    """Of a big town those within reach that share a resource: the most alike in words, and the newest.

    The newest, so that nobody new is overlooked.
    """
    side = OTHER[Side(listing.side)]
    everyone = matchable(listing.municipality_id, side, today=today)
    part = Provision if side == Side.OFFER else Requirement
    shares = part.objects.filter(listing=OuterRef("pk"), resource__in=value.resources)
    reachable = touching(everyone, list(listing.areas.all())).filter(Exists(shares))
    newest = list(reachable.order_by("-published_at", "-pk").values_list("pk", flat=True)[:NEWEST])
    alike = like_in_words(listing.municipality_id, side, value, CANDIDATES)
    here = set(reachable.filter(pk__in=alike).values_list("pk", flat=True))
    chosen = list(dict.fromkeys([*newest, *(pk for pk in alike if pk in here)]))
    return everyone.filter(pk__in=chosen[:CANDIDATES])


def like_in_words(municipality_id: int, side: str, value: Value, limit: int) -> list[int]:
    """Ids of the published listings of a side whose words are most like a listing's, best first."""
    resources = frozenset(f"r:{resource}" for resource in value.resources)
    facets = [frozenset({"k:listing"}), frozenset({f"s:{side}"}), frozenset({"st:published"})]
    if resources:
        facets.append(resources)
    found = more_like(words_of(value), [municipality_id], facets=facets, limit=limit)
    return [ref.object_id for ref in found.refs]


def _by_index(listing: Value, others: Iterable[Listing]) -> dict[str, float]:
    rows = list(others)
    if not rows:
        return {}
    refs = [Ref(DocumentKind.LISTING, row.pk) for row in rows]
    scores = wording_scores(words_of(listing), rows[0].municipality_id, refs)
    return {str(ref.object_id): score for ref, score in scores.items()}
