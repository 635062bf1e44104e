"""Somebody without a mouse: goes on with Tab, presses with Enter and Space, and must see where they are at every step."""

from pathlib import Path
from typing import Any

from playwright.sync_api import ElementHandle, Locator, Page, Request, expect
from playwright.sync_api import TimeoutError as Waited

MOST_STEPS, MOST_CHOICES = 300, 60
SOON = 500  # ms: within this a press that leads on has begun to
FOCUSED = "e => e === document.activeElement"
# Where Tab enters a group of radio buttons: at the one that is set, else at the first.
ENTRANCE = """e => {
  const group = [...document.querySelectorAll("input[type=radio]")]
    .filter((one) => one.name === e.name && one.form === e.form && !one.disabled);
  return group.find((one) => one.checked) ?? group[0];
}"""
HERE = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) { window.walked = null; return null; }
  const style = getComputedStyle(e);
  const boxes = [...e.getClientRects()].filter((r) => r.width > 0 && r.height > 0);
  // Of a large field a browser brings the line one writes on into sight, not always the whole: the part in sight counts.
  const insight = (r) => e.matches("textarea") ? [Math.max(r.top, 0), Math.min(r.bottom, innerHeight)] : [r.top, r.bottom];
  const shown = (r) => [0.5, 0.1, 0.9].every((x) => {
    const [top, bottom] = insight(r);
    const middle = (top + bottom) / 2;
    const hit = document.elementFromPoint(r.left + r.width * x, middle);
    return hit && (e.contains(hit) || hit.contains(e) && hit.matches("label, summary, fieldset"));
  });
  const rgb = (colour) => (colour.match(/[\\d.]+/g) ?? []).map(Number);
  let ground = [255, 255, 255];
  for (let up = e.parentElement; up; up = up.parentElement) {
    const [r, g, b, a = 1] = rgb(getComputedStyle(up).backgroundColor);
    if (a === 1) { ground = [r, g, b]; break; }
  }
  const light = (c) => c.slice(0, 3).map((v) => v / 255)
    .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const pair = [light(rgb(style.outlineColor)), light(ground)].sort((a, b) => b - a);
  const box = e.getBoundingClientRect();
  if (!window.walked?.isConnected) window.walked = null;
  const goesBack = window.walked && !!(window.walked.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_PRECEDING);
  const stays = window.walked === e;
  window.walked = e;
  return {
    what: `${e.tagName} ${(e.getAttribute("aria-label") ?? e.textContent ?? "").trim().slice(0, 40)} ${e.id}`,
    ring: style.outlineStyle !== "none" ? parseFloat(style.outlineWidth) : 0,
    contrast: (pair[0] + 0.05) / (pair[1] + 0.05),
    visible: boxes.some(shown),
    inView: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    goesBack, stays, tabindex: e.tabIndex,
  };
}"""


class Keyboard:
    """Walks a page by keys alone. Whatever gets the focus must be seen, uncovered, and come in reading order."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def open(self, path: str) -> "Keyboard":
        self.page.goto(path)
        return self

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def tab(self) -> dict[str, Any] | None:
        """One step on; None where the page ends."""
        self.press("Tab")
        here: dict[str, Any] | None = self.page.evaluate(HERE)
        if here is not None:
            self._is_seen(here)
            assert not here["goesBack"], f"{here['what']} goes back"
            assert not here["stays"], f"no way out of {here['what']}"
        return here

    def _is_seen(self, here: dict[str, Any]) -> None:
        assert here["ring"] >= 2, f"no ring around {here['what']}"
        assert here["contrast"] >= 3, f"the ring around {here['what']} is too faint: {here['contrast']:.1f}"
        assert here["inView"], f"{here['what']} is out of sight"
        assert here["visible"], f"something lies over {here['what']}"
        assert here["tabindex"] == 0, f"{here['what']} jumps the queue"

    def to(self, target: Locator) -> None:
        """Tab until it has the focus."""
        expect(target).to_be_visible()
        self._to(target.element_handle())

    def _to(self, wanted: ElementHandle) -> None:
        if wanted.evaluate(FOCUSED):
            self._is_seen(self.page.evaluate(HERE))
            return
        for _ in range(MOST_STEPS):
            if self.tab() is not None and wanted.evaluate(FOCUSED):
                return
        raise AssertionError(f"no key leads to {wanted}")

    def enter(self, target: Locator) -> None:
        """Go there and press Enter; what that opens begins anew."""
        self.to(target)
        self.page.evaluate("document.documentElement.dataset.left = ''; window.walked = null")
        try:
            with self.page.expect_event("request", self._leads_on, timeout=SOON):
                self.press("Enter")
        except Waited:
            return  # not everything that is pressed leads to another page
        self.page.locator("html:not([data-left])").wait_for(state="attached")
        self.page.wait_for_load_state()

    def _leads_on(self, request: Request) -> bool:
        return request.is_navigation_request() and request.frame == self.page.main_frame

    def write(self, target: Locator, text: str) -> None:
        """Type this in place of what stands there."""
        self.to(target)
        self.press("Control+A", "Delete")
        self.page.keyboard.type(text)

    def tick(self, target: Locator) -> None:
        """Go to a box and press Space until it is ticked."""
        self.to(target)
        if target.is_checked():
            self.press("Space")
            expect(target).not_to_be_checked()
        self.press("Space")
        expect(target).to_be_checked()

    def pick(self, wanted: Locator) -> None:
        """One of several radio buttons: Tab goes to the group, the arrows go through it."""
        entrance = wanted.evaluate_handle(ENTRANCE).as_element()
        assert entrance
        self._to(entrance)
        self.press("Space")
        for _ in range(MOST_CHOICES):
            if wanted.is_checked():
                return
            self.press("ArrowDown")
        raise AssertionError(f"no arrow leads to {wanted}")

    def select(self, target: Locator, option: str) -> None:
        """An option of a list, by its words or its value: the arrows go through it."""
        self.to(target)
        self.press("Home")
        for _ in range(MOST_CHOICES):
            if option in target.evaluate("e => [e.value, e.selectedOptions[0]?.label.trim()]"):
                return
            self.press("ArrowDown")
        raise AssertionError(f"no arrow leads to {option} in {target}")

    def attach(self, target: Locator, file: Path) -> None:
        """Open the machine's own window for files, and choose there."""
        with self.page.expect_file_chooser() as waiting:
            self.to(target)
            self.press("Space")
        waiting.value.set_files(file)

    def around(self) -> list[str]:
        """Once through the page from its beginning to its end."""
        seen = []
        for _ in range(MOST_STEPS * 2):
            here = self.tab()
            if here is None:
                return seen
            seen.append(here["what"])
        raise AssertionError("the page has no end")
