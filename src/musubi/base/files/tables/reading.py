"""A table as its owner sees it: header, rows with their line numbers, and what was passed over."""

import csv
import io
import unicodedata
from collections import deque
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from musubi.base.common.joining import listed

from .source import TableError, encoding_of, is_workbook, opened
from .values import as_text, looks_blank

HEADER_WITHIN = 20  # lines of title and remarks that may stand above the header
LONGEST_CELL = 200_000
MEMO_LINES = 10
COLUMNS_OF_A_TABLE = 3

Line = tuple[int, list[str]]


@dataclass(frozen=True)
class Row:
    """One line of the table: as many cells as the header has, and what stood beyond them."""

    line: int
    cells: list[str]
    beyond: list[str] = field(default_factory=list)


@dataclass
class Table:
    """Iterate for the rows, as often as needed; `notes` is complete after the first time through."""

    source: Path | IO[bytes]
    header: list[str]
    header_line: int
    encoding: str
    sheet: str
    notes: list[str]
    delimiter: str = ","

    def __iter__(self) -> Iterator[Row]:
        """The rows below the header without empty lines and without remarks under the table."""
        width = len(self.header)
        held: deque[Row] = deque()
        for number, cells in _lines(self.source, self.encoding, self.delimiter, self.sheet):
            if number <= self.header_line or all(looks_blank(cell) for cell in cells):
                continue
            row = Row(
                line=number,
                cells=cells[:width] + [""] * (width - len(cells)),
                beyond=[cell for cell in cells[width:] if not looks_blank(cell)],
            )
            if self._may_be_a_remark(row) and len(held) < MEMO_LINES:
                held.append(row)
                continue
            yield from held
            held.clear()
            yield row
        for row in held:
            remark = next(cell for cell in row.cells if not looks_blank(cell)).strip()[:40]
            note = _("%(line)d 行目「%(remark)s」は、表の下のメモとして読み飛ばしました。") % {
                "line": row.line,
                "remark": remark,
            }
            if note not in self.notes:
                self.notes.append(note)

    def _may_be_a_remark(self, row: Row) -> bool:
        """One cell filled in a table of several columns: under the last row that is no row."""
        if len(self.header) < COLUMNS_OF_A_TABLE or row.beyond:
            return False
        return sum(not looks_blank(cell) for cell in row.cells) == 1


def read_table(source: Path | str | IO[bytes], *, known: Collection[str] = ()) -> Table:
    """Open a .csv, .tsv or .xlsx by its content.

    `known` are header names one expects: with them the header is found below a title, and the
    right sheet of a workbook is chosen. TableError with a sentence when it cannot be read.
    """
    source = Path(source) if isinstance(source, str) else source
    wanted = {header_key(name) for name in known}
    if is_workbook(source):
        return _best_sheet(source, wanted)
    encoding = encoding_of(source)
    delimiter = _delimiter(source, encoding)
    return _table(source, wanted, encoding=encoding, delimiter=delimiter, sheet="")


def header_key(name: str) -> str:
    """A header name for comparing: width, case and space do not matter."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def _table(source: Path | IO[bytes], wanted: set[str], *, encoding: str, delimiter: str, sheet: str) -> Table:
    first: list[Line] = []
    for number, cells in _lines(source, encoding, delimiter, sheet):
        if any(cell.strip() for cell in cells):
            first.append((number, cells))
        if number >= HEADER_WITHIN:
            break
    if not first:
        raise TableError(_("表が空です。1 行目に見出しを書いてください。"))
    number, cells = max(first, key=lambda line: _known_in(line[1], wanted)) if wanted else first[0]
    header = [" ".join(cell.split()) for cell in cells]
    while header and not header[-1]:
        header.pop()
    notes = []
    if number > first[0][0]:
        notes.append(_("見出しは %(line)d 行目にあるものとして読みました。") % {"line": number})
    keys = [header_key(name) for name in header if name]
    if twice := sorted({name for name in header if name and keys.count(header_key(name)) > 1}):
        raise TableError(
            _("同じ見出しが二つあります: %(names)s。一つにしてください。") % {"names": listed(twice)}
        )
    return Table(
        source=source,
        header=header,
        header_line=number,
        encoding=encoding,
        delimiter=delimiter,
        sheet=sheet,
        notes=notes,
    )


def _known_in(cells: Sequence[str], wanted: set[str]) -> int:
    return len({header_key(cell) for cell in cells} & wanted)


def _best_sheet(source: Path | IO[bytes], wanted: set[str]) -> Table:
    found: list[Table] = []
    for name in _workbook(source).sheet_names:
        try:
            found.append(_table(source, wanted, encoding="xlsx", delimiter="", sheet=name))
        except TableError:
            if name == _workbook(source).sheet_names[-1] and not found:
                raise
    best = max(found, key=lambda table: _known_in(table.header, wanted))
    if len(found) > 1:
        best.notes.append(_("シート「%(name)s」を読みました。") % {"name": best.sheet})
    return best


def _workbook(source: Path | IO[bytes]) -> CalamineWorkbook:
    try:
        with opened(source) as file:
            return CalamineWorkbook.from_filelike(io.BytesIO(file.read()))
    except (CalamineError, ValueError, OSError) as error:
        raise TableError(
            _("Excel のファイルとして読めません。開いて .xlsx で保存し直してください。")
        ) from error


def _lines(source: Path | IO[bytes], encoding: str, delimiter: str, sheet: str) -> Iterator[Line]:
    """Every line with the number that a person sees in their editor or in Excel."""
    if encoding == "xlsx":
        rows = _workbook(source).get_sheet_by_name(sheet).to_python(skip_empty_area=False)
        for number, row in enumerate(rows, start=1):
            yield number, [as_text(value) for value in row]
        return
    with opened(source) as file:
        text = io.TextIOWrapper(file, encoding, newline="")
        try:
            csv.field_size_limit(LONGEST_CELL)
            reader = csv.reader(text, delimiter=delimiter)
            while True:
                number = reader.line_num + 1
                try:
                    cells = next(reader)
                except StopIteration:
                    return
                except csv.Error as error:
                    raise TableError(
                        _(
                            '%(line)d 行目から先を表として読めません。引用符「"」の閉じ忘れがないか見てください。'
                        )
                        % {"line": number}
                    ) from error
                yield number, cells
        finally:
            text.detach()


def _delimiter(source: Path | IO[bytes], encoding: str) -> str:
    """Tab where the first lines have more tabs than commas."""
    with opened(source) as file:
        text = io.TextIOWrapper(file, encoding, newline="")
        try:
            start = text.read(4000)
        finally:
            text.detach()
    return "\t" if start.count("\t") > start.count(",") else ","
