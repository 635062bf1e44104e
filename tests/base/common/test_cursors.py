"""Statements sent apart from their values are watched, counted, kept, and answer as Django's."""

from typing import Any

import numpy as np
import pytest
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db.utils import DatabaseError
from django.test.utils import CaptureQueriesContext

from musubi.base.common.cursors import cursor_of, numbers_for, rows_of_each

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


def test_several_are_answered_each_by_itself() -> None:
    statements = [
        (f"SELECT {number} WHERE %s = {number}", [given]) for number, given in ((1, 1), (2, 1), (3, 3))
    ]
    with CaptureQueriesContext(connection) as counted:
        for _ in range(4):  # kept from the third time on
            assert rows_of_each(connection, statements) == [[(1,)], [], [(3,)]]
    assert len(counted) == 12
    assert rows_of_each(connection, statements[2:]) == [[(3,)]]
    assert rows_of_each(connection, []) == []


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite は同じプロセスで答えます")
def test_several_are_sent_before_the_first_is_waited_for() -> None:
    from psycopg.pq import PipelineStatus

    sent = []

    def watch(execute: Any, *statement: Any) -> Any:
        found = execute(*statement)
        sent.append(PipelineStatus(connection.connection.pgconn.pipeline_status).name)
        return found

    with connection.execute_wrapper(watch):
        rows_of_each(connection, [("SELECT 1", []), ("SELECT 2", [])])
        rows_of_each(connection, [("SELECT 1", [])])
    assert sent == ["ON", "ON", "OFF"]


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite に切れる接続はありません")
def test_a_connection_that_has_broken_is_made_anew_before_several_are_sent() -> None:
    database = connections.create_connection(DEFAULT_DB_ALIAS)
    statements: list[Any] = [("SELECT pg_backend_pid()", []), ("SELECT 2", [])]
    try:
        [[[broken]], _] = rows_of_each(database, statements)
        asked("SELECT pg_terminate_backend(%s)", broken)
        database.health_check_enabled, database.health_check_done = True, False
        [[[anew]], rest] = rows_of_each(database, statements)
        assert (anew != broken, rest) == (True, [(2,)])
    finally:
        database.close()


def test_one_that_fails_among_several_is_an_error_of_django_and_the_next_are_answered() -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        rows_of_each(connection, [("SELECT 1", []), ("SELECT nothing FROM nowhere", []), ("SELECT 3", [])])
    assert rows_of_each(connection, [("SELECT 1", []), ("SELECT 2", [])]) == [[(1,)], [(2,)]]
    assert asked("SELECT 4 WHERE 1 = %s", 1) == [(4,)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite は文をみずから取っておきます")
def test_what_failed_among_several_spoils_no_later_question() -> None:
    good, kept, bad = ("SELECT 1", []), ("SELECT 2 WHERE 1 = %s", [1]), ("SELECT 1 / %s", [0])
    assert [rows_of_each(connection, [good, kept]) for _ in range(2)] == [[[(1,)], [(2,)]]] * 2
    with pytest.raises(DatabaseError):
        rows_of_each(connection, [bad, kept])  # which was to be kept from now on
    assert rows_of_each(connection, [good, kept]) == [[(1,)], [(2,)]]
    assert rows_of_each(connection, [kept]) == [[(2,)]]


@pytest.mark.parametrize("numbers", [[], [3], [-(1 << 62), 0, 1 << 62]])
def test_numbers_are_one_value(numbers: list[int]) -> None:
    of_each = "json_each(%s)" if connection.vendor == "sqlite" else "unnest(%s::bigint[]) AS each(value)"
    statement = f"SELECT value FROM {of_each} ORDER BY value"
    for given in (numbers, np.array(numbers, np.int64), dict.fromkeys(numbers).keys()):
        assert asked(statement, numbers_for(connection, given)) == [(number,) for number in numbers]


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite は文をみずから取っておきます")
def test_what_comes_again_is_kept_whatever_is_asked_between() -> None:
    for times in range(4):
        asked(AREAS, [times])
        assert asked(KEPT) == [(int(times > 1),)]
        with connection.cursor() as cursor:
            for number in range(120):  # psycopg keeps a hundred
                cursor.execute("SELECT %s, %s", [times, number])
    assert connection.connection.prepare_threshold is None
