"""How much each of several searches would find, at the cost of one."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from musubi_engine.index.narrowing import narrowed
from musubi_engine.index.query import Plan, Query, plan_query
from musubi_engine.index.store import Block, PostingStore


def count_each(store: PostingStore, partitions: Sequence[int], queries: Sequence[Query]) -> tuple[int, ...]:
    """The total of each query: one read of the store. Raises ValueError for a query by likeness."""
    if any(query.any_text.strip() for query in queries):
        message = "A search by likeness has no total."
        raise ValueError(message)
    plans = [plan_query(query, ()) for query in queries]
    terms = sorted({term for plan in plans if not plan.impossible for term in plan.terms})
    totals = [0] * len(plans)
    if not terms:
        return tuple(totals)
    snapshot = store.read(partitions, terms)
    for block in snapshot.blocks:
        for number, plan in enumerate(plans):
            if not plan.impossible:
                totals[number] += int(np.count_nonzero(matching(block, plan)))
    return tuple(totals)


def matching(block: Block, plan: Plan) -> NDArray[np.bool_]:
    """bool[n]: the living documents of a block that match; words are not weighed."""
    found = np.ones(len(block.keys), bool) if block.alive is None else block.alive
    for group in sorted(plan.groups, key=lambda group: _entries(block, group)):
        found = found & having(block, group)
        if not found.any():
            return found
    if plan.narrows:
        kept = np.zeros(len(block.keys), bool)
        kept[narrowed(block, np.flatnonzero(found), plan)] = True
        return kept
    return found


def having(block: Block, terms: Sequence[int]) -> NDArray[np.bool_]:
    """bool[n]: which documents of the block have one of the terms."""
    table = np.zeros(len(block.keys), bool)
    for term in terms:
        if (posting := block.postings.get(term)) is not None:
            table[posting.positions] = True
    return table


def _entries(block: Block, terms: Sequence[int]) -> int:
    return sum(len(block.postings[term].positions) for term in terms if term in block.postings)
