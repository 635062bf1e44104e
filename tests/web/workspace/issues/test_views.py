"""Telling of a local issue, joining in, putting it right."""

from typing import Any

import pytest
from django.test import Client

from musubi.flow.issues.models import Issue, Support
from musubi.flow.issues.permissions import REPORTS_AN_HOUR
from tests.factories import Town, make_issue, make_person
from tests.web.sound import is_sound

NEW = "/workspace/issues/new/"


def typed(town: Town, **changes: Any) -> dict[str, Any]:
    return {
        "title": "街灯が切れている",
        "body": "夜になると足もとが見えません。",
        "area": str(town.town.pk),
        "place_note": "橋のたもと",
        "fields_of_activity": ["3", "9"],
        "visibility": "public",
        **changes,
    }


def test_a_citizen_tells(town: Town, sign_in: Any) -> None:
    client = sign_in(town.citizen)
    html = client.get(NEW).content.decode()
    is_sound(html)
    assert '<optgroup label="港区">' in html
    assert "伝えた人" not in html
    answer = client.post(NEW, typed(town), follow=True)
    issue = Issue.objects.get()
    assert answer.redirect_chain == [(f"/issues/{issue.pk}/", 302)]
    assert "伝わりました" in answer.content.decode()
    assert (issue.area, issue.fields, issue.visibility, issue.reported_by) == (
        town.town,
        [3, 9],
        "public",
        town.citizen,
    )


def test_staff_type_in_for_somebody(town: Town, sign_in: Any) -> None:
    client = sign_in(town.coordinator)
    is_sound(client.get(NEW).content.decode())
    client.post(NEW, typed(town, source="telephone", reporter_name="70代の女性"))
    issue = Issue.objects.get()
    assert (issue.source, issue.reporter_name, issue.entered_by, issue.reported_by) == (
        "telephone",
        "70代の女性",
        town.coordinator,
        None,
    )


def test_a_citizen_cannot_pretend_to_be_staff(town: Town, sign_in: Any) -> None:
    sign_in(town.citizen).post(NEW, typed(town, source="telephone", reporter_name="だれか"))
    issue = Issue.objects.get()
    assert (issue.source, issue.reporter_name) == ("web", "")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": ""}, "「困っていること」を入れてください。"),
        ({"title": "あ" * 81}, "80文字まで"),
        ({"body": "  \n "}, "「くわしく」を入れてください。"),
        ({"body": "あ" * 2001}, "2000文字まで"),
        ({"area": ""}, "「区・町」を選んでください。"),
        ({"area": "999999"}, "選んだものが一覧にありません"),
        ({"area": "x"}, "選んだものが一覧にありません"),
        ({"visibility": "secret"}, "選んだものが一覧にありません"),
        ({"fields_of_activity": ["21"]}, "選んだものが一覧にありません"),
    ],
)
def test_bad_input_says_what_to_do_and_loses_nothing(
    changes: dict[str, Any], sentence: str, town: Town, sign_in: Any
) -> None:
    html = sign_in(town.citizen).post(NEW, typed(town, **changes)).content.decode()
    is_sound(html)
    assert sentence in html
    assert "橋のたもと" in html
    assert Issue.objects.count() == 0


def test_a_place_of_another_town_is_not_on_the_list(town: Town, other_town: Town, sign_in: Any) -> None:
    answer = sign_in(town.citizen).post(NEW, typed(town, area=str(other_town.town.pk)))
    assert "選んだものが一覧にありません" in answer.content.decode()


def test_whoever_has_not_registered_is_led_there_and_back(town: Town, sign_in: Any) -> None:
    client = sign_in(make_person())
    answer = client.get(NEW)
    assert answer["Location"] == "/workspace/welcome/?next=%2Fworkspace%2Fissues%2Fnew%2F"
    assert client.post(NEW, typed(town)).status_code == 403
    assert Issue.objects.count() == 0


def test_an_expired_sign_in_gives_back_what_was_typed(town: Town, sign_in: Any) -> None:
    client = Client()
    answer = client.post(NEW, typed(town))
    assert answer["Location"].startswith("/accounts/login/")
    client.force_login(town.citizen, backend="django.contrib.auth.backends.ModelBackend")
    html = client.get(NEW).content.decode()
    is_sound(html)
    assert "入力していた内容を戻しました" in html
    assert 'value="街灯が切れている"' in html
    assert "直してください" not in html
    assert "入力していた内容" not in client.get(NEW).content.decode()


def test_a_flood_is_refused_with_its_sentence(town: Town, sign_in: Any) -> None:
    client = sign_in(town.citizen)
    for number in range(REPORTS_AN_HOUR):
        assert client.post(NEW, typed(town, title=f"話{number}")).status_code == 302
    answer = client.post(NEW, typed(town))
    assert answer.status_code == 403
    assert "1時間ほどあけて" in answer.content.decode()


def test_putting_it_right(town: Town, sign_in: Any) -> None:
    issue = make_issue(town, area=town.town, fields=[3], place_note="橋")
    client, path = sign_in(town.citizen), f"/workspace/issues/{issue.pk}/edit/"
    html = client.get(path).content.decode()
    is_sound(html)
    assert f'<option value="{town.town.pk}" selected>' in html
    assert (
        client.post(path, typed(town, title="直した題名", visibility="registered"))["Location"]
        == f"/issues/{issue.pk}/"
    )
    issue.refresh_from_db()
    assert (issue.title, issue.visibility, issue.reported_by) == ("直した題名", "registered", town.citizen)
    assert sign_in(town.viewer).get(path).status_code == 403
    assert sign_in(make_person()).get(path).status_code == 404


def test_me_too_and_back(town: Town, sign_in: Any) -> None:
    issue = make_issue(town)
    client, path = sign_in(town.viewer), f"/workspace/issues/{issue.pk}/support/"
    answer = client.post(path, follow=True)
    assert "「私も」を取り消す" in answer.content.decode()
    assert list(Support.objects.values_list("user", flat=True)) == [town.viewer.pk]
    client.post(path, {"withdraw": "1"})
    assert Support.objects.count() == 0


def test_me_too_before_signing_in_is_asked_again_after(town: Town) -> None:
    issue = make_issue(town)
    path = f"/workspace/issues/{issue.pk}/support/"
    client = Client()
    assert path.replace("/", "%2F") in client.post(path)["Location"].replace(
        "/workspace", "%2Fworkspace"
    ).replace("/", "%2F")
    client.force_login(town.viewer, backend="django.contrib.auth.backends.ModelBackend")
    html = client.get(path).content.decode()
    is_sound(html)
    assert "「私も」を押しますか" in html
    assert Support.objects.count() == 0


@pytest.mark.parametrize(
    ("verb", "state"), [("resolve", "open"), ("reopen", "resolved"), ("withdraw", "open")]
)
def test_moving_asks_first_and_needs_the_right_person(
    verb: str, state: str, town: Town, sign_in: Any
) -> None:
    issue = make_issue(town, state=state)
    path = f"/workspace/issues/{issue.pk}/{verb}/"
    assert sign_in(town.owner).get(path).status_code == sign_in(town.owner).post(path).status_code == 403
    client = sign_in(town.officer)
    is_sound(client.get(path).content.decode())
    assert client.post(path).status_code == 302
    moved = {"resolve": "resolved", "reopen": "open", "withdraw": "withdrawn"}[verb]
    issue.refresh_from_db()
    assert issue.state == moved
    if verb != "resolve":
        assert client.post(path).status_code == 409


def test_unknown_verbs_and_invisible_rows_are_not_there(town: Town, other_town: Town, sign_in: Any) -> None:
    issue = make_issue(town, visibility="city_hall", by=town.owner)
    assert sign_in(town.officer).post(f"/workspace/issues/{issue.pk}/take_up/").status_code == 404
    for person in (town.citizen, other_town.officer):
        for verb in ("edit", "support", "resolve"):
            assert sign_in(person).post(f"/workspace/issues/{issue.pk}/{verb}/").status_code == 404
