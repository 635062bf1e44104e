"""`musubi import actors`: our own table, and the NPO portal's sixty columns."""

from collections import Counter
from pathlib import Path

import pytest

from musubi.base.places.models import Area, Municipality
from musubi.flow.actors.models import Actor, Credential
from tests import factories

from . import portal
from .conftest import Run, WriteCsv, report_rows

HEADER = (
    "管理番号",
    "名前",
    "ふりがな",
    "種類",
    "区",
    "分野",
    "設立",
    "代表者",
    "メール",
    "電話",
    "住所",
    "ホームページ",
    "法人番号",
    "公開する項目",
)
ROW = (
    *(
        "G-1",
        "あおぞら食堂の会",
        "あおぞらしょくどうのかい",
        "市民活動団体",
        "",
        "1、子どもの健全育成",
        "平成31年4月1日",
    ),
    *(
        "結城花子",
        "ao@example.jp",
        "0000-00-0000",
        "神奈川県川崎市中原区小杉町３丁目１番",
        "www.example.jp",
        "",
        "ホームページ、電話",
    ),
)


def changed(**values: str) -> tuple[str, ...]:
    return tuple(values.get(name, cell) for name, cell in zip(HEADER, ROW, strict=True))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp932"])
def test_a_row_becomes_an_actor(kawasaki: object, run: Run, write_csv: WriteCsv, encoding: str) -> None:
    ran = run("import", "actors", write_csv("a.csv", HEADER, [ROW], encoding))
    assert (ran.code, "取り込みました: 1件" in ran.out) == (0, True), ran
    actor = Actor.objects.get()
    assert (actor.name, actor.kana, actor.kind, actor.state, actor.external_ref) == (
        "あおぞら食堂の会", "あおぞらしょくどうのかい", "civic_group", "pending", "G-1",
    )  # fmt: skip
    assert (actor.area.code, actor.fields, str(actor.founded_on), actor.email, actor.url) == (
        "141330", [1, 13], "2019-04-01", "ao@example.jp", "https://www.example.jp",
    )  # fmt: skip
    assert actor.item_visibility == {"url": "public", "phone": "public"}
    assert (actor.visibility_of("representative"), actor.visibility_of("email")) == ("city_hall", "city_hall")


def test_the_same_file_twice_changes_nothing(kawasaki: object, run: Run, write_csv: WriteCsv) -> None:
    path = write_csv("a.csv", HEADER, [ROW, changed(管理番号="", 名前="ほかの会")])
    run("import", "actors", path)
    before = list(Actor.objects.order_by("pk").values())
    assert "前と同じです: 2件" in run("import", "actors", path).out
    assert list(Actor.objects.order_by("pk").values()) == before


def test_what_members_look_after_stays_theirs(kawasaki: Municipality, run: Run, write_csv: WriteCsv) -> None:
    factories.make_actor(kawasaki, factories.make_person(), name="わたしたちの名前", external_ref="G-1")
    run("import", "actors", write_csv("a.csv", HEADER, [ROW]))
    assert Actor.objects.get().name == "わたしたちの名前"


def test_the_state_of_new_actors_can_be_chosen(kawasaki: object, run: Run, write_csv: WriteCsv) -> None:
    run("import", "actors", write_csv("a.csv", HEADER, [ROW]), "--state", "verified")
    assert Actor.objects.get().state == "verified"


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"名前": "―"}, "「名前」がありません"),
        ({"種類": "秘密結社"}, "「種類」の「秘密結社」は使えません"),
        ({"区": "どこか区"}, "「どこか区」という地域はありません"),
        ({"住所": "神奈川県茅ヶ崎市菱沼海岸1"}, "住所が「茅ヶ崎市」で、川崎市の外です"),
        ({"法人番号": "8000012050002"}, "検査数字"),
        ({"設立": "むかし"}, "日付として読めません"),
        ({"設立": "2999-04-01"}, "これから先の日です"),
        ({"電話": "0" * 31}, "「電話」が長すぎます"),
    ],
)
def test_a_broken_row_is_refused(
    kawasaki: object, run: Run, write_csv: WriteCsv, values: dict[str, str], sentence: str
) -> None:
    ran = run("import", "actors", write_csv("a.csv", HEADER, [changed(**values)]))
    assert (ran.code, sentence in ran.out, Actor.objects.count()) == (1, True, 0), ran.out
    assert ran.error.startswith("a.csv からは、一件も取り込めませんでした。")


def test_what_can_be_left_out_is_and_is_said(kawasaki: object, run: Run, write_csv: WriteCsv) -> None:
    row = changed(メール="ao(at)example.jp", ホームページ="準備中", 分野="1、魔法", 公開する項目="年齢")
    ran = run("import", "actors", write_csv("a.csv", HEADER, [row]))
    for said in ("メールアドレスではない", "ホームページの住所ではない", "20分野にない", "公開しません"):
        assert said in ran.out
    actor = Actor.objects.get()
    assert (actor.email, actor.url, actor.fields, actor.item_visibility) == ("", "", [1], {})


def test_a_missing_column_is_named(kawasaki: object, run: Run, write_csv: WriteCsv) -> None:
    ran = run("import", "actors", write_csv("a.csv", ("名前", "電話"), [("会", "1")]))
    assert (
        ran.code,
        "必要な列「種類」がありません（見つけた列: 名前、電話。必要な列: 名前、種類）" in ran.error,
    ) == (2, True)


PLACES = [("神奈川県川崎市中原区", ["小杉町"]), ("川崎市幸区", ["南幸町"])]


def test_the_portals_file_is_taken_with_what_vouches(kawasaki: object, run: Run, tmp_path: Path) -> None:
    rows, dirt = portal.rows_of(200, PLACES)
    portal.write(tmp_path / "npo.csv", rows)
    ran = run("import", "actors", tmp_path / "npo.csv", "--report", tmp_path / "report.csv")
    assert ran.code == 0, ran
    report = report_rows(tmp_path / "report.csv")
    results = Counter(row["結果"] for row in report)
    refused = sum(dirt[kind] for kind in portal.REFUSED)
    repaired = sum(dirt[kind] for kind in portal.REPAIRED)
    assert results == {
        "取り込みました": 200 - refused - repaired,
        "取り込みました（直して）": repaired,
        "取り込めません": refused,
        "読み飛ばしました": 1,
    }
    actor = Actor.objects.get(external_ref=portal.corporate_number(20))
    source = dict(zip(portal.HEADER, rows[20], strict=True))
    assert (actor.name, actor.kind, actor.address, actor.corporate_number) == (
        source["法人名称"], "npo", source["主たる事務所の所在地"], source["法人番号"],
    )  # fmt: skip
    assert actor.fields == [n for n in range(1, 21) if rows[20][11 + n] == "○"]
    assert actor.area.code == ("141330" if "中原区" in actor.address else "141321")
    assert actor.kana.startswith(("あおぞら", "みずいろ", "ひだまり"))
    assert set(actor.credentials.values_list("title", "issuer_name")) == {
        ("特定非営利活動法人の設立の認証", source["所轄庁"]),
        ("認定特定非営利活動法人", source["所轄庁"]),
    }
    towns = set(Actor.objects.filter(address__contains="小杉町３丁目").values_list("town", flat=True))
    assert towns == {"小杉町三丁目"}


def test_the_portals_file_lacking_a_column_is_still_taken_for_it(
    kawasaki: object, run: Run, write_csv: WriteCsv
) -> None:
    rows, _ = portal.rows_of(1, PLACES)
    ran = run("import", "actors", write_csv("npo.csv", portal.HEADER[1:], [rows[0][1:]]))
    assert (ran.code, Actor.objects.count()) == (2, 0)
    assert (
        "npo.csv は内閣府 NPO法人ポータルのデータのようですが、1行目に、必要な列「法人名称」がありません"
        in ran.error
    )
    assert "種類" not in ran.error


def test_a_portal_row_founded_in_the_future_is_refused_and_no_made_up_key_shown(
    kawasaki: object, run: Run, tmp_path: Path
) -> None:
    rows, _ = portal.rows_of(9, PLACES)
    founded, number = portal.HEADER.index("設立年月日"), portal.HEADER.index("法人番号")
    good, bad = rows[7], rows[8]
    good[number], bad[founded] = "", "2999/4/1"
    portal.write(tmp_path / "npo.csv", [good, bad], memo="")
    ran = run("import", "actors", tmp_path / "npo.csv", "--report", tmp_path / "r.csv")
    assert ran.code == 0
    taken, refused = report_rows(tmp_path / "r.csv")
    assert (taken["結果"], taken["番号"]) == ("取り込みました", "")
    assert (refused["結果"], "これから先の日です" in refused["取り込めない理由"]) == ("取り込めません", True)


def test_an_unknown_town_is_kept_and_said(kawasaki: object, run: Run, write_csv: WriteCsv) -> None:
    row = (*changed(区="中原区"), "存在しない町")
    ran = run("import", "actors", write_csv("a.csv", (*HEADER, "町名"), [row]))
    assert "注意: 町名「存在しない町」は" in ran.out
    assert Actor.objects.get().town == "存在しない町"


def test_the_portals_file_twice_changes_nothing(kawasaki: object, run: Run, tmp_path: Path) -> None:
    rows, _ = portal.rows_of(100, PLACES)
    portal.write(tmp_path / "npo.csv", rows)
    run("import", "actors", tmp_path / "npo.csv")
    before = (list(Actor.objects.order_by("pk").values()), list(Credential.objects.order_by("pk").values()))
    assert before[0]
    ran = run("import", "actors", tmp_path / "npo.csv")
    assert "取り込みました:" not in ran.out
    assert "新しくしました" not in ran.out
    assert (
        list(Actor.objects.order_by("pk").values()),
        list(Credential.objects.order_by("pk").values()),
    ) == before


def test_a_dissolved_corporation_is_closed_if_known(kawasaki: object, run: Run, tmp_path: Path) -> None:
    rows, _ = portal.rows_of(60, PLACES)
    alive = rows[50]
    portal.write(tmp_path / "npo.csv", [alive])
    run("import", "actors", tmp_path / "npo.csv")
    gone = [*alive]
    gone[portal.HEADER.index("解散情報")] = "2026/3/31 総会の決議"
    portal.write(tmp_path / "npo2.csv", [gone])
    ran = run("import", "actors", tmp_path / "npo2.csv")
    assert "活動終了にしました" in ran.out
    assert list(Actor.objects.values_list("state", "closed_reason")) == [("closed", "dissolved")]


def test_with_all_others_are_taken_without_an_area(kawasaki: object, run: Run, tmp_path: Path) -> None:
    rows, _ = portal.rows_of(60, [("神奈川県茅ヶ崎市", ["菱沼海岸"])])
    portal.write(tmp_path / "npo.csv", [rows[50]])
    assert "川崎市の外です" in run("import", "actors", tmp_path / "npo.csv").out
    run("import", "actors", tmp_path / "npo.csv", "--all")
    actor = Actor.objects.get()
    assert (actor.area, actor.address.startswith("神奈川県茅ヶ崎市")) == (None, True)


def test_the_authority_tells_cities_of_one_name_apart(kawasaki: object, run: Run, tmp_path: Path) -> None:
    tokyo = factories.make_area("prefecture", "東京都", "130001")
    hiroshima = factories.make_area("prefecture", "広島県", "340006")
    city = factories.make_area("city", "府中市", "132063", tokyo)
    factories.make_area("city", "府中市", "342084", hiroshima)
    Municipality.objects.all().delete()
    Municipality.objects.create(area=Area.objects.get(pk=city.pk), name="府中市")
    rows, _ = portal.rows_of(60, [("府中市", ["宮町"])])
    here, there = [*rows[50]], [*rows[51]]
    here[portal.HEADER.index("所轄庁")], there[portal.HEADER.index("所轄庁")] = "東京都", "広島県"
    portal.write(tmp_path / "npo.csv", [here, there])
    run("import", "actors", tmp_path / "npo.csv")
    assert [actor.name for actor in Actor.objects.all()] == [here[0]]
