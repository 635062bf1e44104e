"""Every page in English says which of its words are Japanese (WCAG 3.1.2): all addresses of the matrix."""

import re
from html.parser import HTMLParser
from types import ModuleType

import pytest
from django.db import transaction
from django.test import Client

from tests.factories import Town
from tests.web.matrix import PARTS
from tests.web.matrix.asking import path_of, people_of
from tests.web.matrix.people import WHO

pytestmark = pytest.mark.django_db
JAPANESE = re.compile("[\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff]")
READ_ALOUD = ("alt", "placeholder", "title", "aria-label")
WITHOUT_END = {"br", "col", "hr", "img", "input", "link", "meta", "wbr"}


class Listener(HTMLParser):
    """Hears a page as a screen reader does: which words come in which language."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.mispronounced: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        language = given.get("lang") or (self.open[-1][1] if self.open else "")
        said = [given.get(name) or "" for name in READ_ALOUD]
        if tag == "input" and given.get("type") not in ("hidden", "checkbox", "radio"):
            said.append(given.get("value") or "")
        self.hear(" ".join(said), language)
        if tag not in WITHOUT_END:
            self.open.append((tag, language))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        tag, language = self.open[-1] if self.open else ("", "")
        if tag not in ("script", "style", "title"):
            self.hear(data, language)

    def hear(self, words: str, language: str) -> None:
        if language != "ja" and JAPANESE.search(words):
            self.mispronounced.append(" ".join(words.split()))


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.__name__.rpartition(".")[2])
def test_japanese_on_pages_in_english_is_marked(part: ModuleType, town: Town, other_town: Town) -> None:
    things, people = part.things(town, other_town), people_of(town, other_town)
    found = {}
    for method, name, what, expected in part.CASES:
        who = next((who for who in reversed(WHO) if expected[who] == "ok"), None)
        if method != "GET" or who is None:
            continue
        client = Client(headers={"Accept-Language": "en"}, raise_request_exception=False)
        if people[who] is not None:
            client.force_login(people[who], backend="django.contrib.auth.backends.ModelBackend")
        with transaction.atomic():
            response = client.get(path_of(name, what, things))
            transaction.set_rollback(True)
        if response.streaming:
            b"".join(response.streaming_content)  # a download is read to its end, which closes its file
            continue
        is_page = response.headers["Content-Type"].startswith("text/html")
        if is_page and (wrong := Listener(response.content.decode()).mispronounced):
            found[f"{name} {what} ({who})"] = wrong
    assert found == {}


def test_what_is_tried_are_pages_in_english(town: Town) -> None:
    page = Client(headers={"Accept-Language": "en"}).get("/").content.decode()
    assert '<html lang="en"' in page
    assert f'<span lang="ja">{town.municipality.name}</span>' in page


def test_a_listener_hears_what_is_not_marked() -> None:
    assert Listener(
        '<html lang="en"><p>A <b>机</b><i lang="ja">机</i><img alt="椅子"></p></html>'
    ).mispronounced == [
        "机",
        "椅子",
    ]


def test_pages_in_japanese_stay_as_they_are(client: Client, town: Town) -> None:
    page = client.get("/about/").content.decode()
    assert '<span lang="ja">' not in page
