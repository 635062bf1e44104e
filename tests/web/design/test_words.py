"""Dates, waiting times, yen, and text from strangers."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import html5lib
import nh3
import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from musubi.base.common.languages import written_in
from musubi.web.design import wording
from musubi.web.design.markdown import to_html

SAFE_TAGS = {"p", "a", "br", "table", "thead", "tbody", "tr", "th", "td"}
NOW = datetime(2026, 11, 20, 4, 30, tzinfo=UTC)


def test_days_and_moments_are_those_of_the_readers_clock() -> None:
    today = date(2026, 11, 21)
    assert wording.day(date(2026, 11, 20), today=today) == "11月20日(金)"
    assert wording.day(date(2027, 1, 5), today=today) == "2027年1月5日(火)"
    assert wording.moment(NOW, today=today) == "11月20日(金) 13:30"
    assert wording.day(datetime(2026, 11, 20, 16, 0, tzinfo=UTC), today=today) == "11月21日(土)"


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2026, 11, 20), "令和8年11月20日(金)"),
        (date(2019, 5, 1), "令和元年5月1日(水)"),
        (date(2019, 4, 30), "2019年4月30日(火)"),
    ],
)
def test_era(on: date, expected: str) -> None:
    assert wording.era_day(on) == expected


def test_an_era_is_explained_to_whom_it_says_little() -> None:
    on = date(2026, 11, 20)
    assert wording.era_year(on) == "令和8年"
    with written_in("ja-easy"):
        assert wording.era_year(on) == "2026年（令和8年）"
        assert wording.era_year(date(2010, 4, 1)) == "2010年"
    with written_in("en"):
        assert wording.era_year(on) == "2026"


@pytest.mark.parametrize(
    ("ago", "expected"),
    [
        (timedelta(seconds=20), "1分以内"),
        (timedelta(minutes=5), "5分"),
        (timedelta(hours=3), "3時間"),
        (timedelta(days=3, hours=5), "3日"),
        (timedelta(days=75), "2か月"),
        (timedelta(days=400), "1年"),
        (timedelta(days=-2), "1分以内"),
    ],
)
def test_waiting(ago: timedelta, expected: str) -> None:
    assert wording.waiting(NOW - ago, NOW) == expected


def test_waiting_since_a_day() -> None:
    assert wording.waiting(date(2026, 11, 17), NOW) == "3日"
    assert wording.waiting(date(2026, 11, 20), NOW) == "今日"


def test_filters_say_nothing_about_nothing() -> None:
    page = "{% load design %}[{{ x|day }}{{ x|moment }}{{ x|wareki }}{{ x|wareki_year }}{{ x|waiting }}{{ x|yen }}{{ x|markdown }}]"
    assert Template(page).render(Context({"x": None})) == "[]"


def test_yen() -> None:
    assert wording.yen(12000) == "12,000円"
    assert wording.yen(Decimal(0)) == "0円"


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "![x](https://example.jp/track.gif)",
        "<a href='javascript:alert(1)'>x</a>",
        "[x](https://example.jp 'onmouseover=alert(1)')",
        "<style>body{display:none}</style>",
        "|a|\n|:-:|\n|b|",
    ],
)
def test_text_from_strangers_does_nothing(hostile: str) -> None:
    tree = html5lib.parseFragment(str(to_html(hostile)), namespaceHTMLElements=False)
    for element in tree.iter():
        assert element.tag in {"DOCUMENT_FRAGMENT", *SAFE_TAGS}
        assert set(element.attrib) <= {"href", "rel"}
        assert element.attrib.get("href", "https://").startswith("https://")


@given(st.text(max_size=200))
def test_whatever_is_written_comes_out_clean(text: str) -> None:
    html = str(to_html(text))
    assert nh3.clean(html, link_rel="noopener noreferrer nofollow") == html


def test_simple_marks_work_and_headings_fit_into_the_page() -> None:
    html = to_html("# 大\n\n### 小\n\n## 中\n\n- **太字**\n\n[例](https://example.jp)")
    assert "<h3>大</h3>" in html
    assert "<h4>小</h4>" in html
    assert "<h4>中</h4>" in html
    assert "<strong>太字</strong>" in html
    assert 'rel="noopener noreferrer nofollow"' in html
    assert to_html("## 見出し", level=2) == "<h2>見出し</h2>\n"
