"""Work without a database, done by several processes, its results in the order of what was given."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import chain, islice
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import TypeVar

import django

T = TypeVar("T")
R = TypeVar("R")

MOST_JOBS = 8
"""Beyond, the one process that writes is what the others wait for."""
AHEAD = 2  # pieces a process has waiting: what is read ahead stays little


def usual_jobs() -> int:
    """As many processes as this one may use processors, `MOST_JOBS` at most."""
    return min(MOST_JOBS, len(os.sched_getaffinity(0)))


def in_order(work: Callable[[T], R], pieces: Iterable[T], *, jobs: int) -> Iterator[R]:
    """`work` of each piece, in order, read as they are asked for: at most `AHEAD` · `jobs` + 1 ahead.

    Here for `jobs` of 1, and where there is one piece only. `work` is a function of a module; it and
    the pieces travel by pickle. Raises what `work` raises, and BrokenProcessPool where a process is killed.
    """
    pieces = iter(pieces)
    first = list(islice(pieces, 2))
    if jobs < 2 or len(first) < 2:
        yield from map(work, first)
        yield from map(work, pieces)
        return
    # Not forked: a child must not hold the connection in whose transaction this may run.
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_begin) as pool:
        waiting: deque[Future[R]] = deque()
        try:
            for piece in chain(first, pieces):
                waiting.append(pool.submit(work, piece))
                if len(waiting) > AHEAD * jobs:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


def _begin() -> None:
    Thread(target=_end_with_parent, daemon=True).start()
    django.setup()


def _end_with_parent() -> None:
    """A parent that is killed tells its children nothing: they would wait for work for ever."""
    if (parent := parent_process()) is not None:
        parent.join()
        os._exit(1)
