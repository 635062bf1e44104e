"""The network is cut in a real browser: what was read is there, what was typed too, and nobody else's."""

import re
import threading
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.signals import request_started
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect

from musubi.base.accounts.models import User
from musubi.flow.listings.enums import ListingState
from tests.factories import Town, make_listing

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NOT_CONNECTED = re.compile("いまは つながっていません。.*分に読んだものです。")
LATE = "/workspace/inbox/"
KEPT = """async () => {
  const urls = [];
  for (const name of await caches.keys()) if (name.startsWith("musubi-read-"))
    for (const { url } of await (await caches.open(name)).keys()) urls.push(new URL(url).pathname);
  return urls.filter((url) => url !== "/musubi-reader").sort();
}"""


class Phone:
    """A browser of its own with a worker, whose network can be cut."""

    def __init__(self, context: BrowserContext, base: str) -> None:
        self.context, self.base = context, base
        self.page: Page = context.new_page()

    def open(self, path: str) -> Page:
        self.page.goto(self.base + path)
        return self.page

    def ready(self, path: str = "/about/") -> Page:
        """The worker is there and answers for this page."""
        self.open(path)
        self.page.evaluate("() => navigator.serviceWorker.ready")
        self.page.wait_for_function("() => navigator.serviceWorker.controller !== null")
        return self.page

    def read(self, path: str) -> Page:
        """Open a page and wait until it is kept."""
        self.open(path)
        self.wait_for(path)
        return self.page

    def wait_for(self, path: str) -> None:
        """A page is kept a moment after it was shown."""
        for _ in range(100):
            if path in self.kept():
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(f"{path} is not kept: {self.kept()}")

    def sign_in(self, person: User) -> None:
        client = Client()
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        name = settings.SESSION_COOKIE_NAME
        self.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": self.base}])

    def kept(self) -> list[str]:
        found: list[str] = self.page.evaluate(KEPT)
        return found

    def cut(self, *, off: bool = True) -> None:
        self.context.set_offline(off)


@pytest.fixture
def phone(browser: Browser, live_server: object, town: Town) -> Iterator[Phone]:
    context = browser.new_context(service_workers="allow", viewport={"width": 375, "height": 800})
    context.set_default_timeout(10_000)
    yield Phone(context, str(live_server))
    context.close()


@pytest.fixture
def held_back() -> Iterator[SimpleNamespace]:
    """The server answers for the page LATE only when it may."""
    events = SimpleNamespace(is_asked=threading.Event(), may_answer=threading.Event())

    def wait(environ: dict[str, str], **_: object) -> None:
        if environ["PATH_INFO"] == LATE:
            events.is_asked.set()
            events.may_answer.wait(20)

    request_started.connect(wait)
    yield events
    events.may_answer.set()
    request_started.disconnect(wait)


def test_what_was_read_is_shown_again_and_says_so(phone: Phone, town: Town) -> None:
    listing = make_listing(town.actor, title="机を二十脚かしてください")
    path = f"/listings/{listing.pk}/"
    phone.ready()
    phone.read(path)
    phone.cut()
    page = phone.open(path)
    expect(page.get_by_role("status").filter(has_text=NOT_CONNECTED)).to_be_visible()
    expect(page.locator("h1")).to_have_text("机を二十脚かしてください")
    assert (
        page.evaluate("getComputedStyle(document.querySelector('h1')).fontWeight") != "400"
    )  # with its style

    phone.cut(off=False)
    page.get_by_role("link", name="もう一度つないでみる").click()
    expect(page.locator("h1")).to_have_text("机を二十脚かしてください")
    expect(page.get_by_text(NOT_CONNECTED)).to_have_count(0)


def test_even_the_first_page_of_all_is_kept(phone: Phone) -> None:
    phone.ready("/help/")
    phone.wait_for("/help/")
    phone.cut()
    expect(phone.open("/help/").get_by_text(NOT_CONNECTED)).to_be_visible()


def test_a_page_that_was_never_read_says_what_can_be_done(phone: Phone) -> None:
    phone.ready()
    phone.read("/help/")
    phone.cut()
    page = phone.open("/stories/")
    expect(page.get_by_role("heading", level=1)).to_have_text("いまは つながっていません")
    page.get_by_role("link", name="使い方").click()
    expect(page.get_by_text(NOT_CONNECTED)).to_be_visible()


def test_the_page_without_network_speaks_the_readers_language(phone: Phone) -> None:
    phone.ready()
    phone.page.get_by_role("button", name="English").click()
    expect(phone.page.locator("html")).to_have_attribute("lang", "en")
    phone.page.wait_for_function(
        """async () => { for (const name of await caches.keys()) {
        const page = await (await caches.open(name)).match("/offline/", { ignoreVary: true });
        if (page && (await page.text()).includes('lang="en"')) return true; } return false; }"""
    )
    phone.cut()
    expect(phone.open("/stories/").get_by_role("heading", level=1)).to_have_text("You are not connected")


def test_nothing_kept_stands_in_the_way_of_what_is_new(phone: Phone, town: Town) -> None:
    listing = make_listing(town.actor, title="はじめの題")
    path = f"/listings/{listing.pk}/"
    phone.ready()
    phone.read(path)
    listing.title = "あとの題"
    listing.save()
    expect(phone.open(path).locator("h1")).to_have_text("あとの題")


def test_a_draft_lives_through_a_tunnel(phone: Phone, town: Town) -> None:
    phone.sign_in(town.owner)
    phone.ready()
    page = phone.read("/workspace/issues/new/")
    phone.cut()
    page.get_by_label("困っていること").fill("街灯が切れています")
    page.reload()
    expect(page.get_by_text(NOT_CONNECTED)).to_be_visible()
    page.get_by_role("button", name="前に書いたものを戻す").click()
    expect(page.get_by_label("困っていること")).to_have_value("街灯が切れています")
    page.close()
    phone.page = phone.context.new_page()
    phone.cut(off=False)
    page = phone.open("/workspace/issues/new/")
    page.get_by_role("button", name="前に書いたものを戻す").click()
    expect(page.get_by_label("困っていること")).to_have_value("街灯が切れています")


def test_a_draft_saves_itself_once_the_tunnel_is_over(phone: Phone, town: Town) -> None:
    listing = make_listing(town.actor, title="はじめの題", state=ListingState.DRAFT)
    phone.sign_in(town.owner)
    phone.ready()
    page = phone.read(f"/workspace/listings/{listing.pk}/edit/")
    phone.cut()
    page.locator("#id_title").fill("トンネルの中の題")
    status = page.locator("[data-autosave-status]")
    expect(status).to_contain_text("つながったら自動で保存します")
    phone.cut(off=False)
    expect(status).to_contain_text("下書きを保存しました")
    listing.refresh_from_db()
    assert listing.title == "トンネルの中の題"


@pytest.mark.parametrize("knows", [True, False], ids=["the browser knows", "only the worker finds out"])
def test_what_cannot_be_sent_stays_on_the_screen(phone: Phone, town: Town, knows: bool) -> None:
    if not knows:
        phone.context.add_init_script(
            "Object.defineProperty(Navigator.prototype, 'onLine', { get: () => true })"
        )
    phone.sign_in(town.owner)
    phone.ready()
    page = phone.read("/workspace/issues/new/")
    phone.cut()
    page.get_by_label("困っていること").fill("街灯が切れています")
    send = page.locator(
        "form[data-keep=issue] button[type=submit], form[data-keep=issue] button:not([type])"
    ).last
    send.click()
    said = page.get_by_role("status").filter(has_text="送れませんでした")
    expect(said).to_be_focused()
    expect(page.get_by_label("困っていること")).to_have_value("街灯が切れています")
    expect(send).to_be_enabled()
    phone.cut(off=False)
    send.click()
    expect(said).to_have_count(0)
    expect(page.get_by_label("困っていること")).to_have_value(
        "街灯が切れています"
    )  # with what is still to be said


def test_signing_out_takes_everything_of_ones_own_away(phone: Phone, town: Town) -> None:
    phone.ready("/help/")
    phone.sign_in(town.owner)
    phone.read("/workspace/")
    phone.read("/workspace/inbox/")
    phone.open("/accounts/logout/").locator("form[data-keep-forget] button").click()
    phone.page.wait_for_url("**/")
    assert [path for path in phone.kept() if path.startswith("/workspace/")] == []
    phone.cut()
    expect(phone.open("/workspace/").get_by_role("heading", level=1)).to_have_text(
        "いまは つながっていません"
    )


def test_the_next_person_on_this_computer_sees_nothing_of_the_last(phone: Phone, town: Town) -> None:
    phone.sign_in(town.owner)
    phone.ready("/workspace/")
    phone.read("/workspace/inbox/")
    phone.sign_in(town.citizen)
    phone.read("/help/")
    assert [path for path in phone.kept() if path.startswith("/workspace/")] == []
    phone.cut()
    expect(phone.open("/workspace/inbox/").locator("h1")).to_have_text("いまは つながっていません")


def test_a_late_answer_to_the_last_person_is_not_kept_for_the_next(
    phone: Phone, town: Town, held_back: SimpleNamespace
) -> None:
    phone.sign_in(town.owner)
    phone.ready("/workspace/")
    tab = phone.context.new_page()
    tab.goto(f"{phone.base}/about/")
    tab.evaluate("path => { location.href = path }", LATE)
    assert held_back.is_asked.wait(10)
    phone.sign_in(town.citizen)
    phone.read("/help/")
    held_back.may_answer.set()
    tab.wait_for_url(f"**{LATE}")
    tab.wait_for_timeout(500)  # a page is kept a moment after it was shown
    assert LATE not in phone.kept()
    phone.cut()
    expect(phone.open(LATE).locator("h1")).to_have_text("いまは つながっていません")


@pytest.mark.parametrize(
    ("who", "path"),
    [
        ("coordinator", "/desk/"),
        ("officer", "/office/"),
        ("coordinator", "/help/"),
        ("owner", "/accounts/email/"),
        ("owner", "/workspace/leaving/account/"),
    ],
)
def test_no_page_of_staff_and_none_that_forbids_it_is_kept(
    phone: Phone, town: Town, who: str, path: str
) -> None:
    phone.sign_in(getattr(town, who))
    phone.ready(path)
    phone.open(path)
    phone.page.wait_for_timeout(300)
    assert phone.kept() == []


def test_what_is_kept_can_be_seen_and_erased(phone: Phone) -> None:
    phone.ready()
    phone.read("/help/")
    page = phone.open("/kept/")
    expect(page.locator("[data-kept-pages]").get_by_role("link", name="使い方")).to_be_visible()
    page.get_by_role("button", name="残っているものをすべて消す").click()
    expect(page.get_by_text("この端末に残っていたものを消しました。")).to_be_visible()
    assert phone.kept() == []


def test_a_reader_can_have_nothing_kept(phone: Phone) -> None:
    phone.ready()
    phone.read("/help/")
    phone.open("/kept/").get_by_role("button", name="この端末には残さない").click()
    expect(phone.page.get_by_text("もう何も残しません")).to_be_visible()
    phone.page.wait_for_function(
        "async () => (await navigator.serviceWorker.getRegistrations()).length === 0"
    )
    phone.page.wait_for_function("async () => (await caches.keys()).length === 0")


def test_an_installation_that_switches_it_off_takes_workers_away(phone: Phone, settings: object) -> None:
    phone.ready()
    settings.OFFLINE = False  # type: ignore[attr-defined]
    phone.page.evaluate("async () => (await navigator.serviceWorker.getRegistration()).update()")
    phone.page.wait_for_function(
        "async () => (await navigator.serviceWorker.getRegistrations()).length === 0"
    )
    phone.page.wait_for_function("async () => (await caches.keys()).length === 0")
