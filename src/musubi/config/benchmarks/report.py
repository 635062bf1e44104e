"""What `musubi bench index` says: a table for people, or rows for machines."""

from collections.abc import Sequence
from typing import Any

from musubi_engine.bench.table import Table

from .index import Row

COLUMNS = ("what", "engine", "documents", "median ms", "p95 ms", "calls", "note")


def table_of(rows: Sequence[Row], notes: Sequence[str]) -> Table:
    """The rows as a table of the engine's measurements."""
    cells: list[tuple[Any, ...]] = [
        (row.what, row.engine, row.documents, row.median, row.p95, row.calls, row.note) for row in rows
    ]
    return Table(title="速さ（データベース）", columns=COLUMNS, rows=tuple(cells), notes=tuple(notes))
