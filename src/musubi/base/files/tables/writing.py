"""Tables out: CSV that Excel opens as it is, and workbooks."""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from .values import guarded


def write_table(
    target: Path | str | IO[bytes], header: Sequence[str], rows: Iterable[Sequence[Any]], *, kind: str = ""
) -> None:
    """Write .csv (UTF-8 with BOM) or .xlsx, by the target's name or `kind`; row by row, formulas defused."""
    kind = kind or Path(str(target)).suffix.lstrip(".").lower()
    if kind not in ("csv", "xlsx"):
        raise ValueError("a table is written as csv or xlsx")
    write = _write_csv if kind == "csv" else _write_workbook
    if isinstance(target, (str, Path)):
        with Path(target).open("wb") as file:
            write(file, header, rows)
    else:
        write(target, header, rows)


def _write_csv(file: IO[bytes], header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    text = io.TextIOWrapper(file, "utf-8-sig", newline="", write_through=True)
    try:
        writer = csv.writer(text)
        writer.writerow(header)
        writer.writerows([guarded(value) for value in row] for row in rows)
    finally:
        text.detach()


def _write_workbook(file: IO[bytes], header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Sheet1")
    sheet.freeze_panes = "A2"

    def cell(value: Any, *, bold: bool = False) -> WriteOnlyCell:
        made = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value)
        if isinstance(value, str):
            made.data_type = "s"  # never a formula, whatever it begins with
        if bold:
            made.font = Font(bold=True)
        return made

    sheet.append([cell(name, bold=True) for name in header])
    for row in rows:
        sheet.append([cell(value) for value in row])
    book.save(file)
