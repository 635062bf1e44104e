"""Behind reverse proxies everybody still has an address of their own."""

from types import SimpleNamespace

import pytest
from allauth.account.adapter import get_adapter
from django.test import RequestFactory

from musubi.base.accounts.queries import client_address


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, None, "10.0.0.1"),
        (0, "203.0.113.9", "10.0.0.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.1, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        (1, None, "10.0.0.1"),
        (1, "2001:db8::1", "2001:db8::1"),
    ],
)
def test_the_proxies_that_are_trusted_say_who_asks(
    proxies: int, forwarded: str | None, address: str, settings: SimpleNamespace, rf: RequestFactory
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    request = rf.get("/", headers=headers, REMOTE_ADDR="10.0.0.1")

    assert client_address(request) == get_adapter().get_client_ip(request) == address
