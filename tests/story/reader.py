"""Somebody who walks the story with a browser of their own, and the way they walk.

Some walk with a telephone and some without script, as the test says. MUSUBI_WALK has everybody walk in one way:
`plain` with a telephone and without script, `slow` with a slow telephone on a slow line, `keys` by the keyboard alone.
"""

import datetime as dt
import os
import re
from pathlib import Path
from typing import ClassVar

from playwright.sync_api import Browser, BrowserContext, CDPSession, Locator, Page

from tests.web.access.keyboard import Keyboard

WALK = os.environ.get("MUSUBI_WALK", "")
assert WALK in {"", "plain", "slow", "keys"}, WALK
# As `musubi bench light` has it: a processor a quarter as fast, 400 kbit/s, 400 ms there and back.
SLOW_LINE = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
SLOWER = 4
PHONE, DESK = {"width": 375, "height": 812}, {"width": 1280, "height": 900}


class Reader:
    """Somebody with a browser of their own, who points, presses and types."""

    slowed: ClassVar[CDPSession | None] = None

    def __init__(self, browser: Browser, base: str, *, script: bool = True, phone: bool = False) -> None:
        self.base = base
        self.has_script = script and WALK != "plain"
        self.context: BrowserContext = browser.new_context(
            viewport=PHONE if phone or WALK in {"plain", "slow"} else DESK,
            locale="ja-JP",
            java_script_enabled=self.has_script,
            # Where the focus goes is measured at once, not while the page is still on its way there.
            reduced_motion="reduce" if WALK == "keys" else None,
        )
        self.context.set_default_timeout(90_000 if WALK == "slow" else 15_000)
        self._page = self.context.new_page()
        self._tools: CDPSession | None = None
        if WALK == "slow":
            self._tools = self.context.new_cdp_session(self._page)
            self._tools.send("Network.enable")
            self._tools.send("Network.emulateNetworkConditions", SLOW_LINE)
        self.problems: list[str] = []
        self._page.on("console", lambda m: self._note(m.text) if m.type == "error" else None)
        self._page.on("pageerror", lambda e: self._note(str(e)))

    @property
    def page(self) -> Page:
        """The page this reader has before them; on the slow walk their telephone is slow from here on.

        Chromium slows a page by keeping a processor busy for it. So only the telephone in somebody's hand is slow, not
        those that lie beside.
        """
        if self._tools is not None and Reader.slowed is not self._tools:
            if Reader.slowed is not None:
                Reader.slowed.send("Emulation.setCPUThrottlingRate", {"rate": 1})
            self._tools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
            Reader.slowed = self._tools
        return self._page

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

    def activate(self, button: Locator) -> None:
        """Press a button or follow a link."""
        button.click()

    def write(self, field: Locator | str, text: str) -> None:
        """Write this in place of what stands there."""
        self._found(field).fill(text)

    def tick(self, answer: Locator | str) -> None:
        """Choose one of several answers, or set a mark."""
        self._found(answer).check()

    def select(self, field: Locator | str, option: str) -> None:
        """Take one option of a list, by its words or its value."""
        self._found(field).select_option(option)

    def attach(self, field: Locator | str, file: Path) -> None:
        self._found(field).set_input_files(file)

    def take(self, name: str) -> Path:
        """Press a button that hands over a file; where it was put."""
        with self.page.expect_download() as waiting:
            self.press(name)
        return waiting.value.path()

    def _found(self, field: Locator | str) -> Locator:
        return self.page.locator(field) if isinstance(field, str) else field

    def press(self, name: str | re.Pattern[str], *, within: str = "main") -> None:
        self.activate(self.page.locator(within).get_by_role("button", name=name).first)

    def follow(self, name: str | re.Pattern[str], *, within: str = "main") -> None:
        self.activate(self.page.locator(within).get_by_role("link", name=name).first)

    def fill(self, label: str | re.Pattern[str], text: str, *, nth: int = 0) -> None:
        self.write(self.page.locator("main").get_by_label(label).nth(nth), text)

    def search(self, words: str) -> None:
        self.write(self.page.locator("main").get_by_role("searchbox"), words)
        self.press("さがす")

    def pick(self, question: str, answer: str | re.Pattern[str]) -> None:
        """One of several answers to a question."""
        group = self.page.locator("main").get_by_role("group", name=re.compile(re.escape(question)))
        self.tick(group.first.get_by_label(answer).first)

    def choose(self, label: str | re.Pattern[str], *, nth: int = 0) -> None:
        self.tick(self.page.locator("main").get_by_label(label).nth(nth))

    def date(self, legend: str, day: dt.date, *, nth: int = 0) -> None:
        """Fill the three boxes of a date."""
        boxes = self.page.get_by_role("group", name=re.compile(legend)).nth(nth)
        for label, value in (("年", day.year), ("月", day.month), ("日", day.day)):
            self.write(boxes.get_by_label(label, exact=True), str(value))

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

    def shut(self) -> None:
        if Reader.slowed is self._tools:
            Reader.slowed = None
        self.context.close()


class KeyboardReader(Reader):
    """Somebody without a mouse, who must see at every step where they are."""

    @property
    def keys(self) -> Keyboard:
        return Keyboard(self.page)

    def activate(self, button: Locator) -> None:
        self.keys.enter(button)

    def write(self, field: Locator | str, text: str) -> None:
        self.keys.write(self._found(field), text)

    def tick(self, answer: Locator | str) -> None:
        found = self._found(answer)
        if found.get_attribute("type") == "radio":
            self.keys.pick(found)
        elif not found.is_checked():
            self.keys.tick(found)

    def select(self, field: Locator | str, option: str) -> None:
        self.keys.select(self._found(field), option)

    def attach(self, field: Locator | str, file: Path) -> None:
        self.keys.attach(self._found(field), file)

    def take(self, name: str) -> Path:
        with self.page.expect_download() as waiting:  # no other page comes, which `activate` would wait for
            self.keys.to(self.page.locator("main").get_by_role("button", name=name).first)
            self.page.keyboard.press("Enter")
        return waiting.value.path()
