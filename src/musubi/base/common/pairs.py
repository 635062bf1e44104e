"""Pairs of ids that hold in both directions."""

from collections import defaultdict
from collections.abc import Collection, Iterable


def others_of(pairs: Iterable[tuple[int, int]], *, among: Collection[int]) -> dict[int, frozenset[int]]:
    """With whom each of some is in a pair, on whichever side; who is in none is missing."""
    found: dict[int, set[int]] = defaultdict(set)
    for one, other in pairs:
        found[one].add(other)
        found[other].add(one)
    return {pk: frozenset(others) for pk, others in found.items() if pk in among}
