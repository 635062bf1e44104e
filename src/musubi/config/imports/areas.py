"""全国地方公共団体コードの一覧 → prefectures, cities and wards."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from musubi.base.places.models import AreaLevel
from musubi.base.places.queries import cities_and_wards
from musubi.base.places.services import AreaValues, save_areas

from .cells import Cells, read_point, repaired_code
from .codes import check_digit
from .columns import Column, choose
from .errors import RefusedRow
from .report import Report, RowOutcome

COLUMNS = (
    Column(name="pref", also=("都道府県名", "都道府県", "都道府県名(漢字)"), needed=True),
    Column(name="city", also=("市区町村名", "市区町村", "市区町村名(漢字)"), needed=True),
    Column(
        name="lgcode",
        also=("団体コード", "全国地方公共団体コード", "地方公共団体コード", "市区町村コード"),
        needed=True,
    ),
    Column(name="citykana", also=("市区町村名(カナ)", "市区町村名(ひらがな)", "ふりがな")),
    Column(name="lat", also=("緯度",)),
    Column(name="lng", also=("経度", "lon")),
)


@dataclass(frozen=True)
class _Read:
    """A row understood: what it says, and with whose repairs."""

    cells: Cells
    values: AreaValues
    prefecture: str


def import_areas(
    *, headers: Sequence[str], rows: Iterable[tuple[int, Sequence[str]]], file: str, report: Report
) -> list[str]:
    """Take in a list of municipalities; the codes of those that are new or have changed.

    Prefectures are derived; 「札幌市 中央区」 is a ward of 札幌市.
    """
    chosen = choose(COLUMNS, headers, file=file)
    read: list[_Read] = []
    refused: list[RowOutcome] = []
    lines: dict[str, int] = {}
    for line, row in rows:
        cells = chosen.cells(line, row)
        try:
            cells.demand_row()
            found = _read(cells)
            _demand_new(found.values.code, lines)
        except RefusedRow as error:
            refused.append(_outcome(cells, "refused", reason=str(error)))
        else:
            lines[found.values.code] = line
            read.append(found)
    kept, orphans = _with_parents(read)
    prefectures = {row.prefecture: _prefecture(row) for row in kept}
    done = save_areas(areas=[*prefectures.values(), *(row.values for row in kept)])
    outcomes = [
        *refused,
        *orphans,
        *(_outcome(row.cells, done[row.values.code], code=row.values.code) for row in kept),
    ]
    for outcome in sorted(outcomes, key=lambda outcome: outcome.line):
        report.add(outcome)
    return [code for code, result in done.items() if result != "unchanged"]


def _read(cells: Cells) -> _Read:
    prefecture = cells.demanded("pref", limit=60)
    name = " ".join(cells.demanded("city", limit=60).split())
    code = repaired_code(cells, cells.demanded("lgcode"))
    if code[2:5] == "000":
        raise RefusedRow("都道府県の行です。都道府県は市区町村の行から作るので、この行は要りません。")
    city, _, ward = name.partition(" ")
    kana = " ".join(cells.text("citykana", limit=120).split())
    lat, lng = read_point(cells, cells.values.get("lat"), cells.values.get("lng"))
    values = AreaValues(
        level=AreaLevel.WARD if ward else AreaLevel.CITY,
        code=code,
        name=ward or city,
        kana=kana.partition(" ")[2] or kana if ward else kana,
        parent=city if ward else prefecture_code(code),
        lat=lat,
        lng=lng,
    )
    return _Read(cells, values, prefecture)


def _demand_new(code: str, lines: Mapping[str, int]) -> None:
    if first := lines.get(code):
        raise RefusedRow(f"コード「{code}」は{first}行目にもあります。どちらかを消してください。")


def prefecture_code(code: str) -> str:
    """The code of the prefecture that an area lies in."""
    five = f"{code[:2]}000"
    return five + check_digit(five)


def _with_parents(read: list[_Read]) -> tuple[list[_Read], list[RowOutcome]]:
    """Wards with the code of their city in place of its name; those whose city is neither in the file nor known."""
    cities = {
        (row.prefecture, row.values.name): row.values.code
        for row in read
        if row.values.level == AreaLevel.CITY
    }
    wanted = {row.values.parent for row in read if row.values.level == AreaLevel.WARD}
    for area in cities_and_wards().filter(level=AreaLevel.CITY, name__in=wanted):
        if area.parent is not None:
            cities.setdefault((area.parent.name, area.name), area.code)
    kept: list[_Read] = []
    orphans: list[RowOutcome] = []
    for row in read:
        if row.values.level == AreaLevel.CITY:
            kept.append(row)
        elif parent := cities.get((row.prefecture, row.values.parent)):
            values = AreaValues(**{**vars(row.values), "parent": parent})
            kept.append(_Read(row.cells, values, row.prefecture))
        else:
            reason = f"「{row.values.parent}」の行がないか、取り込めなかったので、その区も取り込めません。市の行を直してください。"
            orphans.append(_outcome(row.cells, "refused", reason=reason))
    return kept, orphans


def _prefecture(row: _Read) -> AreaValues:
    return AreaValues(level=AreaLevel.PREFECTURE, code=prefecture_code(row.values.code), name=row.prefecture)


def _outcome(cells: Cells, result: str, *, code: str = "", reason: str = "") -> RowOutcome:
    return RowOutcome(
        line=cells.line,
        key=code or cells.text("lgcode"),
        name=" ".join(cells.text("city").split())[:60],
        result=result,  # type: ignore[arg-type]
        repairs=tuple(cells.repairs),
        reason=reason,
    )
