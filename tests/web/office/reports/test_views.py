"""The office reads reports, hides with a reason or dismisses, and reads authors' answers."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from musubi.flow.actors.queries import forget_standing
from musubi.flow.moderation.enums import ReportState
from musubi.flow.moderation.models import Hiding, Report
from musubi.flow.moderation.services import answer_hiding, hide, lift_hiding, report
from tests.factories import Town, give_mandate, make_actor, make_issue, make_listing
from tests.web.counting import asked_for_many
from tests.web.sound import is_sound

VISITOR = AnonymousUser()


def tell(
    subject: Any, at: dt.datetime, by: Any = VISITOR, words: str = "去年の話です。", mark: str = "m"
) -> Report:
    return report(subject=subject, reason="false", words=words, by=by, mark=mark, now=at)


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    html = answer.content.decode()
    is_sound(html)
    return html


@pytest.fixture
def told(town: Town, now: dt.datetime) -> Report:
    listing = make_listing(town.actor, title="古い掲示", body="祭りの **手伝い**")
    return tell(listing, now - dt.timedelta(days=3), by=town.citizen)


def test_the_queue_begins_with_what_waits_longest(
    told: Report, town: Town, sign_in: Any, now: dt.datetime
) -> None:
    tell(make_issue(town, title="新しい知らせ"), now - dt.timedelta(hours=2))
    client = sign_in(town.officer)
    html = page(client, "/office/reports/")
    assert html.index("古い掲示") < html.index("新しい知らせ")
    assert "3日待っています" in html
    assert "2時間待っています" in html
    assert "判断した通報は、まだありません" in page(client, "/office/reports/?state=decided")


def test_hiding_with_a_reason(told: Report, town: Town, sign_in: Any) -> None:
    client, path = sign_in(town.officer), f"/office/reports/{told.pk}/"
    html = page(client, path)
    for words in (
        "去年の話です。",
        "古い掲示",
        "<strong>手伝い</strong>",
        town.actor.name,
        town.citizen.name,
    ):
        assert words in html
    page(client, f"{path}hide/")
    wrong = client.post(f"{path}hide/", {"reason": " "})
    is_sound(wrong.content.decode())
    assert "「理由」を入れてください。" in wrong.content.decode()
    assert Hiding.objects.count() == 0
    answer = client.post(f"{path}hide/", {"reason": "去年の内容です。"}, follow=True)
    assert "非表示にしました" in answer.content.decode()
    hiding = Hiding.objects.get()
    assert f"/office/hidings/{hiding.pk}/" in page(client, path)
    assert "古い掲示" in page(client, "/office/reports/?state=decided")
    assert "古い掲示" in page(client, "/office/hidings/?state=hidden")
    assert Client().get(f"/listings/{hiding.listing_id}/").status_code == 404
    assert client.post(f"{path}dismiss/", {"reason": "やはり"}).status_code == 403


def test_dismissing_with_a_reason(told: Report, town: Town, sign_in: Any) -> None:
    client, path = sign_in(town.officer), f"/office/reports/{told.pk}/"
    page(client, f"{path}dismiss/")
    client.post(f"{path}dismiss/", {"reason": "今年の内容でした。"})
    html = page(client, path)
    assert "今年の内容でした。" in html
    assert f"{path}hide/" not in html
    told.refresh_from_db()
    assert told.state == "dismissed"


def test_other_reports_on_the_same_thing_stand_beside(
    told: Report, town: Town, sign_in: Any, now: dt.datetime
) -> None:
    other = tell(told.subject, now, words="電話番号があります。")
    tell(make_listing(town.actor), now, words="べつの話")
    html = page(sign_in(town.officer), f"/office/reports/{told.pk}/")
    assert f"/office/reports/{other.pk}/" in html
    assert "電話番号があります。" in html
    assert "べつの話" not in html


def test_the_authors_answer_is_decided(told: Report, town: Town, sign_in: Any, now: dt.datetime) -> None:
    hiding = hide(subject=told.subject, reason="去年の内容です。", by=town.officer, now=now)
    client, path = sign_in(town.officer), f"/office/hidings/{hiding.pk}/"
    assert "まだ届いていません" in page(client, path)
    assert "投稿者の返事を読んだあとで選べます" in page(client, path)
    assert client.get(f"{path}keep/").status_code == 403
    answer_hiding(hiding=hiding, answer="直しました。", by=town.owner, now=now - dt.timedelta(days=2))
    assert "2日待っています" in page(client, "/office/hidings/")
    assert "直しました。" in page(client, path)
    page(client, f"{path}keep/")
    client.post(f"{path}keep/", {"reason": "まだ古いです。"})
    html = page(client, path)
    assert "まだ古いです。" in html
    assert f"{path}keep/" not in html
    client.post(f"{path}lift/", {"reason": "新しくなりました。"})
    assert "新しくなりました。" in page(client, path)
    assert Client().get(f"/listings/{hiding.listing_id}/").status_code == 200
    assert client.post(f"{path}lift/", {"reason": "もう一度"}).status_code == 403
    assert "古い掲示" in page(client, "/office/hidings/?state=lifted")


ADDRESSES = ("reports/", "reports/{report}/", "reports/{report}/hide/", "reports/{report}/dismiss/",
             "hidings/", "hidings/{hiding}/", "hidings/{hiding}/keep/", "hidings/{hiding}/lift/")  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_only_the_office_of_the_town(
    address: str, told: Report, town: Town, other_town: Town, sign_in: Any, now: dt.datetime, settings: Any
) -> None:
    settings.ALLOWED_HOSTS = [".testserver", "testserver"]
    hiding = hide(subject=make_issue(town, by=town.owner), reason="理由です。", by=town.officer, now=now)
    path = "/office/" + address.format(report=told.pk, hiding=hiding.pk)
    for person in (town.citizen, town.owner, town.coordinator, other_town.officer):
        answer = sign_in(person).get(path)
        assert answer.status_code == (404 if "{" in address else 403)
        assert "去年の話です。" not in answer.content.decode()
    assert Client().get(path)["Location"].startswith("/accounts/login/")
    if "{" in address:  # the other town's own office does not find it
        client = sign_in(other_town.officer)
        assert client.get(path, HTTP_HOST="shiomi.testserver").status_code == 404


def test_an_expired_sign_in_gives_back_the_reason(told: Report, town: Town) -> None:
    client, path = Client(), f"/office/reports/{told.pk}/hide/"
    client.post(path, {"reason": "長い理由です。"})
    client.force_login(town.officer, backend="django.contrib.auth.backends.ModelBackend")
    html = page(client, path)
    assert "長い理由です。" in html
    assert "入力していた内容を戻しました" in html
    assert Hiding.objects.count() == 0


def test_as_many_queries_for_one_row_as_for_many(town: Town, sign_in: Any, now: dt.datetime) -> None:
    def hidden(number: int) -> tuple[list[Report], list[Hiding]]:
        """What was told of and is hidden: one of each kind."""
        subjects = [
            make_listing(town.actor),
            make_issue(town, by=town.owner),
            make_actor(town.municipality, town.owner),
        ]
        forget_standing(town.owner)
        reports = [tell(one, now, mark=f"{number}-{one.pk}") for one in subjects]
        return reports, [hide(subject=one, reason="理由です。", by=town.officer, now=now) for one in subjects]

    def more(number: int) -> None:
        reports, hidings = hidden(number)
        for hiding in hidings:
            lift_hiding(hiding=hiding, reason="直りました。", by=town.officer, now=now)
        for row in reports:
            row.state, row.decided_at, row.decided_by = ReportState.UPHELD, now, town.officer
            row.save()
        for hiding in hidden(number)[1]:
            answer_hiding(hiding=hiding, answer="直しました。", by=town.owner, now=now)
        hidden(number)  # it stays hidden, and the report open

    paths = [
        f"/office/{path}"
        for path in (
            "reports/",
            "reports/?state=decided",
            "hidings/",
            "hidings/?state=hidden",
            "hidings/?state=lifted",
        )
    ]
    client = sign_in(town.officer)
    assert asked_for_many(client, paths, more, rows=8) <= 20  # three kinds each: over a page
    assert [len(client.get(path).context["page"].items) for path in paths] == [20] * 5


def test_an_officer_of_two_towns_reads_each_in_its_place(
    told: Report, town: Town, other_town: Town, sign_in: Any, now: dt.datetime, settings: Any
) -> None:
    settings.ALLOWED_HOSTS = [".testserver", "testserver"]
    give_mandate(other_town.municipality, town.officer, "office")
    tell(make_listing(other_town.actor, title="汐見の掲示"), now)
    client = sign_in(town.officer)
    here = page(client, "/office/reports/")
    there = client.get("/office/reports/", HTTP_HOST="shiomi.testserver").content.decode()
    assert [("古い掲示" in html, "汐見の掲示" in html) for html in (here, there)] == [
        (True, False),
        (False, True),
    ]
