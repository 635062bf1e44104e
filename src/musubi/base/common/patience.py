"""What a reader's page writes by the way, and would rather leave out than wait for."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.db import DatabaseError, OperationalError, connection, transaction

MOMENT: Final = 100
"""Milliseconds. SQLite has one writer: while an index is built or a file read in, that is a minute and more."""


def is_busy(error: DatabaseError) -> bool:
    """Whether somebody else keeps writing, which is expected and needs no traceback in the log."""
    return isinstance(error, OperationalError) and "locked" in str(error)


@contextmanager
def without_waiting() -> Iterator[None]:
    """A transaction of its own that raises OperationalError where somebody else keeps writing to SQLite."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        with transaction.atomic():
            yield
        return
    with connection.cursor() as cursor:
        usual = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout={MOMENT}")
    try:
        with transaction.atomic():
            yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout={usual}")
