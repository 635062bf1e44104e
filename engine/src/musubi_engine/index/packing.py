"""The bytes of one posting list: positions, ascending, then one count each; little-endian.

A position takes two bytes in a segment of up to 65,536 documents. A larger one lies in blocks of so many: there a long
list says first how many of its entries are in each block, and a position, told from the beginning of its block, takes
two bytes as well. In a list too short for that to be worth it, it takes four.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_BLOCK = 1 << 16
_WITHIN: np.dtype[np.integer] = np.dtype("<u2")
_WHOLE: np.dtype[np.integer] = np.dtype("<i4")


class Posting(NamedTuple):
    """`positions` in the segment's keys, ascending; `counts` of the same length, 1 to 255."""

    positions: NDArray[np.integer]
    counts: NDArray[np.uint8]


class _Layout(NamedTuple):
    """Of a list's bytes: `blocks` are told first (0: none), then `entries` positions, each in `width` bytes."""

    blocks: int
    width: int
    entries: int


def pack(positions: NDArray[np.integer], counts: NDArray[np.integer], size: int) -> bytes:
    """The bytes for a segment of `size` documents.

    Per entry 3; in a segment of more than one block 3 with 4 more for each block, or 5, whichever is less.
    """
    blocks = _blocks(size)
    if not blocks:
        told = positions.astype(_WITHIN).tobytes()
    elif len(positions) <= 2 * blocks:
        told = positions.astype(_WHOLE).tobytes()
    else:
        each = np.diff(np.searchsorted(positions, np.arange(blocks + 1) * _BLOCK)).astype(_WHOLE)
        told = each.tobytes() + (positions & (_BLOCK - 1)).astype(_WITHIN).tobytes()
    return told + counts.astype("u1").tobytes()


def unpack(data: bytes, size: int) -> Posting:
    """The inverse of `pack`, to be read only; a copy where blocks are told, so that `data` is not held then.

    Raises ValueError if the bytes cannot be of a segment of this size.
    """
    blocks, width, entries = _layout(len(data), size)
    start = blocks * _WHOLE.itemsize
    positions = np.frombuffer(data, _WHOLE if width == _WHOLE.itemsize else _WITHIN, entries, start)
    counts = np.frombuffer(data, np.uint8, entries, start + entries * width)
    if blocks:
        each = np.frombuffer(data, _WHOLE, blocks)
        if each.sum() != entries:
            raise ValueError(_no_list(len(data), size))
        positions = np.repeat(np.arange(blocks, dtype=_WHOLE) * _BLOCK, each) + positions
        positions.flags.writeable = False
        counts = counts.copy()
        counts.flags.writeable = False
    return Posting(positions, counts)


def count_entries(data: bytes, size: int) -> int:
    """How many documents a packed posting names. Raises ValueError if so many bytes cannot be of this size."""
    return _layout(len(data), size).entries


def _blocks(size: int) -> int:
    """In how many blocks a segment lies; 0: in one, of which nothing need be told."""
    return 0 if size <= _BLOCK else (size - 1) // _BLOCK + 1


def _layout(length: int, size: int) -> _Layout:
    """Known from the length alone: blocks are told from the first number of entries on that is shorter for it."""
    blocks = _blocks(size)
    short = bool(blocks) and length <= 2 * blocks * (_WHOLE.itemsize + 1)
    told, width = (0, _WHOLE.itemsize) if short else (blocks, _WITHIN.itemsize)
    entries, rest = divmod(length - told * _WHOLE.itemsize, width + 1)
    if rest:
        raise ValueError(_no_list(length, size))
    return _Layout(told, width, entries)


def _no_list(length: int, size: int) -> str:
    return f"{length} bytes are no posting list of a segment of {size} documents."
