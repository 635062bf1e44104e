"""Two presses of one button: one thing done, one answer."""

import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory

from musubi.base.accounts.models import User
from musubi.flow.issues.models import Issue
from musubi.flow.listings.models import Listing
from musubi.web.design import once
from tests.factories import Town

pytestmark = pytest.mark.django_db
NEW_ISSUE = "/workspace/issues/new/"


def person(user: User) -> Client:
    client = Client(enforce_csrf_checks=True)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def mark_of(client: Client, path: str) -> str:
    [first, *_] = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', client.get(path).content.decode())
    return str(first)


def issue(town: Town, mark: str, title: str = "街灯が切れています") -> dict[str, Any]:
    return {
        "csrfmiddlewaretoken": mark,
        "title": title,
        "body": "夜、駅からの道が暗いです。",
        "area": town.municipality.area_id,
        "visibility": "public",
    }


def pressed(client: Client, path: str, data: dict[str, Any], **headers: str) -> once.Press | None:
    """What the middleware makes of it."""
    request = RequestFactory(headers=headers).post(path, data)
    request.COOKIES = {name: morsel.value for name, morsel in client.cookies.items()}
    return once.press_of(request)


def test_two_presses_make_one_issue_and_get_one_answer(town: Town) -> None:
    client = person(town.owner)
    data = issue(town, mark_of(client, NEW_ISSUE))
    first, second = client.post(NEW_ISSUE, data), client.post(NEW_ISSUE, data)
    assert first.status_code == second.status_code == 302, first.content.decode()[:3000]
    assert first["Location"] == second["Location"]
    assert Issue.objects.count() == 1


def test_what_is_said_afterwards_is_said_to_the_second_press_too(town: Town) -> None:
    client = person(town.owner)
    data = issue(town, mark_of(client, NEW_ISSUE))
    first = client.post(NEW_ISSUE, data)
    del client.cookies["messages"]  # the answer was lost on its way
    second = client.post(NEW_ISSUE, data)
    assert second.cookies["messages"].value == first.cookies["messages"].value


def test_two_presses_make_one_listing(town: Town) -> None:
    client = person(town.owner)
    path = "/workspace/listings/new/"
    data = {"csrfmiddlewaretoken": mark_of(client, path), "actor": town.actor.pk, "choice": "need:people"}
    places = {client.post(path, data)["Location"] for _ in range(2)}
    assert places == {f"/workspace/listings/{Listing.objects.get().pk}/edit/"}


def test_another_page_of_the_same_form_is_another_press(town: Town) -> None:
    client = person(town.owner)
    client.post(NEW_ISSUE, issue(town, mark_of(client, NEW_ISSUE)))
    client.post(NEW_ISSUE, issue(town, mark_of(client, NEW_ISSUE)))
    assert Issue.objects.count() == 2


def test_going_back_and_changing_ones_mind_twice_counts_each_time(town: Town) -> None:
    client = person(town.owner)
    mark = mark_of(client, "/workspace/preferences/")
    for name in ("山田", "山田花子", "山田"):
        client.post("/workspace/preferences/", {"csrfmiddlewaretoken": mark, "name": name})
        town.owner.refresh_from_db()
        assert town.owner.name == name


def test_a_form_that_came_back_with_errors_is_judged_anew(town: Town) -> None:
    client = person(town.owner)
    data = issue(town, mark_of(client, NEW_ISSUE), title="")
    assert [client.post(NEW_ISSUE, data).status_code for _ in range(2)] == [200, 200]
    press = pressed(client, NEW_ISSUE, data)
    assert press is not None
    assert cache.get(press.answer) is None


def test_another_person_with_the_same_words_is_heard(town: Town) -> None:
    one, other = person(town.owner), person(town.citizen)
    data = issue(town, mark_of(one, NEW_ISSUE))
    one.post(NEW_ISSUE, data)
    other.cookies["csrftoken"] = one.cookies["csrftoken"].value
    other.post(NEW_ISSUE, data)
    assert Issue.objects.count() == 2


def test_a_file_is_part_of_what_was_pressed(town: Town) -> None:
    client = person(town.owner)

    def press(name: str) -> str:
        data = {"csrfmiddlewaretoken": "m", "file": SimpleUploadedFile(name, b"1")}
        found = pressed(client, "/a/", data)
        assert found is not None
        return found.content

    assert press("a.txt") == press("a.txt") != press("b.txt")


def test_what_scripts_post_and_what_has_no_mark_is_no_press(town: Town) -> None:
    client = person(town.owner)
    marked = {"csrfmiddlewaretoken": "m"}
    assert pressed(client, "/a/", {"title": "x"}) is None  # type: ignore[arg-type]
    assert pressed(client, "/a/", marked, **{"X-Live": "1"}) is None  # type: ignore[arg-type]
    assert pressed(client, "/accounts/login/", marked) is None  # type: ignore[arg-type]
    assert pressed(Client(), "/a/", marked) is None  # type: ignore[arg-type]


def test_while_the_first_is_at_work_the_second_waits_and_is_told(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(once, "TURNS", 2)
    monkeypatch.setattr(once, "TURN", 0.01)
    client = person(town.owner)
    data = issue(town, mark_of(client, NEW_ISSUE))
    press = pressed(client, NEW_ISSUE, data)
    assert press is not None
    cache.set(press.last, press.content)
    cache.add(press.answer, once.AT_WORK)
    answer = client.post(NEW_ISSUE, data)
    assert answer.status_code == 409
    assert "同じものが先に届き、いま処理しています。" in answer.content.decode()
    assert Issue.objects.count() == 0
    cache.delete(press.answer)  # the first has failed: the second does it
    assert client.post(NEW_ISSUE, data).status_code == 302


def test_the_accent_is_the_same_for_everybody(settings: SimpleNamespace) -> None:
    settings.ACCENT = "#1d4f8f"
    answer = Client().get("/design/accent.css?1d4f8f")
    assert answer.status_code == 200
    assert answer.get("Vary", "Accept-Encoding") == "Accept-Encoding"
    assert "Cookie" in Client().get("/help/")["Vary"]
