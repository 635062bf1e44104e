"""町丁目の一覧（Geolonia 住所データの形） → towns of one ward or city."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from musubi.base.places.models import Area
from musubi.base.places.queries import areas_named, areas_with_codes
from musubi.base.places.services import TownValues, save_towns

from .cells import MEMO, Cells, read_point, repaired_code
from .codes import possible_codes
from .errors import CannotImport, RefusedRow
from .report import Report, RowOutcome

NEEDED = "town"
ALSO = {
    "town": ("町名", "町丁目", "大字町丁目名", "町・丁目"),
    "koaza": ("小字",),
    "lat": ("緯度",),
    "lng": ("経度",),
}


def area_of(code: str, path: Path) -> Area:
    """The ward or city whose towns a file lists: by the code given, else by the name in the file's name."""
    if code:
        known = areas_with_codes(possible_codes(code))
        wanted = _checked(code, known)
        found = known.get(wanted)
        if found is None:
            raise CannotImport(
                f"コード「{wanted}」の地域が登録されていません。先に musubi import areas で市区町村を取り込むか、コードを確かめてください。"
            )
        return found
    name = path.stem.rsplit("_", 1)[-1]
    found_by_name = areas_named(name)
    if len(found_by_name) != 1:
        why = (
            "その名前の市区町村が登録されていません"
            if not found_by_name
            else "同じ名前の市区町村がいくつもあります"
        )
        raise CannotImport(
            f"「{path.name}」がどの市区町村の町か分かりません（{why}）。--area に6けたのコードを付けてください。"
            f"例: musubi import towns {path.name} --area 141330"
        )
    return found_by_name[0]


def import_towns(*, area: Area, items: list[Any], file: str, report: Report) -> None:
    """Take in a list of towns, each with or without a point."""
    rows = [(number, _by_our_names(item)) for number, item in enumerate(items, start=1)]
    if rows and not any(NEEDED in row for _, row in rows):
        seen = "、".join(sorted({key for _, row in rows for key in row}))[:200] or "なし"
        raise CannotImport(
            f"{file} に、必要な項目「town」（町名）がありません（見つけた項目: {seen}。必要な項目: town、あれば koaza, lat, lng）。"
            "何も取り込んでいません。"
        )
    read: dict[str, tuple[Cells, TownValues]] = {}
    outcomes: list[RowOutcome] = []
    for line, row in rows:
        cells = Cells(line, {key: str(value) for key, value in row.items() if value is not None})
        try:
            values = _read(cells, row)
            if values.name in read:
                raise RefusedRow(f"「{values.name}」は{read[values.name][0].line}件目にもあります。")  # noqa: TRY301
            read[values.name] = (cells, values)
        except RefusedRow as error:
            name = cells.values.get(NEEDED, "")[:60]
            outcomes.append(RowOutcome(line=line, name=name, result="refused", reason=str(error)))
    done = save_towns(area=area, towns=[values for _, values in read.values()])
    outcomes += [
        RowOutcome(line=cells.line, name=name, result=done[name], repairs=tuple(cells.repairs))
        for name, (cells, _) in read.items()
    ]
    for outcome in sorted(outcomes, key=lambda outcome: outcome.line):
        report.add(outcome)


def items_of_table(headers: Iterable[str], rows: Iterable[tuple[int, Iterable[str]]]) -> list[dict[str, str]]:
    """The rows of a CSV or xlsx in the shape of the JSON list."""
    names = [header.strip() for header in headers]
    return [dict(zip(names, row, strict=False)) for _, row in rows]


def _by_our_names(item: Any) -> dict[str, Any]:
    if not isinstance(item, Mapping):
        return {"": item}
    names = {other: name for name, others in ALSO.items() for other in (name, *others)}
    return {names.get(str(key).strip().lower(), str(key)): value for key, value in item.items()}


def _read(cells: Cells, row: Mapping[str, Any]) -> TownValues:
    if "" in row:
        raise RefusedRow(
            "町の形（town, koaza, lat, lng）になっていません。注記なら、取り込まなくてよい行です。"
        )
    name = cells.demanded(NEEDED)
    lat, lng = read_point(cells, row.get("lat"), row.get("lng"))
    if MEMO.match(name) or ("。" in name and lat is None):
        raise RefusedRow("注記のようです。取り込まなくてよい行です。")
    name += cells.text("koaza")
    if len(name) > 60:
        raise RefusedRow(f"町名が長すぎます（{len(name)}文字）。60文字までにしてください。")
    return TownValues(name=name, lat=lat, lng=lng)


def _checked(code: str, known: Mapping[str, Area]) -> str:
    try:
        return repaired_code(Cells(0, {}), code, known)
    except RefusedRow as error:
        raise CannotImport(str(error)) from error
