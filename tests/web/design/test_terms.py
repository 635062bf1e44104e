"""The office's words are linked to the glossary once a page, in running text only."""

import re

import pytest
from django.test import Client
from django.utils.translation import override

from musubi.web.design.terms import TERMS, link_terms
from tests.factories import Town


def linked(inner: str, language: str = "ja") -> str:
    with override(language):
        return link_terms(f"<p>協働</p><main id='main'>{inner}</main><p>協働</p>")[
            len("<p>協働</p><main id='main'>") : -len("</main><p>協働</p>")
        ]


LINK = '<a class="term" href="/glossary/#kyodo">協働</a>'


@pytest.mark.parametrize("element", ["p", "li", "dd", "td"])
def test_the_first_time_in_running_text_is_a_link(element: str) -> None:
    assert linked(f"<{element}>市との協働で、また協働を。</{element}><p>協働</p>") == (
        f"<{element}>市との{LINK}で、また協働を。</{element}><p>協働</p>"
    )


@pytest.mark.parametrize(
    "html",
    [
        "<h2>協働</h2>", "<p><a href='/'>協働の例</a></p>", "<p><button>協働</button></p>", "<div>協働</div>",
        "<form><p>協働とは</p></form>", '<div class="prose" lang="ja"><p>協働したい</p></div>', '<p lang="ja">協働したい</p>',
        "<p>市民協働課と協働メニュー</p>", "<p><b title='協働'>名</b></p>", "<dl><dt>協働</dt></dl>", "<!-- <p>協働</p> -->",
        '<p class="badges">協働</p>', "<p><ruby>協働<rt>きょうどう</rt></ruby></p>", "<li><label>協働</label></li>",
    ],
)  # fmt: skip
def test_nowhere_else(html: str) -> None:
    assert linked(html) == html


def test_after_what_people_wrote_the_page_goes_on() -> None:
    assert (
        linked('<div lang="ja"><br><p>協働</p></div><p>協働</p>')
        == f'<div lang="ja"><br><p>協働</p></div><p>{LINK}</p>'
    )


def test_each_term_once_and_the_longest_form_first() -> None:
    html = linked("<p>補助金と補助、指定管理者。</p>")
    assert re.findall(r'#([a-z-]+)">(.*?)<', html) == [("hojo", "補助金"), ("shitei-kanri", "指定管理者")]


def test_what_is_part_of_another_word_does_not_hide_the_word_itself() -> None:
    assert (
        linked("<p>市民協働課。市との協働。協働メニュー。</p>")
        == f"<p>市民協働課。市との{LINK}。協働メニュー。</p>"
    )
    english = linked("<p>A co-endorsement, endorsement_2 and an ENDORSEMENT.</p>", "en")
    assert re.findall(r'#([a-z-]+)">(.*?)<', english) == [("koen", "ENDORSEMENT")]


def test_in_the_readers_language() -> None:
    english = linked("<p>Endorsement, endorsements and a subsidy.</p>", "en")
    assert re.findall(r'#([a-z-]+)">(.*?)<', english)[0] == ("koen", "Endorsement")
    assert LINK in linked("<p>協働〈いっしょに活動すること〉</p>", "ja-easy")


def test_anchors_are_told_apart() -> None:
    assert len({term.code for term in TERMS}) == len(TERMS)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["ja", "en", "ja-easy"])
def test_the_glossary_has_an_anchor_an_example_and_what_to_bring_for_each(town: Town, language: str) -> None:
    client = Client(headers={"accept-language": "ja"})
    client.cookies["language"] = language
    html = client.get("/glossary/").content.decode()
    said = re.sub(r'<span lang="ja">(.*?)</span>', r"\1", html)
    for term in TERMS:
        with override(language):
            assert f'id="{term.code}"' in html
            assert term.title in html.replace("<wbr>", "")
            assert str(term.example) in said
            assert str(term.brings) in said
    assert 'class="term"' not in html


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/", "/help/", "/about/", "/register/", "/roadmap/", "/menu/", "/privacy/", "/projects/"]
)
def test_on_pages_no_link_stands_in_a_link_and_none_twice(town: Town, path: str) -> None:
    html = Client().get(path).content.decode()
    links = re.findall(r'<a class="term" href="/glossary/#([a-z-]+)">', html)
    assert len(links) == len(set(links))
    assert re.search(r"<a\b[^>]*>(?:(?!</a>).)*<a\b", html, re.DOTALL) is None
    assert set(links) <= {term.code for term in TERMS}


@pytest.mark.django_db
def test_the_register_explains_its_words(town: Town) -> None:
    html = Client().get("/register/").content.decode()
    assert re.findall(r'#([a-z-]+)">(?:後援|協定)', html) == ["koen", "kyotei"]
