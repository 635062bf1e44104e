"""The bytes of one posting list: positions, ascending, then one count each; little-endian."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_SHORT = 1 << 16
_TWO_BYTES: np.dtype[np.integer] = np.dtype("<u2")
_FOUR_BYTES: np.dtype[np.integer] = np.dtype("<i4")


class Posting(NamedTuple):
    """`positions` in the segment's keys, ascending; `counts` of the same length, 1 to 255."""

    positions: NDArray[np.integer]
    counts: NDArray[np.uint8]


def _dtype(size: int) -> np.dtype[np.integer]:
    return _TWO_BYTES if size <= _SHORT else _FOUR_BYTES


def pack(positions: NDArray[np.integer], counts: NDArray[np.integer], size: int) -> bytes:
    """The bytes for a segment of `size` documents: 3 per entry up to 65,536 documents, else 5."""
    return positions.astype(_dtype(size)).tobytes() + counts.astype("u1").tobytes()


def unpack(data: bytes, size: int) -> Posting:
    """The inverse of `pack`, without copying. Raises ValueError if the bytes are of another size."""
    dtype = _dtype(size)
    width = dtype.itemsize
    entries = _entries(len(data), width, size)
    return Posting(
        np.frombuffer(data, dtype, entries), np.frombuffer(data, np.uint8, entries, entries * width)
    )


def count_entries(data: bytes, size: int) -> int:
    """How many documents a packed posting names. Raises ValueError if the bytes are of another size."""
    return _entries(len(data), _dtype(size).itemsize, size)


def _entries(length: int, width: int, size: int) -> int:
    entries, rest = divmod(length, width + 1)
    if rest:
        message = f"{length} bytes are no posting list of a segment of {size} documents."
        raise ValueError(message)
    return entries
