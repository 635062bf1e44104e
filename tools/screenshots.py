"""`make screenshots`: the pictures of README.md and docs/ja/, taken anew from the demonstration town.

A server must run (`make run`); its address is the first argument, names of single pictures may follow. Each picture is a page, somebody who looks at it,
and a width; what is shown first fits into one screen.
"""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Error, Page, sync_playwright

FOLDER = Path(__file__).parents[1] / "docs" / "screenshots"
CHROMIUM = "/usr/bin/chromium"
DESK, TALL, PHONE = (1280, 860), (1280, 1240), (375, 780)
MEMBER, COORDINATOR, OFFICER = "須田 正樹", "早瀬 みのり", "鷹野 千尋"


@dataclass(frozen=True)
class Picture:
    """One page as somebody sees it; `links` are followed one after the other; `at` is shown at the top."""

    name: str
    path: str
    who: str = ""
    links: tuple[str, ...] = ()
    at: str = ""
    size: tuple[int, int] = DESK
    look: Literal["light", "dark"] = "light"
    language: str = "ja"


PICTURES = (
    Picture("home", "/"),
    Picture("home-dark-phone", "/", size=PHONE, look="dark"),
    Picture("home-easy-phone", "/", size=PHONE, language="ja-easy"),
    Picture("home-english", "/", language="en"),
    Picture("search", "/search/?q=子ども食堂", size=TALL),
    Picture("guide", "/guides/", links=("main a[href^='/guides/']",)),
    Picture("need-phone", "/", links=("main .rows a[href^='/listings/']",), size=PHONE),
    Picture("proposals", "/desk/", who=COORDINATOR, links=("main a[href^='/desk/needs/']",), at="#proposals"),
    Picture("member", "/workspace/", who=MEMBER),
    Picture("desk", "/desk/", who=COORDINATOR),
    Picture(
        "case", "/desk/cases/", who=COORDINATOR, links=("main a[href*='/cases/']:not([href*='/desk/'])",)
    ),
    Picture("office", "/office/", who=OFFICER),
    Picture("story", "/stories/", links=("main .rows a[href^='/stories/']",)),
)


def main(base: str, names: list[str]) -> None:
    """Takes all pictures, or those named; stops with the name of the one that cannot be taken."""
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for picture in PICTURES:
            if names and picture.name not in names:
                continue
            try:
                take(browser, base, picture)
            except Error as error:
                sys.exit(f"{picture.name}: {error.message}")
            sys.stdout.write(f"  {picture.name}\n")
        browser.close()


def take(browser: Browser, base: str, picture: Picture) -> None:
    """One picture into the folder."""
    width, height = picture.size
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale="ja-JP", color_scheme=picture.look
    )
    context.set_default_timeout(8_000)
    page = context.new_page()
    _speak(page, base, picture.language)
    if picture.who:
        page.goto(f"{base}/dev/people/")
        page.get_by_role("button", name=picture.who).first.click()
    page.goto(base + picture.path)
    for link in picture.links:
        page.locator(link).first.click()
        page.wait_for_load_state()
    if picture.at:
        page.locator(picture.at).first.evaluate("part => part.scrollIntoView({ behavior: 'instant' })")
    page.screenshot(path=FOLDER / f"{picture.name}.png")
    context.close()


def _speak(page: Page, base: str, language: str) -> None:
    if language != "ja":
        page.goto(base)
        page.locator(f"button[name=language][value={language}]").first.click()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000", sys.argv[2:])
