"""The reader of pages finds what is wrong with them: each fault it knows, and nothing in a page without any."""

import pytest

from tests.web.sound import faults, faults_of_a_page, fingerprint

PAGE = '<!DOCTYPE html><html lang="ja"><head><title>題 | Musubi</title></head><body><main><h1>題</h1>{}</main></body></html>'


def found(body: str) -> list[str]:
    return faults(PAGE.format(body))


@pytest.mark.parametrize(
    "body",
    [
        '<label for="x">名前</label><input id="x" type="text" data-keep aria-describedby="y"><p id="y">短く</p>',
        '<form action="/" method="post"><label>名前 <input name="n"></label><button type="submit">送る</button></form>',
        "<details><summary><h2>くわしく</h2></summary><ul><li>あ</li></ul></details>",
        '<svg viewBox="0 0 1 1" role="img" aria-label="丸"><circle cx="1" cy="1" r="1" stroke-width="2"/></svg>',
        "<dl><div><dt>いつ</dt><dd><p>あす</p></dd></div></dl>",
        "<ruby>町<rp>（</rp><rt>まち</rt><rp>）</rp></ruby>",
    ],
)
def test_what_is_right_passes(body: str) -> None:
    assert found(body) == []
    assert faults_of_a_page(PAGE.format(body)) == []


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("<p>一<div>二</div></p>", "Unexpected end tag (p)"),
        ("<form><form></form></form>", "Unexpected start tag (form)"),
        ("<table><div>一</div></table>", "Unexpected start tag (div)"),
        ('<img src="/x.png">', "no alt"),
        ('<p id="a">一</p><p id="a">二</p>', "the id a stands 2 times"),
        ('<label for="x">名前</label>', "points to #x, which is not there"),
        ('<label for="x">名前</label><p id="x">一</p>', "a label is for #x, a <p>"),
        ('<a href="#nowhere">下へ</a>', "points to #nowhere"),
        ('<a href="/x/"><button type="button">押す</button></a>', "<button> stands in <a>"),
        ('<button type="button"><a href="/x/">行く</a></button>', "<a> stands in <button>"),
        ("<span><div>一</div></span>", "<div> stands in <span>"),
        ("<h2><p>一</p></h2>", "<p> stands in <h2>"),
        ("<ul><div>一</div></ul>", "<div> stands in <ul>"),
        ("<li>一</li>", "<li> stands in <main>"),
        ('<input type="texte">', "<input> has no type texte"),
        ('<button type="go">押す</button>', "<button> has no type go"),
        ("<blink>一</blink>", "<blink> is not an element"),
        ('<p align="center">一</p>', "<p> has no attribute align"),
        ('<p style="color: red">一</p>', "an inline style"),
        ('<p onclick="x()">一</p>', "an inline onclick"),
        ("<script>x()</script>", "a script stands in the page itself"),
        ('<a href="">ここへ</a>', "an empty id, name or address"),
        ("<main>一</main>", "<main> stands in <main>"),
    ],
)
def test_what_is_wrong_is_found(body: str, fault: str) -> None:
    assert [one for one in found(body) if fault in one]


def test_a_page_has_a_language_a_title_one_heading_and_one_main_part() -> None:
    page = PAGE.format("").replace(' lang="ja"', "").replace("題 |", "|").replace("h1>", "h2>")
    assert [one for one in faults_of_a_page(page) if "language" in one]
    assert [one for one in faults_of_a_page(page) if "title of its own" in one]
    assert "0 × <h1" in faults_of_a_page(page)
    assert "2 × <h1" in faults_of_a_page(PAGE.format("<h1>二つ目</h1>"))


def test_two_people_read_the_same_page() -> None:
    first, second = (
        PAGE.format(f'<input type="hidden" name="csrfmiddlewaretoken" value="{mark}">') for mark in "ab"
    )
    assert first != second
    assert fingerprint(first) == fingerprint(second)
    assert fingerprint(first) != fingerprint(PAGE.format("<p>ほか</p>"))
