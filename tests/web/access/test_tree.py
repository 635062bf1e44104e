"""What a screen reader is told: landmarks, headings, names, states, and what is announced when something changes."""

import itertools
import re

import pytest
from playwright.sync_api import Page, expect

from tests.factories import Town, make_listing
from tests.web.pairs import Pair
from tests.web.public import rows

from .conftest import Opener
from .places import make_places, person_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CONTROL = re.compile(
    r"^\s*- '?(button|link|textbox|searchbox|combobox|checkbox|radio|spinbutton|group|dialog)\b(.*)$",
    re.MULTILINE,
)


def nameless(tree: str) -> list[str]:
    """Controls of an `aria_snapshot` that have no name."""
    found = []
    for role, rest in CONTROL.findall(tree):
        if not re.match(r" \"[^\"]+\"", rest) and not (role == "group" and rest.startswith(":")):
            found.append(f"{role}{rest}")
    return found


UNHEARD = """() => [...document.querySelectorAll(".button > [aria-hidden=true] + .visually-hidden")]
  .filter((said) => !said.textContent.includes(said.previousElementSibling.textContent.trim())).map((said) => said.textContent)"""


def check_frame(page: Page, path: str) -> list[str]:
    """One of each landmark, distinct names of navigations, one h1, headings without gaps, no nameless control."""
    tree = page.locator("body").aria_snapshot()
    found = [f"{path}: {line}" for line in nameless(tree)]
    frame = {
        role: len(re.findall(rf"^\s*- {role}\b", tree, re.MULTILINE))
        for role in ("banner", "main", "contentinfo")
    }
    if set(frame.values()) != {1}:
        found.append(f"{path}: {frame}")
    navigations = re.findall(r"^\s*- navigation(.*):", tree, re.MULTILINE)
    if len(set(navigations)) != len(navigations) or not all(navigations):
        found.append(f"{path}: navigations {navigations}")
    levels = [int(level) for level in re.findall(r"- '?heading .*\[level=(\d)\]", tree)]
    if levels.count(1) != 1 or any(after - before > 1 for before, after in itertools.pairwise(levels)):
        found.append(f"{path}: headings {levels}")
    found += [f"{path}: the label is not in {said}" for said in page.evaluate(UNHEARD)]
    if not re.match(r"\S.{2,}\|.*Musubi", " ".join(page.title().split())):
        found.append(f"{path}: title {page.title()!r}")
    return found


def test_pages_have_their_frame_and_every_control_a_name(pair: Pair, opened: Opener) -> None:
    places = make_places(pair)
    wrong: list[str] = []
    for who in ("visitor", "member", "coordinator", "officer"):
        page = opened(person_of(pair, who))
        titles: dict[str, str] = {}
        for path in places.of(who):
            page.goto(path)
            wrong += check_frame(page, path)
            if page.title() in titles:
                wrong.append(f"{path} is titled like {titles[page.title()]}")
            titles[page.title()] = path
    assert wrong == []


def test_a_nameless_control_is_found() -> None:
    assert nameless('- button "送る"\n- button\n- link "a":\n- textbox [disabled]') == [
        "button",
        "textbox [disabled]",
    ]


def test_where_one_is_and_what_is_open_is_told(town: Town, opened: Opener) -> None:
    page = opened(town.owner)
    page.goto("/search/")
    here = page.get_by_role("navigation", name="主なページ").get_by_role("link", name="ニーズと提供")
    expect(here).to_have_attribute("aria-current", "true")
    expect(page.get_by_role("button", name="日本語", exact=True)).to_have_attribute("aria-current", "true")
    menu = page.locator("details.menu")
    expect(menu).to_match_aria_snapshot(f"- group: {town.owner.name}")
    menu.locator("summary").click()
    expect(menu.get_by_role("link", name="わたしのページ")).to_be_visible()
    page.goto("/workspace/listings/new/?side=need")
    expect(page.get_by_role("navigation", name="いまいる場所").get_by_text("新しく載せる")).to_have_attribute(
        "aria-current", "page"
    )
    expect(
        page.get_by_role("navigation", name="どちらを載せますか").get_by_role("link").first
    ).to_have_attribute("aria-current", "page")


def test_a_dialog_has_its_role_and_name(town: Town, opened: Opener) -> None:
    page = opened()
    page.goto("/design/")
    opener = page.locator("main [popovertarget]:not([popovertargetaction])").first
    opener.click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    expect(dialog).to_have_accessible_name(re.compile(r"\S"))


def test_errors_are_told_at_the_top_and_at_their_field(town: Town, opened: Opener) -> None:
    page = opened(town.owner)
    draft = make_listing(town.actor, title="", body="", state="draft", published_at=None)
    page.goto(f"/workspace/listings/{draft.pk}/edit/")
    page.get_by_role("button", name="確かめて公開").click()
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("か所を直してください")
    title = page.get_by_label("題名")
    expect(title).to_have_attribute("aria-invalid", "true")
    expect(title).to_have_accessible_description(re.compile("まちがい：.*題名"))
    summary.get_by_role("link").first.click()
    expect(title).to_be_focused()


def test_a_field_says_its_name_its_help_and_that_it_is_needed(town: Town, opened: Opener) -> None:
    page = opened()
    page.goto("/design/")
    title = page.locator("#id_example-title")
    expect(title).to_have_accessible_name(re.compile("題名.*※必須"))
    expect(title).to_have_accessible_description(re.compile(r"\S"))
    expect(title).to_have_attribute("required", "")
    boxes = page.get_by_role("group").filter(has=page.locator(".date-boxes")).first
    expect(boxes).to_have_accessible_name(re.compile(r"\S"))
    for label in ("年", "月", "日"):
        expect(boxes.get_by_role("textbox", name=label, exact=True)).to_be_visible()


def test_what_changes_by_itself_is_announced(town: Town, opened: Opener) -> None:
    """The autosave line, what is like it, what an act led to: none takes the focus."""
    rows.issue(town, title="子ども食堂の会場がない", body="台所のある部屋がありません。")
    draft = make_listing(town.actor, title="書きかけ", state="draft", published_at=None)
    page = opened(town.owner)
    page.goto(f"/workspace/listings/{draft.pk}/edit/")
    similar = page.locator("#similar")
    expect(similar).to_have_attribute("aria-live", "polite")
    line = page.locator("[data-autosave-status]")
    expect(line).to_have_attribute("role", "status")
    expect(line).to_have_text("")  # there before it has something to say
    page.get_by_label("題名").press_sequentially("子ども食堂の会場をさがしています")
    expect(similar.get_by_role("link", name="子ども食堂の会場がない")).to_be_visible()
    expect(line).to_contain_text("下書きを保存しました", timeout=8000)
    expect(page.get_by_label("題名")).to_be_focused()
    page.goto("/design/look/")
    page.get_by_role("button", name="この見え方にする").click()
    expect(page.get_by_role("status")).to_have_text("見え方を変えました。")
    expect(page.locator("body")).to_be_focused()
