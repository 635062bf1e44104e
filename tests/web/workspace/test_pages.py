"""The workspace's own pages: who may open them, how many queries they take, what they say."""

import datetime as dt
import json

import pytest
from django.test import Client

from musubi.base.audit.models import Event
from musubi.base.common.enums import Visibility
from musubi.base.index.models import Document
from musubi.base.notify.models import Message, Preference
from musubi.base.notify.services import tell
from musubi.flow.actors import services
from musubi.flow.actors.enums import ActorState, MembershipRole
from musubi.flow.actors.models import Actor, Invitation, Membership, Registrant
from musubi.flow.listings.enums import ListingState
from musubi.flow.listings.services import index_listing
from tests.factories import make_actor, make_listing, make_person, register
from tests.together import make_project, make_story
from tests.web.counting import asked_for_many


def text_of(response):
    return response.content.decode()


def invitation_to(town, person, now, **fields):
    return services.invite_member(
        actor=town.actor, email=person.email, role=MembershipRole.EDITOR, by=town.owner, now=now, **fields
    )


@pytest.mark.parametrize(
    "path",
    [
        "",
        "welcome/",
        "inbox/",
        "preferences/",
        "actors/new/",
        "actors/1/",
        "actors/1/edit/",
        "actors/1/members/",
    ],
)
def test_nobody_signed_in_is_led_to_the_sign_in_and_back(path, town):
    response = Client().get(f"/workspace/{path}")
    assert response.status_code == 302
    assert response.url == f"/accounts/login/?next=/workspace/{path}"


# First steps


def test_somebody_new_is_led_to_register_and_on_to_where_they_went(town, sign_in):
    person = make_person("浜田花")
    client = sign_in(person)
    response = client.get("/workspace/actors/new/")
    assert response.url == "/workspace/welcome/?next=%2Fworkspace%2Factors%2Fnew%2F"
    page = client.get(response.url)
    assert "結浜市に登録します" in text_of(page)
    refused = client.post("/workspace/welcome/", {"name": "浜田 花", "next": "/workspace/actors/new/"})
    assert "印を付けてください" in text_of(refused)
    assert not Registrant.objects.filter(user=person).exists()
    done = client.post(
        "/workspace/welcome/", {"name": "浜田 花", "agree": "on", "next": "/workspace/actors/new/"}
    )
    assert done.url == "/workspace/actors/new/"
    assert Registrant.objects.get(user=person).municipality == town.municipality
    person.refresh_from_db()
    assert person.name == "浜田 花"
    # Who is registered is not asked twice.
    assert client.get("/workspace/welcome/?next=/menu/").url == "/menu/"


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_the_way_back_never_leads_elsewhere(target, town, sign_in):
    response = sign_in(town.citizen).get("/workspace/welcome/", {"next": target})
    assert response.url == "/workspace/"


def test_registering_is_for_the_town_of_the_host(town, other_town, sign_in, settings):
    settings.ALLOWED_HOSTS = [".testserver"]
    person = make_person()
    client = sign_in(person)
    client.post("/workspace/welcome/", {"name": "x", "agree": "on"}, headers={"host": "shiomi.testserver"})
    assert [row.municipality for row in Registrant.objects.filter(user=person)] == [other_town.municipality]


def test_an_empty_home_says_what_to_do(town, sign_in):
    page = text_of(sign_in(town.citizen).get("/workspace/"))
    assert "まず、だれとして使うかを登録しましょう" in page
    assert 'href="/workspace/actors/new/"' in page


def test_home_says_what_waits(town, sign_in, now):
    make_actor(town.municipality, town.owner, name="下書きの会", state=ActorState.DRAFT)
    make_actor(town.municipality, town.owner, name="直しの会", state=ActorState.RETURNED)
    make_actor(town.municipality, town.owner, name="古い会", confirmed_at=now - dt.timedelta(days=200))
    make_listing(town.actor, title="書きかけ", state=ListingState.DRAFT)
    make_listing(town.actor, title="もうすぐ", expires_on=now.date() + dt.timedelta(days=3))
    other = make_actor(town.municipality, make_person(), name="呼ぶ会")
    Invitation.objects.create(
        actor=other,
        email=town.owner.email,
        role="editor",
        token="t",
        invited_at=now,
        expires_at=now + dt.timedelta(1),
    )
    page = text_of(sign_in(town.owner).get("/workspace/"))
    for sentence in (
        "「呼ぶ会」から招待が届いています",
        "「直しの会」の登録に、直してほしいところ",
        "「下書きの会」は下書きです",
        "「古い会」の内容は、今も正しいですか",
        "書きかけの下書き「書きかけ」",
        "「もうすぐ」は、まもなく掲載の期限",
    ):
        assert sentence in page
    # What belongs to others does not wait for a member who only reads.
    viewer = text_of(sign_in(town.viewer).get("/workspace/"))
    assert "書きかけの下書き" not in viewer


def test_home_asks_as_often_for_one_row_as_for_many(town, sign_in):
    def more(number):
        make_actor(town.municipality, town.owner, state=ActorState.DRAFT)
        make_listing(town.actor, state=ListingState.DRAFT, title=f"下書き{number}")
        make_listing(town.actor, title=f"公開{number}")

    asked_for_many(sign_in(town.owner), ["/workspace/"], more)


# Messages


def say(person, now, number=0):
    return tell(
        to=person,
        kind="actor_verified",
        subject=f"知らせ{number}",
        text="本文",
        path="/workspace/actors/1/",
        at=now,
    )


def test_a_message_is_read_by_opening_it_and_only_the_own_ones(town, sign_in, now):
    mine, theirs = say(town.owner, now), say(town.viewer, now)
    client = sign_in(town.owner)
    assert "未読" in text_of(client.get("/workspace/inbox/"))
    page = text_of(client.get(f"/workspace/inbox/{mine.pk}/"))
    assert 'href="/workspace/actors/1/"' in page
    mine.refresh_from_db()
    assert mine.read_at is not None
    assert client.get(f"/workspace/inbox/{theirs.pk}/").status_code == 404
    theirs.refresh_from_db()
    assert theirs.read_at is None


def test_all_read_at_once_by_post_only(town, sign_in, now):
    say(town.owner, now), say(town.owner, now), say(town.viewer, now)
    client = sign_in(town.owner)
    assert client.get("/workspace/inbox/read/").status_code == 405
    assert client.post("/workspace/inbox/read/").url == "/workspace/inbox/"
    assert Message.objects.filter(read_at=None).count() == 1


def test_the_inbox_asks_as_often_for_one_row_as_for_many(town, sign_in, now):
    client = sign_in(town.owner)
    asked_for_many(client, ["/workspace/inbox/"], lambda number: say(town.owner, now, number))
    page = client.get("/workspace/inbox/")
    assert len(page.context["page"].items) == 20
    assert "次のページ" in text_of(page)


def test_preferences_switch_mail_off_and_on_but_not_what_must_arrive(town, sign_in):
    client = sign_in(town.owner)
    page = text_of(client.get("/workspace/preferences/"))
    assert "必ずメールでもお送りします：団体への招待" in page
    assert 'href="/accounts/2fa/"' in page
    client.post("/workspace/preferences/", {"kinds": ["actor_returned"]})
    off = Preference.objects.filter(user=town.owner, email=False)
    assert off.filter(kind="actor_verified").exists()
    assert not off.filter(kind__in=["actor_returned", "invitation"]).exists()
    client.post("/workspace/preferences/", {"kinds": ["actor_returned", "actor_verified"]})
    assert not off.filter(kind="actor_verified").exists()


def test_the_own_name_is_changed_in_the_preferences(town, sign_in):
    client = sign_in(town.owner)
    assert "お名前" in text_of(client.post("/workspace/preferences/", {"name": "  "}))
    client.post("/workspace/preferences/", {"name": "浜 太郎"})
    town.owner.refresh_from_db()
    assert town.owner.name == "浜 太郎"
    assert Preference.objects.count() == 0


# Actors


PROFILE = {
    "kind": "neighborhood_association",
    "name": "浜町二丁目町内会",
    "fields_of_activity": ["3", "9"],
    "phone": "００００－１１－２２２２",
    "representative": "浜田花",
    **{f"visibility_{item}": "city_hall" for item in ("representative", "email", "address", "url")},
    "visibility_phone": "public",
}


@pytest.mark.parametrize(("button", "state"), [("submit", ActorState.PENDING), ("draft", ActorState.DRAFT)])
def test_a_citizen_registers_a_neighbourhood_association(button, state, town, sign_in):
    client = sign_in(town.citizen)
    response = client.post("/workspace/actors/new/", PROFILE | {"area": town.wards[0].pk, button: "1"})
    actor = Actor.objects.get(name="浜町二丁目町内会")
    assert response.url == f"/workspace/actors/{actor.pk}/?saved=actor"
    assert (actor.state, actor.fields, actor.phone) == (state, [3, 9], "0000-11-2222")
    assert (actor.visibility_of("phone"), actor.visibility_of("email")) == (
        Visibility.PUBLIC,
        Visibility.CITY_HALL,
    )
    page = text_of(client.get(response.url))
    assert 'data-keep-clear="actor"' in page
    assert ("まだ公開されていません" in page) == (state == ActorState.DRAFT)
    assert "次を公開すると、段階が上がります：代表者の名前" in page


def test_a_wrong_form_comes_back_with_what_was_typed(town, sign_in):
    wrong = PROFILE | {"name": "", "corporate_number": "123", "phone": "でんわ", "summary": "花を植えます"}
    page = text_of(sign_in(town.citizen).post("/workspace/actors/new/", wrong))
    for sentence in ("「名前」を入れてください", "13けたの数字", "数字と「-」"):
        assert sentence in page
    assert "花を植えます" in page
    assert Actor.objects.filter(name="").count() == 0


def test_citizens_are_not_offered_official_kinds_and_cannot_post_them(town, sign_in):
    client = sign_in(town.citizen)
    assert 'value="department"' not in text_of(client.get("/workspace/actors/new/"))
    page = client.post("/workspace/actors/new/", PROFILE | {"kind": "department", "submit": "1"})
    assert "選んだものが一覧にありません" in text_of(page)
    assert 'value="department"' in text_of(sign_in(town.officer).get("/workspace/actors/new/"))


def test_what_was_typed_survives_an_expired_sign_in(town, sign_in):
    client = Client()
    response = client.post("/workspace/actors/new/", PROFILE | {"summary": "花を植えます"})
    assert response.status_code == 302
    client.force_login(town.citizen, backend="django.contrib.auth.backends.ModelBackend")
    page = text_of(client.get("/workspace/actors/new/"))
    assert "入力していた内容を戻しました" in page
    assert "花を植えます" in page
    assert "error-summary-title" not in page
    assert "花を植えます" not in text_of(client.get("/workspace/actors/new/"))


PAGES = ["", "edit/", "members/", "members/invite/", "close/"]


@pytest.mark.parametrize("path", PAGES)
def test_members_open_their_actor_and_nobody_else(path, town, other_town, sign_in):
    url = f"/workspace/actors/{town.actor.pk}/{path}"
    shown_to_all = path in ("edit/", "members/invite/")
    expected = {
        "owner": 200,
        "viewer": 200 if path in ("", "members/") else 403,
        "citizen": 403 if shown_to_all else 404,
        "coordinator": 403 if shown_to_all else 404,
        "officer": 200 if shown_to_all else 404,
    }
    found = {name: sign_in(getattr(town, name)).get(url).status_code for name in expected}
    assert found == expected
    assert sign_in(other_town.officer).get(url).status_code == (403 if shown_to_all else 404)


def test_a_draft_of_others_cannot_be_seen_at_all(town, other_town, sign_in):
    draft = make_actor(town.municipality, make_person(), state=ActorState.DRAFT)
    for path in PAGES:
        assert sign_in(other_town.officer).get(f"/workspace/actors/{draft.pk}/{path}").status_code == 404
        assert sign_in(town.citizen).get(f"/workspace/actors/{draft.pk}/{path}").status_code == 404


def test_the_refusal_is_a_sentence_on_the_page(town, sign_in):
    page = sign_in(town.viewer).get(f"/workspace/actors/{town.actor.pk}/edit/")
    assert page.status_code == 403
    assert "あなたの役割は「閲覧のみ」です" in text_of(page)
    shown = text_of(sign_in(town.viewer).get(f"/workspace/actors/{town.actor.pk}/"))
    assert 'aria-disabled="true"' in shown
    assert "あなたの役割は「閲覧のみ」です" in shown


@pytest.mark.parametrize(
    ("verb", "state", "after"),
    [
        ("submit", ActorState.DRAFT, ActorState.PENDING),
        ("submit", ActorState.VERIFIED, 409),
        ("confirm", ActorState.VERIFIED, ActorState.VERIFIED),
        ("reopen", ActorState.CLOSED, ActorState.PENDING),
        ("reopen", ActorState.VERIFIED, 409),
    ],
)
def test_verbs_by_post(verb, state, after, town, sign_in):
    actor = make_actor(town.municipality, town.owner, state=state, confirmed_at=None)
    url = f"/workspace/actors/{actor.pk}/{verb}/"
    client = sign_in(town.owner)
    assert client.get(url).status_code == 405
    response = client.post(url)
    actor.refresh_from_db()
    if after == 409:
        assert (response.status_code, actor.state) == (409, state)
        return
    assert (response.status_code, actor.state) == (302, after)
    assert (actor.confirmed_at is not None) == (verb == "confirm")


def test_closing_asks_for_the_reason(town, sign_in):
    client = sign_in(town.owner)
    url = f"/workspace/actors/{town.actor.pk}/close/"
    assert "「終了の理由」を選んでください" in text_of(client.post(url))
    client.post(url, {"reason": "merged"})
    town.actor.refresh_from_db()
    assert (town.actor.state, town.actor.closed_reason) == (ActorState.CLOSED, "merged")
    assert "活動を再開する" in text_of(client.get(f"/workspace/actors/{town.actor.pk}/"))


def test_search_follows_the_name_and_the_end_of_an_actor(town, sign_in):
    index_listing(make_listing(town.actor, title="テントを探しています"))
    client = sign_in(town.owner)
    digest = bytes(Document.objects.get(kind="listing").digest)
    url = f"/workspace/actors/{town.actor.pk}/"
    client.post(f"{url}edit/", PROFILE | {"name": "港の新しい会"})
    assert bytes(Document.objects.get(kind="listing").digest) != digest
    client.post(f"{url}close/", {"reason": "dissolved"})
    assert not Document.objects.filter(kind="listing").exists()
    client.post(f"{url}reopen/")
    assert Document.objects.filter(kind="listing").count() == 1


def test_editing_by_the_office_leaves_a_trace_of_reading(town, sign_in):
    Actor.objects.filter(pk=town.actor.pk).update(phone="0000-11-2222")
    sign_in(town.officer).get(f"/workspace/actors/{town.actor.pk}/edit/")
    assert Event.objects.get().verb == "personal_data.view"
    sign_in(town.owner).get(f"/workspace/actors/{town.actor.pk}/edit/")
    assert Event.objects.count() == 1


def test_an_edit_shows_and_keeps_what_is_there(town, sign_in):
    Actor.objects.filter(pk=town.actor.pk).update(
        phone="0000-11-2222",
        fields=[3],
        founded_on=dt.date(1970, 4, 1),
        item_visibility={"phone": "registered"},
    )
    client = sign_in(town.owner)
    page = client.get(f"/workspace/actors/{town.actor.pk}/edit/")
    initial = page.context["form"].initial
    data = {name: value for name, value in initial.items() if value not in (None, "", [])}
    data |= {
        "founded_on_year": "1970",
        "founded_on_month": "4",
        "founded_on_day": "1",
        "summary": "新しい紹介",
    }
    response = client.post(f"/workspace/actors/{town.actor.pk}/edit/", data)
    assert response.status_code == 302, response.context["form"].errors
    town.actor.refresh_from_db()
    assert (town.actor.summary, town.actor.phone, town.actor.state) == (
        "新しい紹介",
        "0000-11-2222",
        "verified",
    )
    changed = Event.objects.get(verb="actor.update")
    assert set(json.loads(changed.after)) <= {"summary", "item_visibility"}


# Members


def test_inviting_and_joining_on_the_pages(town, sign_in):
    client = sign_in(town.owner)
    url = f"/workspace/actors/{town.actor.pk}/members/invite/"
    refused = client.post(url, {"email": town.viewer.email, "role": "editor"})
    assert "もうこの団体に入っています" in text_of(refused)
    client.post(url, {"email": "Tomo@example.jp", "role": "editor"})
    invitation = Invitation.objects.get()
    page = f"/workspace/invitations/{invitation.token}/"
    assert "tomo@example.jp" in text_of(client.get(f"/workspace/actors/{town.actor.pk}/members/"))

    visitor = Client()
    seen = text_of(visitor.get(page))
    assert town.actor.name in seen
    assert "to…@example.jp" in seen
    assert "tomo@example.jp" not in seen
    assert f"/accounts/login/?next=%2Fworkspace%2Finvitations%2F{invitation.token}%2F" in seen
    assert visitor.post(page).url.startswith("/accounts/login/?next=")

    wrong = sign_in(town.citizen)
    assert "別のメールアドレスで入っています" in text_of(wrong.get(page))
    assert wrong.post(page).status_code == 403
    assert "/accounts/logout/" in text_of(wrong.get(page))

    right = sign_in(make_person("友", "tomo@example.jp"))
    assert "参加する" in text_of(right.get(page))
    assert right.post(page).url == f"/workspace/actors/{town.actor.pk}/"
    assert right.get(f"/workspace/actors/{town.actor.pk}/").status_code == 200
    assert "もう使われています" in text_of(right.get(page))


def test_a_wrong_or_withdrawn_link(town, sign_in, now):
    assert Client().get("/workspace/invitations/nonsense/").status_code == 404
    invitation = invitation_to(town, town.citizen, now)
    owner = sign_in(town.owner)
    assert sign_in(town.viewer).post(f"/workspace/invitations/{invitation.pk}/withdraw/").status_code == 404
    assert owner.post(f"/workspace/invitations/{invitation.pk}/withdraw/").status_code == 302
    assert "取り消されました" in text_of(Client().get(f"/workspace/invitations/{invitation.token}/"))


def test_roles_and_leaving_on_the_pages(town, other_town, sign_in):
    viewer = Membership.objects.get(user=town.viewer)
    mine = Membership.objects.get(actor=town.actor, user=town.owner)
    client = sign_in(town.owner)
    page = text_of(client.get(f"/workspace/actors/{town.actor.pk}/members/"))
    assert "管理者がいなくなってしまいます" in page
    assert client.post(f"/workspace/members/{mine.pk}/remove/").status_code == 403
    assert (
        client.post(f"/workspace/members/{viewer.pk}/role/", {f"m{viewer.pk}-role": "owner"}).status_code
        == 302
    )
    viewer.refresh_from_db()
    assert viewer.role == "owner"
    assert sign_in(other_town.officer).post(f"/workspace/members/{viewer.pk}/remove/").status_code == 404
    assert "抜けますか" in text_of(client.get(f"/workspace/members/{mine.pk}/remove/"))
    assert client.post(f"/workspace/members/{mine.pk}/remove/").url == "/workspace/"
    assert not Membership.objects.filter(pk=mine.pk).exists()


def test_the_members_page_asks_as_often_for_one_row_as_for_many(town, sign_in, now):
    def more(number):
        person = make_person()
        Membership.objects.create(actor=town.actor, user=person, role=MembershipRole.OWNER, joined_at=now)
        Invitation.objects.create(
            actor=town.actor,
            email=f"i{number}@example.jp",
            role="editor",
            token=f"t{number}",
            invited_by=town.owner,
            invited_at=now,
            expires_at=now + dt.timedelta(days=1),
        )

    urls = [f"/workspace/actors/{town.actor.pk}/members/", f"/workspace/actors/{town.actor.pk}/"]
    asked_for_many(sign_in(town.owner), urls, more)


def test_who_is_registered_elsewhere_only_registers_here_first(town, other_town, sign_in):
    register(other_town.municipality, person := make_person())
    assert sign_in(person).get("/workspace/").url.startswith("/workspace/welcome/")


@pytest.mark.parametrize(
    ("asked", "leads_to"),
    [("/workspace/stories/7/repeat/", "/workspace/stories/7/repeat/"), ("https://example.com/", "")],
)
def test_registering_on_the_way_leads_back(town, sign_in, asked, leads_to) -> None:
    profile = {"kind": "individual", "name": "浜の人"} | {
        f"visibility_{item}": "city_hall" for item in ("representative", "email", "phone", "address", "url")
    }
    answer = sign_in(town.citizen).post(f"/workspace/actors/new/?next={asked}", profile)
    assert answer.status_code == 302, answer.context["form"].errors
    actor = town.citizen.memberships.get().actor
    assert answer["Location"] == (leads_to or f"/workspace/actors/{actor.pk}/?saved=actor")


def test_home_says_what_a_coordinator_asks_for_others(town, sign_in, now):
    project = make_project(town, state="achieved", review_on=now.date() - dt.timedelta(days=3))
    partner = project.partners.create(name="山田さん", joined_on=now.date())
    make_story(project, title="夏祭り", state="consenting").consents.create(
        partner=partner, version=1, asked_at=now
    )
    running = make_project(town, review_on=now.date() - dt.timedelta(days=3))
    client = sign_in(town.coordinator)
    page = text_of(client.get("/workspace/"))
    assert "山田さんに電話などで聞いて、入力してください" in page
    assert "山田さんとして" not in page
    assert f'href="/workspace/projects/{running.pk}/review/"' in page
    assert "山田さんに電話などで聞いて" in text_of(client.get("/workspace/stories/"))
