"""Cells as people fill them."""

import datetime as dt

import pytest

from musubi.config.imports.actors import corporate_number
from musubi.config.imports.cells import Cells, read_day, read_point, read_weekdays, repaired_code
from musubi.config.imports.codes import is_code, possible_codes
from musubi.config.imports.errors import RefusedRow
from musubi.config.imports.npo_portal import hiragana


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2027-04-01", dt.date(2027, 4, 1)),
        ("2027/4/1", dt.date(2027, 4, 1)),
        ("２０２７年４月１日（木）", dt.date(2027, 4, 1)),
        ("20270401", dt.date(2027, 4, 1)),
        ("令和9年4月1日", dt.date(2027, 4, 1)),
        ("R9.4.1", dt.date(2027, 4, 1)),
        ("平成元年1月8日", dt.date(1989, 1, 8)),
        ("2027-04-01 00:00", dt.date(2027, 4, 1)),
        ("46478", dt.date(2027, 4, 1)),
        ("2027-02-30", None),
        ("4月1日", None),
        ("そのうち", None),
    ],
)
def test_days_are_read_as_they_are_written(text: str, day: dt.date | None) -> None:
    assert read_day(text) == day


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("土日", (5, 6)),
        ("土、日曜日", (5, 6)),
        ("平日", (0, 1, 2, 3, 4)),
        ("月〜水", (0, 1, 2)),
        ("金-月", (0, 4, 5, 6)),
        ("毎日", ()),
        ("土日祝", (5, 6)),
        ("", ()),
    ],
)
def test_weekdays_are_read_as_they_are_written(text: str, days: tuple[int, ...]) -> None:
    assert read_weekdays(text) == days


def test_a_weekday_that_is_none_is_refused() -> None:
    with pytest.raises(RefusedRow, match="曜日「第2」が読めません"):
        read_weekdays("第2")


@pytest.mark.parametrize(
    ("text", "code", "repairs"),
    [
        ("141305", "141305", []),
        (
            "14130",
            "141305",
            ["コード「14130」は検査数字（最後の1けた）が落ちていたので「141305」に直しました。"],
        ),
        ("11002", "011002", ["コード「11002」は先頭の0が落ちていたので「011002」に直しました。"]),
        (
            "1100",
            "011002",
            ["コード「1100」は先頭の0と検査数字（最後の1けた）が落ちていたので「011002」に直しました。"],
        ),
        ("１４１３０５", "141305", ["コードを半角の「141305」に直しました。"]),
        ("141305.0", "141305", ["コードを半角の「141305」に直しました。"]),
    ],
)
def test_codes_that_lost_digits_get_them_back(text: str, code: str, repairs: list[str]) -> None:
    cells = Cells(2, {})
    assert (repaired_code(cells, text), cells.repairs) == (code, repairs)


@pytest.mark.parametrize("text", ["141306", "中原区", "99", "1413055", "48130"])
def test_what_is_no_code_is_refused(text: str) -> None:
    with pytest.raises(RefusedRow):
        repaired_code(Cells(2, {}), text)


def test_where_digits_allow_two_codes_the_known_one_is_meant() -> None:
    both = possible_codes("13226")
    assert both == ["013226", "132268"]
    assert all(is_code(code) for code in both)
    assert repaired_code(Cells(2, {}), "13226", {"132268"}) == "132268"


@pytest.mark.parametrize(
    ("lat", "lng", "point", "repairs"),
    [
        ("35.5", "139.7", (35.5, 139.7), 0),
        ("139.7", "35.5", (35.5, 139.7), 1),
        ("―", "―", (None, None), 0),
        (None, None, (None, None), 0),
        ("35.5", "―", (None, None), 1),
        ("0", "0", (None, None), 1),
    ],
)
def test_points_are_put_right_or_left_out(
    lat: str | None, lng: str | None, point: tuple[float | None, float | None], repairs: int
) -> None:
    cells = Cells(2, {})
    assert (read_point(cells, lat, lng), len(cells.repairs)) == (point, repairs)


def test_a_corporate_number_is_checked() -> None:
    assert corporate_number(Cells(2, {"法人番号": "7000012050002"}), "法人番号") == "7000012050002"
    assert (
        corporate_number(Cells(2, {"法人番号": "７００００１２０５０００２"}), "法人番号") == "7000012050002"
    )
    for wrong in ("8000012050002", "700001205000", "7.00E+12"):
        with pytest.raises(RefusedRow):
            corporate_number(Cells(2, {"法人番号": wrong}), "法人番号")


def test_a_reading_is_hiragana_without_the_corporate_form() -> None:
    assert hiragana("トクテイヒエイリカツドウホウジン　アオゾラ") == "あおぞら"
    assert hiragana("ｱｵｿﾞﾗﾉｶｲ") == "あおぞらのかい"


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("180", 180),
        ("180.0", 180),
        ("１８０分", 180),
        ("3 時間", 180),
        ("1.5時間", 90),
        ("4.1時間", 246),
        ("8.2時間", 492),
        ("１時間半", 90),
        ("1時間30分", 90),
        ("三時間", 180),
        ("二時間半", 150),
        ("三十分", 30),
        ("一時間三十分", 90),
        ("百八十分", 180),
        ("1時間三十分", 90),
        ("なし", None),
    ],
)
def test_lengths_are_read_as_they_are_written(text: str, minutes: int | None) -> None:
    assert Cells(2, {"長さ": text}).minutes("長さ") == minutes


@pytest.mark.parametrize(
    "text",
    [
        "1.5時間半",
        "1時間半30分",
        "1.01時間",
        "3十分",
        "十5分",
        "十十分",
        "半日",
        "14分",
        "25時間",
        "二十五時間",
    ],
)
def test_what_is_no_length_is_refused(text: str) -> None:
    with pytest.raises(RefusedRow, match=f"「{text}」は、15分から24時間までの長さとして読めません"):
        Cells(2, {"長さ": text}).minutes("長さ")
