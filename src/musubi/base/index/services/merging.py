"""Merging: rows become a segment, small segments one, and the dead are left out.

One transaction under a lock: whoever dies in the middle has changed nothing. Saves go on meanwhile:
they only add rows, and a merge removes only rows that it has read.
"""

import heapq
import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

import numpy as np
from django.db import DatabaseError, connection, transaction
from django.db.models import Count, QuerySet
from numpy.typing import NDArray

from musubi.base.index import models
from musubi.base.index.adapter import (
    delete_delta,
    delete_tombstones,
    living_of,
    load_delta,
    save_living,
    save_segment,
    stream_postings,
)
from musubi.base.index.enums import EVERY
from musubi.base.index.services.locks import hold_partition, share_index
from musubi_engine.index import (
    MergePlan,
    Part,
    Segment,
    alive_mask,
    both,
    merge_posting,
    pack,
    plan_merge,
    segment_from_rows,
    unpack,
)

log = logging.getLogger(__name__)

MOST_UNMERGED = 500  # documents or tombstones of a partition; a search reads them row by row
MOST_SEGMENTS = 6  # of those that are still small
# Documents of a segment that is merged again. A merge keeps SQLite's writers waiting, who give up after 20 seconds;
# PostgreSQL's go on, so there a town of a million comes to a handful of segments, which are read as fast as one.
SMALL = {"sqlite": 20_000, "postgresql": 320_000}
_MOST_DEAD = 0.25


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """A stored segment with its keys read, and whether tombstones name some of them."""

    row: models.Segment
    part: Part
    buries: bool = False

    @property
    def living(self) -> int:
        alive = self.part.alive
        return self.row.size if alive is None else int(np.count_nonzero(alive))


def merge_due() -> int:
    """Merge each partition that has grown slow to search; returns how many. One transaction each.

    Where it is called outside of any, PostgreSQL's tables of recent rows are swept after them.
    """
    unmerged = models.DeltaPosting.objects.filter(term=EVERY)
    due = {
        *_partitions_with_more(unmerged, MOST_UNMERGED),
        *_partitions_with_more(models.Tombstone.objects.all(), MOST_UNMERGED),
        *_partitions_with_more(models.Segment.objects.filter(size__lt=_small()), MOST_SEGMENTS),
    }
    merged = False
    try:
        for partition in sorted(due):
            merged |= merge_partition(partition)
    finally:
        if merged and connection.vendor == "postgresql" and not connection.in_atomic_block:
            _sweep()
    return len(due)


def _sweep() -> None:
    """What was merged lies in the way of each question until PostgreSQL's own vacuum comes, a minute or more.

    Waits for nobody, and makes nobody wait: what others hold is left to that, and no file is made shorter.
    """
    tables = ", ".join(model._meta.db_table for model in (models.DeltaPosting, models.Tombstone))
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"VACUUM (SKIP_LOCKED, TRUNCATE FALSE) {tables}")
    except DatabaseError:
        log.warning("What merges left behind could not be swept.", exc_info=True)


def _partitions_with_more(rows: QuerySet[Any], most: int) -> list[int]:
    counted = rows.order_by().values("partition").annotate(n=Count("pk"))
    return [row["partition"] for row in counted.filter(n__gt=most)]


@transaction.atomic
def merge_partition(partition: int, *, everything: bool = False) -> bool:
    """Pack what was saved since the last merge, with as many segments as are worth it, or all.

    Of the segments that stay, who is dead is marked: a search reads that once, not row by row.
    No answer changes. A document is merged again about once each time its segment doubles, until
    that is large; so the work of one call is bounded unless `everything` is asked for.
    Returns whether there was anything to do.
    """
    share_index()
    hold_partition(partition)
    # The tombstones first: a key read as dead is then sure to have its rows among those read below.
    tombstones = models.Tombstone.objects.filter(partition=partition).values_list("key", flat=True)
    dead = np.array(sorted(tombstones), np.int64)
    delta = load_delta(partition)
    lives = ~np.isin(delta.keys, dead)
    fresh = segment_from_rows(
        delta.keys[lives], delta.lengths[lives], delta.terms, delta.owners, delta.counts
    )
    held = [_hold(row, dead) for row in models.Segment.objects.filter(partition=partition)]
    chosen = held if everything else worth_merging(held, fresh.size, _small())
    as_it_should_be = len(chosen) < 2 and all(one.part.alive is None for one in chosen)
    if not len(delta.keys) and not len(dead) and as_it_should_be:
        return False
    if chosen:
        parts = [Part(fresh.keys, fresh.lengths, None), *(one.part for one in chosen)]
        plan = plan_merge(parts)
        merged = _merged_postings(plan, fresh, [one.row for one in chosen])
        if len(plan.keys):
            save_segment(partition, plan.keys, plan.lengths, merged)
    elif fresh.size:
        save_segment(partition, fresh.keys, fresh.lengths, fresh.postings.items())
    _delete_segments([one.row for one in chosen])
    delete_delta(partition, delta.keys)
    for one in held:
        if one not in chosen and one.buries and one.part.alive is not None:
            save_living(one.row, one.part.alive)
    delete_tombstones(dead)
    return True


def _hold(row: models.Segment, dead: NDArray[np.int64]) -> Held:
    keys = np.frombuffer(bytes(row.keys), "<i8")
    lengths = np.frombuffer(bytes(row.lengths), "<i4")
    left = alive_mask(keys, dead)
    return Held(row, Part(keys, lengths, both(living_of(row), left)), left is not None)


def _small() -> int:
    return SMALL[connection.vendor]


def worth_merging(held: Iterable[Held], fresh: int, limit: int) -> list[Held]:
    """Those below the limit and no larger than what they are merged with, or too many; and any with many dead."""
    decayed = [one for one in held if one.living < one.row.size * (1 - _MOST_DEAD)]
    small = [one for one in held if one.living < limit and one not in decayed]
    small.sort(key=lambda one: (one.living, one.row.pk))
    chosen = decayed
    size = fresh + sum(one.living for one in decayed)
    for number, one in enumerate(small):
        too_many = len(small) - number > MOST_SEGMENTS - 1
        if (one.living <= size or too_many) and size + one.living < 2 * limit:
            chosen.append(one)
            size += one.living
    return chosen


def _merged_postings(
    plan: MergePlan, fresh: Segment, rows: Sequence[models.Segment]
) -> Iterator[tuple[int, bytes]]:
    """(term, bytes) of the merged segment in the order of the terms; part 0 of the plan is `fresh`."""
    number = {row.pk: n for n, row in enumerate(rows, start=1)}
    sizes = [fresh.size, *(row.size for row in rows)]
    in_memory = ((term, 0, data) for term, data in sorted(fresh.postings.items()))
    stored = ((term, number[pk], data) for term, pk, data in stream_postings(rows))
    by_term = itemgetter(0)
    for term, group in groupby(heapq.merge(in_memory, stored, key=by_term), key=by_term):
        posting = merge_posting(plan, [(n, unpack(data, sizes[n])) for _, n, data in group])
        if posting is not None:
            yield term, pack(posting.positions, posting.counts, len(plan.keys))


def _delete_segments(rows: Sequence[models.Segment]) -> None:
    ids = [row.pk for row in rows]
    models.Posting.objects.filter(segment__in=ids).delete()
    models.Segment.objects.filter(pk__in=ids).delete()
