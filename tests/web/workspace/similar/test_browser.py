"""In a real browser: the list comes while one types, and stays where the keyboard is."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Browser, expect

from musubi.base.index.services import refresh_words
from tests.factories import Town, make_listing
from tests.web.public import rows

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_what_is_like_it_appears_while_typing(
    browser: Browser, live_server: Any, town: Town, sign_in: Any
) -> None:
    rows.issue(town, title="子ども食堂の会場がない", body="台所のある部屋がありません。")
    draft = make_listing(town.actor, title="", body="", state="draft")
    context = browser.new_context(viewport={"width": 375, "height": 800})
    session = sign_in(town.owner).cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    complaints: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{live_server}/workspace/listings/{draft.pk}/edit/")
    link = page.locator("#similar").get_by_role("link", name="子ども食堂の会場がない")
    expect(link).to_have_count(0)
    page.fill("#id_title", "子ども食堂の会場をさがしています")
    expect(link).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 375
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.fill("#id_title", "")
    expect(link).to_have_count(0)
    context.close()
    assert complaints == []


def test_the_search_s_words_are_completed_while_typing(
    browser: Browser, live_server: Any, town: Town
) -> None:
    rows.listing(town.actor, title="公園清掃の仲間")
    refresh_words()
    context = browser.new_context(viewport={"width": 375, "height": 800})
    page = context.new_page()
    page.goto(f"{live_server}/search/")
    page.fill("#q", "公園")
    link = page.locator("#words-found").get_by_role("link", name="公園清掃")
    expect(link).to_be_visible()
    link.click()
    expect(page.get_by_role("heading", name="「公園清掃」：すべて 1件")).to_be_visible()
    page.get_by_text("いつ（曜日）").click()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") == 375
    context.close()
