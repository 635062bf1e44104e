"""Telling the office that something is wrong."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from musubi.flow.moderation.models import Report
from musubi.flow.moderation.permissions import REPORTS_A_DAY
from tests.factories import Town, make_issue, make_listing
from tests.web.sound import is_sound


@pytest.mark.parametrize("kind", ["listing", "issue", "actor"])
@pytest.mark.parametrize("signed_in", [True, False])
def test_anybody_may_tell(kind: str, signed_in: bool, town: Town, sign_in: Any) -> None:
    subject = {"listing": make_listing(town.actor), "issue": make_issue(town), "actor": town.actor}[kind]
    client = sign_in(town.citizen) if signed_in else Client()
    path = f"/report/{kind}/{subject.pk}/"
    is_sound(client.get(path).content.decode())
    answer = client.post(path, {"reason": "commercial", "words": "宣伝です。"}, follow=True)
    assert "通報ありがとうございます" in answer.content.decode()
    report = Report.objects.get()
    assert (report.subject, report.reporter) == (subject, town.citizen if signed_in else None)
    assert "127.0.0.1" not in report.reporter_mark
    assert len(report.reporter_mark) == 32


@pytest.mark.parametrize("data", [{}, {"reason": "xx"}, {"reason": "false", "words": "あ" * 1001}])
def test_what_is_missing_is_said(data: dict[str, str], town: Town) -> None:
    path = f"/report/actor/{town.actor.pk}/"
    html = Client().post(path, data).content.decode()
    is_sound(html)
    assert "直してください" in html
    assert Report.objects.count() == 0


def test_what_one_may_not_read_one_may_not_report(town: Town) -> None:
    listing = make_listing(town.actor, visibility="registered")
    path = f"/report/listing/{listing.pk}/"
    assert Client().get(path).status_code == Client().post(path, {"reason": "false"}).status_code == 404


def test_a_flood_is_stopped_with_a_sentence(town: Town) -> None:
    path = f"/report/actor/{town.actor.pk}/"
    for _ in range(REPORTS_A_DAY):
        assert Client().post(path, {"reason": "false"}).status_code == 302
    answer = Client().post(path, {"reason": "false"})
    assert answer.status_code == 403
    assert "たくさんのお知らせ" in answer.content.decode()
    assert "たくさんのお知らせ" in Client().get(path).content.decode()
    assert Report.objects.count() == REPORTS_A_DAY


def test_readers_behind_one_proxy_are_counted_one_by_one(town: Town, settings: SimpleNamespace) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    path = f"/report/actor/{town.actor.pk}/"

    def tell(address: str) -> int:
        headers = {"X-Forwarded-For": f"198.51.100.77, {address}"}
        return Client(headers=headers).post(path, {"reason": "false"}).status_code

    assert [tell(f"203.0.113.{number}") for number in range(REPORTS_A_DAY + 2)] == [302] * (REPORTS_A_DAY + 2)
    assert [tell("203.0.113.200") for _ in range(REPORTS_A_DAY + 1)] == [302] * REPORTS_A_DAY + [403]
