"""The bytes of one posting list: positions, ascending, then one count each, little-endian; or one bit a document.

A position takes two bytes in a segment of up to 65,536 documents. A larger one lies in blocks of so many: there a long
list says first how many of its entries are in each block, and a position, told from the beginning of its block, takes
two bytes as well. In a list too short for that to be worth it, it takes four.

Of what many documents of a large segment have, once each, as most facets, it is only told who has it: one bit a
document, the first in the highest. The length tells which it is: no list is as long (`_bits_length`).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_BLOCK = 1 << 16
_WITHIN: np.dtype[np.integer] = np.dtype("<u2")
_WHOLE: np.dtype[np.integer] = np.dtype("<i4")
_ENTRY = _WITHIN.itemsize + 1


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

    Per entry 3; in a segment of more than one block 3 with 4 more for each block, or 5, or a bit for each document if
    all counts are 1, whichever is least.
    """
    blocks = _blocks(size)
    if blocks and _bits_length(size) < _list_length(len(positions), blocks) and (counts == 1).all():
        return mask_of(positions, size).tobytes().ljust(_bits_length(size), b"\0")
    if not blocks:
        told = positions.astype(_WITHIN).tobytes()
    elif len(positions) <= 2 * blocks:
        told = positions.astype(_WHOLE).tobytes()
    else:
        each = np.diff(np.searchsorted(positions, np.arange(blocks + 1) * _BLOCK)).astype(_WHOLE)
        told = each.tobytes() + (positions & (_BLOCK - 1)).astype(_WITHIN).tobytes()
    return told + counts.astype("u1").tobytes()


def unpack(data: bytes, size: int) -> Posting:
    """The inverse of `pack`, to be read only; a copy where blocks are told or bits, so that `data` is not held then.

    Raises ValueError if the bytes cannot be of a segment of this size.
    """
    if _is_bits(len(data), size):
        positions = np.flatnonzero(np.unpackbits(_bits(data, size), count=size)).astype(_WHOLE)
        positions.flags.writeable = False
        return Posting(positions, np.broadcast_to(np.uint8(1), len(positions)))
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


def unpack_mask(data: bytes, size: int) -> NDArray[np.uint8]:
    """Who of the segment is in a packed posting, as `mask_of` has it; to be read only, and it may hold `data`.

    Raises ValueError as `unpack`.
    """
    if _is_bits(len(data), size):
        return _bits(data, size)
    return mask_of(unpack(data, size).positions, size)


def mask_of(positions: NDArray[np.integer], size: int) -> NDArray[np.uint8]:
    """Who of `size` documents stands at one of the positions: one bit each, the first in the highest."""
    has = np.zeros(size, bool)
    has[positions] = True
    return np.packbits(has)


def count_entries(data: bytes, size: int) -> int:
    """How many documents a packed posting names. Raises ValueError if so many bytes cannot be of this size."""
    if _is_bits(len(data), size):
        return int(np.bitwise_count(_bits(data, size)).sum(dtype=np.int64))
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


def _list_length(entries: int, blocks: int) -> int:
    """Of a list in a segment of so many blocks."""
    if entries <= 2 * blocks:
        return entries * (_WHOLE.itemsize + 1)
    return blocks * _WHOLE.itemsize + entries * _ENTRY


def _bits_length(size: int) -> int:
    """Of a bit for each document, with one byte more where a list could be as long: so the length tells them apart."""
    length = -(-size // 8)
    return length + ((length - _blocks(size) * _WHOLE.itemsize) % _ENTRY == 0)


def _is_bits(length: int, size: int) -> bool:
    return size > _BLOCK and length == _bits_length(size)


def _bits(data: bytes, size: int) -> NDArray[np.uint8]:
    return np.frombuffer(data, np.uint8, -(-size // 8))


def _no_list(length: int, size: int) -> str:
    return f"{length} bytes are no posting list of a segment of {size} documents."
