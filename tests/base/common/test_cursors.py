"""Statements sent apart from their values are watched, counted, kept, and answer as Django's."""

from typing import Any

import pytest
from django.db import connection
from django.db.utils import DatabaseError
from django.test.utils import CaptureQueriesContext

from musubi.base.common.cursors import cursor_of

pytestmark = pytest.mark.django_db

AREAS = "SELECT code FROM places_area WHERE id = ANY(%s::bigint[])"
KEPT = "SELECT COUNT(*) FROM pg_prepared_statements WHERE statement LIKE 'SELECT code FROM places_area%%'"


def asked(statement: str, *values: Any, as_bytes: bool = False) -> list[tuple[Any, ...]]:
    with cursor_of(connection, as_bytes=as_bytes) as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def test_what_watches_statements_watches_these() -> None:
    seen = []

    def watch(execute: Any, statement: str, *rest: Any) -> Any:
        seen.append(statement)
        return execute(statement, *rest)

    statement = "SELECT 1 WHERE 3 = %s"
    assert [asked(statement, number) for number in range(5)] == [[], [], [], [(1,)], []]
    with connection.execute_wrapper(watch), CaptureQueriesContext(connection) as counted:
        assert asked(statement, 3) == [(1,)]
        assert asked(statement, 4) == []
    assert seen == [statement] * 2
    assert [query["sql"].startswith("SELECT 1 WHERE 3 = ") for query in counted] == [True, True]


def test_errors_are_those_of_django() -> None:
    with pytest.raises(DatabaseError):
        asked("SELECT nothing FROM nowhere")


def test_bytes_come_as_they_are() -> None:
    kept = bytes(range(256))
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE of_bytes (number bigint, data bytea)")
        cursor.execute("INSERT INTO of_bytes VALUES (%s, %s)", [-(1 << 62), kept])
    for as_bytes in (False, True):
        [(number, data)] = asked("SELECT number, data FROM of_bytes", as_bytes=as_bytes)
        assert (number, bytes(data)) == (-(1 << 62), kept)


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite は文をみずから取っておきます")
def test_what_comes_again_is_kept_whatever_is_asked_between() -> None:
    for times in range(4):
        asked(AREAS, [times])
        assert asked(KEPT) == [(int(times > 1),)]
        with connection.cursor() as cursor:
            for number in range(120):  # psycopg keeps a hundred
                cursor.execute("SELECT %s, %s", [times, number])
    assert connection.connection.prepare_threshold is None
