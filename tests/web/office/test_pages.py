"""The office's pages: for the office of this town, and nobody else."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from musubi.base.audit import services as audit
from musubi.base.audit.models import Event
from musubi.base.index.models import Document
from musubi.flow.actors import services
from musubi.flow.actors.enums import ActorState, MandateRole
from musubi.flow.actors.models import Actor, Credential, Mandate, Membership
from musubi.flow.listings.services import index_listing
from musubi.flow.moderation.models import Hiding, Report
from tests.factories import give_mandate, make_actor, make_issue, make_listing, make_person
from tests.together import make_introduction, make_offer, make_project, make_story
from tests.web.counting import asked_for_many

TOWN_PAGES = ["", "contact/", "actors/", "actors/new/", "mandates/", "mandates/new/", "audit/"]
ACTOR_PAGES = ["", "return/", "unverify/", "close/", "credentials/new/"]


def text_of(response):
    return response.content.decode()


@pytest.mark.parametrize("path", [*TOWN_PAGES, "actors/1/", "actors/1/credentials/new/"])
def test_nobody_signed_in_is_led_to_the_sign_in_and_back(path, town):
    assert Client().get(f"/office/{path}").url == f"/accounts/login/?next=/office/{path}"


@pytest.mark.parametrize("path", TOWN_PAGES)
def test_pages_of_the_town_are_for_its_office(path, town, other_town, sign_in):
    assert sign_in(town.officer).get(f"/office/{path}").status_code == 200
    for stranger in (town.coordinator, town.owner, town.citizen, other_town.officer):
        page = sign_in(stranger).get(f"/office/{path}")
        assert page.status_code == 403
        assert "この市の運営担当だけが開けます" in text_of(page)


@pytest.mark.parametrize("path", ACTOR_PAGES)
def test_pages_about_an_actor_are_not_there_for_others(path, town, other_town, sign_in):
    url = f"/office/actors/{town.actor.pk}/{path}"
    assert sign_in(town.officer).get(url).status_code == 200
    for stranger in (town.coordinator, town.owner, town.citizen, other_town.officer):
        assert sign_in(stranger).get(url).status_code == 404


@pytest.mark.parametrize("verb", ["verify", "return", "unverify", "close", "reopen"])
def test_verbs_are_not_there_for_the_officer_of_another_town(verb, town, other_town, sign_in):
    url = f"/office/actors/{town.actor.pk}/{verb}/"
    assert sign_in(other_town.officer).post(url, {"reason": "x"}).status_code == 404
    town.actor.refresh_from_db()
    assert town.actor.state == ActorState.VERIFIED


def test_home_says_what_waits_and_for_how_long(town, other_town, sign_in, now):
    empty = text_of(sign_in(town.officer).get("/office/"))
    assert "確認を待つ団体はありません" in empty
    make_actor(
        town.municipality, name="待つ会", state=ActorState.PENDING, submitted_at=now - dt.timedelta(days=3)
    )
    make_actor(other_town.municipality, name="よその会", state=ActorState.PENDING)
    listing = make_listing(town.actor)
    Report.objects.create(
        municipality=town.municipality,
        listing=listing,
        reason="false",
        reported_at=now - dt.timedelta(days=2),
    )
    Hiding.objects.create(
        municipality=town.municipality,
        issue=make_issue(town),
        reason="x",
        hidden_at=now,
        state="answered",
        answer="直しました",
        answered_at=now - dt.timedelta(hours=5),
    )
    page = sign_in(town.officer).get("/office/")
    counts = [page.context[name] for name in ("actor_count", "report_count", "answer_count", "mandate_count")]
    assert counts == [1, 1, 1, 2]
    text = text_of(page)
    assert "待つ会" in text
    assert "よその会" not in text
    assert text.count("いちばん長く待っているもの：") == 3
    assert "いちばん長く待っているもの：3日" in text


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["あおば会", "かわべ会", "みなと会", "結浜市浜町町内会"]),
        ("?q=かわ", ["かわべ会"]),
        ("?state=pending", ["みなと会"]),
        ("?kind=company", ["かわべ会"]),
        ("?kind=company&state=pending", []),
        ("?state=nonsense", ["あおば会", "かわべ会", "みなと会", "結浜市浜町町内会"]),
    ],
)
def test_the_list_is_narrowed(query, names, town, other_town, sign_in):
    make_actor(town.municipality, name="あおば会", kana="あおば", state=ActorState.DRAFT)
    make_actor(town.municipality, name="かわべ会", kana="かわべ", kind="company")
    make_actor(town.municipality, name="みなと会", kana="みなと", state=ActorState.PENDING)
    page = sign_in(town.officer).get(f"/office/actors/{query}").context["page"]
    assert sorted(actor.name for actor in page.items) == names
    assert page.total == len(names)


def test_lists_ask_as_often_for_one_row_as_for_many(town, sign_in, now):
    def more(number):
        actor = make_actor(town.municipality, state=ActorState.PENDING, area=town.wards[0])
        person = make_person()
        give_mandate(town.municipality, person, MandateRole.COORDINATOR).areas.set(town.wards)
        Membership.objects.create(actor=town.actor, user=person, role="owner", joined_at=now)
        Credential.objects.create(
            actor=town.actor,
            kind="registration",
            title="登録",
            issuer_name="県",
            valid_from=now.date(),
            given_at=now,
        )
        services.verify_actor(actor=actor, by=town.officer, now=now)
        make_actor(town.municipality, state=ActorState.PENDING)

    urls = [f"/office/{path}" for path in ("", "actors/", "mandates/", "audit/", f"actors/{town.actor.pk}/")]
    asked_for_many(sign_in(town.officer), urls, more)


def test_the_full_profile_and_the_trace_of_reading_it(town, sign_in):
    Actor.objects.filter(pk=town.actor.pk).update(
        phone="0000-11-2222", item_visibility={"phone": "city_hall"}
    )
    page = text_of(sign_in(town.officer).get(f"/office/actors/{town.actor.pk}/"))
    assert "0000-11-2222" in page
    event = Event.objects.get()
    assert (event.verb, event.by, event.after) == ("personal_data.view", f"user:{town.officer.pk}", "phone")
    assert "個人情報を見た" in text_of(sign_in(town.officer).get(f"/office/actors/{town.actor.pk}/"))


def test_verifying_and_asking_for_a_correction(town, sign_in):
    actor = make_actor(town.municipality, town.owner, state=ActorState.PENDING)
    url = f"/office/actors/{actor.pk}/"
    client = sign_in(town.officer)
    assert client.get(f"{url}verify/").status_code == 405
    assert "「理由」を入れてください" in text_of(client.post(f"{url}return/", {"reason": ""}))
    client.post(f"{url}return/", {"reason": "代表者のお名前を"})
    actor.refresh_from_db()
    assert (actor.state, actor.returned_reason) == (ActorState.RETURNED, "代表者のお名前を")
    assert client.post(f"{url}return/", {"reason": "もう一度"}).status_code == 409
    client.post(f"{url}verify/")
    actor.refresh_from_db()
    assert (actor.state, actor.verified_by) == (ActorState.VERIFIED, town.officer)
    client.post(f"{url}unverify/", {"reason": "住所が違う"})
    actor.refresh_from_db()
    assert actor.state == ActorState.PENDING


def test_closing_and_reopening_for_a_group_that_is_gone(town, sign_in):
    client = sign_in(town.officer)
    index_listing(make_listing(town.actor))
    url = f"/office/actors/{town.actor.pk}/"
    client.post(f"{url}close/", {"reason": "dissolved"})
    town.actor.refresh_from_db()
    assert (town.actor.state, town.actor.closed_reason) == (ActorState.CLOSED, "dissolved")
    assert "解散した" in text_of(client.get(url))
    assert not Document.objects.filter(kind="listing").exists()
    client.post(f"{url}reopen/")
    assert Document.objects.filter(kind="listing").count() == 1
    town.actor.refresh_from_db()
    assert town.actor.state == ActorState.PENDING


def test_typing_in_what_came_on_paper(town, sign_in):
    client = sign_in(town.officer)
    data = {
        "source": "paper",
        "kind": "civic_group",
        "name": "紙の会",
        "phone": "0000-1",
        "area": town.wards[1].pk,
    }
    assert "どこから届いたか" in text_of(client.post("/office/actors/new/", data | {"source": "web"}))
    response = client.post("/office/actors/new/", data)
    actor = Actor.objects.get(name="紙の会")
    assert response.url == f"/office/actors/{actor.pk}/"
    assert (actor.state, actor.source, actor.entered_by) == (ActorState.PENDING, "paper", town.officer)
    page = text_of(client.get(response.url))
    assert "管理者になる方を招待してください" in page
    assert f"/workspace/actors/{actor.pk}/members/invite/" in page
    done = client.post(
        f"/workspace/actors/{actor.pk}/members/invite/", {"email": "k@example.jp", "role": "owner"}
    )
    assert done.url == f"/office/actors/{actor.pk}/"


def credential_data(**changes):
    data = {"kind": "registration", "title": "市民活動団体登録", "issuer_name": "みそら県"}
    data |= {"valid_from_year": "2026", "valid_from_month": "4", "valid_from_day": "1"}
    data |= {"valid_until_year": "令和9", "valid_until_month": "3", "valid_until_day": "31"}
    return data | changes


def test_a_credential_is_given_with_dates_and_revoked_with_a_reason(town, sign_in):
    client = sign_in(town.officer)
    url = f"/office/actors/{town.actor.pk}/credentials/new/"
    assert "出した機関を、上の一覧から選ぶか" in text_of(client.post(url, credential_data(issuer_name="")))
    assert "終わりの日は、始まりの日より後" in text_of(
        client.post(url, credential_data(valid_until_year="2020"))
    )
    client.post(url, credential_data())
    credential = Credential.objects.get()
    assert (credential.valid_from, credential.valid_until) == (dt.date(2026, 4, 1), dt.date(2027, 3, 31))
    register = text_of(Client().get("/register/"))
    assert "市民活動団体登録" in register
    revoke = f"/office/credentials/{credential.pk}/revoke/"
    client.post(revoke, {"reason": "届け出がなかった"})
    credential.refresh_from_db()
    assert credential.revoked_reason == "届け出がなかった"
    assert client.get(revoke).status_code == 403
    assert "届け出がなかった" in text_of(client.get(f"/office/actors/{town.actor.pk}/"))


def test_a_credential_of_another_town_is_not_there(town, other_town, sign_in, now):
    credential = services.give_credential(
        actor=town.actor,
        kind="registration",
        title="登録",
        issuer_name="県",
        valid_from=now.date(),
        by=town.officer,
        now=now,
    )
    client = sign_in(other_town.officer)
    assert client.post(f"/office/credentials/{credential.pk}/revoke/", {"reason": "x"}).status_code == 404


def mandate_data(email, **changes):
    today = timezone.localdate()
    data = {"email": email, "role": "coordinator", "valid_from_year": str(today.year)}
    return data | {"valid_from_month": str(today.month), "valid_from_day": str(today.day)} | changes


def test_a_coordinator_is_entrusted_by_mail_address_and_released(town, sign_in):
    client = sign_in(town.officer)
    unknown = text_of(client.post("/office/mandates/new/", mandate_data("nobody@example.jp")))
    assert "まだ登録していません" in unknown
    wrong = mandate_data(town.citizen.email, role="office", areas=[town.wards[0].pk])
    assert "区を選べるのは、コーディネーターだけ" in text_of(client.post("/office/mandates/new/", wrong))
    data = mandate_data(town.citizen.email, areas=[town.wards[0].pk])
    assert client.post("/office/mandates/new/", data).url == "/office/mandates/"
    mandate = Mandate.objects.get(user=town.citizen)
    assert list(mandate.areas.all()) == [town.wards[0]]
    assert sign_in(town.citizen).get("/workspace/").context["navigation"]["can_desk"] is True
    assert "港区" in text_of(client.get("/office/mandates/"))
    end = f"/office/mandates/{mandate.pk}/end/"
    assert "役割を終えますか" in text_of(client.get(end))
    client.post(end)
    assert not Mandate.objects.filter(user=town.citizen).exists()
    assert sign_in(town.citizen).get("/workspace/").context["navigation"]["can_desk"] is False


def test_the_last_officer_and_another_towns_mandates(town, other_town, sign_in):
    mine = Mandate.objects.get(user=town.officer)
    theirs = Mandate.objects.get(user=other_town.coordinator)
    client = sign_in(town.officer)
    refused = client.post(f"/office/mandates/{mine.pk}/end/")
    assert (refused.status_code, "いなくなってしまいます" in text_of(refused)) == (403, True)
    assert client.post(f"/office/mandates/{theirs.pk}/end/").status_code == 404
    # One's own mandate is seen in the list of one's office only.
    assert sign_in(town.coordinator).get(f"/office/mandates/{mine.pk}/end/").status_code == 404


def test_the_log_shows_this_town_by_verb_and_day(town, other_town, sign_in, now):
    services.confirm_actor(actor=town.actor, by=town.owner, now=now - dt.timedelta(days=2))
    services.confirm_actor(actor=other_town.actor, by=other_town.owner, now=now)
    services.hide_actor(actor=town.actor, reason="確かめ中", by=town.officer, now=now)
    client = sign_in(town.officer)

    def lines(query=""):
        return [(line["what"], line["who"]) for line in client.get(f"/office/audit/{query}").context["lines"]]

    hidden, confirmed = ("団体を非表示にした", town.officer.name), ("内容を確かめた", town.owner.name)
    assert lines() == [hidden, confirmed]
    assert lines("?verb=actor.confirm") == [confirmed]
    yesterday = timezone.localdate(now) - dt.timedelta(days=1)
    assert lines(f"?until_year={yesterday.year}&until_month={yesterday.month}&until_day={yesterday.day}") == [
        confirmed
    ]
    assert lines("?until_year=x") == [hidden, confirmed]


def test_the_contact_is_changed(town, sign_in):
    client = sign_in(town.officer)
    assert client.post("/office/contact/", {"contact": "市民協働課 0000-00-1111"}).url == "/office/"
    assert "市民協働課 0000-00-1111" in text_of(client.get("/office/"))


def test_the_log_names_what_it_is_about_with_the_way_to_it(town, sign_in, now):
    project = make_project(town, title="浜町夏祭り")
    story = make_story(project, title="夏祭りの事例")
    introduction = make_introduction(project.case.need, make_offer(town))
    for subject in (project, project.case, story, introduction):
        audit.record(by=None, verb="project.begin", subject=subject, at=now)
    lines = sign_in(town.officer).get("/office/audit/").context["lines"]
    found = {line["href"]: (line["subject"], line["who"]) for line in lines}
    for href, name in (
        (f"/workspace/projects/{project.pk}/", "プロジェクト 浜町夏祭り"),
        (f"/workspace/cases/{project.case_id}/", f"案件 {project.case.title}"),
        (f"/workspace/stories/{story.pk}/", "事例 夏祭りの事例"),
        (
            f"/workspace/introductions/{introduction.pk}/",
            f"紹介 {introduction.need} – {introduction.offer}",
        ),
    ):
        assert found[href] == (name, "Musubi（自動）")
