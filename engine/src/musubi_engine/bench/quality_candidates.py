"""How much of the ranking of all offers the candidate step keeps: judged offers among many made-up ones."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from musubi_engine.bench.collection import Collection
from musubi_engine.bench.table import Table
from musubi_engine.bench.town import PARTITION, among, as_saved, build, document_of, outline_of
from musubi_engine.index import MemoryStore, candidates
from musubi_engine.index.facets import candidate_query
from musubi_engine.rank import rank
from musubi_engine.types import Listing
from musubi_engine.wording import similarities_in

SEED: Final = 7
_FEW, _MANY = 10, 30
# How many are taken by all that the index knows, by words alone, and as the newest: (best, alike, newest).
_SIZES: Final = ((40, 5, 5), (80, 10, 5), (100, 10, 5), (150, 10, 5), (200, 10, 5))


class _Ranked(NamedTuple):
    """A need with the refs of all that may be proposed to it, best first, at most `_MANY`."""

    need: Listing
    first: list[str]


def candidates_table(collection: Collection, number: int) -> Table:
    """Of the best ten and thirty of all offers, how many are candidates, by how many are taken.

    `number` made-up offers have the places and times of the judged ones, so that they compete with them. Needs to
    which fewer than ten can be proposed at all are left out. Ranked without vectors, as the made-up texts have none.
    """
    offers = [as_saved(offer) for offer in (*collection.offers, *among(number, SEED, collection.offers))]
    store = build(document_of(key, offer) for key, offer in enumerate(offers, start=1))
    ranked = [_ranked(store, as_saved(need), offers) for need in collection.needs]
    ranked = [each for each in ranked if len(each.first) >= _FEW]
    judged = {offer.ref for offer in collection.offers}
    rows = [_row(store, ranked, offers, judged, size) for size in _SIZES]
    return Table(
        title=f"Candidates of {len(ranked)} needs among {len(collection.offers)} judged and {number:,} made-up offers",
        columns=(
            "best, alike, newest",
            "candidates",
            "of the first 10",
            "of the first 30",
            "of the judged among these",
        ),
        rows=tuple(rows),
    )


def _ranked(store: MemoryStore, need: Listing, offers: Sequence[Listing]) -> _Ranked:
    shares = similarities_in(store, (PARTITION,), need, range(1, len(offers) + 1))
    wording = {offer.ref: share for offer, share in zip(offers, shares, strict=True)}
    return _Ranked(need, [proposal.offer for proposal in rank(need, offers, wording=wording, top=_MANY)])


def _row(
    store: MemoryStore,
    ranked: Sequence[_Ranked],
    offers: Sequence[Listing],
    judged: set[str],
    size: tuple[int, int, int],
) -> tuple[object, ...]:
    best, alike, newest = size
    taken = 0
    kept: dict[str, list[float]] = {"few": [], "many": [], "judged": []}
    for need, first in ranked:
        query = candidate_query(outline_of(need), need, best=best, alike=alike, newest=newest)
        found = candidates(store, (PARTITION,), query).keys if query else ()
        refs = {offers[key - 1].ref for key in found}
        taken += len(refs)
        for name, wanted in (
            ("few", first[:_FEW]),
            ("many", first),
            ("judged", [ref for ref in first if ref in judged]),
        ):
            if wanted:
                kept[name].append(len(refs.intersection(wanted)) / len(wanted))
    shares = (round(sum(each) / max(1, len(each)), 3) for each in kept.values())
    return (", ".join(map(str, size)), round(taken / max(1, len(ranked))), *shares)
