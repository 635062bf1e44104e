"""However one reads: at four times the size, with one's own spacing, without movement, in the device's own colours."""

import pytest

from tests.web.pairs import Pair

from .conftest import Opener
from .measures import CUT, MOVING, OVERLAPS, SMALL_TARGETS, SPACING, TWICE, dress, measured
from .places import make_places, person_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WHO = ["visitor", "member", "coordinator", "officer"]


@pytest.mark.parametrize("who", WHO)
def test_pages_bear_what_readers_do_to_them(who: str, pair: Pair, opened: Opener) -> None:
    """WCAG 1.4.4, 1.4.10, 1.4.12, 2.3 and 2.5.8 on the main pages of each."""
    places = make_places(pair)
    page = opened(person_of(pair, who), width=320, height=640, reduced_motion="reduce")
    wrong: dict[str, list[str]] = {}

    def note(path: str, how: str, found: list[str]) -> None:
        if found:
            wrong[f"{path} {how}"] = found[:6]

    for path in places.of(who):
        response = page.goto(path)
        assert response is not None
        note(path, "status", [] if response.status == 200 else [str(response.status)])
        page.set_viewport_size({"width": 320, "height": 640})  # 1280 px at 400 %
        note(path, "at 320", measured(page, CUT))
        note(path, "targets at 320", measured(page, SMALL_TARGETS))
        note(path, "moves", measured(page, MOVING))
        dress(page, SPACING)
        note(path, "spaced at 320", measured(page, CUT) + measured(page, OVERLAPS))
        page.set_viewport_size({"width": 1280, "height": 800})
        note(path, "spaced", measured(page, CUT) + measured(page, OVERLAPS))
        dress(page, TWICE)
        note(path, "twice as large", measured(page, CUT) + measured(page, OVERLAPS))
        dress(page, "")
        note(path, "targets", measured(page, SMALL_TARGETS))
        note(path, "as it is", measured(page, CUT) + measured(page, OVERLAPS))
    assert wrong == {}


INVISIBLE = """() => {
  const rgb = (colour) => (colour.match(/[\\d.]+/g) ?? []).map(Number);
  const ground = (e) => {
    for (let up = e; up; up = up.parentElement) {
      const colour = rgb(getComputedStyle(up).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour.slice(0, 3).join();
    }
    return "255,255,255";
  };
  const same = (colour, e) => { const c = rgb(colour); return c[3] === 0 || c.slice(0, 3).join() === ground(e); };
  const bordered = (e) => {
    const s = getComputedStyle(e);
    return ["Top", "Right", "Bottom", "Left"].some((side) =>
      parseFloat(s[`border${side}Width`]) > 0 && s[`border${side}Style`] !== "none" && !same(s[`border${side}Color`], e.parentElement));
  };
  const found = [];
  const show = (e) => e.checkVisibility() && !e.closest(".visually-hidden, [hidden]");
  for (const e of document.querySelectorAll(".button:not(.button-link, .button-quiet), .badge, .notice, .card, .row, .door, .tally, input:not([type=hidden], [type=checkbox], [type=radio]), select, textarea, .error-summary, [popover]:popover-open")) {
    if (show(e) && !bordered(e)) found.push(`no edge: ${e.className || e.tagName} ${e.textContent.trim().slice(0, 20)}`);
  }
  for (const e of document.querySelectorAll("svg.icon")) {
    if (show(e) && same(getComputedStyle(e).stroke, e.parentElement)) found.push(`no icon: ${e.parentElement.textContent.trim().slice(0, 20)}`);
  }
  for (const e of document.querySelectorAll("[type=checkbox], [type=radio]")) {
    if (show(e) && (getComputedStyle(e).appearance === "none" || e.getBoundingClientRect().width < 13)) found.push(`no box: ${e.name}`);
  }
  for (const e of document.querySelectorAll("main p, main a, main h1, main h2, main label, main td, header a")) {
    if (show(e) && e.textContent.trim() && same(getComputedStyle(e).color, e)) found.push(`no words: ${e.textContent.trim().slice(0, 20)}`);
  }
  return [...new Set(found)];
}"""
RING = """() => { const s = getComputedStyle(document.activeElement);
  return s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2 && s.outlineColor !== getComputedStyle(document.body).backgroundColor; }"""


def test_forced_colours_leave_edges_icons_and_the_focus(pair: Pair, opened: Opener) -> None:
    places = make_places(pair)
    wrong: dict[str, list[str]] = {}
    for who, paths in (
        ("visitor", ["/design/", *places.visitor[:4], "/accounts/login/"]),
        ("member", places.member[1:5]),
        ("coordinator", places.coordinator[:2]),
    ):
        page = opened(person_of(pair, who), forced_colors="active")
        for path in paths:
            page.goto(path)
            if found := measured(page, INVISIBLE):
                wrong[path] = found
            for _ in range(6):
                page.keyboard.press("Tab")
                if not page.evaluate(RING):
                    wrong[f"{path} focus"] = [page.evaluate("document.activeElement.outerHTML.slice(0, 80)")]
    assert wrong == {}


def test_the_measures_find_what_they_are_for(opened: Opener, town: object) -> None:
    page = opened(width=320)
    page.goto("/help/")
    page.evaluate(
        """() => { const main = document.querySelector("main"); main.replaceChildren();
        const put = (css, words, tag = "p") => { const e = document.createElement(tag); e.style.cssText = css; e.textContent = words;
          if (tag === "a") e.href = "#"; main.append(e); return e; };
        put("width: 500px", "wide"); put("overflow: hidden; height: 4px", "cut");
        put("position: relative; top: 0", "under"); put("margin-top: -2em", "over");
        put("display: block; width: 9px; height: 9px; overflow: hidden", "a", "a"); put("display: block; width: 9px; height: 9px", "b", "a");
        put("transition: color 1s", "moves"); }"""
    )
    assert {line.partition(":")[0] for line in measured(page, CUT)} >= {"beyond the edge", "cut"}
    assert any("under" in line and "over" in line for line in measured(page, OVERLAPS))
    assert len(measured(page, SMALL_TARGETS)) >= 2
    assert "P" in measured(page, MOVING)
