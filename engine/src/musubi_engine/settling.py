"""What a process does once it has started and before it answers many questions: for servers, workers and benchmarks."""

import ctypes
import gc
import sys
from typing import Final

_NEW_OBJECTS: Final = 20_000
# Parameters of glibc's mallopt (malloc.h), and so many bytes.
_TRIM_THRESHOLD: Final = -1, 128 << 20
_TOP_PAD: Final = -2, 16 << 20
_MMAP_THRESHOLD: Final = -3, 32 << 20


def settle() -> None:
    """Look no more through what is there to stay, and keep the memory that one question needed for the next.

    Collections of rubbish leave out all objects made until now, which would cost some question 80 ms, and come after
    20,000 new ones instead of 700: a question makes some thousand that stay, texts as they were read. Arrays of
    some MB come from memory that the process holds, up to 128 MB, instead of being asked of the system and given back each
    time: at a million listings the finding of candidates took a third longer for it. Where the system's
    library is not glibc, only the first is done.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS, *gc.get_threshold()[1:])
    library = _library()
    if library is not None:
        for parameter, value in (_TRIM_THRESHOLD, _TOP_PAD, _MMAP_THRESHOLD):
            library.mallopt(parameter, value)


def give_back() -> None:
    """Return to the system what a large answer needed and what lies between the rest: 3 to 8 ms.

    Teams look at some thousand offers; without it a process would hold 110 MB more than it needs.
    """
    library = _library()
    if library is not None:
        library.malloc_trim(0)


def _library() -> ctypes.CDLL | None:
    """The system's, where it is glibc."""
    library = ctypes.CDLL(None) if sys.platform == "linux" else None
    return library if library is not None and hasattr(library, "mallopt") else None
