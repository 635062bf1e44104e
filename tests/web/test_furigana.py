"""Furigana for the whole site: who gets them, where, and whose reading counts."""

import datetime as dt
import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.http import HttpResponse, JsonResponse, StreamingHttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from musubi.base.common.verdict import ALLOWED
from musubi.base.knowledge.services import remove_reading, save_reading
from musubi.base.places.models import Municipality
from musubi.base.places.services import TownValues, save_towns
from musubi.config import settings as config_settings
from musubi.config.middleware import FuriganaOverKanji
from musubi.flow.actors.models import Actor
from musubi.web.design.ruby import without_ruby
from musubi.web.shared import town_readings
from musubi.web.shared.town_readings import forget_readings, known_in
from tests.factories import Town, make_actor, make_issue, make_listing
from tests.web.design.test_pages import is_sound

pytestmark = pytest.mark.django_db

FURIGANA = "/design/furigana/"
ABOUT = "/about/"
RUBY = re.compile(
    r'<ruby>((?:(?!</?r[ubpt]).)*)<rp>（</rp><rt aria-hidden="true">([^<]*)</rt><rp>）</rp></ruby>'
)


@pytest.fixture(autouse=True)
def _as_it_runs(settings: SimpleNamespace) -> None:
    """Other tests read words in one piece; see conftest."""
    settings.MIDDLEWARE = [*config_settings.MIDDLEWARE]


@pytest.fixture
def reader(town: Town) -> Client:
    client = Client()
    client.cookies["furigana"] = "on"
    return client


def html_of(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def readings(html: str) -> set[tuple[str, str]]:
    return set(RUBY.findall(html))


def speaking(language: str, **cookies: str) -> Client:
    client = Client()
    client.cookies[config_settings.LANGUAGE_COOKIE_NAME] = language
    for name, value in cookies.items():
        client.cookies[name] = value
    return client


@pytest.mark.parametrize(
    ("language", "cookie", "is_on"),
    [
        ("ja", "", False),
        ("ja", "on", True),
        ("ja", "off", False),
        ("ja", "auto", False),
        ("ja-easy", "", True),
        ("ja-easy", "off", False),
        ("ja-easy", "nonsense", True),
        ("en", "on", False),
        ("en", "", False),
    ],
)
def test_who_gets_furigana(town: Town, language: str, cookie: str, *, is_on: bool) -> None:
    html = html_of(speaking(language, **({"furigana": cookie} if cookie else {})), ABOUT)
    assert ("<rt" in html) is is_on
    assert ('data-furigana="on"' in html) is is_on
    assert ("ふりがな" in html) is (language != "en")


def test_the_button_beside_the_languages_switches_and_leads_back(town: Town) -> None:
    client = Client()
    html = html_of(client, ABOUT)
    assert re.search(r'name="furigana"\s+value="on"\s*>\s*ふりがなを付ける\s*<', html)
    assert client.post(FURIGANA, {"furigana": "on", "next": ABOUT})["Location"] == ABOUT
    html = without_ruby(html_of(client, ABOUT))
    assert re.search(r'name="furigana"\s+value="off"\s*>\s*ふりがなを消す\s*<', html)
    client.post(FURIGANA, {"furigana": "off", "next": ABOUT})
    assert "<rt" not in html_of(client, ABOUT)
    assert client.cookies["furigana"]["max-age"] == 365 * 24 * 60 * 60


def test_nonsense_changes_nothing_and_leads_nowhere_else(town: Town) -> None:
    client = Client()
    answer = client.post(FURIGANA, {"furigana": "pink", "next": "https://elsewhere.example/"})
    assert answer["Location"] == "/"
    assert "furigana" not in client.cookies
    assert client.get(FURIGANA).status_code == 405
    assert Client(enforce_csrf_checks=True).post(FURIGANA, {"furigana": "on"}).status_code == 403


def test_it_is_chosen_with_the_look_too(town: Town) -> None:
    client = Client()
    client.post("/design/look/", {"look": "dark", "furigana": "on"})
    html = html_of(client, "/design/look/")
    assert re.search(r'value="on"\s+aria-describedby="furigana-help"\s+checked', html)
    is_sound(html)
    client.post("/design/look/", {"look": "light"})
    assert client.cookies["furigana"].value == "on"


@pytest.mark.parametrize(
    "path", ["/", ABOUT, "/help/", "/search/?q=会場", "/issues/", "/accounts/login/", "/nowhere/"]
)
def test_a_page_is_the_same_but_for_its_furigana(reader: Client, town: Town, path: str) -> None:
    make_listing(town.actor, title="会場を<b>さがしています & 机を20脚")
    with_them = reader.get(path).content.decode()
    reader.cookies["furigana"] = "off"
    plain = reader.get(path).content.decode()

    def the_same(html: str) -> str:
        html = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", html)
        html = re.sub(
            r'<button type="submit"\s+name="furigana"\s+value="\w+"\s*>[^<]*</button>', "", without_ruby(html)
        )
        html = re.sub(r'<p class="ask-person no-print">.*?</p>', "", html, flags=re.DOTALL)
        return re.sub(r"\s+", " ", html.replace('data-furigana="on"', ""))

    assert "<rt" in with_them
    assert the_same(with_them) == the_same(plain)
    is_sound(with_them)


def test_headings_break_by_phrase_and_have_furigana(reader: Client) -> None:
    [heading] = re.findall(r"<h1>(.*?)</h1>", html_of(reader, "/issues/"), re.DOTALL)
    assert "<rt" in heading
    assert "<wbr>" in heading


def test_found_words_stay_marked(reader: Client, town: Town) -> None:
    make_listing(town.actor, title="夏祭りの会場をさがしています")
    html = html_of(reader, "/search/?q=会場")
    assert (
        '<mark><ruby>会場<rp>（</rp><rt aria-hidden="true">かいじょう</rt><rp>）</rp></ruby></mark>' in html
    )


@pytest.mark.parametrize(
    ("response", "is_read"),
    [
        (HttpResponse("<li>会議</li>"), True),
        (HttpResponse("<li>会議</li>", status=422), True),
        (JsonResponse({"a": "会議"}, json_dumps_params={"ensure_ascii": False}), False),
        (HttpResponse("会議", content_type="text/plain; charset=utf-8"), False),
        (HttpResponse("会議", content_type="text/csv"), False),
        (HttpResponse("会議".encode(), content_type="application/pdf"), False),
        (HttpResponse("会議", headers={"Content-Encoding": "br"}), False),
        (StreamingHttpResponse(["会議"]), False),
    ],
)
def test_fragments_get_them_and_what_is_no_html_does_not(response: Any, *, is_read: bool) -> None:
    request = RequestFactory().get("/")
    request.COOKIES["furigana"] = "on"
    answer: Any = FuriganaOverKanji(lambda _: response)(request)
    body = b"".join(answer) if answer.streaming else answer.content
    assert (b"<rt" in body) is is_read


def keep(town: Town, now: dt.datetime, word: str, reading: str) -> Any:
    who = {"municipality": town.municipality, "allowed": ALLOWED, "by": town.officer, "now": now}
    return save_reading(word=word, reading=reading, reason="市民の呼び方のため。", **who)


def test_the_offices_reading_counts_from_the_next_page_on(
    reader: Client, town: Town, now: dt.datetime
) -> None:
    path = reverse("public:issue", args=[make_issue(town, title="浜風の広場が暗い").pk])
    assert ("浜風", "はまかぜ") in readings(html_of(reader, path))
    row = keep(town, now, "浜風", "はまふう")
    assert ("浜風", "はまふう") in readings(html_of(reader, path))
    keep(town, now, "浜風", "ひんぷう")
    assert ("浜風", "ひんぷう") in readings(html_of(reader, path))
    row.refresh_from_db()
    remove_reading(reading=row, allowed=ALLOWED, by=town.officer, now=now)
    assert ("浜風", "はまかぜ") in readings(html_of(reader, path))


def test_each_town_reads_its_own_way(town: Town, other_town: Town, now: dt.datetime) -> None:
    keep(town, now, "浜風", "はまふう")
    assert known_in(town.municipality)["浜風"] == "はまふう"
    assert "浜風" not in known_in(other_town.municipality)


def test_the_office_comes_before_actors_and_they_before_places(town: Town, now: dt.datetime) -> None:
    make_actor(town.municipality, name="NPO法人 浜風の会", kana="はまふうのかい")
    make_actor(town.municipality, name="汐見台", kana="しおみだい")
    make_actor(town.municipality, name="榎本 秀樹（税理士）", kana="えのもと ひでき")
    save_towns(
        area=town.wards[0],
        towns=[TownValues(name="汐見台", kana="うしおみだい"), TownValues(name="上町", kana="かみまち")],
    )
    known = known_in(town.municipality)
    assert (known["浜風の会"], known["汐見台"], known["上町"]) == ("はまふうのかい", "しおみだい", "かみまち")
    assert known["榎本 秀樹"] == "えのもと ひでき"
    keep(town, now, "汐見台", "せきみだい")
    assert known_in(town.municipality)["汐見台"] == "せきみだい"


def test_a_name_read_in_two_ways_is_left_to_the_dictionary(town: Town) -> None:
    for kana in ("あいのかい", "めぐみのかい"):
        make_actor(town.municipality, name="愛の会", kana=kana)
    assert "愛の会" not in known_in(town.municipality)


def test_nobody_learns_the_reading_of_an_actor_that_is_not_shown(town: Town, now: dt.datetime) -> None:
    make_actor(town.municipality, name="秘密の会", kana="ひみつのかい", state="draft")
    Actor.objects.filter(pk=make_actor(town.municipality, name="影の会", kana="かげのかい").pk).update(
        hidden_at=now, hidden_reason="確かめる間"
    )
    assert {"秘密の会", "影の会"} & known_in(town.municipality).keys() == set()


def test_names_are_looked_through_once_a_minute(
    reader: Client, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [1000.0]
    monkeypatch.setattr(town_readings, "monotonic", lambda: clock[0])
    forget_readings()
    row = Municipality.objects.get(pk=town.municipality.pk)
    first = town_readings.furigana_of(row)
    make_actor(town.municipality, name="浜風の会", kana="はまふうのかい")
    assert town_readings.furigana_of(row) is first
    clock[0] += 61
    assert "はまふう" in town_readings.furigana_of(row).on("浜風の会")
    assert town_readings.furigana_of(row) is town_readings.furigana_of(row)


def test_a_page_costs_no_query_more_once_the_names_are_known(
    reader: Client, town: Town, django_assert_num_queries: Callable[..., Any]
) -> None:
    html_of(reader, ABOUT)
    plain = Client()
    with django_assert_num_queries(_queries(plain)):
        html_of(reader, ABOUT)


def _queries(client: Client) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as caught:
        html_of(client, ABOUT)
    return len(caught)


@pytest.mark.parametrize(
    ("language", "cookie", "is_there"),
    [
        ("ja", "", False),
        ("ja", "on", True),
        ("ja-easy", "off", True),
        ("ja-easy", "", True),
        ("en", "on", False),
    ],
)
def test_beside_what_people_wrote_a_person_can_be_asked(
    town: Town, language: str, cookie: str, *, is_there: bool
) -> None:
    client = speaking(language, **({"furigana": cookie} if cookie else {}))
    rows = [("listing", make_listing(town.actor)), ("issue", make_issue(town)), ("actor", town.actor)]
    for name, row in rows:
        html = html_of(client, reverse(f"public:{name}", args=[row.pk]))
        assert ('href="/help/#ask"' in html) is is_there
    assert 'id="ask"' in html_of(client, "/help/")


def heard_names(page: Page) -> set[str]:
    """What a screen reader calls the buttons and links of a page: the readings over them are for eyes."""
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")
    return {
        node["name"]["value"]
        for node in tree["nodes"]
        if not node["ignored"] and node["role"]["value"] in ("button", "link")
    }


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_without_script_a_reader_switches_them_on_and_off(
    browser: Browser, live_server: object, town: Town
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 375, "height": 800})
    page = context.new_page()
    page.goto(f"{live_server}{ABOUT}")
    expect(page.locator("rt")).to_have_count(0)
    page.get_by_role("button", name="ふりがなを付ける", exact=True).click()
    expect(page).to_have_url(f"{live_server}{ABOUT}")
    expect(page.locator("main rt").first).to_be_visible()
    assert {"ふりがなを消す", "入る（ログイン）", "使い方"} <= heard_names(page)
    page.locator("button[name=furigana]").click()
    expect(page.locator("rt")).to_have_count(0)
    context.close()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [320, 375, 1280])
def test_lines_stand_evenly_and_never_wider_than_the_screen(
    browser: Browser, live_server: object, town: Town, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    context.add_cookies([{"name": "furigana", "value": "on", "url": str(live_server)}])
    page = context.new_page()
    body = (
        "町内会の夏祭りで、会場の準備と片付けを手伝ってくださる方をさがしています。かなだけの行も、ここにあります。"
        * 4
    )
    listing = make_listing(
        town.actor, title="社会福祉協議会と町内会連合会の合同防災訓練の会場整理", body=body
    )
    for path in (f"/listings/{listing.pk}/", "/design/", "/"):
        page.goto(f"{live_server}{path}")
        assert page.evaluate("document.documentElement.scrollWidth") == width, path
    page.goto(f"{live_server}/listings/{listing.pk}/")
    gaps = page.evaluate(
        """() => { const p = document.querySelector(".prose p"); const range = document.createRange();
        const tops = new Set();
        const walk = document.createTreeWalker(p, NodeFilter.SHOW_TEXT, (n) => n.parentElement.closest("rt, rp") ? 2 : 1);
        while (walk.nextNode()) { range.selectNodeContents(walk.currentNode);
          for (const r of range.getClientRects()) tops.add(Math.round(r.top)); }
        const lines = [...tops].sort((a, b) => a - b).filter((t, i, all) => !i || t - all[i - 1] > 8);
        return lines.slice(1).map((t, i) => t - lines[i]); }"""
    )
    assert len(gaps) >= 2
    assert max(gaps) - min(gaps) <= 2, gaps
    small = page.evaluate(
        """() => Math.min(...[...document.querySelectorAll("main rt")].map((rt) =>
        parseFloat(getComputedStyle(rt).fontSize) / parseFloat(getComputedStyle(rt.parentElement).fontSize)))"""
    )
    assert small >= 0.5
    context.close()
