"""The writing helper in a real browser: while one types, and without script."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.factories import Town

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 375, "height": 800})
    yield context.new_page()
    context.close()


def test_advice_comes_while_one_types_and_takes_no_focus(page: Page, live_server: object, town: Town) -> None:
    page.goto(f"{live_server}/design/")
    box = page.locator("#id_example-title")
    line = page.locator("#id_example-title_advised")
    expect(line).to_be_empty()
    box.press_sequentially("ワークショップの会場")
    expect(line).to_have_text("書き方の助言：1")
    expect(page.locator("#id_example-title_advice q")).to_have_text("ワークショップ")
    expect(box).to_be_focused()
    assert "id_example-title_advised" in (box.get_attribute("aria-describedby") or "")
    assert Axe().run(page).violations_count == 0
    box.fill("体験会の会場")
    expect(line).to_be_empty()
    expect(page.locator("#id_example-title_advice li")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") == 375
