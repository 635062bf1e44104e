"""What the team's pages ask first, and that they say only what is so."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from musubi.base.common.verdict import NotAllowed
from musubi.base.notify.models import Message
from musubi.flow.projects.models import Partner, Project
from musubi.flow.projects.permissions import can_lead_project
from musubi.flow.projects.services import begin_project, start_project, use_up_allotment
from tests.factories import Town
from tests.flow.projects.rows import agreed_case, company_of, partner_of, started
from tests.together import make_project
from tests.web.workspace.projects.test_project import days, read, send

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("verb", "question", "state"),
    [("return", "を返しましたか", "returned"), ("use_up", "を使い切りましたか", "used_up")],
)
def test_it_is_asked_before_a_thing_goes(
    verb: str, question: str, state: str, town: Town, sign_in: Any, now: dt.datetime
) -> None:
    project, client = started(town, now), sign_in(town.owner)
    path = f"/workspace/projects/used/{project.allotments.get().pk}/{verb}/"
    assert path in read(client, f"/workspace/projects/{project.pk}/")
    html = read(client, path)
    assert question in html
    assert "もとには戻せません" in html
    assert project.allotments.get().state == "in_use"
    send(client, path, {})
    assert project.allotments.get().state == state
    assert client.get(path).status_code == 403
    assert client.post(path).status_code == 409


def test_a_room_is_never_used_up(town: Town, sign_in: Any, now: dt.datetime) -> None:
    project, client = started(town, now), sign_in(town.owner)
    project.allotments.update(resource="place", what="大広間", unit="capacity")
    room = project.allotments.get()
    path, hub = f"/workspace/projects/used/{room.pk}/", f"/workspace/projects/{project.pk}/"
    html = read(client, hub)
    assert f"{path}use_up/" not in html
    assert "使い終わりました" in html
    assert client.get(f"{path}use_up/").status_code == 403
    with pytest.raises(NotAllowed, match="使い終わりました"):
        use_up_allotment(allotment=room, by=town.owner, now=now)
    end = read(client, f"{hub}achieve/")
    assert f"used_{room.pk}" not in end
    assert "大広間 40席は、使い終わったことになります。" in end
    assert "を使い終わりましたか" in read(client, f"{path}return/")
    send(client, f"{hub}achieve/", {"result": "開けた。", f"used_{room.pk}": "use_up"})
    assert project.allotments.get().state == "returned"
    assert "使い終わりました" in read(client, hub)


def test_while_it_is_prepared_nothing_says_that_it_began(town: Town, sign_in: Any, now: dt.datetime) -> None:
    later = timezone.localdate(now) + dt.timedelta(days=5)
    case, client = agreed_case(town, starts_on=later), sign_in(town.owner)
    hub = send(client, f"/workspace/projects/start/{case.pk}/", {"title": "夏祭り"})
    html = read(client, hub)
    project = Project.objects.get()
    assert project.state == "preparing"
    assert "準備を始めました。" in html
    assert "動き始めたことにする" in html
    message = Message.objects.filter(kind="project_started").first()
    assert message is not None
    for said in (html, message.subject, message.text):
        assert "始まりました。" not in said.replace("活動が始まったら", "")
        assert "プロジェクトが始まりました" not in said
    assert "準備を始めました" in message.subject
    begin_project(project=project, by=town.owner, now=now)
    assert "動き始めたことにする" not in read(client, hub)


def test_what_begins_today_has_begun(town: Town, now: dt.datetime) -> None:
    start_project(case=agreed_case(town), by=town.owner, now=now)
    assert "プロジェクトが始まりました" in Message.objects.filter(kind="project_started")[0].subject


def test_only_who_was_told_is_said_to_be_told(town: Town, sign_in: Any, now: dt.datetime) -> None:
    project, client = make_project(town), sign_in(town.owner)
    nobody = Partner.objects.create(
        project=project, name="有志", role="supporter", joined_on=timezone.localdate(now)
    )
    hub = f"/workspace/projects/{project.pk}/"
    for partner, is_told in (
        (nobody, False),
        (partner_of(project, "lead"), False),
        (partner_of(project), True),
    ):
        send(client, f"{hub}tasks/new/", {"what": "運ぶ", "partner": partner.pk, **days(now, due_on=3)})
        html = read(client, hub)
        assert "やることを加えました。" in html
        assert ("お願いした団体に知らせました" in html) is is_told


def test_the_year_of_a_day_in_another_year_is_said(town: Town, sign_in: Any, now: dt.datetime) -> None:
    project, client = make_project(town), sign_in(town.owner)
    due = timezone.localdate(now) + dt.timedelta(days=400)
    data = {"what": "運ぶ", "partner": partner_of(project).pk, **days(now, due_on=400)}
    send(client, f"/workspace/projects/{project.pk}/tasks/new/", data)
    assert f"期限は{due.year}年{due.month}月{due.day}日(" in Message.objects.get(kind="task_given").text


def test_who_has_left_stays_in_the_team_of_what_ended(town: Town, sign_in: Any, client: Any) -> None:
    project = make_project(town)
    Partner.objects.create(
        project=project, name="花の会", joined_on=dt.date(2026, 1, 1), left_on=dt.date(2026, 2, 3)
    )
    pages = (f"/projects/{project.pk}/", f"/workspace/projects/{project.pk}/")
    for page in pages:
        assert "花の会" not in read(sign_in(town.owner), page)
    Project.objects.update(state="achieved", ended_at=timezone.now())
    for page in pages:
        html = read(sign_in(town.owner), page)
        assert "花の会" in html
        assert "2月3日(火)まで参加" in html


def test_where_nobody_leads_any_of_the_team_may(town: Town, sign_in: Any) -> None:
    project = make_project(town)
    company = company_of(project)
    assert not can_lead_project(company, project)
    Partner.objects.filter(role="lead").update(left_on=timezone.localdate())
    assert can_lead_project(company, Project.objects.get())
    client = sign_in(company)
    send(client, f"/workspace/projects/{project.pk}/achieve/", {"result": "開けた。"})
    assert Project.objects.get().state == "achieved"
