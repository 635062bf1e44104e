"""Furigana in HTML: over the kanji of the text, and nothing else touched."""

import re

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from musubi.base.knowledge.queries import furigana_reader
from musubi.web.design.phrases import break_headings
from musubi.web.design.ruby import Furigana, without_ruby

FURIGANA = Furigana(furigana_reader({"結浜市": "ゆいはまし"}).pieces)
RUBY = re.compile(
    r'<ruby>((?:(?!</?r[ubpt]).)*)<rp>（</rp><rt aria-hidden="true">([^<]*)</rt><rp>）</rp></ruby>'
)


def shortly(page: str) -> str:
    """{会議|かいぎ} for each ruby; and that the page is the same without them."""
    read = FURIGANA.on(page)
    assert without_ruby(read) == page
    return RUBY.sub(r"{\1|\2}", re.sub("</?read-as>", "", read))


@pytest.mark.parametrize(
    "page",
    [
        "<title>会議 | 結浜市</title>",
        "<script>const a = '会議';</script>",
        "<style>/* 会議 */</style>",
        "<textarea>会議</p><b>会議</b></textarea>",
        "<select><option>会議<option>大人</select>",
        '<datalist id="d"><option value="会議">会議</option></datalist>',
        "<code>会議</code>",
        "<pre>会議<b>大人</b></pre>",
        "<ruby>会議<rt>かいぎ</rt></ruby>",
        '<p translate="no">会議<span>大人</span></p>',
        '<p lang="en">会議 <b>大人</b></p>',
        "<p lang=zh-Hans>会議</p>",
        "<svg><title>会議</title><text>大人</text></svg>",
        "<!-- 会議 <p>大人</p> -->",
        '<img alt="会議" src="/a?b=1&amp;c=会議">',
        '<input value="会議" aria-label="会議" title="会議">',
        '<html lang="en"><p>会議</p></html>',
    ],
)
def test_what_is_no_text_of_the_page_is_left_alone(page: str) -> None:
    assert FURIGANA.on(page) == page
    assert shortly(f"{page}会議" if "</html>" not in page else page).endswith(("{会議|かいぎ}", "</html>"))


@pytest.mark.parametrize(
    ("page", "read"),
    [
        ("<p>会議</p>", "<p>{会議|かいぎ}</p>"),
        ("<p>\n    食べ物\n  </p>", "<p>\n    {食|た}べ{物|もの}\n  </p>"),
        ('<a title="a > b" href="/会議/">会議</a>', '<a title="a > b" href="/会議/">{会議|かいぎ}</a>'),
        ('<button value="会議">会議</button>', '<button value="会議">{会議|かいぎ}</button>'),
        ("<p>A&amp;B会社の&lt;会議&gt;</p>", "<p>A&amp;B{会社|かいしゃ}の&lt;{会議|かいぎ}&gt;</p>"),
        ("<p>5<br>人</p>", "<p>5<br>{人|ひと}</p>"),
        ('<p lang="ja">大人<br>子ども', '<p lang="ja">{大人|おとな}<br>{子|こ}ども'),
        ("<p lang=en><p lang=en>会議</p></p>会議", "<p lang=en><p lang=en>会議</p></p>{会議|かいぎ}"),
        ("<option selected>会議</option>会議", "<option selected>会議</option>{会議|かいぎ}"),
        ("<p>a < b, 会議", "<p>a < b, {会議|かいぎ}"),
    ],
)
def test_text_is_read(page: str, read: str) -> None:
    assert shortly(page) == read


@pytest.mark.parametrize(
    ("page", "read"),
    [
        ("<mark>今日</mark>は<mark>晴</mark>れ", "<mark>{今日|きょう}</mark>は<mark>{晴|は}</mark>れ"),
        ("夏<mark>祭</mark>りの日", "{夏<mark>祭</mark>|なつまつ}りの{日|ひ}"),
        ("<mark>今</mark>日は", "{<mark>今</mark>日|きょう}は"),
        ("<strong>1</strong>人", "{<strong>1</strong>人|ひとり}"),
        ("<strong>3</strong>人", "<strong>3</strong>{人|にん}"),
        ("結浜<wbr>市の会", "{結浜<wbr>市|ゆいはまし}の{会|かい}"),
        ("社<mark>会議</mark>場", "{社|しゃ}<mark>{会議|かいぎ}</mark>{場|じょう}"),
        ("大<mark>人数</mark>と", "{大|おお}<mark>{人数|にんずう}</mark>と"),
        ("今<mark>日と</mark>会う", "今<mark>日と</mark>{会|あ}う"),
    ],
)
def test_a_word_through_marks_is_read_as_one(page: str, read: str) -> None:
    assert shortly(page) == read


@pytest.mark.parametrize(
    ("page", "read"),
    [
        (
            '<select><option value="1" selected>会議<option value="2">大人</option></select>',
            '<select><option value="1" selected>会議（かいぎ）<option value="2">大人（おとな）</option></select>',
        ),
        (
            '<select><optgroup label="会議"><option value="1">A&amp;B会社</option></optgroup></select>',
            '<select><optgroup label="会議（かいぎ）"><option value="1">A&amp;B会社</option></optgroup></select>',
        ),
        ('<td data-label="会議">a</td>', '<td data-label="会議（かいぎ）">a</td>'),
        ('<td data-label="大人の会議">a</td>', '<td data-label="大人（おとな）の会議（かいぎ）">a</td>'),
        (
            '<input value="会議" placeholder="会議" aria-label="会議">',
            '<input value="会議" placeholder="会議（かいぎ）" aria-label="会議">',
        ),
        ('<td data-label="会&amp;議">a</td>', '<td data-label="会&amp;議">a</td>'),
        ('<option value="1">会議</option>', '<option value="1">会議</option>'),
        ('<p lang="en"><input placeholder="会議"></p>', '<p lang="en"><input placeholder="会議"></p>'),
        ('<td lang="en" data-label="会議">a</td>', '<td lang="en" data-label="会議">a</td>'),
    ],
)
def test_where_no_element_can_stand_the_reading_follows(page: str, read: str) -> None:
    assert FURIGANA.on(page).replace("\u2060", "") == read
    assert without_ruby(FURIGANA.on(page)) == page


@pytest.mark.parametrize(
    ("page", "held"),
    [
        ("<p>食べ物</p>", "<p>[{食|た}べ{物|もの}]</p>"),
        ("<p> 会議 </p>", "<p> {会議|かいぎ} </p>"),
        ("<svg></svg> 夏の<mark>会議</mark>です", "<svg></svg>[ {夏|なつ}の<mark>{会議|かいぎ}</mark>です]"),
        (
            "<strong>お試し用</strong> 架空の町",
            "<strong>[お{試|ため}し{用|よう}]</strong>[ {架空|かくう}の{町|まち}]",
        ),
        ("A&amp;Bの会", "[A&amp;Bの{会|かい}]"),
    ],
)
def test_a_text_stays_one_thing_in_a_row_of_things(page: str, held: str) -> None:
    """Each `<ruby>` would be an item of its own in a flex box."""
    read = FURIGANA.on(page).replace("<read-as>", "[").replace("</read-as>", "]")
    assert RUBY.sub(r"{\1|\2}", read) == held


def test_what_is_kept_is_one_towns_own_reading() -> None:
    other = Furigana(furigana_reader({"結浜市": "むすびはまし"}).pieces)
    for page in ("<p>結浜市の会議</p>", "<p>結浜<mark>市</mark>の会議</p>"):
        first, second = FURIGANA.on(page), other.on(page)
        assert "ゆいはまし" in first
        assert "むすびはまし" in second
        assert (FURIGANA.on(page), other.on(page)) == (first, second)


def test_headings_break_by_phrase_with_readings_as_without() -> None:
    page = '<h1 class="a">みなと町の夏祭りを手伝います&amp;会議</h1><p>みなと町の夏祭り</p>'
    broken_first = FURIGANA.on(break_headings(page))
    assert broken_first == break_headings(FURIGANA.on(page))
    assert without_ruby(broken_first) == break_headings(page)
    assert broken_first.count("<wbr>") >= 3


def test_a_heading_never_breaks_within_a_word_that_has_its_reading() -> None:
    for heading in ("<h2><ruby>結浜市<rt>ゆいはまし</rt></ruby>のことを知る</h2>",):
        assert break_headings(heading) == heading.replace("のことを", "の<wbr>ことを<wbr>")


TAGS = (
    "<p>",
    "</p>",
    "<mark>",
    "</mark>",
    "<br>",
    "<b>",
    "</b>",
    "&amp;",
    "<select>",
    '<option value="1">',
    "</select>",
    '<td data-label="会議">',
    "<!-- 会 -->",
    '<i lang="en">',
    "</i>",
)


@given(
    st.lists(
        st.one_of(st.sampled_from(TAGS), st.text("今日大人の食べ物夏祭り3 社会1\n", max_size=8)), max_size=12
    )
)
def test_whatever_the_page_it_is_the_same_without_ruby(parts: list[str]) -> None:
    page = "".join(parts)
    read = FURIGANA.on(page)
    assert without_ruby(read) == page
    parser = html5lib.HTMLParser()
    if not _faults(parser, page):
        assert not _faults(parser, read)


def _faults(parser: html5lib.HTMLParser, page: str) -> list[object]:
    parser.parseFragment(page)
    return [code for _, code, _ in parser.errors]
