"""A file as the importers want it: a table of texts, lines, or a JSON list, whatever it was saved with."""

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from musubi.base.files.tables import Table, TableError, read_table
from musubi.base.files.tables.source import encoding_of

from .errors import CannotImport

Rows = Iterator[tuple[int, Sequence[str]]]


@dataclass
class Sheet:
    """A table's first row and, when asked, the others with their line numbers."""

    table: Table

    @property
    def headers(self) -> list[str]:
        return self.table.header

    @property
    def notes(self) -> list[str]:
        """What was passed over; complete once the rows have been read."""
        return self.table.notes

    def rows(self) -> Rows:
        """Each row's cells; cells beyond the header's stand at the end."""
        try:
            for row in self.table:
                yield row.line, [*row.cells, *row.beyond]
        except TableError as error:
            raise CannotImport(str(error)) from error


def sheet_of(path: Path, *, known: Collection[str]) -> Sheet:
    """The table of a .csv or .xlsx; `known` are headers one hopes for."""
    try:
        return Sheet(read_table(path, known=known))
    except TableError as error:
        raise CannotImport(f"{path.name}: {error}") from error


def lines_of(path: Path) -> Iterator[tuple[int, str]]:
    """Numbered lines of a text file in UTF-8 or CP932, without the empty ones."""
    encoding = _encoding(path)
    with path.open(encoding=encoding, newline=None) as file:
        for number, line in enumerate(file, start=1):
            if line.strip():
                yield number, line


def json_list_of(path: Path) -> list[Any]:
    """The list that a JSON file holds."""
    encoding = _encoding(path)
    try:
        found = json.loads(path.read_text(encoding))
    except ValueError as error:
        raise CannotImport(
            f"{path.name} はJSONとして読めません。括弧や引用符、コンマを確かめてください。何も取り込んでいません。"
        ) from error
    if not isinstance(found, list):
        raise CannotImport(
            f"{path.name} は [ ] の並びになっていません。町の一覧を選んでください。何も取り込んでいません。"
        )
    return found


def _encoding(path: Path) -> str:
    try:
        return encoding_of(path)
    except TableError as error:
        raise CannotImport(f"{path.name}: {error}") from error
