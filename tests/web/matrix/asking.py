"""Asking an address of the table: who asks, for what, and with whose session."""

import time
from collections.abc import Iterator
from typing import Any

from allauth.account.internal.flows import login as signing_in
from allauth.account.internal.userkit import user_id_to_str
from django.conf import settings
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from musubi.base.accounts.models import User
from tests.factories import Town


def people_of(town: Town, other_town: Town) -> dict[str, User | None]:
    return {
        "visitor": None,
        "citizen": town.citizen,
        "member": town.viewer,
        "owner": town.owner,
        "coordinator": town.coordinator,
        "officer": town.officer,
        "other_owner": other_town.owner,
        "other_officer": other_town.officer,
    }


def path_of(name: str, what: str, things: dict[str, Any]) -> str:
    """`need =resolve`: the id of a thing, and a word as it stands."""
    args = [
        part[1:] if part.startswith("=") else getattr(things[part], "pk", things[part])
        for part in what.split()
    ]
    return reverse(name, args=args)


def named_urls(
    resolver: URLResolver | None = None, namespace: str = "", route: str = "/"
) -> Iterator[tuple[str, str]]:
    """Every address of the site: its name, and how it is written."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from named_urls(entry, entry.namespace or namespace, f"{route}{entry.pattern}")
        elif entry.name:
            yield f"{namespace}:{entry.name}" if namespace else entry.name, f"{route}{entry.pattern}"


def session_of(person: User | None) -> str:
    """The session of somebody who has just signed in, and proved it; empty: a visitor."""
    if person is None:
        return ""
    if hasattr(person, "_standing"):
        del person._standing
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session[signing_in.AUTHENTICATION_METHODS_SESSION_KEY] = [
        {"method": "mfa", "at": time.time(), "reauthenticated": True}
    ]
    session[signing_in._AUTHENTICATION_METHODS_USER_SESSION_KEY] = user_id_to_str(person)
    session.save()
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def client_with(session: str) -> Client:
    """A browser that carries nothing but this session."""
    client = Client(raise_request_exception=False)
    if session:
        client.cookies[settings.SESSION_COOKIE_NAME] = session
    return client
