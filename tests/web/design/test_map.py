"""The map in a real browser: with pieces from a real server, with none, and without script."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.factories import Town, make_listing
from tests.tile_maker import TileMaker, tile_maker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SHIFTS = """new Promise((done) => { let sum = 0;
    new PerformanceObserver((list) => { for (const one of list.getEntries()) sum += one.value; })
        .observe({ type: "layout-shift", buffered: true });
    setTimeout(() => done(sum), 300); })"""


@pytest.fixture
def maker(settings: Any, tmp_path: Path) -> Iterator[TileMaker]:
    with tile_maker() as running:
        settings.TILES, settings.TILES_ROOT = running.source, tmp_path / "tiles"
        yield running


@pytest.fixture
def address(live_server: object, town: Town, maker: TileMaker) -> str:
    """A listing's page whose town has a point."""
    town.town.lat, town.town.lng = 35.1496, 140.0489
    town.town.save(update_fields=["lat", "lng"])
    listing = make_listing(town.actor, areas=[town.wards[0]], town=town.town.name)
    return f"{live_server}/listings/{listing.pk}/"


@pytest.fixture
def opened(browser: Browser) -> Iterator[Any]:
    """Opens a page and afterwards says if it complained (the content policy does) or asked anybody else."""
    pages: list[Any] = []
    asked: list[str] = []

    def opened(address: str, **how: Any) -> Page:
        how.setdefault("viewport", {"width": 1280, "height": 900})
        context = browser.new_context(**how)
        page = context.new_page()
        pages.append(page)
        complaints = page.complaints = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on("request", lambda request: asked.append(request.url))
        page.goto(address)
        if page.locator(".places").count():
            page.locator(".places").first.scroll_into_view_if_needed()
        return page

    yield opened
    origins = {"/".join(url.split("/")[:3]) for url in asked if not url.startswith("data:")}
    for page in pages:
        page.context.close()
    said = [complaint for page in pages for complaint in page.complaints]
    assert said == []
    assert len(origins) == 1


def is_accessible(page: Any) -> None:
    """By axe, whose own styles the content policy refuses: what the page said before is heard first."""
    assert page.complaints == []
    found = Axe().run(page)
    page.complaints.clear()
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("width", [375, 1280])
@pytest.mark.parametrize(
    "how", [{}, {"color_scheme": "dark"}, {"forced_colors": "active"}], ids=["light", "dark", "forced"]
)
def test_where_pieces_come_there_is_a_map(opened: Any, address: str, width: int, how: dict[str, str]) -> None:
    page = opened(address, viewport={"width": width, "height": 800}, **how)
    picture = page.locator(".places-picture")
    expect(page.locator(".map")).to_be_visible()
    expect(page.get_by_role("img", name="おおよその場所の地図")).to_have_count(1)
    expect(page.locator("[data-sketch]")).to_be_hidden()
    expect(picture.locator(".map-mark")).to_have_text("1")
    expect(picture.get_by_text("出典：国土地理院")).to_be_visible()
    expect(page.locator(".places ol")).to_contain_text("港区浜町一丁目")
    is_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    small = page.evaluate(
        """() => [...document.querySelectorAll(".map-acts button, .map-mark")].map((e) => e.getBoundingClientRect())
        .filter((r) => r.width < 24 || r.height < 24).length"""
    )
    assert small == 0


def test_nothing_moves_when_the_map_comes(opened: Any, address: str) -> None:
    page = opened(address, viewport={"width": 375, "height": 800})
    expect(page.locator(".map")).to_be_visible()
    assert page.evaluate(SHIFTS) <= 0.02


def test_dark_pieces_are_dimmed_and_paper_is_light(opened: Any, address: str) -> None:
    page = opened(address, color_scheme="dark")
    expect(page.locator(".map")).to_be_visible()
    filter_of = "getComputedStyle(document.querySelector('.leaflet-tile-pane')).filter"
    assert "invert" in page.evaluate(filter_of)
    page.emulate_media(media="print")
    assert page.evaluate(filter_of) == "none"
    expect(page.locator(".map-acts")).to_be_hidden()
    expect(page.get_by_text("出典：国土地理院")).to_be_visible()


@pytest.mark.parametrize(("wish", "moves"), [("reduce", False), ("no-preference", True)])
def test_nothing_glides_for_who_wants_it_still(opened: Any, address: str, wish: str, moves: bool) -> None:
    page = opened(address, reduced_motion=wish)
    expect(page.locator(".map")).to_be_visible()
    assert (page.locator(".map-mark.leaflet-zoom-animated").count() > 0) is moves


def test_by_keyboard_the_map_moves_and_lets_one_go(opened: Any, address: str, maker: TileMaker) -> None:
    page = opened(address, reduced_motion="reduce")
    expect(page.locator(".map")).to_be_visible()
    page.get_by_role("button", name="大きく見る").focus()
    reached = []
    for _ in range(9):
        reached.append(page.evaluate("document.activeElement.textContent.trim().replace(/\\s+/g, '')"))
        page.keyboard.press("Tab")
    assert reached[:8] == [
        "+大きく見る",
        "−広く見る",
        "全体",
        "▲北へ動かす",
        "◀西へ動かす",
        "▶東へ動かす",
        "▼南へ動かす",
        "出典：国土地理院",
    ]
    assert "map" not in page.evaluate("document.activeElement.className")
    zooms = lambda: {path.split("/")[2] for path in maker.asked}  # noqa: E731
    assert zooms() == {"15"}
    page.get_by_role("button", name="大きく見る").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".leaflet-tile-loaded[src*='/16/']").first).to_be_visible()
    known = len(maker.asked)
    page.get_by_role("button", name="東へ動かす").focus()
    with page.expect_response(lambda answer: "/tiles/16/" in answer.url):
        for _ in range(3):
            page.keyboard.press("Enter")
    page.wait_for_load_state("networkidle")
    assert len(maker.asked) > known
    page.get_by_role("button", name="全体").click()
    expect(page.locator(".leaflet-tile-loaded[src*='/15/']").first).to_be_visible()


def test_the_wheel_scrolls_the_page_and_not_the_map(opened: Any, address: str, maker: TileMaker) -> None:
    page = opened(address)
    expect(page.locator(".map")).to_be_visible()
    box = page.locator(".map").bounding_box()
    assert box
    before = page.evaluate("scrollY")
    page.mouse.move(box["x"] + 90, box["y"] + 90)
    page.mouse.wheel(0, -300)
    page.wait_for_timeout(500)
    assert page.evaluate("scrollY") != before
    assert {path.split("/")[2] for path in maker.asked} == {"15"}


def test_a_number_leads_into_the_list(opened: Any, live_server: object, town: Town, maker: TileMaker) -> None:
    page = opened(f"{live_server}/design/#places")
    part = page.locator("[data-places]").first
    expect(part.locator(".map")).to_be_visible()
    expect(part.locator(".map-mark")).to_have_text(["1", "2"])
    part.locator(".map-mark").first.click()
    expect(part.get_by_role("link", name="みなと町2丁目集会所")).to_be_focused()
    expect(part.locator(".map-mark").first).to_have_class(re.compile("map-mark-here"))
    expect(part.locator("li").first).to_have_class("place-here")


@pytest.mark.parametrize("status", [404, 503])
def test_where_no_piece_comes_the_sketch_stays(
    opened: Any, address: str, maker: TileMaker, status: int
) -> None:
    maker.status = status
    page = opened(address)
    page.wait_for_load_state("networkidle")
    expect(page.locator("[data-sketch]")).to_be_visible()
    expect(page.locator(".map")).to_be_hidden()
    expect(page.locator(".map-acts")).to_be_hidden()
    expect(page.locator(".places ol")).to_contain_text("港区浜町一丁目")
    assert maker.asked
    is_accessible(page)


def test_without_script_the_sketch_and_the_list_say_it(opened: Any, address: str, maker: TileMaker) -> None:
    page = opened(address, java_script_enabled=False)
    expect(page.locator("[data-sketch]")).to_be_visible()
    expect(page.locator(".places ol")).to_contain_text("港区浜町一丁目")
    expect(page.get_by_text("番号は、町や区の中心に付けています。建物の場所ではありません。")).to_be_visible()
    assert maker.asked == []


def test_switched_off_no_script_is_fetched(opened: Any, address: str, settings: Any) -> None:
    settings.TILES = None
    asked: list[str] = []
    page = opened(address)
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if "leaflet" in url or "map." in url] == []
    expect(page.locator(".places ol")).to_contain_text("港区浜町一丁目")


def test_leaflet_is_fetched_only_when_somebody_comes_near(
    browser: Browser, address: str, maker: TileMaker
) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 300})
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if "leaflet" in url] == []
    page.locator(".places").scroll_into_view_if_needed()
    expect(page.locator(".map")).to_be_visible()
    context.close()
