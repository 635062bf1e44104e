"""`musubi import areas` and `towns`: official lists with the dirt of real ones."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from musubi.base.places.models import Area

from .conftest import Run, WriteCsv, report_rows

HEADER = ("pid", "pref", "cid", "city", "citykana", "lat", "lng", "url", "lgcode")
KAWASAKI = ("14", "神奈川県", "14130", "川崎市", "かわさきし", "35.53", "139.70", "", "141305")
NAKAHARA = (
    "14",
    "神奈川県",
    "14133",
    "川崎市 中原区",
    "かわさきし なかはらく",
    "35.57",
    "139.65",
    "",
    "141330",
)
SAPPORO = ("1", "北海道", "1100", "札幌市", "さっぽろし", "43.06", "141.35", "", "011002")


def as_told(code: str) -> tuple[object, ...]:
    area = Area.objects.get(code=code)
    return area.level, area.name, area.kana, area.lat, area.lng, getattr(area.parent, "code", "")


def test_a_list_becomes_prefectures_cities_and_wards(db: None, run: Run, write_csv: WriteCsv) -> None:
    ran = run("import", "areas", write_csv("areas.csv", HEADER, [NAKAHARA, KAWASAKI, SAPPORO]))
    assert (ran.code, "取り込みました: 3件" in ran.out) == (0, True)
    assert as_told("140007") == ("prefecture", "神奈川県", "", None, None, "")
    assert as_told("141305") == ("city", "川崎市", "かわさきし", 35.53, 139.7, "140007")
    assert as_told("141330") == ("ward", "中原区", "なかはらく", 35.57, 139.65, "141305")
    ward, city = Area.objects.get(code="141330"), Area.objects.get(code="141305")
    assert ward.path == f"{city.path}{ward.pk}/"
    assert city.path == f"/{city.parent_id}/{city.pk}/"


def test_the_same_file_twice_changes_nothing(db: None, run: Run, write_csv: WriteCsv) -> None:
    path = write_csv("areas.csv", HEADER, [KAWASAKI, NAKAHARA])
    run("import", "areas", path)
    before = list(Area.objects.order_by("pk").values())
    ran = run("import", "areas", path)
    assert "前と同じです: 2件" in ran.out
    assert list(Area.objects.order_by("pk").values()) == before


def test_a_new_name_is_taken_over(db: None, run: Run, write_csv: WriteCsv) -> None:
    run("import", "areas", write_csv("old.csv", HEADER, [KAWASAKI]))
    renamed = (*KAWASAKI[:3], "新川崎市", *KAWASAKI[4:])
    ran = run("import", "areas", write_csv("new.csv", HEADER, [renamed]))
    assert "新しくしました: 1件" in ran.out
    assert Area.objects.get(code="141305").name == "新川崎市"


def test_a_trial_run_leaves_nothing_behind(db: None, run: Run, write_csv: WriteCsv) -> None:
    ran = run("import", "areas", write_csv("areas.csv", HEADER, [KAWASAKI]), "--dry-run")
    assert "取り込めます: 1件" in ran.out
    assert not Area.objects.exists()


def test_dirt_is_repaired_or_refused_row_by_row(
    db: None, run: Run, write_csv: WriteCsv, tmp_path: Path
) -> None:
    rows = [
        (*SAPPORO[:-1], "11002"),
        (*KAWASAKI[:5], "139.70", "35.53", "―", "14130"),
        ("14", "神奈川県", "14207", "茅ヶ崎市", "―", "―", "―", "", "142077"),
        ("14", "神奈川県", "14208", "逗子市", "ずしし", "35.3", "139.6", "", "142084"),
        ("14", "神奈川県", "14209", "―", "", "", "", "", "142093"),
        ("40", "福岡県", "40131", "福岡市 東区", "ふくおかし ひがしく", "33.6", "130.4", "", "401315"),
        KAWASAKI,
        ("※令和8年4月1日現在",),
    ]
    ran = run("import", "areas", write_csv("areas.csv", HEADER, rows), "--report", tmp_path / "report.csv")
    assert ran.code == 0
    report = {row["行"]: row for row in report_rows(tmp_path / "report.csv")}
    assert report["2"]["直したこと"] == "コード「11002」は先頭の0が落ちていたので「011002」に直しました。"
    assert "検査数字" in report["3"]["直したこと"]
    assert "緯度と経度が入れかわっていたので" in report["3"]["直したこと"]
    assert (report["4"]["結果"], report["4"]["直したこと"]) == ("取り込みました", "")
    assert "検査数字（最後の1けた）が合いません" in report["5"]["取り込めない理由"]
    assert "「city」がありません" in report["6"]["取り込めない理由"]
    assert "「福岡市」の行がないか、取り込めなかった" in report["7"]["取り込めない理由"]
    assert "3行目にもあります" in report["8"]["取り込めない理由"]
    assert "※令和8年4月1日現在" in report[""]["取り込めない理由"]
    assert as_told("142077") == ("city", "茅ヶ崎市", "", None, None, "140007")
    assert as_told("141305")[3:5] == (35.53, 139.7)
    assert set(Area.objects.exclude(level="prefecture").values_list("code", flat=True)) == {
        "011002",
        "141305",
        "142077",
    }


BAD_CITY = (*KAWASAKI[:-1], "141306")


def test_wards_are_taken_though_their_known_citys_row_is_bad(
    db: None, run: Run, write_csv: WriteCsv, tmp_path: Path
) -> None:
    run("import", "areas", write_csv("first.csv", HEADER, [KAWASAKI]))
    path = write_csv("bad.csv", HEADER, [BAD_CITY, NAKAHARA])
    ran = run("import", "areas", path, "--report", tmp_path / "r.csv")
    assert ran.code == 0
    assert [row["結果"] for row in report_rows(tmp_path / "r.csv")] == ["取り込めません", "取り込みました"]
    assert as_told("141330")[-1] == "141305"


def test_wards_of_an_unknown_city_are_refused_with_its_name(
    db: None, run: Run, write_csv: WriteCsv, tmp_path: Path
) -> None:
    path = write_csv("bad.csv", HEADER, [BAD_CITY, NAKAHARA])
    ran = run("import", "areas", path, "--report", tmp_path / "r.csv")
    assert (ran.code, Area.objects.count()) == (1, 0)
    assert (
        "「川崎市」の行がないか、取り込めなかった" in report_rows(tmp_path / "r.csv")[1]["取り込めない理由"]
    )


def test_a_remark_of_two_cells_is_known_as_one(
    db: None, run: Run, write_csv: WriteCsv, tmp_path: Path
) -> None:
    path = write_csv("areas.csv", HEADER, [KAWASAKI, ("※総務省の資料による", "令和8年4月1日現在")])
    run("import", "areas", path, "--report", tmp_path / "r.csv")
    assert report_rows(tmp_path / "r.csv")[1]["取り込めない理由"].startswith("表の注記のようです")


def test_a_list_in_cp932_is_read(db: None, run: Run, write_csv: WriteCsv) -> None:
    assert (
        "取り込みました: 1件" in run("import", "areas", write_csv("a.csv", HEADER, [KAWASAKI], "cp932")).out
    )


def test_a_missing_column_is_named_and_nothing_is_taken(db: None, run: Run, write_csv: WriteCsv) -> None:
    ran = run("import", "areas", write_csv("areas.csv", HEADER[:-1], [KAWASAKI[:-1]]))
    assert ran.code == 2
    assert "必要な列「lgcode」がありません（見つけた列: pid、pref、cid、city" in ran.error
    assert not Area.objects.exists()


@pytest.mark.parametrize("encoding", ["euc_jp", "iso2022_jp"])
def test_another_encoding_is_refused_with_what_to_do(
    db: None, run: Run, write_csv: WriteCsv, encoding: str
) -> None:
    ran = run("import", "areas", write_csv("areas.csv", HEADER, [KAWASAKI, NAKAHARA, SAPPORO], encoding))
    assert (ran.code, "保存し直してください" in ran.error) == (2, True)


def write_json(path: Path, items: object, encoding: str = "utf-8") -> Path:
    path.write_text(json.dumps(items, ensure_ascii=False), encoding=encoding)
    return path


TOWNS = [
    {"town": "井田一丁目", "koaza": "", "lat": 35.56, "lng": 139.64},
    {"town": "小杉町三丁目", "koaza": "", "lat": None, "lng": None},
]


def test_towns_go_into_the_ward_of_the_files_name(kawasaki: object, run: Run, tmp_path: Path) -> None:
    path = write_json(tmp_path / "towns_kawasaki_中原区.json", TOWNS)
    ran = run("import", "towns", path)
    assert "取り込みました: 1件" in ran.out
    assert "中原区（141330）の町として" in ran.out
    town = Area.objects.get(level="town", name="井田一丁目")
    assert (town.parent.code, town.lat, town.path.startswith(town.parent.path)) == ("141330", 35.56, True)
    assert "前と同じです: 2件" in run("import", "towns", path).out


@pytest.mark.parametrize(
    ("lat", "lng", "result", "kept"),
    [
        (None, None, "前と同じです", 35.56),
        (35.5, "―", "前と同じです（直して）", 35.56),
        (35.57, 139.64, "新しくしました", 35.57),
    ],
)
def test_a_town_without_a_point_keeps_the_one_it_had(
    kawasaki: object,
    run: Run,
    tmp_path: Path,
    lat: object,
    lng: object,
    result: str,
    kept: float,
) -> None:
    path = tmp_path / "towns_kawasaki_中原区.json"
    run("import", "towns", write_json(path, TOWNS))
    again = write_json(path, [TOWNS[0] | {"lat": lat, "lng": lng}])
    run("import", "towns", again, "--report", tmp_path / "r.csv")
    assert [row["結果"] for row in report_rows(tmp_path / "r.csv")] == [result]
    assert Area.objects.get(name="井田一丁目").lat == kept


def test_towns_with_dirt(kawasaki: object, run: Run, tmp_path: Path) -> None:
    items = [
        {"town": "下寺尾", "koaza": "東方", "lat": 139.41, "lng": 35.36},
        {"town": "菱沼海岸", "koaza": "", "lat": "―", "lng": "―"},
        {"town": "菱沼海岸", "koaza": "", "lat": 35.3, "lng": 139.4},
        {"koaza": "", "lat": 35.3, "lng": 139.4},
        {"town": "※2026年11月現在"},
        "以上",
    ]
    path = write_json(tmp_path / "towns.json", items, "cp932")
    ran = run("import", "towns", path, "--area", "14207", "--report", tmp_path / "r.csv")
    assert ran.code == 0
    said = [
        (row["名前"], row["結果"], bool(row["取り込めない理由"])) for row in report_rows(tmp_path / "r.csv")
    ]
    assert said == [
        ("下寺尾東方", "取り込みました（直して）", False),
        ("菱沼海岸", "取り込みました", False),
        ("菱沼海岸", "取り込めません", True),
        ("", "取り込めません", True),
        ("※2026年11月現在", "取り込めません", True),
        ("", "取り込めません", True),
    ]
    towns = Area.objects.filter(level="town", parent__code="142077")
    assert list(towns.order_by("name").values_list("name", "lat")) == [
        ("下寺尾東方", 35.36),
        ("菱沼海岸", None),
    ]


@pytest.mark.parametrize(
    ("name", "items", "words", "sentence"),
    [
        ("towns_どこか区.json", TOWNS, (), "どの市区町村の町か分かりません"),
        ("towns.json", TOWNS, ("--area", "141306"), "検査数字（最後の1けた）が合いません"),
        ("towns.json", TOWNS, ("--area", "131016"), "登録されていません。先に musubi import areas"),
        ("towns.json", [{"machi": "井田"}], ("--area", "141330"), "必要な項目「town」（町名）がありません"),
        ("towns.json", {"town": "井田"}, ("--area", "141330"), "[ ] の並びになっていません"),
    ],
)
def test_towns_that_cannot_be_read_get_one_sentence(
    kawasaki: object,
    run: Run,
    tmp_path: Path,
    name: str,
    items: object,
    words: tuple[str, ...],
    sentence: str,
) -> None:
    before = Area.objects.count()
    ran = run("import", "towns", write_json(tmp_path / name, items), *words)
    assert (ran.code, sentence in ran.error, Area.objects.count()) == (2, True, before)


def test_areas_are_saved_in_a_constant_number_of_queries(
    db: None, run: Run, write_csv: WriteCsv, django_assert_max_num_queries: Callable[..., object]
) -> None:
    rows = [
        KAWASAKI,
        *(("14", "神奈川県", "", f"町{n}", "", "", "", "", code) for n, code in enumerate(CODES)),
    ]
    path = write_csv("areas.csv", HEADER, rows)
    with django_assert_max_num_queries(16):
        assert "取り込みました: 9件" in run("import", "areas", path).out


CODES = ("142018", "142034", "142042", "142051", "142069", "142077", "142085", "142107")
