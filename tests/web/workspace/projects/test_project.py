"""The team's page and its forms: what is shown, what is refused with which words, nothing typed is lost."""

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from musubi.base.accounts.models import User
from musubi.flow.actors.models import Membership
from musubi.flow.projects.models import Partner, Project, Task, Update
from musubi.flow.projects.services import NewPicture, give_task, post_update
from musubi.web.design.forms import posted_boxes
from tests.factories import Town, make_actor
from tests.flow.projects.rows import agreed_case, company_of, partner_of, picture, started
from tests.flow.stories.samples import told
from tests.together import make_evaluation, make_offer, make_project
from tests.web.sound import is_sound

pytestmark = pytest.mark.django_db


def read(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    html = answer.content.decode()
    is_sound(html)
    return html


def send(client: Client, path: str, data: dict[str, Any], status: int = 302) -> str:
    answer = client.post(path, data)
    html = answer.content.decode()
    assert answer.status_code == status, html
    if status == 302:
        return str(answer["Location"])
    is_sound(html)
    return html


def days(now: dt.datetime, **fields: int) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, number in fields.items():
        found |= posted_boxes(name, timezone.localdate(now) + dt.timedelta(days=number))
    return found


def test_from_the_agreement_to_the_end(town: Town, sign_in: Any, now: dt.datetime) -> None:
    case, client = agreed_case(town), sign_in(town.owner)
    start = f"/workspace/projects/start/{case.pk}/"
    assert case.title in read(client, start)
    assert "「プロジェクトの名前」を入れてください。" in send(client, start, {"title": ""}, 422)
    hub = send(client, start, {"title": "浜町夏祭り"}).partition("?")[0]
    project = Project.objects.get()
    assert hub == f"/workspace/projects/{project.pk}/"
    html = read(client, f"{hub}?saved=1")
    for said in ("浜町夏祭り", "準備と当日の運営", "折りたたみいす 40個", "使っています", "共催"):
        assert said in html
    assert f'data-keep-clear="project-{project.pk}-achieve' in html
    assert client.post(start, {"title": "もう一度"}).status_code == 409
    # a task
    new_task = f"{hub}tasks/new/"
    partner = partner_of(project)
    wrong = send(client, new_task, {"what": "いすを運ぶ", "partner": partner.pk, **days(now, due_on=-1)}, 422)
    assert "今日か、それより後の日にしてください。" in wrong
    assert 'value="いすを運ぶ"' in wrong
    send(client, new_task, {"what": "いすを運ぶ", "partner": partner.pk, **days(now, due_on=3)})
    task = Task.objects.get()
    company = sign_in(company_of(project))
    assert "すみました" in read(company, hub)
    send(company, f"/workspace/projects/tasks/{task.pk}/finish/", {})
    assert company.post(f"/workspace/projects/tasks/{task.pk}/finish/").status_code == 409
    assert "もう一度ひらく" in read(company, hub)
    # looking back
    assert "「話し合って分かったこと」を入れてください。" in send(client, f"{hub}review/", {}, 422)
    send(company, f"{hub}review/", {"note": "いすは足りた。", **days(now, review_on=40)})
    assert "いすは足りた。" in read(client, hub)
    # the end
    achieve = f"{hub}achieve/"
    used = f"used_{project.allotments.get().pk}"
    assert "返すか、使い切ったかを選んでください" in read(client, achieve)
    assert "どうなりましたか」を入れて" in send(client, achieve, {"result": "", used: "return"}, 422)
    send(client, achieve, {"result": "300人が来た。", used: "return"})
    html = read(client, hub)
    for said in ("目的を達成しました", "300人が来た。", "返しました", "もう一度続ける"):
        assert said in html
    assert client.post(achieve, {"result": "また", used: "return"}).status_code in (409, 422)
    # once more
    send(client, f"{hub}dates/", days(now, ends_on=200, review_on=100))
    assert Project.objects.get().state == "active"


def test_stopping_asks_why_and_what_comes_back(town: Town, sign_in: Any, now: dt.datetime) -> None:
    project = started(town, now)
    client, stop = sign_in(town.coordinator), f"/workspace/projects/{project.pk}/stop/"
    used = f"used_{project.allotments.get().pk}"
    wrong = send(client, stop, {"result": "雨が続いた。", used: "use_up"}, 422)
    assert "「中止する理由」を選んでください。" in wrong
    assert "雨が続いた。" in wrong
    send(client, stop, {"reason": "safety", "result": "雨が続いた。", used: "use_up"})
    project.refresh_from_db()
    assert (project.state, project.stop_reason) == ("stopped", "safety")
    assert project.allotments.get().state == "used_up"
    html = read(client, f"/workspace/projects/{project.pk}/")
    assert "災害や安全のため" in html


def test_what_the_offer_no_longer_has_is_said_before_anything_begins(town: Town, sign_in: Any) -> None:
    case = agreed_case(town)
    case.parties.order_by("pk").last().listing.provisions.update(taken=90)
    html = send(sign_in(town.owner), f"/workspace/projects/start/{case.pk}/", {"title": "夏祭り"}, 422)
    assert "いま10個しか残っていません" in html
    assert 'value="夏祭り"' in html


def test_the_team_grows_and_shrinks(town: Town, sign_in: Any) -> None:
    project = make_project(town)
    school = make_actor(town.municipality, name="浜町小学校", kind="school")
    hub, client = f"/workspace/projects/{project.pk}/", sign_in(town.owner)
    new = f"{hub}partners/new/"
    unknown = send(client, new, {"name": "商店会", "role": "supporter", "does": "音響"}, 422)
    assert "この名前の団体は登録されていません" in unknown
    assert "音響" in unknown
    send(client, new, {"name": "浜町小学校", "role": "supporter"})
    assert "もうチームに入っています" in send(client, new, {"name": "浜町小学校", "role": "lead"}, 422)
    send(sign_in(town.coordinator), new, {"name": "商店会", "role": "supporter"})
    html = read(client, hub)
    assert "商店会" in html
    assert "（登録なし）" in html
    partner = Partner.objects.get(actor=school)
    role = f"/workspace/projects/partners/{partner.pk}/role/"
    assert "浜町小学校の役割を変える" in read(client, role)
    send(client, role, {"role": "lead"})
    lead = partner_of_actor(project, town.actor.pk)
    leave = f"/workspace/projects/partners/{lead.pk}/leave/"
    assert "返したことになります" in read(client, leave)
    assert "「チームの人に伝えること」を入れてください。" in send(client, leave, {"note": ""}, 422)
    assert send(client, leave, {"note": "解散します。"}) == "/workspace/projects/"
    assert client.get(hub).status_code == 404


def partner_of_actor(project: Project, actor: int) -> Partner:
    return project.partners.get(actor=actor)


def test_the_last_in_the_lead_is_told_what_to_do_first(town: Town, sign_in: Any) -> None:
    project = make_project(town)
    lead = partner_of(project, "lead")
    client = sign_in(town.owner)
    html = send(client, f"/workspace/projects/partners/{lead.pk}/role/", {"role": "partner"}, 422)
    assert "先に、ほかの団体を「中心になる」に変えてください。" in html
    refused = client.get(f"/workspace/projects/partners/{lead.pk}/leave/")
    assert refused.status_code == 403
    assert "先に、ほかの団体を" in refused.content.decode()


def test_news_with_pictures_and_their_words(town: Town, sign_in: Any) -> None:
    project = make_project(town)
    hub, client = f"/workspace/projects/{project.pk}/", sign_in(town.owner)
    new = f"{hub}updates/new/"
    assert 'enctype="multipart/form-data"' in read(client, new)
    news = {"text": "準備が進んでいます。", "visibility": "public"}
    silent = send(client, new, {**news, "picture_2": picture()}, 422)
    assert "何が写っているかを" in silent
    assert 'id="id_alt_2_error"' in silent
    assert "写真は、もう一度選んでください" in silent
    assert 'id="id_picture_2_error"' in silent
    assert "準備が進んでいます。" in silent
    no_picture = SimpleUploadedFile("a.png", b"not a picture at all")
    lost = send(client, new, {**news, "alt_2": "並べたいす"}, 422)
    assert 'id="id_picture_2_error"' in lost
    assert "写真を選んでください。写真を載せないときは、下の説明を消してください。" in lost
    assert "並べたいす" in lost
    broken = send(client, new, {**news, "picture_1": no_picture, "alt_1": "いす"}, 422)
    assert 'id="id_picture_1_error"' in broken
    assert not Update.objects.exists()
    send(client, new, {**news, "picture_3": picture(), "alt_3": "並べたいす"})
    html = read(client, hub)
    assert 'alt="並べたいす"' in html
    update = Update.objects.get()
    remove = f"/workspace/projects/updates/{update.pk}/remove/"
    assert "写真もいっしょに消えます" in read(client, remove)
    send(client, remove, {})
    assert not Update.objects.exists()


def test_news_of_one_of_two_partners(town: Town, sign_in: Any) -> None:
    project = make_project(town)
    own = make_actor(town.municipality, town.owner, name="第二町内会")
    second = Partner.objects.create(project=project, actor=own, joined_on=timezone.localdate())
    client, new = sign_in(town.owner), f"/workspace/projects/{project.pk}/updates/new/"
    assert "第二町内会" in read(client, new)
    send(client, new, {"text": "順調", "visibility": "public", "partner": second.pk})
    assert Update.objects.get().partner == second


def test_a_reading_member_sees_why_nothing_can_be_pressed(town: Town, sign_in: Any) -> None:
    project = make_project(town)
    html = read(sign_in(town.viewer), f"/workspace/projects/{project.pk}/")
    assert "チームの団体の管理者・編集の担当と、コーディネーターだけ" in html
    assert "中心になる団体の管理者・編集の担当と、コーディネーターだけ" in html
    assert "役割を変える" not in html


@pytest.mark.parametrize("state", ["preparing", "active", "achieved", "stopped"])
def test_its_page_in_every_state(state: str, town: Town, sign_in: Any) -> None:
    project = make_project(town, state=state, result="結果です。" if state in ("achieved", "stopped") else "")
    for person in (town.owner, company_of(project), town.viewer, town.coordinator, town.officer):
        read(sign_in(person), f"/workspace/projects/{project.pk}/")


def test_an_expired_sign_in_gives_back_what_was_typed(town: Town) -> None:
    project = make_project(town)
    client, path = Client(), f"/workspace/projects/{project.pk}/review/"
    client.post(path, {"note": "長い記録です。"})
    client.force_login(town.owner, backend="django.contrib.auth.backends.ModelBackend")
    html = read(client, path)
    assert "長い記録です。" in html
    assert "入力していた内容を戻しました" in html


def test_a_full_page_takes_as_many_queries_as_an_empty_one(
    town: Town, sign_in: Any, now: dt.datetime
) -> None:
    project = make_project(town)
    task = {
        "project": project,
        "what": "運ぶ",
        "due_on": timezone.localdate(now),
        "by": town.owner,
        "now": now,
    }

    def fill() -> None:
        partner = Partner.objects.create(
            project=project, actor=make_actor(town.municipality), joined_on=timezone.localdate(now)
        )
        give_task(**task, partner=partner)
        post_update(
            project=project, text="近況", pictures=[NewPicture(picture(), "いす")], by=town.owner, now=now
        )
        project.allotments.create(listing=make_offer(town), resource="goods", taken_at=now)

    def count(person: Any, path: str) -> int:
        client = sign_in(person)
        client.get(path)
        with CaptureQueriesContext(connection) as counted:
            read(client, path)
        return len(counted)

    fill()
    hub = f"/workspace/projects/{project.pk}/"
    before = [count(person, hub) for person in (town.owner, town.viewer, town.coordinator)]
    for _ in range(8):
        fill()
    assert [count(person, hub) for person in (town.owner, town.viewer, town.coordinator)] == before
    one = count(town.owner, "/workspace/projects/")
    for _ in range(5):
        make_project(town)
    assert count(town.owner, "/workspace/projects/") == one


def test_a_name_that_several_have_is_not_guessed(town: Town, sign_in: Any) -> None:
    project = make_project(town)
    for _ in range(2):
        make_actor(town.municipality, name="ひまわり会")
    new, typed_in = f"/workspace/projects/{project.pk}/partners/new/", {"name": "ひまわり会", "role": "lead"}
    for person in (town.owner, town.coordinator):
        assert "どれか分かりません" in send(sign_in(person), new, typed_in, 422)
    assert not project.partners.filter(actor__name="ひまわり会").exists()


def test_a_name_leads_only_to_a_page_that_opens(town: Town, sign_in: Any, now: dt.datetime) -> None:
    project = make_project(town)
    hidden = make_actor(town.municipality, name="かくれた会", hidden_at=now, hidden_reason="確認中")
    Partner.objects.create(project=project, actor=hidden, joined_on=project.starts_on)
    html = read(sign_in(town.owner), f"/workspace/projects/{project.pk}/")
    assert f'href="/actors/{hidden.pk}/"' not in html
    assert f'href="/actors/{town.actor.pk}/"' in html
    assert "（登録なし）" not in html


def test_in_whose_name_is_asked_where_it_may_be_several(town: Town, sign_in: Any, now: dt.datetime) -> None:
    project = make_project(town)
    new, lead = f"/workspace/projects/{project.pk}/updates/new/", partner_of(project, "lead")
    for person in (town.owner, town.coordinator):
        assert "だれの名前で載せますか" not in read(sign_in(person), new)
    Membership.objects.create(actor=town.actor, user=town.coordinator, role="editor", joined_at=now)
    client = sign_in(User.objects.get(pk=town.coordinator.pk))
    assert "コーディネーターとして" in read(client, new)
    news = {"text": "順調", "visibility": "public"}
    assert "「だれの名前で載せますか」を選んでください。" in send(client, new, news, 422)
    send(client, new, news | {"partner": "staff"})
    assert Update.objects.latest("pk").partner is None
    send(client, new, news | {"partner": lead.pk})
    assert Update.objects.latest("pk").partner == lead
    send(sign_in(town.owner), new, news | {"partner": "staff"})
    assert Update.objects.latest("pk").partner == lead


def test_each_thing_that_waits_is_said_once(town: Town, sign_in: Any) -> None:
    project = make_project(town, state="achieved")
    make_evaluation(project)
    told(town, state="consenting", project=project)
    html = read(sign_in(town.owner), f"/workspace/projects/{project.pk}/")
    assert html.count("振り返りの10の質問に答える") == 2  # of two partners
    assert html.count("事例に同意するかを答える") == 2
