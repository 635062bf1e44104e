"""How much of a listing's wording others share, 0 to 1, by the engine's own index."""

from collections.abc import Sequence

from musubi_engine.index import (
    IndexDocument,
    MemoryStore,
    PostingStore,
    analyse,
    scores_for,
)
from musubi_engine.reading import words_of
from musubi_engine.types import Listing

_POOL = 1


def index_fields(listing: Listing) -> dict[str, str]:
    """What of a listing is indexed, by the names that `index.FieldWeights` knows."""
    lines = (line.what for line in listing.lines)
    body = "\n".join(part for part in (listing.body, *lines, listing.can_do) if part)
    return {"title": listing.title, "body": body, "actor": listing.actor_name}


def similarities_in(
    store: PostingStore, partitions: Sequence[int], listing: Listing, keys: Sequence[int]
) -> tuple[float, ...]:
    """For each key of an index the share (0..1) of the listing's wording that its document has.

    The measure is BM25 of the listing's most telling terms over what the listing would score
    for itself; 0 for a key that is not indexed.
    """
    scores = scores_for(store, partitions, words_of(listing), keys)
    if scores.own <= 0:
        return (0.0,) * len(keys)
    return tuple(min(1.0, value / scores.own) for value in scores.values)


class WordingPool:
    """Some listings in an index of their own, ready to be compared with any other listing.

    For pools that fit into memory; an installation asks its own index by `similarities_in`.
    Term statistics are those of the pool, so similarities of different pools differ a little.
    """

    def __init__(self, listings: Sequence[Listing]) -> None:
        """Index the listings; refs must be unique."""
        self._keys = {listing.ref: key for key, listing in enumerate(listings, start=1)}
        self._store = MemoryStore()
        self._store.add_segment(
            _POOL,
            [
                analyse(IndexDocument(key=key, fields=index_fields(listing)))
                for key, listing in enumerate(listings, start=1)
            ],
        )

    def similarities(self, listing: Listing) -> dict[str, float]:
        """Ref → similarity 0..1 of each listing of the pool to this one."""
        found = similarities_in(self._store, (_POOL,), listing, tuple(self._keys.values()))
        return dict(zip(self._keys, found, strict=True))


def wording_similarities(need: Listing, offers: Sequence[Listing]) -> dict[str, float]:
    """Ref → similarity 0..1 of each offer's wording to the need's, over this pool of offers."""
    return WordingPool(offers).similarities(need)
