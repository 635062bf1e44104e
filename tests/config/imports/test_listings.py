"""`musubi import listings`: JSON Lines, CSV and xlsx."""

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from musubi.base.places.models import Area, Municipality
from musubi.flow.actors.enums import ActorKind, ActorState, CloseReason
from musubi.flow.actors.models import Actor
from musubi.flow.listings.models import Listing
from tests import factories

from .conftest import Run, WriteCsv, report_rows

NEED: dict[str, Any] = {
    "id": "n1",
    "side": "need",
    "title": "台所つきの会場",
    "body": "月に一度、親子で食事をします。",
    "actor": "みずいろ食堂の会",
    "actor_kind": "civic_group",
    "resources": ["place", "people", "expertise"],
    "fields": [13, 1],
    "areas": ["141330", "142077"],
    "town": "小杉町三丁目",
    "available": [
        {"from": "2027-04-03", "to": "2028-03-25", "weekdays": [5], "start": "09:00", "end": "23:59"},
        {"from": "2027-05-01", "to": None, "weekdays": [], "start": None, "end": None},
    ],
    "quantity": {"people": 4, "capacity": 30},
    "conditions": ["wheelchair_ok"],
}
OFFER = NEED | {"id": "o1", "side": "offer", "actor": "小杉会館", "actor_kind": "company", "town": None}


def write_lines(path: Path, rows: Sequence[object], encoding: str = "utf-8") -> Path:
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding=encoding)
    return path


def lines_of(listing: Listing) -> list[tuple[str, str, int | None, str]]:
    return list(listing.lines.values_list("resource", "what", "amount", "unit"))


def test_a_line_of_json_becomes_a_listing(kawasaki: Municipality, run: Run, tmp_path: Path) -> None:
    ran = run("import", "listings", write_lines(tmp_path / "l.jsonl", [NEED]))
    assert (ran.code, "取り込みました: 1件" in ran.out, "1件、下書きとして" in ran.out) == (0, True, True)
    listing = Listing.objects.get()
    assert (listing.external_ref, listing.side, listing.title, listing.body) == (
        "n1", "need", NEED["title"], NEED["body"],
    )  # fmt: skip
    assert (listing.state, listing.source, listing.fields, listing.conditions, listing.town) == (
        "published", "import", [1, 13], ["wheelchair_ok"], "小杉町三丁目",
    )  # fmt: skip
    assert lines_of(listing) == [
        ("place", "", 30, "capacity"),
        ("people", "", 4, "people"),
        ("expertise", "", None, ""),
    ]
    assert sorted(listing.areas.values_list("code", flat=True)) == ["141330", "142077"]
    assert list(
        listing.availabilities.order_by("starts_on").values_list(
            "starts_on", "ends_on", "weekdays", "opens", "closes"
        )
    ) == [
        (dt.date(2027, 4, 3), dt.date(2028, 3, 25), [5], dt.time(9), None),
        (dt.date(2027, 5, 1), None, [], None, None),
    ]
    actor = listing.actor
    assert (actor.name, actor.kind, actor.state, actor.source) == (
        "みずいろ食堂の会", "civic_group", "draft", "import",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("resources", "quantity", "lines"),
    [
        (["expertise"], {"capacity": 50}, [("expertise", "", 50, "capacity")]),
        (["partner"], {"people": 2}, [("partner", "", 2, "people")]),
        (["money", "goods"], {"yen": 30000}, [("money", "", 30000, "yen"), ("goods", "", None, "")]),
        (
            ["expertise"],
            {"people": 2, "capacity": 25},
            [("expertise", "", 2, "people"), ("expertise", "", 25, "capacity")],
        ),
        (["place"], {}, [("place", "", None, "")]),
    ],
)
def test_an_amount_goes_to_what_it_counts(
    kawasaki: object,
    run: Run,
    tmp_path: Path,
    resources: list[str],
    quantity: dict[str, int],
    lines: list[tuple[str, str, int | None, str]],
) -> None:
    run(
        "import",
        "listings",
        write_lines(tmp_path / "l.jsonl", [NEED | {"resources": resources, "quantity": quantity}]),
    )
    assert lines_of(Listing.objects.get()) == lines


def test_the_same_file_twice_changes_nothing(kawasaki: object, run: Run, tmp_path: Path) -> None:
    path = write_lines(tmp_path / "l.jsonl", [NEED, OFFER])
    run("import", "listings", path)
    before = (list(Listing.objects.order_by("pk").values()), list(Actor.objects.order_by("pk").values()))
    ran = run("import", "listings", path)
    assert "前と同じです: 2件" in ran.out
    assert (
        list(Listing.objects.order_by("pk").values()),
        list(Actor.objects.order_by("pk").values()),
    ) == before


def test_newer_words_are_taken_over(kawasaki: object, run: Run, tmp_path: Path) -> None:
    run("import", "listings", write_lines(tmp_path / "old.jsonl", [NEED]))
    ran = run("import", "listings", write_lines(tmp_path / "new.jsonl", [NEED | {"title": "広い会場"}]))
    assert "新しくしました: 1件" in ran.out
    assert list(Listing.objects.values_list("title", flat=True)) == ["広い会場"]


def test_a_known_actor_is_not_made_again(kawasaki: Municipality, run: Run, tmp_path: Path) -> None:
    known = factories.make_actor(kawasaki, name="みずいろ食堂の会", kind=ActorKind.NPO)
    run("import", "listings", write_lines(tmp_path / "l.jsonl", [NEED]))
    assert Listing.objects.get().actor == known
    assert Actor.objects.count() == 1


def test_of_two_actors_of_a_name_the_kind_decides(kawasaki: Municipality, run: Run, tmp_path: Path) -> None:
    factories.make_actor(kawasaki, name="みずいろ食堂の会", kind=ActorKind.NPO)
    meant = factories.make_actor(kawasaki, name="みずいろ食堂の会", kind=ActorKind.CIVIC_GROUP)
    run("import", "listings", write_lines(tmp_path / "l.jsonl", [NEED]))
    assert Listing.objects.get().actor == meant


def test_a_trial_run_leaves_nothing_behind(kawasaki: object, run: Run, tmp_path: Path) -> None:
    ran = run("import", "listings", write_lines(tmp_path / "l.jsonl", [NEED]), "--dry-run")
    assert "まだ何も取り込んでいません" in ran.out
    assert (Listing.objects.count(), Actor.objects.count()) == (0, 0)


BROKEN = [
    (NEED | {"areas": ["131016"]}, "地域コード「131016」が登録されていません。先に musubi import areas"),
    (NEED | {"areas": ["141331"]}, "検査数字（最後の1けた）が合いません"),
    (NEED | {"side": "wish"}, "「side」の「wish」は使えません"),
    (NEED | {"resources": []}, "「resources」がありません"),
    (NEED | {"resources": ["夢"]}, "次のどれかにしてください: 人手、専門知識、場所"),
    (NEED | {"title": "長" * 81}, "「title」が長すぎます（81文字）。80文字まで"),
    (NEED | {"title": "―"}, "「title」がありません"),
    (NEED | {"body": "―"}, "「body」がありません"),
    ({key: value for key, value in NEED.items() if key != "title"}, "「title」がありません"),
    (NEED | {"quantity": {"people": "20席"}}, "単位が違います"),
    (NEED | {"quantity": {"people": "2.5人"}}, "0以上の整数で書いてください（いまの値: 2.5人）"),
    (NEED | {"conditions": ["ペット可"]}, "「conditions」の「ペット可」は使えません"),
    (NEED | {"quantity": {"people": "たくさん"}}, "0以上の整数で書いてください"),
    (
        NEED | {"available": [{"from": "2027-05-01", "to": "2027-04-01"}]},
        "始まりの日（2027-05-01）より前です",
    ),
    (NEED | {"available": [{"start": "22:00", "end": "02:00"}]}, "夜をまたぐときは"),
    (NEED | {"available": [{"least_minutes": 14}]}, "15分から24時間までの長さとして読めません"),
    (NEED | {"available": [{"least_minutes": 1441}]}, "15分から24時間までの長さとして読めません"),
    (
        NEED | {"available": [{"start": "09:00", "end": "12:00", "least_minutes": 181}]},
        "続けて必要な長さ（3時間1分）が、始まりの時刻から終わりの時刻まで（3時間）より長いです",
    ),
    (NEED | {"available": [{"from": "5月1日"}]}, "日付として読めません"),
    (NEED | {"available": [{"weekdays": [7]}]}, "0（月曜）から 6（日曜）"),
    (NEED | {"actor": ""}, "「actor」がありません"),
    (NEED | {"actor_kind": "dragon"}, "「actor_kind」の「dragon」は使えません"),
    (NEED | {"actor_kind": None}, "「団体の種類」を入れてください"),
    ("{こわれた行", "JSONとして読めません"),
    ("[1, 2]", "{ } で囲まれた一件になっていません"),
]


@pytest.mark.parametrize(("row", "sentence"), BROKEN)
def test_a_broken_row_is_refused_whole_and_the_others_are_taken(
    kawasaki: object, run: Run, tmp_path: Path, row: object, sentence: str
) -> None:
    path = write_lines(tmp_path / "l.jsonl", [OFFER, row])
    ran = run("import", "listings", path, "--report", tmp_path / "report.csv")
    rows = report_rows(tmp_path / "report.csv")
    assert (ran.code, [row["結果"] for row in rows]) == (0, ["取り込みました", "取り込めません"])
    assert (rows[1]["行"], sentence in rows[1]["取り込めない理由"]) == ("2", True)
    assert list(Listing.objects.values_list("external_ref", flat=True)) == ["o1"]
    assert list(Actor.objects.values_list("name", flat=True)) == ["小杉会館"]


@pytest.mark.parametrize(("row", "sentence"), BROKEN)
def test_a_broken_first_row_is_refused_alone_too(
    kawasaki: object, run: Run, tmp_path: Path, row: object, sentence: str
) -> None:
    ran = run("import", "listings", write_lines(tmp_path / "l.jsonl", [row, OFFER]))
    assert (ran.code, sentence in ran.out) == (0, True), ran
    assert list(Listing.objects.values_list("external_ref", flat=True)) == ["o1"]


def test_a_file_of_which_nothing_can_be_used_ends_with_one(
    kawasaki: object, run: Run, tmp_path: Path
) -> None:
    ran = run("import", "listings", write_lines(tmp_path / "l.jsonl", [NEED | {"title": ""}]))
    assert (ran.code, "一件も取り込めませんでした" in ran.error) == (1, True)
    assert "として取り込みました" not in ran.out
    again = write_lines(tmp_path / "l.jsonl", [NEED])
    assert [run("import", "listings", again).code for _ in range(2)] == [0, 0]


@pytest.mark.parametrize(
    ("change", "said", "kept"),
    [
        ({"title": "台所\0の会場"}, "「title」に、目に見えない文字があったので", {"title": "台所の会場"}),
        ({"body": "月に\u202e一度"}, "「body」に、目に見えない文字があったので", {"body": "月に一度"}),
        (
            {"areas": ["141330"], "town": "存在しない町"},
            "注意: 町名「存在しない町」は",
            {"town": "存在しない町"},
        ),
        ({"available": [{"from": "2020-01-01", "to": "2020-02-01"}]}, "注意: 日時がすべて過ぎています", {}),
        (
            {"available": [{"start": "10:00", "end": "10:30"}]},
            "注意: 何時から何時までが30分しかありません。",
            {},
        ),
        ({"areas": []}, "「areas」がないので、市全体としました", {}),
    ],
)
def test_what_is_changed_or_doubtful_is_said(
    kawasaki: object, run: Run, tmp_path: Path, change: dict[str, Any], said: str, kept: dict[str, str]
) -> None:
    path = write_lines(tmp_path / "l.jsonl", [NEED | change])
    assert run("import", "listings", path, "--report", tmp_path / "r.csv").code == 0
    (row,) = report_rows(tmp_path / "r.csv")
    assert said in row["直したこと"]
    repaired = "（直して）" if not said.startswith("注意") else ""
    assert row["結果"] == f"取り込みました{repaired}"
    listing = Listing.objects.get()
    assert {name: getattr(listing, name) for name in kept} == kept


@pytest.mark.parametrize(
    "change",
    [
        {"areas": ["141330"], "town": "小杉町3丁目"},
        {"areas": ["141330"], "town": "小杉町"},
        {"areas": ["142077"], "town": "菱沼海岸"},
        {"available": [{"from": "2020-01-01", "to": "2020-02-01"}, {"from": "2027-01-01"}]},
        {"body": "一行目\r\n二行目"},
    ],
)
def test_what_is_in_order_is_not_remarked_on(
    kawasaki: object, run: Run, tmp_path: Path, change: dict[str, Any]
) -> None:
    path = write_lines(tmp_path / "l.jsonl", [NEED | change])
    run("import", "listings", path, "--report", tmp_path / "r.csv")
    (row,) = report_rows(tmp_path / "r.csv")
    assert (row["結果"], row["直したこと"]) == ("取り込みました", "")


@pytest.mark.parametrize(("typed", "amount"), [("２０人", 20), ("20", 20), ("約1,200名", 1200)])
def test_an_amount_written_as_text_is_read_as_the_form_reads_it(
    kawasaki: object, run: Run, tmp_path: Path, typed: str, amount: int
) -> None:
    row = NEED | {"resources": ["people"], "quantity": {"people": typed}}
    ran = run("import", "listings", write_lines(tmp_path / "l.jsonl", [row]))
    assert lines_of(Listing.objects.get()) == [("people", "", amount, "people")]
    assert f"「quantity」の「{typed}」を {amount} と読みました" in ran.out


def test_a_refused_row_is_not_said_to_be_repaired(kawasaki: object, run: Run, tmp_path: Path) -> None:
    rows = [OFFER, NEED | {"areas": ["14133"], "side": "wish"}]
    ran = run("import", "listings", write_lines(tmp_path / "l.jsonl", rows), "--report", tmp_path / "r.csv")
    refused = report_rows(tmp_path / "r.csv")[1]
    assert (refused["結果"], refused["直したこと"]) == ("取り込めません", "")
    assert "値を直したもの" not in ran.out


def test_what_can_be_repaired_is_and_is_said(kawasaki: object, run: Run, tmp_path: Path) -> None:
    row = NEED | {"areas": ["14133", "１４２０７７"], "fields": [13, 99]}
    run("import", "listings", write_lines(tmp_path / "l.jsonl", [row]), "--report", tmp_path / "r.csv")
    (said,) = report_rows(tmp_path / "r.csv")
    assert said["結果"] == "取り込みました（直して）"
    assert said["直したこと"] == (
        "コード「14133」は検査数字（最後の1けた）が落ちていたので「141330」に直しました。"
        " コードを半角の「142077」に直しました。 分野「99」は20分野にないので、外しました。"
    )
    assert Listing.objects.get().fields == [13]


def test_a_number_twice_in_a_file_is_refused_the_second_time(
    kawasaki: object, run: Run, tmp_path: Path
) -> None:
    ran = run("import", "listings", write_lines(tmp_path / "l.jsonl", [NEED, NEED | {"title": "別の題"}]))
    assert "番号「n1」は1行目にもあります" in ran.out
    assert Listing.objects.get().title == NEED["title"]


def test_a_closed_actor_gets_no_listing(kawasaki: Municipality, run: Run, tmp_path: Path) -> None:
    factories.make_actor(
        kawasaki, name="みずいろ食堂の会", state=ActorState.CLOSED, closed_reason=CloseReason.DISSOLVED
    )
    ran = run("import", "listings", write_lines(tmp_path / "l.jsonl", [NEED]))
    assert "活動を終えた団体です" in ran.out
    assert not Listing.objects.exists()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp932"])
def test_other_encodings_are_read(kawasaki: object, run: Run, tmp_path: Path, encoding: str) -> None:
    run("import", "listings", write_lines(tmp_path / "l.jsonl", [NEED], encoding))
    assert Listing.objects.get().title == NEED["title"]


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (
            [{"題名": "会場"}],
            "ニーズ・提供のファイルではないようです（見つけた項目: 題名。必要な項目: id、side",
        ),
        (["題名,内容"], "一行に一件のJSONになっていません"),
    ],
)
def test_a_file_of_another_shape_is_refused_whole(
    kawasaki: object, run: Run, tmp_path: Path, rows: list[object], sentence: str
) -> None:
    ran = run("import", "listings", write_lines(tmp_path / "l.jsonl", rows))
    assert (ran.code, sentence in ran.error, Listing.objects.count()) == (2, True, 0)


HEADER = (
    *(
        "管理番号",
        "区分",
        "題名",
        "くわしく",
        "団体名",
        "団体の種類",
        "種類1",
        "なにを1",
        "どれだけ1",
        "種類2",
        "どれだけ2",
    ),
    *("地域", "いつから", "いつまで", "曜日", "何時から", "何時まで", "条件", "分野", "だれに見せるか"),
)
ROW = (
    *("A-1", "ニーズ", "会場がほしい", "月に一度です。", "みずいろ食堂の会", "市民活動団体", "場所", "台所", "約３０人", "資金", "3万円"),
    *("中原区、茅ヶ崎市", "令和9年4月1日", "2028/3/31", "土、日", "午前10時", "14:00", "車いす可、飲食不可", "子どもの健全育成、1", "登録者"),
)  # fmt: skip


def changed(**values: str) -> tuple[str, ...]:
    return tuple(values.get(name, cell) for name, cell in zip(HEADER, ROW, strict=True))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp932"])
def test_a_row_of_a_table_becomes_a_listing(
    kawasaki: object, run: Run, write_csv: WriteCsv, encoding: str
) -> None:
    ran = run("import", "listings", write_csv("l.csv", HEADER, [ROW], encoding))
    assert (ran.code, "取り込みました: 1件" in ran.out) == (0, True), ran
    listing = Listing.objects.get()
    assert (listing.external_ref, listing.side, listing.title, listing.visibility) == (
        "A-1", "need", "会場がほしい", "registered",
    )  # fmt: skip
    assert lines_of(listing) == [("place", "台所", 30, "capacity"), ("money", "", 30000, "yen")]
    assert sorted(listing.areas.values_list("code", flat=True)) == ["141330", "142077"]
    assert (listing.fields, sorted(listing.conditions)) == ([1, 13], ["no_food", "wheelchair_ok"])
    window = listing.availabilities.get()
    assert (window.starts_on, window.ends_on, window.weekdays, window.opens, window.closes) == (
        dt.date(2027, 4, 1), dt.date(2028, 3, 31), [5, 6], dt.time(10), dt.time(14),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("3時間", 180),
        ("１時間３０分", 90),
        ("1時間半", 90),
        ("1.5時間", 90),
        ("45分", 45),
        ("100", 100),
        ("―", None),
    ],
)
def test_a_table_says_how_long_a_need_takes(
    kawasaki: object, run: Run, write_csv: WriteCsv, typed: str, minutes: int | None
) -> None:
    ran = run("import", "listings", write_csv("l.csv", (*HEADER, "続けて必要な長さ"), [(*ROW, typed)]))
    assert ran.code == 0, ran
    assert Listing.objects.get().availabilities.get().least_minutes == minutes


@pytest.mark.parametrize("typed", ["14分", "25時間", "半日", "0.7分", "5時間"])
def test_a_length_that_cannot_be_is_refused(
    kawasaki: object, run: Run, write_csv: WriteCsv, typed: str
) -> None:
    ran = run("import", "listings", write_csv("l.csv", (*HEADER, "必要な長さ"), [(*ROW, typed)]))
    sentence = (
        "より長いです" if typed == "5時間" else f"「{typed}」は、15分から24時間までの長さとして読めません"
    )
    assert (ran.code, sentence in ran.out, Listing.objects.count()) == (1, True, 0), ran.out


@pytest.mark.parametrize(("written", "minutes"), [(150, 150), ("3時間", 180), (None, None)])
def test_a_line_of_json_says_how_long_a_need_takes(
    kawasaki: object, run: Run, tmp_path: Path, written: object, minutes: int | None
) -> None:
    row = NEED | {"available": [{"weekdays": [5], "least_minutes": written}]}
    ran = run("import", "listings", write_lines(tmp_path / "l.jsonl", [row]))
    assert ran.code == 0, ran
    assert Listing.objects.get().availabilities.get().least_minutes == minutes


def test_an_offer_in_a_file_takes_no_length(
    kawasaki: object, run: Run, tmp_path: Path, write_csv: WriteCsv
) -> None:
    row = OFFER | {"available": [{"weekdays": [5], "least_minutes": 180}, {"least_minutes": 60}]}
    ran = run("import", "listings", write_lines(tmp_path / "l.jsonl", [row]))
    assert "続けて必要な長さはニーズだけのものなので、外しました。" in ran.out
    assert list(Listing.objects.get().availabilities.values_list("weekdays", "least_minutes")) == [
        ([5], None)
    ]
    assert "前と同じです: 1件" in run("import", "listings", write_lines(tmp_path / "l.jsonl", [row])).out


@pytest.mark.parametrize("typed", ["半日", "5時間"])
def test_a_length_that_cannot_be_is_left_out_of_an_offer_too(
    kawasaki: object, run: Run, tmp_path: Path, write_csv: WriteCsv, typed: str
) -> None:
    morning = {"start": "09:00", "end": "12:00", "least_minutes": typed}
    cells = changed(区分="提供", 何時から="9:00", 何時まで="12:00")
    files = [
        write_lines(tmp_path / "l.jsonl", [OFFER | {"available": [morning]}]),
        write_csv("l.csv", (*HEADER, "必要な長さ"), [(*cells, typed)]),
    ]
    for file in files:
        ran = run("import", "listings", file)
        assert (ran.code, "続けて必要な長さはニーズだけのものなので、外しました。" in ran.out) == (0, True), (
            ran
        )
    windows = [listing.availabilities.get() for listing in Listing.objects.all()]
    assert [(each.opens, each.closes, each.least_minutes) for each in windows] == [
        (dt.time(9), dt.time(12), None)
    ] * 2


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"区分": "相談"}, "「区分」の「相談」は使えません"),
        ({"種類1": "", "種類2": "場所"}, "「種類1」がありません"),
        ({"くわしく": "―"}, "「くわしく」がありません"),
        ({"どれだけ1": "いっぱい"}, "数として読めません"),
        ({"種類2": "後援・信用", "どれだけ2": "3"}, "単位がありません"),
        ({"地域": "中央区"}, "「中央区」という地域はありません"),
        ({"曜日": "第2"}, "曜日「第2」が読めません"),
        ({"何時から": "朝"}, "時刻として読めません"),
        ({"いつから": "来年"}, "日付として読めません"),
    ],
)
def test_a_broken_row_of_a_table_is_refused(
    kawasaki: object, run: Run, write_csv: WriteCsv, values: dict[str, str], sentence: str
) -> None:
    ran = run("import", "listings", write_csv("l.csv", HEADER, [changed(**values)]))
    assert (ran.code, sentence in ran.out, Listing.objects.count()) == (1, True, 0), ran.out


def test_a_row_without_number_or_area_is_the_whole_towns_and_known_again(
    kawasaki: Municipality, run: Run, write_csv: WriteCsv
) -> None:
    path = write_csv("l.csv", HEADER, [changed(管理番号="", 地域="―")])
    run("import", "listings", path)
    assert list(Listing.objects.get().areas.all()) == [kawasaki.area]
    assert "前と同じです: 1件" in run("import", "listings", path).out


def test_a_key_of_our_own_making_is_not_shown(
    kawasaki: object, run: Run, write_csv: WriteCsv, tmp_path: Path
) -> None:
    path = write_csv("l.csv", HEADER, [changed(管理番号=""), changed(管理番号=""), ROW])
    run("import", "listings", path, "--report", tmp_path / "r.csv")
    rows = report_rows(tmp_path / "r.csv")
    assert [row["番号"] for row in rows] == ["", "", "A-1"]
    assert rows[1]["取り込めない理由"].startswith("同じ団体の同じ題名が2行目にもあります")


def test_only_the_templates_own_rows_are_passed_over(
    kawasaki: object, run: Run, write_csv: WriteCsv, tmp_path: Path
) -> None:
    rows = [changed(管理番号="見本-1"), ROW, changed(管理番号="A-2", 区分="相談")]
    ran = run("import", "listings", write_csv("l.csv", HEADER, rows), "--report", tmp_path / "r.csv")
    assert ran.code == 0
    assert [row["結果"] for row in report_rows(tmp_path / "r.csv")] == [
        "飛ばしました",
        "取り込みました",
        "取り込めません",
    ]
    assert Listing.objects.get().external_ref == "A-1"


def test_a_table_tells_of_an_unknown_town_and_of_past_days(
    kawasaki: object, run: Run, write_csv: WriteCsv
) -> None:
    row = changed(地域="中原区", いつから="2020-01-01", いつまで="2020-03-01")
    ran = run("import", "listings", write_csv("l.csv", (*HEADER, "町名"), [(*row, "存在しない町")]))
    assert "注意: 町名「存在しない町」は" in ran.out
    assert "注意: 日時がすべて過ぎています" in ran.out
    assert "確かめてほしいもの: 1件" in ran.out
    assert Listing.objects.get().town == "存在しない町"


def test_a_menu_item_is_a_departments_offer(kawasaki: object, run: Run, write_csv: WriteCsv) -> None:
    header = (*HEADER, "できること", "できないこと", "答える係", "何営業日以内に答えるか")
    menu = ("道具を貸す", "回収", "公園課", "5")
    rows = [
        (*changed(管理番号="m1", 区分="提供", 団体名="公園課", 団体の種類="行政担当課"), *menu),
        (*changed(管理番号="m2", 区分="提供"), *menu),
        (*changed(管理番号="m3", 団体名="公園課", 団体の種類="行政担当課"), *menu),
    ]
    ran = run("import", "listings", write_csv("l.csv", header, rows))
    item = Listing.objects.get()
    assert (item.external_ref, item.template, item.menu_item.can_do, item.menu_item.answers_within_days) == (
        "m1", "menu", "道具を貸す", 5,
    )  # fmt: skip
    assert "行政担当課と中間支援組織だけ" in ran.out
    assert "協働メニューは「提供」として" in ran.out


def test_a_row_with_too_many_cells_and_a_remark_are_told_apart(
    kawasaki: object, run: Run, write_csv: WriteCsv
) -> None:
    ran = run("import", "listings", write_csv("l.csv", HEADER, [(*ROW, "余り"), ("※先月分",)]))
    assert "見出しより多くの列があります" in ran.out
    assert "※先月分" in ran.out
    assert not Listing.objects.exists()


def test_a_missing_column_is_named_and_nothing_is_taken(
    kawasaki: object, run: Run, write_csv: WriteCsv
) -> None:
    ran = run("import", "listings", write_csv("l.csv", HEADER[2:], [ROW[2:]]))
    assert (ran.code, "必要な列「区分」がありません" in ran.error, Listing.objects.count()) == (2, True, 0)


def test_a_workbook_is_read(kawasaki: object, run: Run, tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(list(HEADER))
    book.active.append(
        [
            dt.datetime(2027, 4, 1) if name == "いつから" else cell
            for name, cell in zip(HEADER, ROW, strict=True)
        ]
    )
    book.save(tmp_path / "l.xlsx")
    run("import", "listings", tmp_path / "l.xlsx")
    assert Listing.objects.get().availabilities.get().starts_on == dt.date(2027, 4, 1)


@pytest.mark.parametrize("name", ["t.xlsx", "t.csv"])
@pytest.mark.parametrize("what", ["listings", "actors"])
def test_a_template_imports_cleanly_and_its_example_is_passed_over(
    kawasaki: object, run: Run, tmp_path: Path, what: str, name: str
) -> None:
    assert run("template", what, tmp_path / name).code == 0
    ran = run("import", what, tmp_path / name)
    assert (ran.code, "飛ばしました: 1件" in ran.out, "見本の行なので飛ばしました" in ran.out) == (
        0, True, True,
    ), ran.out  # fmt: skip
    assert ("取り込めません" in ran.out, "直した" in ran.out) == (False, False)
    assert "として取り込みました" not in ran.out
    assert (Listing.objects.count(), Actor.objects.count()) == (0, 0)
    again = run("template", what, tmp_path / name)
    assert (again.code, "もうあります" in again.error) == (2, True)


def test_which_town_has_to_be_said_where_there_are_two(
    kawasaki: Municipality, run: Run, tmp_path: Path
) -> None:
    other = Municipality.objects.create(area=Area.objects.get(code="142077"), name="茅ヶ崎市")
    path = write_lines(tmp_path / "l.jsonl", [NEED])
    ran = run("import", "listings", path)
    assert (ran.code, "--municipality" in ran.error) == (2, True)
    run("import", "listings", path, "--municipality", "142077")
    assert Listing.objects.get().municipality == other
    assert Actor.objects.get().municipality == other
