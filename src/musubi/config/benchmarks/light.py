"""How soon a page is there on a slow telephone: Chromium, slowed down as the network and the telephone would."""

import shutil
import socket
import statistics
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from os import environ
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django.urls import reverse

from musubi.base.places.models import Municipality
from musubi.config.imports.errors import CannotImport
from musubi.config.management.commands.serve import answers, server_command
from musubi.flow.listings.enums import Side

from .pages import WORDS, sample_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SLOWDOWN = 4
ROUND_TRIP = 400  # milliseconds
BYTES_A_SECOND = 400_000 / 8
SCREEN = {"width": 375, "height": 812}
SETTLED = 1_500  # milliseconds after loading in which things still move
LONGEST_START = 60

WATCH = """
  window.seen = {paint: 0, shift: 0};
  new PerformanceObserver((list) => { for (const e of list.getEntries()) seen.paint = e.startTime; })
    .observe({type: "largest-contentful-paint", buffered: true});
  new PerformanceObserver((list) => { for (const e of list.getEntries()) if (!e.hadRecentInput) seen.shift += e.value; })
    .observe({type: "layout-shift", buffered: true});
"""
READ = """() => {
  const page = performance.getEntriesByType("navigation")[0];
  const parts = performance.getEntriesByType("resource");
  const size = (entries) => entries.reduce((sum, entry) => sum + entry.encodedBodySize, 0);
  const unpacked = [page, ...parts].filter((e) => e.decodedBodySize > 2000 && e.encodedBodySize === e.decodedBodySize
    && !/\\.(jpe?g|png|webp|avif|woff2)$/.test(new URL(e.name).pathname));
  return {...seen, blocking: size([page, ...parts.filter((e) => e.renderBlockingStatus === "blocking")]),
    whole: size([page, ...parts]), unpacked: unpacked.map((e) => new URL(e.name).pathname)};
}"""


@dataclass(frozen=True)
class Visit:
    """One opening of a page with nothing of it kept: bytes as sent, milliseconds, and how much jumped about."""

    blocking: int
    whole: int
    paint: float
    shift: float


@dataclass(frozen=True)
class Lightness:
    """One page, opened several times."""

    name: str
    visits: tuple[Visit, ...]

    @property
    def paint_median(self) -> float:
        return statistics.median(visit.paint for visit in self.visits)

    def most(self, what: Callable[[Visit], float]) -> float:
        """The worst of all visits."""
        return max(what(visit) for visit in self.visits)


def measure_lightness(municipality: Municipality, *, rounds: int) -> list[Lightness]:
    """Home, search results and a listing, each `rounds` times from an empty cache, served as `musubi serve` does."""
    pages = _pages(municipality)  # before Playwright: its loop keeps Django from the database
    with _server() as address, _browser() as browser:
        for path in pages.values():
            urllib.request.urlopen(address + path).close()  # noqa: S310  # the server has answered it once
        return [
            Lightness(name, tuple(_visit(browser, address + path) for _ in range(rounds)))
            for name, path in pages.items()
        ]


def _pages(municipality: Municipality) -> dict[str, str]:
    listing = sample_of(municipality, Side.NEED)[0]
    return {
        "home": reverse("public:home"),
        "search results": f"{reverse('public:search')}?q={quote(WORDS[0])}",
        "a listing": reverse("public:listing", args=[listing]),
    }


def _visit(browser: "Browser", address: str) -> Visit:
    context = browser.new_context(viewport=SCREEN, device_scale_factor=2, is_mobile=True, locale="ja-JP")  # type: ignore[arg-type]
    try:
        page = context.new_page()
        page.add_init_script(WATCH)
        slow = context.new_cdp_session(page)
        slow.send("Network.enable")
        slow.send(
            "Network.emulateNetworkConditions",
            {
                "offline": False,
                "latency": ROUND_TRIP,
                "downloadThroughput": BYTES_A_SECOND,
                "uploadThroughput": BYTES_A_SECOND,
            },
        )
        slow.send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
        page.goto(address, wait_until="load", timeout=60_000)
        page.wait_for_timeout(SETTLED)
        found: dict[str, Any] = page.evaluate(READ)
    finally:
        context.close()
    if found["unpacked"]:
        raise CannotImport(f"圧縮されずに届いたものがあります: {'、'.join(found['unpacked'])}")
    return Visit(found["blocking"], found["whole"], found["paint"], found["shift"])


@contextmanager
def _browser() -> Iterator["Browser"]:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError as error:
        raise CannotImport("Playwright がありません。make test の環境で測ってください。") from error
    chromium = environ.get("MUSUBI_CHROMIUM") or shutil.which("chromium")
    if not chromium:
        raise CannotImport("Chromium がありません（Debian では apt-get install chromium）。")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", "--disable-background-networking", "--disable-component-update"],
        )
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def _server() -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with subprocess.Popen(server_command("127.0.0.1", port, 1)) as process:  # noqa: S603  # our own program
        try:
            until = time.monotonic() + LONGEST_START
            while not answers("127.0.0.1", port):
                if process.poll() is not None or time.monotonic() > until:
                    raise CannotImport("サーバーが始まりませんでした。上の記録を見てください。")
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def rows_of(pages: Sequence[Lightness]) -> list[str]:
    """The rows of the table in `docs/performance.md`."""
    return [
        f"| {page.name} | {page.most(lambda v: v.blocking) / 1000:.1f} | {page.most(lambda v: v.whole) / 1000:.1f} |"
        f" {page.paint_median / 1000:.2f} | {page.most(lambda v: v.paint) / 1000:.2f} |"
        f" {page.most(lambda v: v.shift):.3f} |"
        for page in pages
    ]
