"""Every address × every kind of person × own and other city.

A row one may not see is a 404; an act one may not do a 403 with its sentence; nobody signed in is led to the
sign-in and back. A page that is not in the table fails the last test, so that none can be forgotten.
What is answered as a page is read as well: it is valid HTML, in the right language, with one heading above all.
"""

import re
from types import ModuleType
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpResponse

from tests.factories import Town
from tests.web.light import heavy_parts
from tests.web.matrix import PARTS
from tests.web.matrix.asking import client_with, named_urls, path_of, people_of, session_of
from tests.web.matrix.not_pages import NOT_PAGES, PROVIDER
from tests.web.matrix.people import WHO, Case
from tests.web.matrix.signing_in import BEFORE
from tests.web.sound import faults_of_a_page, fingerprint

pytestmark = pytest.mark.django_db

AT_ONCE = 30
"""So many cases share what their part builds; each is undone before the next."""
CHUNKS = [
    pytest.param(part, part.CASES[start : start + AT_ONCE], id=f"{part.__name__.rpartition('.')[2]}-{start}")
    for part in PARTS
    for start in range(0, len(part.CASES), AT_ONCE)
]


def ask(session: str, method: str, name: str, path: str, things: dict[str, Any]) -> HttpResponse:
    """What is answered; whatever it did is undone."""
    cache.clear()
    client = client_with(session)
    with transaction.atomic():
        if name in BEFORE and not session:
            BEFORE[name](client, things)
        response = client.generic(method, path, content_type="application/x-www-form-urlencoded")
        transaction.set_rollback(True)
    if response.streaming:
        b"".join(response.streaming_content)  # a download is read to its end, which closes its file
    return response


def word_for(response: HttpResponse, name: str, path: str) -> str:
    """What the person gets: a status, with where a redirect leads when that matters."""
    to = response["Location"] if response.status_code in (301, 302) else ""
    if "/accounts/login/" in to:
        assert f"next={path}" in to.replace("%2F", "/") or ":" not in name
        return "login"
    if "/workspace/welcome/" in to:
        return "welcome"
    if response.status_code == 403:
        said = response.content.decode()
        if response.headers["Content-Type"] == "application/json":
            said = response.json()["message"]
        assert "。" in said, f"a refusal without a sentence: {path}"
    return "ok" if response.status_code in (200, 302, 303, 422, 204) else str(response.status_code)


def is_page(response: HttpResponse) -> bool:
    return (
        not response.streaming and response["Content-Type"].startswith("text/html") and bool(response.content)
    )


@pytest.mark.parametrize(("part", "cases"), CHUNKS)
def test_each_address_answers_each_person(
    part: ModuleType, cases: list[Case], town: Town, other_town: Town
) -> None:
    things = part.things(town, other_town)
    sessions = {who: session_of(person) for who, person in people_of(town, other_town).items()}
    wrong: list[str] = []
    read: set[str] = set()
    for method, name, what, expected in cases:
        path = path_of(name, what, things)
        for who in WHO:
            response = ask(sessions[who], method, name, path, things)
            problems = []
            if (got := word_for(response, name, path)) != expected[who]:
                problems.append(f"{got}, not {expected[who]}")
            if is_page(response):
                page = response.content.decode()
                if name in NOT_PAGES:
                    if method == "GET" and response.status_code == 200 and re.search("<main\\b", page):
                        problems.append("this is a page: it should not stand among those that are none")
                elif connection.vendor == "sqlite" and (mark := fingerprint(page)) not in read:
                    # the same page for several people, and on the other database, is read once
                    read.add(mark)
                    problems += faults_of_a_page(page)
                    problems += [f"heavy: {part}" for part in heavy_parts(page)]
            wrong += [f"{method} {name} {what} as {who}: {problem}" for problem in problems]
    assert not wrong, "\n".join(wrong)


def test_every_address_is_in_the_table() -> None:
    asked = {name for part in PARTS for _, name, _, _ in part.CASES}
    elsewhere = {name for name, reason in NOT_PAGES.items() if reason == PROVIDER}
    addresses = {name for name, _ in named_urls()}
    assert addresses - asked - elsewhere == set()
    assert NOT_PAGES.keys() - addresses == set()


def test_every_page_gives_itself_to_somebody_under_a_title_of_its_own(town: Town, other_town: Town) -> None:
    """All pages of one town, each once: a title that two share tells a reader of tabs and history nothing."""
    roles = ("officer", "coordinator", "owner", "visitor", "other_owner")
    sessions = {who: session_of(people_of(town, other_town)[who]) for who in roles}
    titles: dict[str, dict[str, str]] = {}
    seen: set[str] = set()
    for part in PARTS:
        things = part.things(town, other_town)
        for method, name, what, expected in part.CASES:
            if method != "GET" or name in NOT_PAGES:
                continue
            path = path_of(name, what, things)
            for who in roles:
                if expected[who] not in ("ok", "401"):
                    continue
                response = ask(sessions[who], method, name, path, things)
                if response.status_code in (200, 401) and is_page(response):
                    seen.add(name)
                    [title] = re.findall(r"<title>(.*?)</title>", response.content.decode(), re.DOTALL)
                    titles.setdefault(" ".join(title.split()), {})[name] = path
                    break
    assert {name for name, _ in named_urls()} - NOT_PAGES.keys() - seen == set()
    shared = [f"{title}: {pages}" for title, pages in titles.items() if len(pages) > 1]
    assert not shared, "\n".join(shared)
