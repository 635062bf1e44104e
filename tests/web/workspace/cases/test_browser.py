"""The pages of a case on a phone and on a desk, in a real browser and without script."""

import datetime as dt
import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect

from musubi.base.notify.models import Message
from musubi.flow.cases.models import Case, Letter
from tests.together import join_case, make_case, make_introduction, make_offer
from tests.web.pairs import Pair

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Opener = Callable[..., Page]


@pytest.fixture
def opened(browser: Browser, live_server: Any) -> Iterator[Opener]:
    """A page of the running product as somebody: `opened(person, width=375, script=False)`."""
    contexts: list[BrowserContext] = []

    def _open(person: Any = None, *, width: int = 1280, script: bool = True) -> Page:
        context = browser.new_context(
            base_url=live_server.url, java_script_enabled=script, viewport={"width": width, "height": 800}
        )
        contexts.append(context)
        if person is not None:
            client = Client()
            client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
            cookie = client.cookies["sessionid"]
            context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": live_server.url}])
        return context.new_page()

    yield _open
    for context in contexts:
        context.close()


def look(page: Page, name: str) -> None:
    if folder := os.environ.get("LOOK"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


@pytest.mark.parametrize("width", [375, 1280])
def test_accessible_and_never_wider_than_the_screen(width: int, pair: Pair, opened: Opener) -> None:
    town, now = pair.town, timezone.now()
    case = make_case(town, title="夏祭りのいすとテント", moved_at=now - dt.timedelta(days=20))
    case.next_step, case.next_step_on = "会社に電話する", timezone.localdate() - dt.timedelta(days=2)
    case.save(update_fields=["next_step", "next_step_on"])
    join_case(case, make_offer(town))
    waiting = make_introduction(
        pair.need, pair.offer, reasons=["100個のうち40個で足ります。", "同じ港区です。"]
    )
    make_case(town, state="open", need=pair.need).introductions.create(introduction=waiting)
    for actor, author, text in (
        (town.actor, town.owner, "何時に運びますか。"),
        (None, town.coordinator, "朝9時です。"),
    ):
        Letter.objects.create(case=case, actor=actor, author=author, text=text, sent_at=now)
    free = make_offer(town)
    staff, member = opened(town.coordinator, width=width), opened(town.owner, width=width)
    for page, name, path in (
        (staff, "board", "/desk/cases/"),
        (staff, "hub-staff", f"/workspace/cases/{case.pk}/"),
        (staff, "introduce", f"/desk/cases/introduce/{pair.need.pk}/{free.pk}/"),
        (staff, "need", f"/desk/needs/{pair.need.pk}/"),
        (member, "hub-member", f"/workspace/cases/{case.pk}/"),
        (member, "introduction", f"/workspace/introductions/{waiting.pk}/"),
        (member, "introductions", "/workspace/introductions/"),
        (member, "ask", f"/workspace/introductions/ask/{free.pk}/"),
        (member, "listing", f"/listings/{free.pk}/"),
    ):
        page.goto(path)
        look(page, f"{name}-{width}")
        found = Axe().run(page)
        assert found.violations_count == 0, (name, found.generate_report())
        assert page.evaluate("document.documentElement.scrollWidth") == width, name


def test_from_the_candidate_to_the_conversation_without_script(pair: Pair, opened: Opener) -> None:
    staff = opened(pair.town.coordinator, width=375, script=False)
    staff.goto(f"/desk/needs/{pair.need.pk}/")
    staff.get_by_role("link", name="を紹介する").first.click()
    staff.get_by_label("紹介のひとこと").fill("よい組み合わせです。")
    staff.get_by_role("button", name="紹介を送る").click()
    expect(staff.get_by_text("お返事を待ちます")).to_be_visible()
    for person in (pair.giver, pair.town.owner):
        link = Message.objects.get(kind="introduction_made", recipient=person).path
        visitor = opened(None, width=375, script=False)
        visitor.goto(link)
        look(visitor, f"link-{person.pk}")
        visitor.get_by_label("話してみたい").check()
        visitor.get_by_role("button", name="返事を送る").click()
        expect(visitor.get_by_role("heading", level=1)).to_have_text("お返事をいただいています")
    look(visitor, "link-answered")
    case = Case.objects.get()
    member = opened(pair.giver, width=375, script=False)
    member.goto(f"/workspace/cases/{case.pk}/")
    member.get_by_label("書くこと").fill("倉庫は朝9時に開きます。")
    member.get_by_role("button", name="送る").click()
    expect(member.get_by_text("倉庫は朝9時に開きます。").first).to_be_visible()
    expect(member.get_by_text("chonaikai@example.jp")).to_be_visible()
