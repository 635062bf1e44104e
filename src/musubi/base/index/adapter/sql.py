"""The few statements that Django's query language cannot say, for both databases.

Lists of numbers travel as one parameter, so a statement has one text however many terms are asked.
"""

# ruff: noqa: S608 (statements are put together from this module's own words, never from input)

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import connection, connections

from musubi.base.common.cursors import Row, cursor_of, numbers_for
from musubi.base.index.adapter.replica import PRIMARY
from musubi.base.index.enums import EVERY


@dataclass(frozen=True, slots=True)
class Statements:
    """Each statement with the lists it takes, in order."""

    state: str  # partitions, partitions, partitions, partitions, terms, partitions
    segments: str  # segments
    dead: str  # segments
    postings: str  # segments, terms, segments
    frequencies: str  # terms, partitions, terms, partitions
    delete_delta: str  # partitions, keys
    delete_tombstones: str  # keys


def _statements(any_of: str, segments_of: str, each_term: Callable[[str, str], str]) -> Statements:
    of_delta = f"index_deltaposting AS p WHERE p.term = asked.value AND p.partition {any_of}"
    of_segments = "index_posting AS p WHERE p.term = asked.value AND p.segment_id"
    return Statements(
        # One statement, hence one moment: what is there, what is dead, what no segment holds yet.
        state=f"""
            SELECT 1, id, token, size, dead_token FROM index_segment WHERE partition {any_of}
            UNION ALL
            SELECT 2, key, 0, 0, 0 FROM index_tombstone WHERE partition {any_of}
            UNION ALL
            SELECT 3, COUNT(*), CAST(COALESCE(SUM(length), 0) AS bigint), 0, 0
              FROM index_deltaposting AS d
             WHERE d.partition {any_of} AND d.term = {EVERY}
               AND d.key NOT IN (SELECT key FROM index_tombstone WHERE partition {any_of})
            UNION ALL
            {each_term("4, p.term, p.key, p.count, p.length", of_delta)}
        """,
        segments=f"SELECT token, keys, lengths FROM index_segment WHERE id {any_of}",
        dead=f"SELECT dead_token, dead FROM index_segment WHERE id {any_of}",
        # The segments are asked for again: those that a merge has replaced meanwhile are missing.
        postings=f"""
            SELECT id, NULL AS term, NULL AS data FROM index_segment WHERE id {any_of}
            UNION ALL
            {each_term("p.segment_id, p.term, p.data", f"{of_segments} {any_of}")}
        """,
        frequencies=f"""
            {each_term("p.term, SUM(p.size)", f"{of_segments} {segments_of} GROUP BY p.term")}
            UNION ALL
            {each_term("p.term, COUNT(*)", f"{of_delta} GROUP BY p.term")}
        """,
        delete_delta=f"DELETE FROM index_deltaposting WHERE partition {any_of} AND key {any_of}",
        delete_tombstones=f"DELETE FROM index_tombstone WHERE key {any_of}",
    )


def _each_term_on_sqlite(columns: str, source: str) -> str:
    return f"SELECT {columns} FROM json_each(%s) AS asked CROSS JOIN {source}"


def _each_term_on_postgresql(columns: str, source: str) -> str:
    """Term by term, whatever the planner thinks.

    Its statistics are those of an empty table on the night of an import: without OFFSET 0 it then
    reads all of a segment to find sixty terms in it (measured: 26 ms instead of 1).
    """
    return (
        "SELECT found.* FROM unnest(%s::bigint[]) AS asked(value) "
        f"CROSS JOIN LATERAL (SELECT {columns} FROM {source} OFFSET 0) AS found"
    )


_JSON = "IN (SELECT value FROM json_each(%s))"
_ARRAY = "= ANY(%s::bigint[])"
_BY_VENDOR = {
    "sqlite": _statements(
        _JSON, f"IN (SELECT id FROM index_segment WHERE partition {_JSON})", _each_term_on_sqlite
    ),
    "postgresql": _statements(
        _ARRAY,
        f"= ANY(ARRAY(SELECT id FROM index_segment WHERE partition {_ARRAY}))",
        _each_term_on_postgresql,
    ),
}

_COLUMNS = {
    "index_posting": ("segment_id", "term", "size", "data"),
    "index_deltaposting": ("partition", "term", "key", "count", "length"),
}


def statements() -> Statements:
    """The statements as this database takes them."""
    return _BY_VENDOR[connection.vendor]


def run(statement: str, *lists: Sequence[int], using: str = PRIMARY, as_bytes: bool = False) -> list[Row]:
    """Run one of the statements with its lists; `as_bytes` for those that answer with bytes."""
    database = connections[using]
    parameters = [numbers_for(database, values) for values in lists]
    with cursor_of(database, as_bytes=as_bytes) as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall() if cursor.description else []


def insert(table: str, rows: Sequence[Row]) -> None:
    """Add rows, three times as fast as through model instances."""
    columns = ", ".join(_COLUMNS[table])
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(_COLUMNS[table]))
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)
