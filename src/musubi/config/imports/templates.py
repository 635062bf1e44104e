"""The empty forms that `musubi template` writes: headers, an example row, what may stand where."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from musubi.base.files.tables import write_table

from . import actors, listings_table, projects
from .columns import Column
from .errors import CannotImport

TEMPLATES: Mapping[str, Sequence[Column]] = {
    "listings": listings_table.COLUMNS,
    "actors": actors.COLUMNS,
    "projects": projects.COLUMNS,
}
WIDE, USUAL = 40, 16
WIDE_COLUMNS = frozenset(
    {
        "くわしく",
        "題名",
        "活動の内容",
        "ひとこと紹介",
        "できること",
        "できないこと",
        "名前",
        "目的",
        "相手",
        "結果",
    }
)


def write_template(what: str, path: Path, *, overwrite: bool = False) -> None:
    """Write an empty form with one example row, as .csv or .xlsx by the file's name."""
    columns = TEMPLATES[what]
    kind = path.suffix.lower()
    if kind not in {".csv", ".xlsx"}:
        raise CannotImport(f"ファイルの名前は .csv か .xlsx で終えてください（例: {what}.xlsx）。")
    if path.exists() and not overwrite:
        raise CannotImport(f"{path} はもうあります。別の名前にするか、--force を付けてください。")
    content = BytesIO()
    if kind == ".csv":
        write_table(
            content, [column.name for column in columns], [[column.example for column in columns]], kind="csv"
        )
    else:
        _workbook(columns).save(content)
    try:
        path.write_bytes(content.getvalue())
    except OSError as error:
        raise CannotImport(
            f"{path} に書けません（{error.strerror}）。書き込める場所を指定してください。"
        ) from error


def _workbook(columns: Sequence[Column]) -> Workbook:
    """The form on the first sheet, all cells as text; what may stand in each column on the second."""
    book = Workbook()
    sheet = book.active
    sheet.title = "入力"
    sheet.freeze_panes = "A2"
    for place, column in enumerate(columns, start=1):
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = WIDE if column.name in WIDE_COLUMNS else USUAL
        sheet.column_dimensions[letter].number_format = "@"
        heading = sheet.cell(1, place, f"{column.name}※必須" if column.needed else column.name)
        heading.font = Font(bold=True)
        example = sheet.cell(2, place, column.example or None)
        example.number_format = "@"
        example.alignment = Alignment(wrap_text=True, vertical="top")
    guide = book.create_sheet("説明")
    guide.column_dimensions["A"].width, guide.column_dimensions["C"].width = 24, 100
    guide.append(["列", "必須", "書き方"])
    for column in columns:
        guide.append([column.name, "必須" if column.needed else "", column.explanation])
    return book
