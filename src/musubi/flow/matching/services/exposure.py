"""Counting how often listings are shown, opened and contacted: by listing and day, never by whom."""

import datetime as dt
import logging
from collections.abc import Iterable
from typing import Literal

from django.db import DatabaseError, connection
from django.utils import timezone

from musubi.base.common.patience import is_busy, without_waiting

from ..models import ExposureDay, Introduction
from ..queries import listing_of, unanswered

log = logging.getLogger(__name__)

KEPT = dt.timedelta(days=28)
"""A load looks back seven days; the rest is for whoever asks why an order changed."""

Count = Literal["shown", "opened", "contacted"]


def note_shown(*, listing_ids: Iterable[int], now: dt.datetime) -> None:
    """These stood in a list that somebody read; one statement for all of them."""
    _add("shown", listing_ids, now)


def note_opened(*, listing_id: int, now: dt.datetime) -> None:
    """Somebody opened its page, whether from a list or by a direct link."""
    _add("opened", [listing_id], now)


def note_contacted(*, introduction: Introduction, now: dt.datetime) -> None:
    """An introduction asks one side or both: who asked was not contacted, and is not lowered for asking.

    To be called in the introduction's own transaction, before anybody has answered.
    """
    _upsert("contacted", [listing_of(introduction, reply.side).pk for reply in unanswered(introduction)], now)


def prune_exposure(*, now: dt.datetime) -> int:
    """Forget the days that nothing looks at any more; how many rows."""
    return ExposureDay.objects.filter(day__lt=timezone.localdate(now) - KEPT).delete()[0]


def _add(count: Count, listing_ids: Iterable[int], now: dt.datetime) -> None:
    """For a reader's page: if the count cannot be written, the page is shown all the same."""
    try:
        with without_waiting():
            _upsert(count, listing_ids, now)
    except DatabaseError as error:
        log.warning("%s was not counted: %s", count, error, exc_info=not is_busy(error))


def _upsert(count: Count, listing_ids: Iterable[int], now: dt.datetime) -> None:
    """One more for each, in one statement: `F()` cannot add to what a conflicting row already has.

    In the order of the ids, so that two pages never wait for each other.
    """
    ids = sorted(set(listing_ids))
    if not ids:
        return
    table, column = connection.ops.quote_name(ExposureDay._meta.db_table), connection.ops.quote_name(count)
    first = [int(count == name) for name in ("shown", "opened", "contacted")]
    day = connection.ops.adapt_datefield_value(timezone.localdate(now))
    places = ", ".join(["(%s, %s, %s, %s, %s)"] * len(ids))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (listing_id, day, shown, opened, contacted) VALUES {places} "  # noqa: S608 - our own names
            f"ON CONFLICT (listing_id, day) DO UPDATE SET {column} = {table}.{column} + 1",
            [value for pk in ids for value in (pk, day, *first)],
        )
