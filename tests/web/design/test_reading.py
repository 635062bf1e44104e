"""What people type is read as what they mean."""

from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musubi.web.design import reading


@pytest.mark.parametrize(
    ("year", "month", "day", "expected"),
    [
        ("2026", "11", "20", date(2026, 11, 20)),
        ("２０２６", "１１", "２０", date(2026, 11, 20)),
        ("令和8", "11", "20", date(2026, 11, 20)),
        ("令和８年", "11月", "20日", date(2026, 11, 20)),
        ("R8", "1", "2", date(2026, 1, 2)),
        ("r8", "01", "02", date(2026, 1, 2)),
        ("令和元年", "5", "1", date(2019, 5, 1)),
        ("平成31", "4", "30", date(2019, 4, 30)),
        ("昭和64", "1", "7", date(1989, 1, 7)),
        (" 2028 ", "2", "29", date(2028, 2, 29)),
        ("2026", "2", "29", None),
        ("2026", "13", "1", None),
        ("26", "11", "20", None),
        ("明治45", "1", "1", None),
        ("2026", "十一", "20", None),
        ("0000", "1", "1", None),
        ("2026", "-1", "1", None),
    ],
)
def test_dates(year: str, month: str, day: str, expected: date | None) -> None:
    assert reading.read_date(year, month, day) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("13:30", time(13, 30)),
        ("１３：３０", time(13, 30)),
        ("1330", time(13, 30)),
        ("930", time(9, 30)),
        ("13時", time(13)),
        ("9", time(9)),
        ("13時30分", time(13, 30)),
        ("午後1時半", time(13, 30)),
        ("1:30 pm", time(13, 30)),
        ("6 p.m.", time(18)),
        ("12 am", time(0)),
        ("13:30 pm", None),
        ("午後 1:05", time(13, 5)),
        ("午前0時", time(0)),
        ("午後12時", time(12)),
        ("午前12時", time(0)),
        ("24:00", None),
        ("12:60", None),
        ("午後13時", None),
        ("夕方", None),
        ("", None),
    ],
)
def test_times(text: str, expected: time | None) -> None:
    assert reading.read_time(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("30", (Decimal(30), "")),
        ("３０人", (Decimal(30), "人")),
        ("約1,200円", (Decimal(1200), "円")),
        ("１，２００円", (Decimal(1200), "円")),
        ("3万円", (Decimal(30000), "円")),
        ("3万5千円", (Decimal(35000), "円")),
        ("2千", (Decimal(2000), "")),
        ("1.5時間", (Decimal("1.5"), "時間")),
        ("10名程度", (Decimal(10), "名")),
        ("20人くらい", (Decimal(20), "人")),
        ("たくさん", None),
        ("人", None),
        ("10〜20人", None),
    ],
)
def test_amounts(text: str, expected: tuple[Decimal, str] | None) -> None:
    assert reading.read_amount(text) == expected


@given(st.text())
def test_any_text_is_read_or_refused_and_never_breaks(text: str) -> None:
    reading.read_amount(text)
    reading.read_time(text)
    reading.read_date(text, text, text)
    cleaned = reading.plain_text(text, multiline=False)
    assert "\x00" not in cleaned
    assert "\n" not in cleaned
    assert reading.plain_text(cleaned) == cleaned


def test_invisible_characters_go_and_emoji_stay() -> None:
    typed = "子ども\x00食堂\u202e\u200b\r\n👨\u200d👩\u200d👧 葛󠄀城"
    assert reading.plain_text(typed) == "子ども食堂\n👨\u200d👩\u200d👧 葛󠄀城"
    assert reading.plain_text("一行\r\n二行", multiline=False) == "一行 二行"
