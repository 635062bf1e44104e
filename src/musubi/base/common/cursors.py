"""Cursors that send PostgreSQL a statement and its values apart.

Django's own puts the values in as text, so PostgreSQL reads and plans each statement anew: an eighth of the time in which
proposals are found. Sent apart, a statement that comes again is kept, and planned no more once PostgreSQL finds that
one plan will do; and bytes need not be written as letters.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

_KEPT_FROM = 2
"""So often a connection has been asked a statement before it keeps it."""


@contextmanager
def cursor_of(database: BaseDatabaseWrapper, *, as_bytes: bool = False) -> Iterator[CursorWrapper]:
    """A cursor for statements that are asked again and again; what watches Django's statements watches it too.

    `as_bytes`: PostgreSQL answers with the bytes of all values, for columns of bytes and whole numbers. SQLite keeps
    statements by itself and has Django's own cursor.
    """
    if database.vendor != "postgresql":
        with database.cursor() as cursor:
            yield cursor
        return
    from psycopg import Cursor
    from psycopg.pq import Format

    database.validate_thread_sharing()
    database.close_if_health_check_failed()
    database.ensure_connection()
    own: Any = Cursor(database.connection)
    own.format = Format.BINARY if as_bytes else Format.TEXT
    logged = database.queries_logged
    wrapped = database.make_debug_cursor if logged else database.make_cursor
    # For these statements alone: else psycopg counts Django's too, each with its values a text of its own, and forgets
    # over a hundred of them those that come again. Who names it in DATABASE_URL decides; a log of statements would have
    # no text of a kept one.
    usual = database.connection.prepare_threshold
    if usual is None and not logged:
        database.connection.prepare_threshold = _KEPT_FROM
    try:
        with wrapped(own) as cursor:
            yield cursor
    finally:
        own.connection.prepare_threshold = usual
