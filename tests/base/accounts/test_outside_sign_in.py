"""In a real browser: the button leads to the configured provider's own page, and the policy to no other."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from musubi.config.env import SignInProvider
from tests.factories import Town

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Provider(BaseHTTPRequestHandler):
    """A city's directory: its description and its sign-in page."""

    def do_GET(self) -> None:
        here = f"http://{self.headers['Host']}"
        description = {
            "issuer": here,
            "authorization_endpoint": f"{here}/sign-in",
            "token_endpoint": f"{here}/token",
        }
        is_description = self.path.startswith("/.well-known/")
        self.send_response(200)
        self.send_header("Content-Type", "application/json" if is_description else "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(json.dumps(description).encode() if is_description else "<h1>市の認証</h1>".encode())

    def log_message(self, *args: Any) -> None:
        """Nothing on the terminal."""


@pytest.fixture
def provider() -> Iterator[SignInProvider]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield SignInProvider(client_id="1", secret="2", server_url=f"http://127.0.0.1:{server.server_port}/")
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("is_configured", [True, False])
def test_the_policy_lets_the_button_through(
    is_configured: bool,
    provider: SignInProvider,
    live_server: Any,
    browser: Browser,
    town: Town,
    settings: SimpleNamespace,
) -> None:
    app = {"provider_id": "staff", "name": "職員認証", "client_id": "1", "secret": "2"}
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"APPS": [{**app, "settings": {"server_url": provider.server_url.rstrip("/")}}]}
    }
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    allowed = ["'self'", provider.origin] if is_configured else ["'self'"]
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": {**directives, "form-action": allowed}}
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{live_server}/accounts/login/")
    page.get_by_role("link", name="職員認証").click()
    button = page.locator("main form button")
    if is_configured:
        button.click()
        expect(page.get_by_role("heading", name="市の認証")).to_be_visible()
    else:
        with page.expect_console_message(lambda said: "form-action" in said.text):
            button.click()
        assert page.url.startswith(str(live_server))
    context.close()
