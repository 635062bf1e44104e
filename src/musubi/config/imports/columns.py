"""Which column is which: headers as people write them, and a sentence when one is missing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from musubi.web.design.reading import fold

from .cells import Cells
from .errors import CannotImport


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column by our name for it, other names it goes by, and what stands in it."""

    name: str
    also: Sequence[str] = ()
    needed: bool = False
    example: str = ""
    explanation: str = ""


@dataclass(frozen=True)
class Chosen:
    """Where in a file our columns stand."""

    places: Mapping[str, int]
    width: int

    def cells(self, line: int, row: Sequence[str]) -> Cells:
        """A row's texts by our names; a short row ends in empty cells, a long one says so."""
        values = {name: row[place] if place < len(row) else "" for name, place in self.places.items()}
        return Cells(line, values, beyond=len(row) > self.width, whole=row)


def normal(header: str) -> str:
    """A header without what differs from file to file: width, spaces, case, BOM, 「※必須」."""
    return fold(header.replace("\ufeff", "")).replace("※必須", "").replace("(必須)", "").strip("*").lower()


def choose(columns: Iterable[Column], headers: Sequence[str], *, file: str, form: str = "") -> Chosen:
    """Find the columns in a file's first row. CannotImport names what was found and what is needed.

    `form` is what the file was taken for, where it could have been another one.
    """
    columns = list(columns)
    found = {normal(header): place for place, header in reversed(list(enumerate(headers)))}
    places: dict[str, int] = {}
    for column in columns:
        names = (column.name, *column.also)
        place = next((found[normal(name)] for name in names if normal(name) in found), None)
        if place is not None:
            places[column.name] = place
    missing = [column.name for column in columns if column.needed and column.name not in places]
    if missing:
        seen = "、".join(header.strip() for header in headers if header.strip())[:300] or "なし"
        needed = "、".join(column.name for column in columns if column.needed)
        raise CannotImport(
            f"{file} {f'は{form}のようですが、' if form else 'の'}1行目に、必要な列「{'」「'.join(missing)}」がありません"
            f"（見つけた列: {seen}。必要な列: {needed}）。列の名前を直してください。何も取り込んでいません。"
        )
    return Chosen(places, len(headers))
