"""Drawn charts in a real browser: one width at a time, the colours of the look, a name and a table."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from tests.factories import Town
from tests.flow.matching.later import run_later

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def gallery(live_server: object, town: Town) -> str:
    """The gallery after the worker has drawn its charts."""
    Client(headers={"Accept-Language": "ja"}).get("/design/")
    assert run_later() == 3
    return f"{live_server}/design/"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=True)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(("width", "shown"), [(375, "chart-narrow"), (1280, "chart-wide")])
def test_each_screen_gets_one_drawing_with_a_name(page: Page, gallery: str, width: int, shown: str) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(gallery)
    drawing = page.get_by_role("img", name="人手がいちばん多く求められています。")
    expect(drawing).to_have_count(1)
    expect(drawing).to_have_class(shown)
    box = drawing.bounding_box()
    assert box is not None
    assert box["width"] <= width - 32
    assert page.evaluate("document.documentElement.scrollWidth") == width
    found = Axe().run(page, context="#figures")
    assert found.violations_count == 0, found.generate_report()


FILL = "(e) => [...new Set([...e.querySelectorAll('path')].map((p) => getComputedStyle(p).fill))]"


def test_the_colours_follow_the_look_without_script(browser: Browser, gallery: str) -> None:
    seen = {}
    for look, options in {
        "light": {"color_scheme": "light"},
        "dark": {"color_scheme": "dark"},
        "forced": {"color_scheme": "dark", "forced_colors": "active"},
    }.items():
        context = browser.new_context(java_script_enabled=True, **options)
        page = context.new_page()
        page.goto(gallery)
        seen[look] = page.locator(".chart > .chart-wide").first.evaluate(FILL)
        context.close()
    assert seen["light"] == ["rgb(242, 236, 223)", "rgb(17, 90, 54)"]
    assert seen["dark"] == ["rgb(21, 19, 17)", "rgb(155, 212, 181)"]
    assert len(set(map(tuple, seen.values()))) == 3
