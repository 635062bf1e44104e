"""Paper: words are never markup, every character is printed or told of, and no font is no broken PDF."""

import datetime as dt
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from musubi.base.accounts.models import User
from musubi.web.shared.paper import pdf_answer
from musubi.web.shared.paper.fonts import Fitting, FontMissing, fonts
from musubi.web.shared.paper.typesetting import SHEETS, set_in_type
from tests.factories import Town
from tests.paper import needs_font, read_paper
from tests.web.minutes import within_one_minute

DAY = dt.date(2026, 11, 29)
HOSTILE = (
    r"""#panic("x") #sys.inputs $x^2$ \ \u{41} @foo [a] *b* _c_ `raw` <lab> // c /* d */ ~ -- "q" {{x}}"""
)


def poster(**values: Any) -> dict[str, Any]:
    return {
        "side": "さがしています",
        "heading": ["いす"],
        "summary": "",
        "facts": [],
        "asking": {"heading": "", "lines": [], "page": ""},
        **values,
    }


def sheet(values: dict[str, Any], **parts: str) -> bytes:
    found = fonts()
    whole = {
        "title": "題", "town": "結浜市", "contact": "", "link": "https://example.jp/", "printed": "", "missing": "",
        "code": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', "code_words": "QR",
        "language": "ja", "values": Fitting(found).fit(values), **parts,
    }  # fmt: skip
    return set_in_type("poster", json.dumps(whole), DAY, found)


@needs_font
def test_words_are_printed_as_typed_and_never_read_as_markup() -> None:
    paper = read_paper(
        sheet(poster(heading=[HOSTILE], summary=HOSTILE, facts=[("いつ", HOSTILE)]), title=HOSTILE)
    )
    assert paper.title == HOSTILE
    assert paper.text.replace(" ", "").count(HOSTILE.replace(" ", "")) == 3


@needs_font
def test_what_is_set_is_a_tagged_document_for_keeping() -> None:
    content = sheet(poster())
    assert content.startswith(b"%PDF-1.7")
    assert b"<pdfuaid:part>1<" in content
    assert b"<pdfaid:part>2<" in content
    assert b"/Lang(ja)" in content
    assert read_paper(content).is_tagged


@needs_font
def test_the_same_values_give_the_same_bytes() -> None:
    values = poster(summary="同じもの")
    first = sheet(values)
    set_in_type.cache_clear()
    assert sheet(values) == first


@needs_font
@pytest.mark.parametrize("run", ["W" * 300, "！" * 300, "っ" * 300, "ー" * 300, "。" * 300, "あ" * 300])
def test_a_run_without_a_break_stays_on_the_paper(run: str) -> None:
    words = [run[:80]]
    content = sheet(poster(heading=words, summary=run[:200], facts=[("いつ", run)]))
    paper = read_paper(content)
    assert len(paper.pages) == 1
    assert min(paper.margins[0]) > 12, "something is printed beyond the margin"
    assert paper.text.count(run[0]) == 580


@needs_font
@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("髙﨑 ①㈱ 葛󠄀", "髙﨑 ①㈱ 葛󠄀"),
        ("か\u3099", "か\u3099"),
        ("お花見🌸👨‍👩‍👧です", "お花見です"),
        ("逆\u202eさ\u200fま\x00に", "逆さまに"),
        ("一行\r\n二行\r三行\u2028四行", "一行\n二行\n三行\n四行"),
        ("タブ\tと\u00a0空白　です", "タブ と 空白　です"),
        ("044‑000　㏕", "044‐000　mil"),
        ("🌸", "〓"),
        ("  ", "  "),
    ],
)
def test_each_character_is_kept_or_left_out_without_a_gap(typed: str, printed: str) -> None:
    fitting = Fitting(fonts())
    assert fitting.text(typed) == printed
    assert fitting.missing_codes == ""


@needs_font
def test_a_character_that_no_font_has_is_told_of() -> None:
    fitting = Fitting(fonts())
    assert fitting.fit({"names": ["\ue000田", ("山\U0002fffd",)], "count": 3, "much": "10⁵"}) == {
        "names": ["〓田", ["山〓"]],
        "count": 3,
        "much": "10〓",
    }
    assert fitting.missing_codes == "U+2075、U+E000、U+2FFFD"


@needs_font
@given(st.text(max_size=60))
def test_whatever_is_typed_can_be_set(text: str) -> None:
    assert sheet(poster(heading=[text.strip() or "題"], summary=text)).startswith(b"%PDF")


def ask(town: Town, user: User | None = None, **headers: str) -> Any:
    request = RequestFactory().get("/x/", headers=headers)
    request.user = user or town.owner
    request.municipality = town.municipality
    return pdf_answer(
        request,
        "poster",
        title='夏祭り/../の\n"いす"',
        town=town.municipality,
        link="https://musubi.example.jp/listings/1/",
        values=poster(summary="\ue000田さん"),
    )


@needs_font
def test_a_download_is_named_after_its_title_and_says_what_it_could_not_print(town: Town) -> None:
    answer = ask(town)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment; filename")
    assert "%E5%A4%8F%E7%A5%AD%E3%82%8A%20%E3%81%AE%20%E3%81%84%E3%81%99.pdf" in answer["Content-Disposition"]
    paper = read_paper(answer.content)
    assert "〓田さん" in paper.text
    assert "U+E000" in paper.text
    assert paper.links == {"https://musubi.example.jp/listings/1/"}
    assert "https://musubi.example.jp/listings/1/" in paper.text


@needs_font
def test_who_has_it_already_does_not_get_it_again(town: Town) -> None:
    answer = ask(town)
    again = ask(town, **{"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == answer["ETag"]


@needs_font
def test_who_asks_without_end_is_asked_to_wait_and_others_are_not(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked() -> list[int]:
        return [ask(town, who).status_code for who in (*[town.viewer] * 4, town.coordinator)]

    assert within_one_minute(asked, monkeypatch) == [200, 200, 200, 429, 200]


def test_without_a_font_nothing_is_set_and_the_page_says_what_to_install(
    town: Town, settings: SimpleNamespace, tmp_path: Path
) -> None:
    settings.FONTS = tmp_path
    with pytest.raises(FontMissing):
        fonts()
    answer = ask(town)
    assert answer.status_code == 503
    assert "fonts-morisawa-bizud-gothic" in answer.content.decode()


@needs_font
def test_a_font_that_is_put_there_later_is_found(settings: SimpleNamespace, tmp_path: Path) -> None:
    there = next(info.path for info in fonts().found.fonts() if info.family == fonts().families[0])
    settings.FONTS = tmp_path
    with pytest.raises(FontMissing):
        fonts()
    (tmp_path / Path(there).name).symlink_to(there)
    assert fonts().families[0]


def test_no_sheet_reads_a_package_or_a_file_of_others() -> None:
    for path in SHEETS.glob("*.typ"):
        words = path.read_text()
        assert "@preview" not in words
        assert "eval(" not in words
