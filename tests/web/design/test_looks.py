"""The looks: chosen without script, kept in a cookie; the accent; headings that break by phrase."""

import re

import pytest
from django.test import Client

from musubi.config import settings as config_settings
from musubi.web.design.phrases import break_headings, with_breaks
from tests.factories import Town
from tests.web.sound import is_sound

LOOK = "/design/look/"


@pytest.fixture
def page(town: Town) -> Client:
    return Client()


def dark_medium(html: str) -> str:
    return re.findall(r'dark\.css"\s+media="([^"]+)"', html)[0]


def test_a_look_is_chosen_kept_and_leads_back(page: Client) -> None:
    assert dark_medium(page.get("/about/").content.decode()) == "screen and (prefers-color-scheme: dark)"
    is_sound(page.get(LOOK, {"next": "/about/"}).content.decode())
    for look, medium in (("dark", "screen"), ("light", "not all")):
        answer = page.post(LOOK, {"look": look, "next": "/about/"})
        assert answer["Location"] == "/about/"
        assert dark_medium(page.get("/about/").content.decode()) == medium
    html = page.get(LOOK).content.decode()
    assert re.search(r'value="light"\s+checked', html)


def test_nonsense_changes_nothing_and_leads_nowhere_else(page: Client) -> None:
    answer = page.post(LOOK, {"look": "pink", "next": "https://elsewhere.example/"})
    assert answer["Location"] == LOOK
    assert "look" not in answer.cookies
    assert page.post(LOOK, {"look": "dark", "next": "https://elsewhere.example/"})["Location"] == "/"
    page.cookies["look"] = "x" * 40
    assert dark_medium(page.get("/about/").content.decode()).endswith("(prefers-color-scheme: dark)")


def test_an_installations_accent_is_linked_only_where_it_has_one(page: Client, settings: object) -> None:
    assert "accent.css" not in page.get("/about/").content.decode()
    settings.ACCENT = "#5b2a86"  # type: ignore[attr-defined]
    html = page.get("/about/").content.decode()
    address = re.findall(r'href="(/design/accent\.css\?5b2a86)"', html)[0]
    answer = page.get(address)
    assert answer["Content-Type"].startswith("text/css")
    assert "immutable" in answer["Cache-Control"]
    assert "--accent:#5b2a86" in answer.content.decode()
    assert page.get("/design/accent.css?115a36").status_code == 404


def test_headings_break_between_phrases_and_say_the_same() -> None:
    assert with_breaks("みなと町の夏祭りを手伝います") == "みなと<wbr>町の<wbr>夏祭りを<wbr>手伝います"
    page = '<h1 class="a"><a href="/?a=1&amp;b=2">机といすを&lt;20&gt;組&amp;毛布を貸せます</a></h1><p>机といすを貸せます</p>'
    broken = break_headings(page)
    assert broken.replace("<wbr>", "") == page
    assert broken.count("<wbr>") >= 2
    assert "<p>机といすを貸せます</p>" in broken
    for entity in ("&lt;", "&gt;", "&amp;"):
        assert broken.count(entity) == page.count(entity)
    assert break_headings("<h2>短い</h2>") == "<h2>短い</h2>"


def test_every_page_has_its_headings_broken(page: Client, settings: object) -> None:
    assert "<wbr>" not in page.get("/about/").content.decode()
    settings.MIDDLEWARE = [*config_settings.MIDDLEWARE]  # type: ignore[attr-defined]  # as it runs; see conftest
    page = Client()
    assert re.search(r"<h1>[^<]*<wbr>", page.get("/about/").content.decode())
