"""A real browser, a real server, and the demonstration town.

Some walk with a telephone and some without script, as the test says. MUSUBI_WALK=plain has everybody walk with a telephone
and without script, MUSUBI_WALK=slow everybody with a slow telephone on a slow line
(Chromium keeps a processor busy for each page to slow it down: on two cores it has not come to its end yet).
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from playwright.sync_api import Browser, BrowserContext, Page

ROOT = Path(__file__).parents[2]
WALK = os.environ.get("MUSUBI_WALK", "")
# As `musubi bench light` has it: a processor a quarter as fast, 400 kbit/s, 400 ms there and back.
SLOW_LINE = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
SLOWER = 4
PHONE, DESK = {"width": 375, "height": 812}, {"width": 1280, "height": 900}


@pytest.fixture
def demonstration(transactional_db: None, settings: SimpleNamespace) -> None:
    """結浜市, as `make run` builds it, its mail kept where /dev/mail/ shows it."""
    settings.EMAIL_BACKEND = "musubi.base.notify.mailbox.MailboxBackend"
    call_command("demo", verbosity=0)
    DBTaskResult.objects.all().delete()  # the town's proposals are found; nobody needs to find them again


class Reader:
    """Somebody with a browser of their own."""

    def __init__(self, browser: Browser, base: str, *, script: bool = True, phone: bool = False) -> None:
        self.base = base
        self.has_script = script and WALK != "plain"
        self.context: BrowserContext = browser.new_context(
            viewport=PHONE if phone or WALK else DESK,
            locale="ja-JP",
            java_script_enabled=self.has_script,
        )
        self.context.set_default_timeout(90_000 if WALK == "slow" else 15_000)
        self.page: Page = self.context.new_page()
        if WALK == "slow":
            tools = self.context.new_cdp_session(self.page)
            tools.send("Network.enable")
            tools.send("Network.emulateNetworkConditions", SLOW_LINE)
            tools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        self.problems: list[str] = []
        self.page.on("console", lambda m: self._note(m.text) if m.type == "error" else None)
        self.page.on("pageerror", lambda e: self._note(str(e)))

    def _note(self, problem: str) -> None:
        """Whatever went wrong; a form that came back with its sentences (422, 409) has not."""
        if not re.search(r"status of (422|409) ", problem):
            self.problems.append(problem)

    def open(self, path: str) -> Page:
        response = self.page.goto(self.base + path)
        assert response is not None
        assert response.status == 200, f"{path}: {response.status}"
        return self.page

    @property
    def here(self) -> str:
        """The address of the page, without its host."""
        return self.page.url.removeprefix(self.base)

    def status_of(self, path: str) -> int:
        """What the address answers this reader, without going there."""
        return self.context.request.get(self.base + path).status

    def press(self, name: str | re.Pattern[str], *, within: str = "main") -> None:
        self.page.locator(within).get_by_role("button", name=name).first.click()

    def follow(self, name: str | re.Pattern[str], *, within: str = "main") -> None:
        self.page.locator(within).get_by_role("link", name=name).first.click()

    def fill(self, label: str | re.Pattern[str], text: str, *, nth: int = 0) -> None:
        self.page.locator("main").get_by_label(label).nth(nth).fill(text)

    def pick(self, question: str, answer: str | re.Pattern[str]) -> None:
        """One of several answers to a question."""
        group = self.page.locator("main").get_by_role("group", name=re.compile(re.escape(question)))
        group.first.get_by_label(answer).first.check()

    def choose(self, label: str | re.Pattern[str], *, nth: int = 0) -> None:
        self.page.locator("main").get_by_label(label).nth(nth).check()

    def date(self, legend: str, day: object, *, nth: int = 0) -> None:
        """Fill the three boxes of a date."""
        boxes = self.page.get_by_role("group", name=re.compile(legend)).nth(nth)
        for label, value in (("年", day.year), ("月", day.month), ("日", day.day)):  # type: ignore[attr-defined]
            boxes.get_by_label(label, exact=True).fill(str(value))

    def reads(self) -> str:
        self.page.wait_for_load_state()  # a slow line may have brought a part of it only
        return self.page.locator("main").inner_text()

    def become(self, name: str) -> None:
        """Sign in as somebody of the demonstration with one press."""
        self.open("/dev/people/")
        self.press(f"{name}として入る")

    def mail(self, *words: str) -> str:
        """The newest mail in which all this stands, read where the demonstration shows its mail."""
        letters = self.context.new_page()
        for number in range(1, 15):
            letters.goto(f"{self.base}/dev/mail/?page={number}")
            cards = letters.locator("main .card").all_inner_texts()
            for letter in cards:
                if all(word in letter for word in words):
                    letters.close()
                    return letter
            if not cards:
                break
        raise AssertionError(f"no mail with {words}")

    def link_from_mail(self, path: str, *words: str) -> str:
        """The address beginning with this path in that mail."""
        found = re.search(rf"https?://[^/\s]+({re.escape(path)}\S*)", self.mail(*words))
        assert found, words
        return found.group(1)

    def code_from_mail(self, address: str) -> str:
        """The newest code sent to this address."""
        found = re.search(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b", self.mail(address, "番号"))
        assert found, address
        return found.group()

    def sign_up(self, address: str, name: str) -> None:
        """From the sign-up page to being registered in the town (an invitation registers by itself)."""
        self.fill("メールアドレス", address)
        self.fill("お名前", name)
        self.press("登録して、番号を送ってもらう")
        self.fill("メールに届いた番号", self.code_from_mail(address))
        self.press("進む")
        self.page.wait_for_url(re.compile("/workspace/"))
        if "/welcome/" in self.page.url:
            self.choose(re.compile("同意します"))
            self.press("この町に登録する")

    def sign_in(self, address: str) -> None:
        self.fill("メールアドレス", address)
        self.press("番号を送ってもらう")
        self.fill(re.compile("番号"), self.code_from_mail(address))
        self.press("進む")

    def picture(self, name: str, *, at: str = "") -> None:
        """Kept for the README when MUSUBI_SCREENSHOTS is set; `at` is the heading to begin with."""
        if os.environ.get("MUSUBI_SCREENSHOTS"):
            if at:
                self.page.get_by_role("heading", name=at).first.evaluate(
                    "element => element.scrollIntoView({behavior: 'instant'})"
                )
            folder = ROOT / "docs" / "screenshots"
            folder.mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=folder / f"{name}.png")

    def shut(self) -> None:
        self.context.close()


@pytest.fixture
def somebody(browser: Browser, live_server: SimpleNamespace) -> Iterator[object]:
    """`somebody(script=…, phone=…)`: a new reader; closed at the end, with no error on any page."""
    readers: list[Reader] = []

    def make(*, script: bool = True, phone: bool = False) -> Reader:
        readers.append(Reader(browser, live_server.url, script=script, phone=phone))
        return readers[-1]

    yield make
    problems = [problem for reader in readers for problem in reader.problems]
    for reader in readers:
        reader.shut()
    assert problems == []


@pytest.fixture
def worker() -> object:
    """Deliver what is due, as the worker does."""
    return lambda: call_command("worker", once=True, verbosity=0)


@pytest.fixture
def today() -> object:
    return timezone.localdate()
