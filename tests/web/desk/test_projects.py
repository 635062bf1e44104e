"""The desk's list of projects, and entering what was born elsewhere."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from musubi.flow.projects.models import Project
from musubi.flow.projects.queries import partners_of
from musubi.flow.projects.services import add_partner
from musubi.web.design.forms import posted_boxes
from tests.factories import Town, make_actor, make_person
from tests.together import make_project
from tests.web.sound import is_sound

pytestmark = pytest.mark.django_db


def read(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    html = answer.content.decode()
    is_sound(html)
    return html


def test_what_stands_still_comes_first(town: Town, sign_in: Any, now: dt.datetime) -> None:
    day = timezone.localdate(now) - dt.timedelta(days=1)
    make_project(town, title="順調なもの")
    make_project(town, title="見直しが過ぎたもの", review_on=day)
    make_project(town, title="終わったもの", state="achieved")
    make_project(town, title="庁内のもの", visibility="city_hall", review_on=day)
    titles = ("順調なもの", "見直しが過ぎたもの", "終わったもの", "庁内のもの")
    client = sign_in(town.coordinator)
    for query, found in (
        ("", {"見直しが過ぎたもの"}),
        ("?show=x", {"見直しが過ぎたもの"}),
        ("?show=all", set(titles[:3])),
        ("?show=achieved", {"終わったもの"}),
    ):
        html = read(client, f"/desk/projects/{query}")
        assert {title for title in titles if title in html} == found
    assert "見直しの日が過ぎています" in read(client, "/desk/projects/")
    assert "庁内のもの" in read(sign_in(town.officer), "/desk/projects/")


def test_constant_queries(town: Town, sign_in: Any) -> None:
    def count() -> int:
        client = sign_in(town.officer)
        client.get("/desk/projects/?show=all")
        with CaptureQueriesContext(connection) as counted:
            read(client, "/desk/projects/?show=all")
        return len(counted)

    make_project(town)
    before = count()
    for _ in range(15):
        make_project(town)
    assert count() == before


def typed(town: Town, *names: str, **fields: Any) -> dict[str, Any]:
    data = {
        "title": "公園の花だん",
        "aim": "花を植える。",
        "form": "cooperation",
        "state": "active",
        "visibility": "public",
        "area_ids": [town.wards[0].pk],
        "fields_of_activity": ["7"],
        **posted_boxes("starts_on", timezone.localdate() - dt.timedelta(days=30)),
        "partners-TOTAL_FORMS": len(names),
        "partners-INITIAL_FORMS": 0,
        **fields,
    }
    for number, name in enumerate(names):
        data |= {f"partners-{number}-name": name, f"partners-{number}-role": "partner"}
    return data


def test_staff_enter_what_already_runs(town: Town, sign_in: Any) -> None:
    client = sign_in(town.coordinator)
    assert "ほかで始まった協働を入力する" in read(client, "/desk/projects/new/")
    answer = client.post("/desk/projects/new/", typed(town, town.actor.name, "花の会"))
    project = Project.objects.get()
    assert answer["Location"] == f"/workspace/projects/{project.pk}/?saved=1"
    assert [(row.actor, str(row), row.role) for row in partners_of(project)] == [
        (town.actor, town.actor.name, "lead"),
        (None, "花の会", "partner"),
    ]
    assert (project.source, project.entered_by, project.fields) == ("web", town.coordinator, [7])
    edit = f"/desk/projects/{project.pk}/edit/"
    html = read(client, edit)
    for said in ("公園の花だん", "花の会", "花を植える。"):
        assert said in html
    client.post(edit, typed(town, town.actor.name, state="achieved", result="200株を植えた。"))
    project.refresh_from_db()
    assert (project.state, project.result) == ("achieved", "200株を植えた。")
    assert [str(row) for row in partners_of(project)] == [town.actor.name]


def test_what_is_missing_is_said_where_it_is(town: Town, sign_in: Any) -> None:
    client = sign_in(town.officer)
    answer = client.post("/desk/projects/new/", typed(town, "花の会", "花の会", title="", state="stopped"))
    html = answer.content.decode()
    assert answer.status_code == 422
    is_sound(html)
    for said in ("「協働の名前」を入れてください。", "中止の理由を選んでください。", "花を植える。"):
        assert said in html
    twice = client.post("/desk/projects/new/", typed(town, "花の会", "花の会"))
    assert (twice.status_code, "同じ団体が2回入っています" in twice.content.decode()) == (422, True)
    is_sound(twice.content.decode())
    wide = client.post("/desk/projects/new/", typed(town, "浜町 花の会", "浜町　花の会"))
    assert (wide.status_code, "同じ団体が2回入っています" in wide.content.decode()) == (422, True)
    nobody = client.post("/desk/projects/new/", typed(town, ""))
    html = nobody.content.decode()
    assert nobody.status_code == 422
    assert "団体を1つ以上入れてください。" in html
    assert "フォームを送信" not in html
    soon = timezone.localdate() + dt.timedelta(days=30)
    ended = typed(town, "花の会", state="achieved", **posted_boxes("ends_on", soon))
    late = client.post("/desk/projects/new/", ended)
    assert (late.status_code, 'id="id_ends_on_error"' in late.content.decode()) == (422, True)
    more = client.post("/desk/projects/new/", {**typed(town, "花の会", title=""), "add_row": "partners"})
    html = more.content.decode()
    assert more.status_code == 200
    assert "直してください" not in html
    assert 'value="花の会"' in html
    assert not Project.objects.exists()


def test_a_department_enters_its_own(town: Town, sign_in: Any) -> None:
    person = make_person()
    make_actor(town.municipality, person, kind="department", name="公園緑地課")
    client = sign_in(person)
    others = client.post("/desk/projects/new/", typed(town, "花の会"))
    assert others.status_code == 422
    assert "自分の課を団体に入れてください" in others.content.decode()
    assert client.post("/desk/projects/new/", typed(town, "花の会", "公園緑地課")).status_code == 302
    project = Project.objects.get()
    assert "内容を直す" in read(client, f"/workspace/projects/{project.pk}/")


def test_an_expired_sign_in_gives_back_what_was_typed(town: Town) -> None:
    client = Client()
    client.post("/desk/projects/new/", typed(town, "花の会"))
    client.force_login(town.officer, backend="django.contrib.auth.backends.ModelBackend")
    html = read(client, "/desk/projects/new/")
    for said in ("公園の花だん", "花の会", "入力していた内容を戻しました"):
        assert said in html


def test_who_saves_over_others_is_told(town: Town, sign_in: Any, now: dt.datetime) -> None:
    client = sign_in(town.officer)
    client.post("/desk/projects/new/", typed(town, "花の会"))
    project = Project.objects.get()
    edit = f"/desk/projects/{project.pk}/edit/"
    seen = client.get(edit).context["seen"]
    add_partner(project=project, name="みどりの会", by=town.coordinator, now=now)
    answer = client.post(edit, typed(town, "花の会", title="新しい名前", seen=seen))
    html = answer.content.decode()
    is_sound(html)
    assert answer.status_code == 422
    assert "入力しているあいだに、このプロジェクトが変わりました" in html
    assert 'value="新しい名前"' in html
    assert [str(row) for row in partners_of(project)] == ["花の会", "みどりの会"]
    again = typed(town, "花の会", title="新しい名前", seen=answer.context["seen"])
    assert client.post(edit, again).status_code == 302
    project.refresh_from_db()
    assert project.title == "新しい名前"


def test_nobody_puts_out_of_their_sight_what_they_enter(town: Town, sign_in: Any) -> None:
    client, inner = sign_in(town.coordinator), {"visibility": "city_hall"}
    refused = client.post("/desk/projects/new/", typed(town, "花の会", **inner))
    assert (refused.status_code, "あなたからも見えなくなります" in refused.content.decode()) == (422, True)
    assert not Project.objects.exists()
    client.post("/desk/projects/new/", typed(town, "花の会"))
    edit = f"/desk/projects/{Project.objects.get().pk}/edit/"
    assert client.post(edit, typed(town, "花の会", **inner)).status_code == 422
    assert sign_in(town.officer).post(edit, typed(town, "花の会", **inner)).status_code == 302


def test_each_tab_says_what_it_holds(town: Town, sign_in: Any) -> None:
    client = sign_in(town.officer)
    for query, is_still in (("", True), ("?show=x", True), ("?show=all", False), ("?show=achieved", False)):
        html = read(client, f"/desk/projects/{query}")
        assert ("日が過ぎたものと、長く動きのないもの" in html) is is_still
        assert ("動きが止まると、ここに並びます" in html) is is_still
        assert "最後の動きから長くたったものが、上に並びます。" in html
