"""The audit itself: it turns through all ways, finds what is wrong, and tells what it saw."""

import datetime as dt
from types import SimpleNamespace

import pytest
from playwright.sync_api import Browser, Route

from tests.factories import Town
from tests.web.matrix import PARTS, base, stories
from tests.web.matrix.not_pages import NOT_PAGES

from .looking import Eyes
from .pages import Page, pages_of
from .report import report
from .ways import ROLES, WAYS, Way, turn_of, way_of

WRONG = """<!DOCTYPE html><html lang="en" data-language="ja"><head><title>| 結浜市</title></head><body><main>
<h1>一</h1><h1>二</h1><img src="https://elsewhere.example/x.png">
<script>console.error("on purpose"); document.write('<hr width="3000">')</script></main></body></html>"""


def test_after_as_many_weeks_as_there_are_ways_each_page_was_seen_in_all() -> None:
    week = turn_of(dt.date(2026, 11, 30))
    assert turn_of(dt.date(2026, 12, 7)) == week + 1
    assert {way_of("public:home officer", week + more) for more in range(len(WAYS))} == set(WAYS)
    assert len(WAYS) == 2 * 3 * 2


def test_another_weeks_turn_can_be_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUSUBI_AUDIT_TURN", "7")
    assert turn_of(dt.date(2026, 11, 30)) == 7


def test_the_pages_are_the_matrix_own() -> None:
    pages = {role: {page for part in PARTS for page in pages_of(part, role)} for role in ROLES}
    assert Page("public:home", "") in pages["visitor"]
    assert Page("office:audit", "") in pages["officer"] - pages["member"]
    assert {page.status for page in pages_of(base, "member")} == {200, 403, 404}
    assert not {page.name for found in pages.values() for page in found} & NOT_PAGES.keys()
    asked = {name for part in PARTS for method, name, _, _ in part.CASES if method == "GET"}
    assert asked - NOT_PAGES.keys() == {page.name for found in pages.values() for page in found}


@pytest.mark.browser
@pytest.mark.elsewhere
@pytest.mark.django_db(transaction=True)
def test_what_is_wrong_with_a_page_is_found(
    browser: Browser, live_server: SimpleNamespace, town: Town, other_town: Town
) -> None:
    eyes = Eyes(browser, live_server.url, "visitor", {"visitor": None})

    def answer(route: Route) -> None:
        strict = {"Content-Security-Policy": "script-src 'self'; img-src *"}
        loud = {} if "loud" in route.request.url else strict
        route.fulfill(body=WRONG, content_type="text/html; charset=utf-8", headers=loud)

    eyes.tab.route("**/*", answer)
    faults = {}
    for path in ("/quiet/", "/loud/"):
        [seen] = eyes.seen_in(Page("public:home", ""), path, [Way(375, "ja", "light")], {})
        faults[path] = " ".join(seen.faults)
    eyes.close()
    assert "Content Security Policy" in faults["/quiet/"]
    for fault in (
        "image-alt (critical)",
        "2 h1",
        "no title",
        "is in ['en', 'ja']",
        "scrolls sideways",
        "console: on purpose",
        "asks elsewhere: https://elsewhere.example/x.png",
    ):
        assert fault in faults["/loud/"]


def row(role: str, name: str, *, what: str = "", **more: object) -> dict[str, object]:
    seen = {"leads_on": False, "faults": [], "incomplete": {}, "axe": "4.12.1", "chromium": "156.0"}
    way = {"width": 375, "locale": "ja", "look": "dark"}
    page = {"name": name, "what": what, "status": 200}
    return {"page": page, "role": role, "way": way, "day": "2026-11-30"} | seen | more


def test_the_table_says_what_was_seen() -> None:
    found = report(
        [
            row("visitor", "public:home"),
            row("visitor", "public:home", faults=["image-alt (critical): <img> no alt"]),
            row("officer", "public:story", what="draft", incomplete={"color-contrast": 3}),
            row("officer", "workspace:welcome", leads_on=True),
        ],
        commit="abc1234",
    )
    assert "2026-11-30, commit abc1234: axe-core 4.12.1, Chromium 156.0." in found
    assert "**2 pages (2 addresses in their states, as each role), 3 checks, 1 faults.**" in found
    assert "| `/` | public:home | 2: 1 | – | – | – |" in found
    assert "| `/stories/<int:pk>/` | public:story | – | – | – | 1: 0 |" in found
    assert "| color-contrast | 3 | 1 |" in found
    assert "| `/language/` | public:language |" in found
    assert "- 1 × `image-alt (critical): <img> no alt`, first on public:home" in found


def test_a_part_without_pages_for_a_role_has_none() -> None:
    assert all(page.status == 200 for page in pages_of(stories, "visitor") if page.name == "public:stories")
