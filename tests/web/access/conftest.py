"""Pages of the running product, as somebody, in whatever way they look at it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page

Opener = Callable[..., Page]


@pytest.fixture
def opened(browser: Browser, live_server: Any) -> Iterator[Opener]:
    """`opened(person, width=320, forced_colors="active")`; no page may have complained in the end."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def _open(person: Any = None, *, width: int = 1280, height: int = 800, **how: Any) -> Page:
        how.setdefault("reduced_motion", "reduce")  # else the page is still on its way when it is measured
        context = browser.new_context(
            base_url=live_server.url, viewport={"width": width, "height": height}, **how
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        if person is not None:
            client = Client()
            client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
            name = settings.SESSION_COOKIE_NAME
            context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield _open
    for context in contexts:
        context.close()
    assert complaints == []
