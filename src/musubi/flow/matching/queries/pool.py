"""Whom the engine compares a listing with: the candidates that the index holds for it, of a town of any size."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any, NamedTuple

from musubi.base.index.enums import DocumentKind
from musubi.base.index.queries import (
    OTHER,
    CandidateQuery,
    Outline,
    Ref,
    candidate_query,
    candidates,
    matchable_facet,
    more_like,
    near_in_meaning,
    wording_scores,
    wording_shares,
)
from musubi.base.knowledge.queries import Knowledge
from musubi.flow.listings.enums import ListingState, Side
from musubi.flow.listings.models import Listing
from musubi.flow.listings.queries.plain import model_of, plain_matchable, plain_of, whole_listings
from musubi.flow.listings.services import content_of
from musubi.flow.listings.services.indexing import outline_of

from ..adapter import RESOURCES, Value, feasible, listing_values, words_of

BEST = 80
"""So many by all that the index knows …"""
ALIKE = 10
"""… so many by words alone, whatever else speaks against them …"""
NEWEST = 5
"""… and the newest, so that nobody new is overlooked; each of all that can fit at all."""
FULL = 20
"""Where so many of those read break no hard rule, nobody further is read: people look no further down a list …"""
FURTHER = 4
"""… else so many times as many are asked for, and again …"""
MOST = 2_560
"""… until everybody was read, or no more than so many for one question, which takes a third of a second (docs/matching.md, "Speed")."""


@dataclass(frozen=True)
class Pool:
    """Listings of one side as the engine sees them, and how much of the other's wording each shares.

    `meaning`: how near the vectors are, of those where both sides have one. `read`: the rows of all, as they were read.
    """

    values: dict[str, Value]
    likeness: dict[str, float]
    read: dict[str, Any]
    meaning: dict[str, float] = field(default_factory=dict)

    def with_also(self, other: "Pool") -> "Pool":
        """The listings of both."""
        return Pool(
            self.values | other.values,
            self.likeness | other.likeness,
            self.read | other.read,
            self.meaning | other.meaning,
        )

    def rows(self, refs: Iterable[str], asked: "Asked") -> dict[str, Listing]:
        """Some of them as models of what was read, by id as text; no query."""
        return {ref: model_of(self.read[ref], asked.row.municipality) for ref in refs}


class Asked(NamedTuple):
    """The listing that others are compared with: its row, the engine's value, and what decides who can fit at all."""

    row: Listing
    value: Value
    outline: Outline


def pool_for(asked: Asked, *, knowledge: Knowledge, today: dt.date) -> Pool:
    """The other side's listings that may answer this one: the likeliest of all that can fit.

    Facets tell neither exact amounts nor most conditions, hours or refusals. So where these leave too few of the likeliest,
    the next ones are read: whoever fits is not lost behind others who do not.
    """
    side, partition = OTHER[asked.row.side], asked.row.municipality_id
    query = candidate_query(
        asked.outline,
        asked.value,
        best=BEST,
        alike=ALIKE,
        newest=NEWEST,
        knowledge=knowledge,
    )
    if query is None:
        return Pool({}, {}, {})
    pool, read, times = Pool({}, {}, {}), set[int](), 1
    while times:
        found = candidates(kind=DocumentKind.LISTING, partition=partition, query=wider(query, times))
        unread = {pk: share for pk, share in found.likeness.items() if pk not in read}
        pool = pool.with_also(pool_of(partition, side, unread, today=today))
        read |= unread.keys()
        if found.admitted <= len(found.likeness) or enough_fit(asked, pool.values.values()):
            break
        times = next_times(times, BEST + ALIKE + NEWEST, [len(found.likeness)], read=len(read))
    return with_meaning(asked, pool)


def next_times(times: int, each: int, taken: Sequence[int], *, read: int) -> int:
    """After `times` as many as in the first round, how many times as many are asked for next; 0 when it ends.

    `each` are asked for in the first round for each of those that wait still, `taken` were by now; `read` counts
    what was read in all. However much of what comes next is new, no more than `MOST` are read.
    """
    if not taken:
        return 0
    wider = min(FURTHER * times, (MOST - read + sum(taken)) // (max(each, 1) * len(taken)))
    return wider if wider > times else 0


def wider(query: CandidateQuery, times: int) -> CandidateQuery:
    """The same question for so many times as many."""
    return replace(query, best=times * query.best, alike=times * query.alike, newest=times * query.newest)


def enough_fit(asked: Asked, others: Iterable[Value]) -> bool:
    """Whether a full list of the others breaks no hard rule with a listing.

    One that nobody can answer at all, as it is not open or has given all it had, has enough at once.
    """
    value = asked.value
    if value.state != ListingState.PUBLISHED or not value.lines:
        return True
    is_need = asked.row.side == Side.NEED
    fitting = (other for other in others if (feasible(value, other) if is_need else feasible(other, value)))
    return sum(1 for _ in islice(fitting, FULL)) == FULL


def lookalikes(asked: Asked, number: int, *, today: dt.date) -> Pool:
    """The matchable listings of the other side whose words are most alike, whatever else speaks against them."""
    side, partition = OTHER[asked.row.side], asked.row.municipality_id
    facets = [{matchable_facet(side, resource) for resource in RESOURCES}]
    words, kinds = words_of(asked.value), [DocumentKind.LISTING]
    found = more_like(words, [partition], facets=facets, kinds=kinds, limit=number)
    alike = wording_scores(words, partition, found.refs)
    return pool_of(partition, side, {ref.object_id: share for ref, share in alike.items()}, today=today)


def likeness_of(listing: Listing, values: Sequence[Value]) -> tuple[float, ...]:
    """How much of the wording of each value a listing shares, 0 to 1."""
    ref = Ref(DocumentKind.LISTING, listing.pk)
    return wording_shares([words_of(value) for value in values], listing.municipality_id, ref)


def meaning_of(listing: Listing, refs: Iterable[str]) -> dict[str, float]:
    """How near others are to a listing by their vectors, 0 to 1, by ref; one query. Who has none is missing."""
    found = near_in_meaning(listing.pk, [int(ref) for ref in refs])
    return {str(pk): near for pk, near in found.items()}


def with_meaning(asked: Asked, pool: Pool) -> Pool:
    """The pool with how near each listing's vector is to that of the one asked for."""
    return replace(pool, meaning=meaning_of(asked.row, pool.values))


def asked_of(listing: Listing, *, today: dt.date) -> Asked:
    """One listing, whatever its state, as stored now. Raises DoesNotExist if it is not stored."""
    row = next(iter(whole_listings([listing.pk])), None)
    if row is None:
        raise Listing.DoesNotExist
    plain = plain_of(row)
    outline = outline_of(plain, content_of(plain), plain.areas)
    return Asked(row, listing_values([plain], today=today)[0], outline)


def as_open(need: Asked) -> Asked:
    """A need that is being arranged, as if it were shown: its people may still take more partners."""
    return need._replace(value=replace(need.value, state=ListingState.PUBLISHED.value))


def pool_of(municipality_id: int, side: str, likeness: Mapping[int, float], *, today: dt.date) -> Pool:
    """Those of some listings that may be proposed, by id with how alike each is.

    Whom they refused is not asked: the listing that they are compared with knows.
    """
    rows = plain_matchable(likeness.keys(), municipality_id=municipality_id, side=side, today=today)
    values = listing_values(rows, today=today, refused=False)
    return Pool(
        values={value.ref: value for value in values},
        likeness={value.ref: likeness[int(value.ref)] for value in values},
        read={str(row.pk): row for row in rows},
    )
