"""The real files, whole and spoilt, where they are there; and what the engine makes of them."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from musubi.base.places.models import Area
from musubi.flow.actors.models import Actor
from musubi.flow.listings.models import Listing
from musubi_engine.bruteforce import infeasible

from . import portal
from .conftest import Run, report_rows

AREAS, TOWNS = "areas/localgovjp-utf8.csv", "areas/towns_kawasaki_宮前区.json"
LISTINGS = "gold/dev/listings.jsonl"
INIT = (
    *("init", "--no-input", "--code", "141305", "--officer-email", "tanto@example.jp"),
    *("--officer-name", "結城花子", "--contact", "市民協働課"),
)
Rows = list[list[str]]


def rows_of(path: Path) -> Rows:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def spoilt(path: Path, rows: Rows, spoil: Callable[[Rows], None], encoding: str = "utf-8") -> Path:
    spoil(rows)
    with path.open("w", encoding=encoding, errors="replace", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def test_the_whole_country_is_taken(real_data: Path, run: Run) -> None:
    ran = run("import", "areas", real_data / AREAS)
    assert (ran.code, "取り込みました: 1,916件" in ran.out, "取り込めません" in ran.out) == (0, True, False)
    levels = {level: Area.objects.filter(level=level).count() for level in ("prefecture", "city", "ward")}
    assert levels == {"prefecture": 47, "city": 1741, "ward": 175}
    ward = Area.objects.get(code="011011")
    assert (ward.name, ward.parent.name, ward.parent.parent.name) == ("中央区", "札幌市", "北海道")
    assert "前と同じです: 1,916件" in run("import", "areas", real_data / AREAS).out


def test_a_spoilt_copy_of_the_areas(real_data: Path, run: Run, tmp_path: Path) -> None:
    def spoil(rows: Rows) -> None:
        code, lat, lng, kana = (rows[0].index(name) for name in ("lgcode", "lat", "lng", "citykana"))
        for row in rows[1:200]:
            row[code] = row[code].lstrip("0")
        rows[300][lat], rows[300][lng] = rows[300][lng], rows[300][lat]
        rows[400][kana] = rows[400][lat] = rows[400][lng] = "―"
        rows[500][code] = rows[500][code][:5] + str((int(rows[500][code][5]) + 1) % 10)
        rows[600][code] = rows[600][code][:5]
        rows.append(["※令和8年10月1日現在。出典：各市区町村"])

    path = spoilt(tmp_path / "areas.csv", rows_of(real_data / AREAS), spoil, "cp932")
    ran = run("import", "areas", path, "--report", tmp_path / "report.csv")
    report = report_rows(tmp_path / "report.csv")
    assert ran.code == 0
    refused = [row for row in report if row["結果"] == "取り込めません"]
    repaired = [row for row in report if row["結果"] == "取り込みました（直して）"]
    assert [row["行"] for row in refused][:1] == ["501"]
    assert "検査数字（最後の1けた）が合いません" in refused[0]["取り込めない理由"]
    assert {row["行"] for row in repaired} >= {"2", "301", "601"}
    assert len(repaired) == 199 + 2
    assert Area.objects.filter(code__startswith="01", level__in=("city", "ward")).count() > 180
    assert report[-1]["結果"] == "読み飛ばしました"


def test_the_areas_without_their_code_column(real_data: Path, run: Run, tmp_path: Path) -> None:
    def spoil(rows: Rows) -> None:
        for row in rows:
            del row[-1]

    ran = run("import", "areas", spoilt(tmp_path / "areas.csv", rows_of(real_data / AREAS), spoil))
    assert (ran.code, "必要な列「lgcode」がありません" in ran.error, Area.objects.count()) == (2, True, 0)


def test_every_file_of_towns_whole_and_spoilt(real_data: Path, run: Run, tmp_path: Path) -> None:
    run("import", "areas", real_data / AREAS)
    for path in sorted((real_data / "areas").glob("towns_kawasaki_*.json")):
        assert run("import", "towns", path).code == 0
    assert Area.objects.filter(level="town").count() == 676
    assert Area.objects.filter(level="town", lat=None).count() == 20
    for name, code, number in (("chigasaki", "14207", 121), ("takamatsu", "372013", 255)):
        ran = run("import", "towns", real_data / "areas" / f"towns_{name}.json", "--area", code)
        assert (ran.code, f"取り込みました: {number}件" in ran.out) == (0, True), ran

    items = json.loads((real_data / TOWNS).read_text())
    first, second = items[0], items[1]
    first["lat"], first["lng"] = first["lng"], first["lat"]
    second |= {"town": "―"}
    items.append({"town": "※以上93件", "koaza": "", "lat": None, "lng": None})
    bad = tmp_path / "towns_kawasaki_宮前区.json"
    bad.write_text(json.dumps(items, ensure_ascii=False), encoding="cp932")
    ran = run("import", "towns", bad)
    assert ran.code == 0
    assert "前と同じです: 92件" in ran.out
    assert "取り込めません: 2件" in ran.out
    assert "緯度と経度が入れかわっていた" in ran.out


def test_the_judged_collection_is_taken_whole_and_matched(real_data: Path, run: Run, tmp_path: Path) -> None:
    run("import", "areas", real_data / AREAS)
    assert run(*INIT).code == 0
    ran = run("import", "listings", real_data / LISTINGS)
    assert (ran.code, "取り込みました: 440件" in ran.out, "取り込めません" in ran.out) == (0, True, False)
    assert (Listing.objects.count(), Actor.objects.filter(state="draft").count()) == (440, 440)
    assert "前と同じです: 440件" in run("import", "listings", real_data / LISTINGS).out

    found = json.loads(run("match", "--all", "--json").out)
    rows = {row["id"]: row for row in map(json.loads, (real_data / LISTINGS).read_text().splitlines())}
    assert {match["need"] for match in found} == {ref for ref, row in rows.items() if row["side"] == "need"}
    assert [match for match in found if infeasible(rows[match["need"]], rows[match["offer"]])] == []
    assert set(found[0]) == {"need", "offer", "score", "reasons"}
    assert set(found[0]["reasons"][0]) == {"signal", "sentence", "weight"}


def test_a_spoilt_copy_of_the_judged_collection(real_data: Path, run: Run, tmp_path: Path) -> None:
    run("import", "areas", real_data / AREAS)
    run(*INIT)
    rows = [json.loads(line) for line in (real_data / LISTINGS).read_text().splitlines()]
    rows[0]["areas"] = ["14207"]
    rows[1]["areas"] = ["142078"]
    rows[2]["title"] = "―"
    rows[3] |= {"actor": "―"}
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    bad = tmp_path / "listings.jsonl"
    bad.write_text("\n".join([*lines, "※以上440件"]), encoding="utf-8")
    ran = run("import", "listings", bad, "--report", tmp_path / "report.csv")
    assert (ran.code, "取り込みました: 437件" in ran.out, "取り込めません: 4件" in ran.out) == (0, True, True)
    wrong = {row["行"] for row in report_rows(tmp_path / "report.csv") if row["取り込めない理由"]}
    assert wrong == {"2", "3", "4", "441"}


def test_the_portals_header_is_the_real_one(real_data: Path) -> None:
    lines = (real_data / "standards/npo_portal_header.txt").read_text().splitlines()
    assert [line.split("\t")[1] for line in lines] == portal.HEADER


@pytest.mark.slow
def test_sixty_thousand_corporations(real_data: Path, run: Run, tmp_path: Path) -> None:
    run("import", "areas", real_data / AREAS)
    run(*INIT)
    rows, dirt = portal.rows_of(60_000, [("神奈川県川崎市中原区", ["小杉町"]), ("川崎市幸区", ["南幸町"])])
    portal.write(tmp_path / "npo.csv", rows)
    del rows
    ran = run("import", "actors", tmp_path / "npo.csv")
    assert ran.code == 0
    assert Actor.objects.count() == 60_000 - sum(dirt[kind] for kind in portal.REFUSED)
