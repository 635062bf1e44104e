"""Every address × every kind of person × own and other city.

A row one may not see is a 404; an act one may not do a 403 with its sentence; nobody signed in is led to the
sign-in and back. A page that is not in the table fails the last test, so that none can be forgotten.
"""

from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from tests.factories import Town
from tests.web.light import heavy_parts
from tests.web.matrix import PARTS
from tests.web.matrix.people import WHO

pytestmark = pytest.mark.django_db

OURS = ("public", "workspace", "desk", "office")


def people_of(town: Town, other_town: Town) -> dict[str, Any]:
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


def args_of(what: str, things: dict[str, Any]) -> list[Any]:
    """`need =resolve`: the id of a thing, and a word as it stands."""
    return [
        part[1:] if part.startswith("=") else getattr(things[part], "pk", things[part])
        for part in what.split()
    ]


def named_urls(resolver: URLResolver | None = None, namespace: str = "") -> Iterator[str]:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            if not namespace and entry.namespace not in OURS:
                continue
            yield from named_urls(entry, entry.namespace or namespace)
        elif entry.name:
            yield f"{namespace}:{entry.name}"


def answer(person: Any, who: str, method: str, path: str) -> str:
    """What the person gets: a status, with where a redirect leads when that matters."""
    client = Client(raise_request_exception=False)
    if person is not None:
        if hasattr(person, "_standing"):
            del person._standing
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    with transaction.atomic():
        response = client.generic(method, path, content_type="application/x-www-form-urlencoded")
        transaction.set_rollback(True)
    if response.streaming:
        b"".join(response.streaming_content)  # a download is read to its end, which closes its file
    elif response["Content-Type"].startswith("text/html"):
        assert heavy_parts(response.content.decode()) == []
    if response.status_code in (301, 302) and "/accounts/login/" in response["Location"]:
        assert f"next={path}" in response["Location"].replace("%2F", "/")
        return "login"
    if response.status_code in (301, 302) and "/workspace/welcome/" in response["Location"]:
        return "welcome"
    if response.status_code == 403:
        said = response.content.decode()
        if response.headers["Content-Type"] == "application/json":
            said = response.json()["message"]
        assert "。" in said, f"a refusal without a sentence: {path} for {who}"
    return "ok" if response.status_code in (200, 302, 303, 422, 204) else str(response.status_code)


@pytest.mark.parametrize(
    ("part", "method", "name", "what", "expected"),
    [(part, *case) for part in PARTS for case in part.CASES],
    ids=lambda value: value.__name__.rpartition(".")[2] if isinstance(value, ModuleType) else None,
)
def test_each_address_answers_each_person(
    part: ModuleType,
    method: str,
    name: str,
    what: str,
    expected: dict[str, str],
    town: Town,
    other_town: Town,
) -> None:
    path = reverse(name, args=args_of(what, part.things(town, other_town)))
    people = people_of(town, other_town)
    got = {who: answer(people[who], who, method, path) for who in WHO}
    assert {who: f"{got[who]}, not {expected[who]}" for who in WHO if got[who] != expected[who]} == {}


def test_every_address_is_in_the_table() -> None:
    assert set(named_urls()) - {name for part in PARTS for _, name, _, _ in part.CASES} == set()
