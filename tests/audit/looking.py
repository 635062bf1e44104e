"""Looking at one page: axe's rules, and what no page of ours may do."""

import re
from dataclasses import asdict, dataclass, field
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage
from playwright.sync_api import Page as Tab

from musubi.base.common.languages import BY_CODE
from tests.web.matrix.asking import client_with, session_of
from tests.web.matrix.signing_in import BEFORE

from .pages import Page
from .ways import Way

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOK = """async (tags) => {
    const options = {
        runOnly: {type: "tag", values: tags}, rules: {"target-size": {enabled: true}},
        resultTypes: ["violations", "incomplete"], preload: false, selectors: false,
    };
    const found = await axe.run(document, options);
    const brief = (results) => results.map((rule) => ({
        rule: rule.id,
        impact: rule.impact,
        nodes: rule.nodes.map((node) => ({
            html: node.html.slice(0, 200),
            why: [...node.any, ...node.all, ...node.none].map((check) => check.message).join(" ").slice(0, 300),
        })),
    }));
    const root = document.documentElement;
    return {
        axe: axe.version,
        rules: found.passes.length + found.inapplicable.length + found.violations.length + found.incomplete.length,
        violations: brief(found.violations),
        incomplete: brief(found.incomplete),
        heading: document.querySelectorAll("h1").length,
        title: document.title.split("|")[0].trim(),
        language: [root.lang, root.dataset.language],
        wider: document.scrollingElement.scrollWidth - innerWidth,
    };
}"""


@dataclass
class Seen:
    """What was found on one page, seen in one way by one role."""

    page: Page
    role: str
    way: Way
    leads_on: bool = False
    faults: list[str] = field(default_factory=list)
    incomplete: dict[str, int] = field(default_factory=dict)
    undecided: list[str] = field(default_factory=list)
    rules: int = 0
    axe: str = ""

    def as_row(self) -> dict[str, Any]:
        return asdict(self)


class Eyes:
    """A browser window that belongs to one role."""

    def __init__(self, browser: Browser, base: str, role: str, people: dict[str, Any]) -> None:
        self.base, self.role = base, role
        self.sessions = {who: session_of(person) for who, person in people.items()}
        self.context: BrowserContext = browser.new_context(locale="ja-JP", reduced_motion="reduce")
        self.tab: Tab = self.context.new_page()
        self.complaints: list[str] = []
        self.asked: list[str] = []
        self.tab.on("console", self._hear)
        self.tab.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.tab.on("request", lambda request: self.asked.append(request.url))

    def _hear(self, message: ConsoleMessage) -> None:
        """Errors, among them what the content security policy has refused; the page's own status is no error."""
        own = message.location.get("url") == self.tab.url and re.search(
            r"status of (401|403|404) ", message.text
        )
        if message.type == "error" and not own:
            self.complaints.append(message.text)

    def open(self, page: Page, path: str, locale: str, things: dict[str, Any]) -> list[str]:
        """Go there with nothing but the session and the language; what goes wrong on the way."""
        session = self.sessions[page.reader(self.role)]
        if page.name in BEFORE and not session:
            client = client_with("")
            BEFORE[page.name](client, things)
            session = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.context.clear_cookies()
        cookies = {settings.SESSION_COOKIE_NAME: session, settings.LANGUAGE_COOKIE_NAME: locale}
        self.context.add_cookies(
            [{"name": name, "value": value, "url": self.base} for name, value in cookies.items() if value]
        )
        self.complaints.clear()
        self.asked.clear()
        response = self.tab.goto(f"{self.base}{path}")
        assert response is not None
        kind = response.headers.get("content-type", "")
        faults = [] if kind.startswith("text/html") else [f"no page, but {kind}: name it in not_pages.py"]
        if response.status != page.status:
            faults.append(f"answers {response.status}, not {page.status}")
        return faults

    def look(self, page: Page, path: str, way: Way) -> Seen:
        """The open page as it looks in this way."""
        seen = Seen(page, self.role, way)
        if self.tab.url != f"{self.base}{path}":
            seen.leads_on = True
            return seen
        if not self.tab.evaluate("typeof axe === 'object'"):
            self.tab.evaluate(AXE_SCRIPT)
        found = self.tab.evaluate(LOOK, TAGS)
        seen.axe, seen.rules = found["axe"], found["rules"]
        seen.faults = [
            f"{rule['rule']} ({rule['impact']}): {node['html']} {node['why']}"
            for rule in found["violations"]
            for node in rule["nodes"]
        ]
        seen.incomplete = {rule["rule"]: len(rule["nodes"]) for rule in found["incomplete"]}
        seen.undecided = [
            f"{rule['rule']}: {node['html']} {node['why']}"
            for rule in found["incomplete"]
            for node in rule["nodes"][:2]
        ]
        if found["heading"] != 1:
            seen.faults.append(f"{found['heading']} h1")
        if not found["title"]:
            seen.faults.append("no title")
        if found["language"] != [BY_CODE[way.locale].tag, way.locale]:
            seen.faults.append(f"is in {found['language']}")
        if found["wider"] > 0:
            seen.faults.append(f"scrolls sideways by {found['wider']} px")
        seen.faults += [f"console: {text}" for text in self.complaints]
        seen.faults += [
            f"asks elsewhere: {url}"
            for url in self.asked
            if not url.startswith((f"{self.base}/", "data:", "blob:"))
        ]
        return seen

    def seen_in(self, page: Page, path: str, ways: list[Way], things: dict[str, Any]) -> list[Seen]:
        """Opened once in the ways' one language, then looked at in each width and look."""
        [locale] = {way.locale for way in ways}
        first = ways[0]
        self._turn_to(first)
        faults = self.open(page, path, locale, things)
        if faults:
            return [Seen(page, self.role, first, faults=faults)]
        results = []
        for way in ways:
            self._turn_to(way)
            results.append(self.look(page, path, way))
        return results

    def _turn_to(self, way: Way) -> None:
        self.tab.set_viewport_size({"width": way.width, "height": 800})
        self.tab.emulate_media(color_scheme=way.look, reduced_motion="reduce")  # type: ignore[arg-type]

    def close(self) -> None:
        self.context.close()
