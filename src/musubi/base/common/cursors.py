"""Cursors that send PostgreSQL a statement and its values apart.

Django's own puts the values in as text, so PostgreSQL reads and plans each statement anew: of the questions that one
question of a person is made of, a seventh of the time. Sent apart, a statement that comes again keeps its plan
(`prepare_threshold` in the settings), and bytes need not be written as letters.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper


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
    wrapped = database.make_debug_cursor if database.queries_logged else database.make_cursor
    with wrapped(own) as cursor:
        yield cursor
