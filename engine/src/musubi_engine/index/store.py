"""What a search needs from wherever the postings are kept."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from musubi_engine.index.packing import Posting, mask_of

_LONGEST = 0xFFFF


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Documents that are scored together: a segment, or what was saved since the last merge.

    `keys` int64[n] ascending; `lengths` as `short` has them; `alive` bool[n], None if all are;
    `postings` holds those of the asked terms that occur; `masks` those asked for as masks: uint8, one bit a
    document, the first in the highest (`numpy.packbits`).
    """

    keys: NDArray[np.int64]
    lengths: NDArray[np.integer]
    alive: NDArray[np.bool_] | None
    postings: Mapping[int, Posting]
    masks: Mapping[int, NDArray[np.uint8]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """One consistent state: each living document that has an asked term is in exactly one block.

    `size` and `total_length` count all living documents of the partitions, asked for or not.
    """

    blocks: tuple[Block, ...]
    size: int
    total_length: int


class PostingStore(Protocol):
    """Postings of partitions, such as one per municipality."""

    def read(self, partitions: Sequence[int], terms: Sequence[int], *, masks: Sequence[int] = ()) -> Snapshot:
        """The postings of `terms`, and who has the terms `masks`, as they stand at one moment."""
        ...

    def frequencies(self, partitions: Sequence[int], terms: Sequence[int]) -> Mapping[int, int]:
        """In how many documents each term occurs; those dead but not yet merged away may count."""
        ...


def short(lengths: NDArray[np.integer]) -> NDArray[np.integer]:
    """The same lengths as uint16[n], or as they are where one is too long.

    A question looks up some hundred thousand of a million in no order: in half the bytes they stay in the
    processor's cache, and it takes half the time.
    """
    if len(lengths) and int(lengths.max()) > _LONGEST:
        return lengths
    return lengths.astype(np.uint16)


def alive_mask(keys: NDArray[np.int64], dead: NDArray[np.int64]) -> NDArray[np.bool_] | None:
    """bool[n] that is False for the keys among `dead`; None if there are none. `keys` ascending."""
    if not len(dead) or not len(keys):
        return None
    at = np.minimum(np.searchsorted(keys, dead), len(keys) - 1)
    hit = at[keys[at] == dead]
    if not len(hit):
        return None
    alive = np.ones(len(keys), bool)
    alive[hit] = False
    return alive


def both(one: NDArray[np.bool_] | None, other: NDArray[np.bool_] | None) -> NDArray[np.bool_] | None:
    """bool[n]: who is in two masks, each None if it is everybody."""
    if one is None or other is None:
        return other if one is None else one
    return one & other


def delta_block(
    rows: Sequence[tuple[int, int, int, int]], dead: NDArray[np.int64], masks: Collection[int] = ()
) -> Block | None:
    """A block from plain rows (term, key, count, length) in any order; None if there are none."""
    if not rows:
        return None
    table = np.array(rows, np.int64)
    table = table[np.lexsort((table[:, 1], table[:, 0]))]
    keys, first, inverse = np.unique(table[:, 1], return_index=True, return_inverse=True)
    lengths = table[first, 3].astype(np.int32)
    terms, starts = np.unique(table[:, 0], return_index=True)
    stops = [*starts[1:].tolist(), len(table)]
    counts = table[:, 2].astype(np.uint8)
    postings = {
        term: Posting(inverse[start:stop], counts[start:stop])
        for term, start, stop in zip(terms.tolist(), starts.tolist(), stops, strict=True)
    }
    asked = {term: mask_of(postings[term].positions, len(keys)) for term in masks if term in postings}
    return Block(keys, lengths, alive_mask(keys, dead), postings, asked)
