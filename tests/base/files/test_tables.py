"""Tables as offices save them."""

import datetime as dt
import io
import resource
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from musubi.base.files.tables import TableError, blank, guarded, read_table, write_table

TEXT = "名称,区,人数\n浜町町内会,港区,120\n髙島の会①,川辺区,―\n"


def write(folder: Path, content: bytes, name: str = "table.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("encode", "named"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("cp932", "cp932"), ("utf-16", "utf-16")],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_every_usual_encoding_reads_the_same(tmp_path: Path, encode: str, named: str, newline: str) -> None:
    table = read_table(write(tmp_path, TEXT.replace("\n", newline).encode(encode)))

    assert (table.encoding, table.header) == (named, ["名称", "区", "人数"])
    assert [(row.line, row.cells) for row in table] == [
        (2, ["浜町町内会", "港区", "120"]),
        (3, ["髙島の会①", "川辺区", "―"]),
    ]
    assert table.notes == []


def test_a_table_can_be_gone_through_twice_also_from_an_upload() -> None:
    table = read_table(io.BytesIO(TEXT.encode("cp932")))

    assert list(table) == list(table)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "空です"),
        ("名称,区\n浜町,港区\n".encode() + "川辺,".encode() + b"\x85\x40\xff\n", "3 行目に読めない文字"),
        ("名称,区\n浜町町内会,みなと\nかわべの会,ひがし\n".encode("euc_jp"), "EUC-JP"),
        ("名称,区\n浜町,港区\n".encode("iso2022_jp"), "ISO-2022-JP"),
        (b"\x00\x01\x02binary", "文字の表ではない"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "パスワード"),
        (b"PK\x03\x04broken", "Excel"),
        ("名称,区,名 称\n浜町,港区,x\n".encode(), "同じ見出し"),
        (b"\n\n\n", "表が空です"),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path: Path, content: bytes, sentence: str) -> None:
    with pytest.raises(TableError, match=sentence):
        list(read_table(write(tmp_path, content)))


def test_a_wrong_byte_far_down_names_its_line(tmp_path: Path) -> None:
    lines = ["名称,区"] + [f"団体{number},港区" for number in range(120_000)]
    content = "\n".join(lines).encode().replace("団体90000".encode(), b"\x81\xff\xfe")

    with pytest.raises(TableError, match="90002 行目"):
        read_table(write(tmp_path, content))


def test_an_unclosed_quote_names_its_line(tmp_path: Path) -> None:
    content = 'a,b\n1,2\n3,"open\n' + "x,y\n" * 200_000

    with pytest.raises(TableError, match="3 行目"):
        list(read_table(write(tmp_path, content.encode())))


def test_title_above_and_remark_below_are_not_rows(tmp_path: Path) -> None:
    content = "令和8年度 団体一覧\n\n名 称,区,人数\n浜町町内会,港区,120\n,,\n※ 人数は4月現在,,\n"
    table = read_table(write(tmp_path, content.encode("cp932")), known=["名称", "区", "人数"])

    assert [(row.line, row.cells) for row in table] == [(4, ["浜町町内会", "港区", "120"])]
    assert len(table.notes) == 2
    assert "3 行目" in table.notes[0]
    assert "※ 人数は4月現在" in table.notes[1]


def test_a_poor_row_in_the_middle_stays_a_row(tmp_path: Path) -> None:
    table = read_table(write(tmp_path, b"a,b,c\n1,,\n1,2,3\n1,2,3,4\n1\n2,2,2\n"))

    assert [(row.line, row.cells, row.beyond) for row in table] == [
        (2, ["1", "", ""], []),
        (3, ["1", "2", "3"], []),
        (4, ["1", "2", "3"], ["4"]),
        (5, ["1", "", ""], []),
        (6, ["2", "2", "2"], []),
    ]


def test_line_numbers_hold_over_cells_with_line_breaks(tmp_path: Path) -> None:
    table = read_table(write(tmp_path, b'a,b\n1,"x\ny"\n2,z\n'))

    assert [(row.line, row.cells) for row in table] == [(2, ["1", "x\ny"]), (4, ["2", "z"])]


def test_tab_separated_is_seen_from_the_content(tmp_path: Path) -> None:
    table = read_table(write(tmp_path, "名称\t人数\n浜町,港\t3\n".encode()))

    assert [row.cells for row in table] == [["浜町,港", "3"]]


def test_a_workbook_gives_text_as_typed(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["説明"])
    sheet = book.create_sheet("一覧")
    for line in [
        ["名称", "人数", "割合", "日", "時", "可"],
        ["浜町", 120, 0.5, dt.date(2026, 4, 1), dt.time(9, 30), True],
    ]:
        sheet.append(line)
    sheet["B3"] = 7
    book.save(tmp_path / "t.xlsx")
    table = read_table(tmp_path / "t.xlsx", known=["名称", "人数"])

    assert table.sheet == "一覧"
    assert [(row.line, row.cells) for row in table] == [
        (2, ["浜町", "120", "0.5", "2026-04-01", "09:30", "TRUE"])
    ]
    assert any("3 行目" in note for note in table.notes)


@pytest.mark.parametrize("name", ["out.csv", "out.xlsx"])
def test_what_is_written_is_read_again_and_runs_nothing(tmp_path: Path, name: str) -> None:
    rows = [
        ["=1+1", "浜町\nの会", 3],
        ["+81-45-000", "@here", -5],
        ["-3", "a\x07b" if name == "out.xlsx" else "ab", ""],
    ]
    write_table(tmp_path / name, ["甲", "乙", "丙"], rows)
    table = read_table(tmp_path / name)

    first = "=1+1" if name == "out.xlsx" else "'=1+1"
    second = ["+81-45-000", "@here", "-5"] if name == "out.xlsx" else ["'+81-45-000", "'@here", "-5"]
    assert [row.cells for row in table] == [[first, "浜町\nの会", "3"], second, ["-3", "ab", ""]]


def test_csv_opens_in_excel_by_its_mark(tmp_path: Path) -> None:
    write_table(tmp_path / "a.csv", ["名称"], [["浜町"]])

    assert (tmp_path / "a.csv").read_bytes() == b"\xef\xbb\xbf" + "名称\r\n浜町\r\n".encode()


def test_text_in_a_workbook_is_never_a_formula(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    write_table(tmp_path / "a.xlsx", ["甲"], [['=HYPERLINK("http://x","y")']])

    assert load_workbook(tmp_path / "a.xlsx").active["A2"].data_type == "s"


@pytest.mark.parametrize("value", ["", " ", "\u3000", "―", "－", "-", "ー", "…", "――", " — "])
def test_what_stands_for_nothing_is_blank(value: str) -> None:
    assert blank(value) == ""


@pytest.mark.parametrize(
    ("value", "kept"), [(" 浜町 ", "浜町"), ("-1", "-1"), ("コーヒー", "コーヒー"), ("0", "0")]
)
def test_what_says_something_stays(value: str, kept: str) -> None:
    assert blank(value) == kept


@given(st.text())
def test_guarded_text_never_starts_a_formula(text: str) -> None:
    shown = guarded(text)

    assert shown in (text, f"'{text}")
    if shown[:1] in ("=", "@", "\t", "\r"):
        pytest.fail("a spreadsheet would run this")


def test_sixty_thousand_rows_stay_small(tmp_path: Path) -> None:
    path = tmp_path / "big.csv"
    with path.open("w", encoding="cp932", newline="") as file:
        file.write(",".join(f"列{number}" for number in range(60)) + "\r\n")
        for number in range(60_000):
            file.write(",".join([f"特定非営利活動法人{number}", *["横浜市港町一丁目"] * 59]) + "\r\n")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    count = sum(1 for row in read_table(path) if len(row.cells) == 60)

    assert count == 60_000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 60 * 1024
