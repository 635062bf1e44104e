"""The gallery in a real browser: accessible, without sideways scrolling, and nothing typed is lost."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.factories import Town, make_listing

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def gallery(live_server: object, town: Town) -> str:
    return f"{live_server}/design/"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    complaints: list[str] = []
    opened = context.new_page()
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    yield opened
    context.close()
    assert complaints == []


@pytest.mark.parametrize("look", ["light", "dark", "forced"])
@pytest.mark.parametrize("width", [320, 375, 800, 1280])
def test_accessible_and_never_wider_than_the_screen(page: Page, gallery: str, width: int, look: str) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{gallery}?look={look}")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("path", ["/", "/search/?q=机", "/design/look/", "/accounts/login/"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_are_accessible_in_both_looks(
    browser: Browser, live_server: object, town: Town, path: str, width: int, scheme: str
) -> None:
    make_listing(town.actor, title="机を二十脚、土曜の午前だけ貸してくださる方をさがしています")
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 800})  # type: ignore[arg-type]
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{live_server}{path}")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert [url for url in asked if not url.startswith(str(live_server))] == []
    context.close()


@pytest.mark.parametrize(("width", "script"), [(375, True), (375, False), (800, True)])
def test_a_narrow_screen_opens_and_leaves_the_menu(
    browser: Browser, gallery: str, width: int, *, script: bool
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, java_script_enabled=script)
    page = context.new_page()
    page.goto(gallery)
    link = page.get_by_role("link", name="協働メニュー", exact=True)
    expect(link).to_be_hidden()
    page.get_by_role("button", name="メニュー", exact=True).click()
    expect(link).to_be_visible()
    page.keyboard.press("Escape")
    expect(link).to_be_hidden()
    expect(page.get_by_role("button", name="メニュー", exact=True)).to_be_focused()
    context.close()


def test_text_spacing_of_ones_own_loses_nothing(page: Page, gallery: str) -> None:
    page.set_viewport_size({"width": 375, "height": 800})
    page.goto(gallery)
    page.evaluate(
        """() => { for (const e of document.querySelectorAll("main *")) {
        e.style.lineHeight = "1.5"; e.style.letterSpacing = "0.12em"; e.style.wordSpacing = "0.16em"; } }"""
    )
    cut = page.evaluate(
        """() => [...document.querySelectorAll("main p, main a, main button, main label, main .badge")]
        .filter((e) => e.checkVisibility() && getComputedStyle(e).overflow === "hidden" && !e.closest(".visually-hidden, .stepper"))
        .filter((e) => e.scrollWidth > e.clientWidth + 1).map((e) => e.outerHTML.slice(0, 80))"""
    )
    assert cut == []
    assert page.evaluate("document.documentElement.scrollWidth") == 375


def test_targets_are_large_enough(page: Page, gallery: str) -> None:
    page.goto(gallery)
    small = page.evaluate(
        """() => [...document.querySelectorAll("button, input, select, summary, .button")]
        .filter((e) => e.checkVisibility() && !e.closest(".visually-hidden"))
        .filter((e) => { const r = e.getBoundingClientRect(); return r.width < 24 || r.height < 24; })
        .map((e) => e.outerHTML.slice(0, 80))"""
    )
    assert small == []


def test_without_script_rows_are_added(browser: Browser, gallery: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(gallery)
    page.fill("#id_rows-0-what", "机を二十脚")
    page.get_by_role("button", name="もう一つ足す").click()
    expect(page.locator("#id_rows-0-what")).to_have_value("机を二十脚")
    expect(page.locator("#id_rows-2-what")).to_be_visible()
    context.close()


def test_what_was_typed_is_offered_back(page: Page, gallery: str) -> None:
    page.goto(gallery)
    page.fill("#id_example-title", "会場をさがしています")
    page.check("#id_example-weekdays_5")
    page.reload()
    expect(page.locator("#id_example-title")).to_have_value("")
    page.click("text=前に書いたものを戻す")
    expect(page.locator("#id_example-title")).to_have_value("会場をさがしています")
    expect(page.locator("#id_example-weekdays_5")).to_be_checked()
    expect(page.get_by_role("status").filter(has_text="前に書いたものを戻しました。")).to_be_focused()


def test_what_was_typed_is_forgotten_when_asked(page: Page, gallery: str) -> None:
    page.goto(gallery)
    page.fill("#id_example-title", "会場をさがしています")
    page.reload()
    page.get_by_role("button", name="消す", exact=True).last.click()
    page.reload()
    expect(page.get_by_text("前に書いたものを戻す")).to_have_count(0)


def test_a_visitors_words_do_not_outlive_the_tab(browser: Browser, gallery: str) -> None:
    context = browser.new_context()
    first = context.new_page()
    first.goto(gallery)
    first.fill("#id_example-title", "人に見せたくない書きかけ")
    first.close()
    second = context.new_page()
    second.goto(gallery)
    expect(second.get_by_text("前に書いたものを戻す")).to_have_count(0)
    context.close()


def enter(context: BrowserContext, gallery: str, person: object) -> None:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": gallery}])


def test_a_members_words_wait_for_the_same_person_until_the_server_has_them(
    browser: Browser, gallery: str, town: Town
) -> None:
    context = browser.new_context()
    offer = "前に書いたものを戻す"

    def opened(person: object) -> Page:
        enter(context, gallery, person)
        page = context.new_page()
        page.goto(gallery)
        return page

    opened(town.owner).fill("#id_example-title", "途中の文")
    context.pages[0].close()
    expect(opened(town.viewer).get_by_text(offer)).to_have_count(0)
    again = opened(town.owner)
    expect(again.get_by_text(offer)).to_be_visible()

    def saved(route: Route) -> None:
        body = route.fetch().text().replace("<body ", '<body data-keep-clear="gallery other" ')
        route.fulfill(body=body, content_type="text/html; charset=utf-8")

    again.route(gallery, saved)
    again.goto(gallery)
    again.unroute(gallery)
    again.goto(gallery)
    expect(again.get_by_text(offer)).to_have_count(0)
    context.close()


def test_the_menu_of_a_signed_in_person_fits_a_phone(browser: Browser, gallery: str, town: Town) -> None:
    context = browser.new_context(viewport={"width": 375, "height": 800})
    enter(context, gallery, town.coordinator)
    page = context.new_page()
    page.goto(gallery)
    page.locator("details.menu summary").click()
    expect(page.get_by_role("link", name="コーディネーターの机")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 375
    page.keyboard.press("Escape")
    expect(page.locator("details.menu summary")).to_be_focused()
    expect(page.get_by_role("link", name="わたしのページ")).to_be_hidden()
    context.close()


def with_autosave(page: Page, gallery: str, answers: list[int]) -> list[str]:
    """Gives the gallery's form an address for drafts that answers as told (0: no connection)."""
    received: list[str] = []

    def document(route: Route) -> None:
        body = (
            route.fetch()
            .text()
            .replace('data-keep="gallery"', 'data-keep="gallery" data-autosave="/drafts/"')
        )
        route.fulfill(body=body, content_type="text/html; charset=utf-8")

    def drafts(route: Route) -> None:
        received.append(str(route.request.post_data))
        status = answers.pop(0)
        if status:
            route.fulfill(status=status, json={})
        else:
            route.abort("internetdisconnected")

    page.route(gallery, document)
    page.route("**/drafts/", drafts)
    page.goto(gallery)
    return received


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (200, "下書きを保存しました"),
        (401, "もう一度入る（ログインする）と続きから書けます"),
        (0, "通信が切れているため"),
        (500, "下書きを保存できませんでした"),
    ],
)
def test_drafts_save_themselves_and_say_so(page: Page, gallery: str, answer: int, sentence: str) -> None:
    received = with_autosave(page, gallery, [answer])
    page.fill("#id_example-title", "会場")
    expect(page.locator("[data-autosave-status]")).to_contain_text(sentence, timeout=6000)
    assert len(received) == 1
    assert "csrfmiddlewaretoken=" in received[0]


def test_a_double_press_is_sent_once(page: Page, gallery: str) -> None:
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.goto(gallery)
    page.evaluate(
        """() => { const button = [...document.querySelectorAll("button")].find((b) => b.textContent.trim() === "送ってみる");
        button.click(); button.click(); }"""
    )
    expect(page.locator("[data-error-summary]").first).to_be_focused(timeout=6000)
    assert len(sent) == 1


def test_what_takes_long_says_so(page: Page, gallery: str) -> None:
    page.goto(gallery)
    page.route(
        gallery, lambda route: None if route.request.method == "POST" else route.continue_()
    )  # never answered
    said = page.evaluate(
        """() => new Promise((done) => {
        [...document.querySelectorAll("button")].find((b) => b.textContent.trim() === "送ってみる").click();
        const told = () => document.querySelector("[data-waiting][role=status]")?.textContent.trim();
        setTimeout(() => { const early = told(); setTimeout(() => done([early, told()]), 1500); }, 1000); })"""
    )
    assert said == [None, "少し時間がかかっています。このまま、お待ちください。"]
