"""How many of the documents that a search finds have each facet: exact, from the postings alone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from musubi_engine.index.counting import having, matching
from musubi_engine.index.documents import facet_term
from musubi_engine.index.query import Query, plan_query
from musubi_engine.index.store import Block, PostingStore


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetGroup:
    """A way of narrowing: `values` name what is counted, each met by any of its facets.

    `chosen`: names of the values by which the reader narrows now; none is no narrowing.
    """

    values: Mapping[str, frozenset[str]]
    chosen: frozenset[str] = frozenset()

    @property
    def asked(self) -> frozenset[str]:
        """The facets of the chosen values."""
        return frozenset(facet for name in self.chosen for facet in self.values.get(name, ()))


@dataclass(frozen=True, slots=True)
class FacetCounts:
    """`counts[group][value]`: documents with the value among those that the query and every OTHER
    group's choice let through; `totals[group]`: how many those are."""

    counts: Mapping[str, Mapping[str, int]]
    totals: Mapping[str, int]


def facet_counts(
    store: PostingStore, partitions: Sequence[int], query: Query, groups: Mapping[str, FacetGroup]
) -> FacetCounts:
    """Count each group's values: one read of the store, O(postings of the facets) with no loop over documents.

    `query` says what is searched and what its reader may see, without the groups' choices. Raises
    ValueError for a query by likeness (`any_text`), which has no set of hits that could be counted.
    """
    if query.any_text.strip():
        message = "Facets are counted for searches by words, not by likeness."
        raise ValueError(message)
    counts = {name: dict.fromkeys(group.values, 0) for name, group in groups.items()}
    totals = dict.fromkeys(groups, 0)
    plan = plan_query(query, ())
    if plan.impossible:
        return FacetCounts(counts, totals)
    terms = {
        name: {value: _terms(facets) for value, facets in group.values.items()}
        for name, group in groups.items()
    }
    asked = {name: _terms(group.asked) for name, group in groups.items() if group.chosen}
    counted = {term for values in terms.values() for several in values.values() for term in several}
    chosen = {term for several in asked.values() for term in several}
    snapshot = store.read(partitions, sorted({*plan.terms, *counted, *chosen}))
    for block in snapshot.blocks:
        found = matching(block, plan)
        if not found.any():
            continue
        masks = {name: having(block, several) for name, several in asked.items()}
        for name, values in terms.items():
            left = _all_of(found, (mask for other, mask in masks.items() if other != name))
            totals[name] += int(np.count_nonzero(left))
            for value, several in values.items():
                counts[name][value] += _count(block, left, several)
    return FacetCounts(counts, totals)


def _terms(facets: Iterable[str]) -> tuple[int, ...]:
    return tuple(sorted(map(facet_term, facets)))


def _all_of(found: NDArray[np.bool_], masks: Iterable[NDArray[np.bool_]]) -> NDArray[np.bool_]:
    left = found
    for mask in masks:
        left = left & mask
    return left


def _count(block: Block, left: NDArray[np.bool_], terms: Sequence[int]) -> int:
    present = [block.postings[term] for term in terms if term in block.postings]
    if not present:
        return 0
    if len(present) == 1:
        return int(np.count_nonzero(left[present[0].positions]))
    return int(np.count_nonzero(left & having(block, terms)))
