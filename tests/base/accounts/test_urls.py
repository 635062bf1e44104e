"""Signing in without passwords: no page gives one, and what needs no password goes on working."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from tests.factories import Town, make_person

PASSWORD_PAGES = [
    "account_set_password",
    "account_change_password",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
]


def all_patterns(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, str]]:
    for each in resolver.url_patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLPattern):
            yield route, each.name or ""
        else:
            yield from all_patterns(each, route)


def test_no_address_speaks_of_a_password() -> None:
    patterns = list(all_patterns(get_resolver()))

    assert ("accounts/login/code/", "account_request_login_code") in patterns
    assert [pattern for pattern in patterns if "password" in pattern[0] + pattern[1]] == []


@pytest.mark.parametrize("name", PASSWORD_PAGES)
def test_no_name_leads_to_one(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.parametrize("page", ["set", "change", "reset", "reset/done", "reset/key/1-set-password"])
def test_the_usual_addresses_are_not_there(page: str, town: Town, sign_in: Any) -> None:
    for client in (Client(), sign_in(town.citizen)):
        assert client.get(f"/accounts/password/{page}/").status_code == 404


def test_signing_up_twice_is_told_by_mail_alone(town: Town) -> None:
    person = make_person()
    first = Client().post("/accounts/signup/", {"email": person.email, "name": "だれか"})
    second = Client().post("/accounts/signup/", {"email": "nobody@example.jp", "name": "だれか"})

    assert (first.status_code, first["Location"]) == (second.status_code, second["Location"])
    told = next(letter for letter in mail.outbox if letter.to == [person.email])
    assert "もう登録されています" in told.body


def test_the_account_pages_in_use_are_there(town: Town, sign_in: Any) -> None:
    client = sign_in(town.citizen)
    for name in ("account_email", "mfa_index", "socialaccount_connections", "account_logout"):
        assert client.get(reverse(name)).status_code == 200, name
    for name in ("account_login", "account_signup", "account_request_login_code", "account_inactive"):
        assert Client().get(reverse(name)).status_code == 200, name
    assert client.get(reverse("account_reauthenticate")).status_code == 403
