"""Cursors that send PostgreSQL a statement and its values apart.

Django's own puts the values in as text, so PostgreSQL reads and plans each statement anew: an eighth of the time in which
proposals are found. Sent apart, a statement that comes again is kept, and planned no more once PostgreSQL finds that
one plan will do; and bytes need not be written as letters. Several may be sent before the first is answered.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, nullcontext
from typing import Any, TypeAlias

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

Row: TypeAlias = tuple[Any, ...]
Statement: TypeAlias = tuple[str, Sequence[Any]]
"""A text and its values."""
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

    _make_ready(database)
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


def _make_ready(database: BaseDatabaseWrapper) -> None:
    """As Django does before it gives a cursor: connected, anew if the connection has broken since."""
    database.validate_thread_sharing()
    database.close_if_health_check_failed()
    database.ensure_connection()


def rows_of_each(database: BaseDatabaseWrapper, statements: Sequence[Statement]) -> list[list[Row]]:
    """The rows of each statement, where none needs another's: PostgreSQL is sent them all before it is waited for."""
    at_once = database.vendor == "postgresql" and len(statements) > 1
    with _pipeline(database) if at_once else nullcontext() as pipeline, ExitStack() as held:
        cursors = [held.enter_context(cursor_of(database)) for _ in statements]
        for cursor, (text, values) in zip(cursors, statements, strict=True):
            cursor.execute(text, values)
        if pipeline is not None:
            pipeline.sync()
        return [cursor.fetchall() for cursor in cursors]


@contextmanager
def _pipeline(database: BaseDatabaseWrapper) -> Iterator[Any]:
    _make_ready(database)  # while questions still wait for their answers
    try:
        with database.wrap_database_errors, database.connection.pipeline() as pipeline:
            yield pipeline
    except BaseException:
        # After an error PostgreSQL passes over what else was sent, and psycopg takes for kept what it was to keep of
        # it, until a rollback; without a transaction none comes, and each further such question would fail.
        if not database.in_atomic_block:
            database.close()
        raise


def numbers_for(database: BaseDatabaseWrapper, numbers: Iterable[int]) -> str:
    """Whole numbers as one value of a statement: JSON for SQLite, else an array as text (a list takes psycopg four times as long)."""
    told = ",".join(map(str, numbers))
    return f"[{told}]" if database.vendor == "sqlite" else f"{{{told}}}"
