"""Taking along and leaving, as somebody presses through it."""

import datetime as dt
import io
import zipfile
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from musubi.base.accounts.models import User
from musubi.flow.actors.models import Actor, Membership
from musubi.flow.cases.models import Letter
from tests import factories, together
from tests.factories import Town
from tests.web.sound import is_sound

TAKE_OUT, ACCOUNT = "/workspace/leaving/take-out/", "/workspace/leaving/account/"


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    html = answer.content.decode()
    is_sound(html)
    return html


def names_in(answer: Any) -> list[str]:
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/zip")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="musubi')
    assert answer.headers["Cache-Control"] == "no-store"
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))).namelist()


def test_a_person_presses_and_gets_an_archive(town: Town, sign_in: Any) -> None:
    client = sign_in(town.citizen)
    html = page(client, TAKE_OUT)
    assert "あなたの記録を受け取る" in html
    assert "団体の記録" not in html
    assert {"data.json", "README.txt", "profile.csv"} <= set(names_in(client.post(TAKE_OUT)))


def test_an_owner_gets_the_actors_archive_and_a_reading_member_the_sentence(town: Town, sign_in: Any) -> None:
    path = reverse("workspace:actor_take_out", args=[town.actor.pk])
    owner, viewer = sign_in(town.owner), sign_in(town.viewer)
    assert path in page(owner, TAKE_OUT)
    assert path not in page(viewer, TAKE_OUT)
    assert "members.csv" in names_in(owner.post(path))
    refused = viewer.post(path)
    assert (refused.status_code, "管理者だけです" in refused.content.decode()) == (403, True)
    assert owner.get(path).status_code == 405
    assert sign_in(town.citizen).post(path).status_code == 404


def test_leaving_asks_for_a_tick_and_ends_the_session(town: Town, sign_in: Any) -> None:
    client = sign_in(town.citizen)
    html = page(client, ACCOUNT)
    for words in ("消えるもの", "お名前・メールアドレス", "元に戻せません", "退会する"):
        assert words in html
    unticked = client.post(ACCOUNT)
    is_sound(unticked.content.decode())
    assert "読んで分かったら、ここに印を付けてください。" in unticked.content.decode()
    assert User.objects.filter(pk=town.citizen.pk).exists()
    gone = client.post(ACCOUNT, {"understood": "on"}, follow=True)
    assert gone.redirect_chain == [("/workspace/leaving/goodbye/", 302)]
    html = gone.content.decode()
    is_sound(html)
    assert "退会の手続きがすみました" in html
    assert 'data-keep-clear="*"' in html
    assert not User.objects.filter(pk=town.citizen.pk).exists()
    assert client.get("/workspace/").status_code == 302
    assert client.get("/").status_code == 200


def test_another_device_is_signed_out_too(town: Town, sign_in: Any) -> None:
    other = sign_in(town.citizen)
    sign_in(town.citizen).post(ACCOUNT, {"understood": "on"})
    assert other.get("/workspace/")["Location"].startswith("/accounts/login/")
    assert other.post(ACCOUNT, {"understood": "on"}).status_code == 302


def test_what_hinders_is_said_with_the_way_to_it_and_there_is_no_button(town: Town, sign_in: Any) -> None:
    client = sign_in(town.owner)
    html = page(client, ACCOUNT)
    assert f"/workspace/actors/{town.actor.pk}/members/" in html
    assert "管理者は、あなただけです" in html
    assert 'name="understood"' not in html
    refused = client.post(ACCOUNT, {"understood": "on"})
    assert (refused.status_code, "管理者は、あなただけです" in refused.content.decode()) == (403, True)


def test_the_actor_that_goes_along_is_shown_with_its_own_parts(
    town: Town, now: dt.datetime, sign_in: Any
) -> None:
    person = factories.make_person()
    alone = factories.make_actor(town.municipality, person, name="ひとりの会", kind="civic_group")
    case = together.make_case(town, state="closed", offers=0)
    together.join_case(case, together.make_offer(town, actor=alone))
    Letter.objects.create(case=case, actor=alone, author=person, text="手紙", sent_at=now)
    Membership.objects.create(actor=town.actor, user=person, role="viewer", joined_at=now)
    html = page(sign_in(person), ACCOUNT)
    for words in ("いっしょに消える団体：ひとりの会", "加わった案件", "あなたが抜ける団体", town.actor.name):
        assert words in html
    sign_in(person).post(ACCOUNT, {"understood": "on"})
    assert Actor.objects.get(pk=alone.pk).name == "退会した団体"
    assert town.actor.memberships.filter(user=person.pk).count() == 0


def test_an_owner_deletes_an_actor_and_stays(town: Town, sign_in: Any) -> None:
    factories.register(town.municipality, town.owner)
    client, path = sign_in(town.owner), reverse("workspace:actor_delete", args=[town.actor.pk])
    html = page(client, path)
    for words in ("登録を消しますか", "ほかのメンバー1人も", "活動の終了", "先に、団体の記録を受け取る"):
        assert words in html
    assert path in page(client, TAKE_OUT)
    is_sound(client.post(path).content.decode())
    assert Actor.objects.filter(pk=town.actor.pk).exists()
    done = client.post(path, {"understood": "on"}, follow=True)
    assert done.redirect_chain == [("/workspace/", 302)]
    assert "の登録を消しました" in done.content.decode()
    assert not Actor.objects.filter(pk=town.actor.pk).exists()
    assert client.get(path).status_code == 404


def test_a_running_project_is_named_with_a_link(town: Town, sign_in: Any) -> None:
    project = together.make_project(town)
    client, path = sign_in(town.owner), reverse("workspace:actor_delete", args=[town.actor.pk])
    html = page(client, path)
    assert f"/workspace/projects/{project.pk}/" in html
    assert client.post(path, {"understood": "on"}).status_code == 403


@pytest.mark.parametrize("who", ["viewer", "officer", "coordinator", "citizen"])
def test_an_actor_is_its_owners_affair(who: str, town: Town, sign_in: Any) -> None:
    client, path = sign_in(getattr(town, who)), reverse("workspace:actor_delete", args=[town.actor.pk])
    status = 403 if who == "viewer" else 404
    assert client.get(path).status_code == client.post(path, {"understood": "on"}).status_code == status
    assert Actor.objects.filter(pk=town.actor.pk).exists()


def test_the_page_counts_in_a_constant_number_of_queries(town: Town, now: dt.datetime, sign_in: Any) -> None:
    person = factories.make_person()
    alone = factories.make_actor(town.municipality, person, kind="civic_group")

    def fill() -> None:
        case = together.make_case(town, state="closed", offers=0)
        together.join_case(case, together.make_offer(town, actor=alone))
        Letter.objects.create(case=case, actor=alone, author=person, text="手紙", sent_at=now)
        factories.make_issue(town, by=person)

    counts = []
    for times in (1, 9):
        for _ in range(times):
            fill()
        client = sign_in(person)
        with CaptureQueriesContext(connection) as counted:
            page(client, ACCOUNT)
        counts.append(len(counted))
    assert counts[0] == counts[1]
