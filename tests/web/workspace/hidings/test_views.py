"""The author reads why something of theirs was hidden, and answers once."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from musubi.flow.moderation.models import Hiding
from musubi.flow.moderation.services import hide, keep_hidden, lift_hiding
from tests.factories import Town, make_actor, make_issue, make_listing
from tests.web.sound import is_sound


@pytest.fixture
def hiding(town: Town, now: dt.datetime) -> Hiding:
    listing = make_listing(town.actor, title="古い掲示")
    return hide(subject=listing, reason="去年の内容です。", by=town.officer, now=now)


def page(client: Client, path: str) -> str:
    html = client.get(path).content.decode()
    is_sound(html)
    return html


def test_the_author_reads_the_reason_and_answers_once(
    hiding: Hiding, town: Town, sign_in: Any, now: dt.datetime
) -> None:
    client, path = sign_in(town.owner), f"/workspace/hidings/{hiding.pk}/"
    assert "去年の内容です。" in page(client, "/workspace/hidings/")
    assert "返事を書く" in page(client, path)
    assert "去年の内容です。" in page(client, f"{path}answer/")
    answer = client.post(f"{path}answer/", {"answer": "直しました。"}, follow=True)
    assert answer.redirect_chain == [(path, 302)]
    html = page(client, path)
    assert "直しました。" in html
    assert f"{path}answer/" not in html
    refused = client.post(f"{path}answer/", {"answer": "もう一言"})
    assert refused.status_code == 403
    assert "一度だけ" in refused.content.decode()
    keep_hidden(hiding=hiding, reason="まだ古いです。", by=town.officer, now=now)
    assert "まだ古いです。" in page(client, path)
    lift_hiding(hiding=hiding, reason="新しくなりました。", by=town.officer, now=now)
    assert "新しくなりました。" in page(client, path)


def test_a_member_who_only_reads_sees_why_the_button_does_nothing(
    hiding: Hiding, town: Town, sign_in: Any
) -> None:
    client, path = sign_in(town.viewer), f"/workspace/hidings/{hiding.pk}/"
    assert "返事ができるのは" in page(client, path)
    assert (
        client.get(f"{path}answer/").status_code
        == client.post(f"{path}answer/", {"answer": "はい"}).status_code
        == 403
    )


def test_it_is_nobody_elses_business(hiding: Hiding, town: Town, other_town: Town, sign_in: Any) -> None:
    for person in (town.citizen, town.officer, town.coordinator, other_town.officer, other_town.owner):
        client = sign_in(person)
        assert client.get(f"/workspace/hidings/{hiding.pk}/").status_code == 404
        assert client.post(f"/workspace/hidings/{hiding.pk}/answer/", {"answer": "はい"}).status_code == 404
        assert "古い掲示" not in page(client, "/workspace/hidings/")
    assert Client().get("/workspace/hidings/")["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("answer", ["", "  ", "あ" * 2001])
def test_what_is_missing_is_said(answer: str, hiding: Hiding, town: Town, sign_in: Any) -> None:
    html = (
        sign_in(town.owner)
        .post(f"/workspace/hidings/{hiding.pk}/answer/", {"answer": answer})
        .content.decode()
    )
    is_sound(html)
    assert "直してください" in html
    assert Hiding.objects.get().answer == ""


def test_an_expired_sign_in_gives_back_the_answer(hiding: Hiding, town: Town) -> None:
    client, path = Client(), f"/workspace/hidings/{hiding.pk}/answer/"
    client.post(path, {"answer": "長い返事です。"})
    client.force_login(town.owner, backend="django.contrib.auth.backends.ModelBackend")
    html = page(client, path)
    assert "長い返事です。" in html
    assert "入力していた内容を戻しました" in html


def test_issues_and_actors_too_under_constant_queries(town: Town, sign_in: Any, now: dt.datetime) -> None:
    def fill() -> None:
        for subject in (
            make_listing(town.actor),
            make_issue(town, by=town.owner),
            make_actor(town.municipality, town.owner),
        ):
            hide(subject=subject, reason="理由です。", by=town.officer, now=now)

    fill()
    counts = []
    for _ in range(2):
        client = sign_in(town.owner)
        with CaptureQueriesContext(connection) as counted:
            page(client, "/workspace/hidings/")
        counts.append(len(counted))
        for _ in range(16):
            fill()
    assert counts[0] == counts[1]
    for row in Hiding.objects.all()[:3]:
        page(sign_in(town.owner), f"/workspace/hidings/{row.pk}/")
