"""Somebody leaves: what goes, what stays without a name, who may not yet, and two at the same moment."""

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from musubi.base.accounts.models import User
from musubi.base.audit.models import Event
from musubi.base.common.verdict import NotAllowed
from musubi.base.files.models import StoredFile
from musubi.base.files.services import store_file
from musubi.base.index.models import Document
from musubi.base.notify.models import Message
from musubi.base.notify.services import tell
from musubi.flow.actors.models import Actor, Invitation, Membership
from musubi.flow.cases.models import Case, Letter
from musubi.flow.issues.models import Issue, Support
from musubi.flow.issues.services import report_issue
from musubi.flow.leaving.models import Farewell
from musubi.flow.leaving.permissions import can_delete_account, can_delete_actor
from musubi.flow.leaving.queries import forecast_of_actor, forecast_of_person
from musubi.flow.leaving.services import delete_account, delete_actor
from musubi.flow.leaving.services.farewells import whole_months
from musubi.flow.listings.models import Listing
from musubi.flow.listings.services import publish_listing
from musubi.flow.matching.models import Introduction, Proposal, Reply
from musubi.flow.projects.models import Partner
from musubi.flow.stories.models import Story
from tests import factories, together
from tests.factories import Town


@pytest.fixture
def boss() -> User:
    return factories.make_person("社長さん")


@pytest.fixture
def company(town: Town, boss: User) -> Actor:
    return factories.make_actor(
        town.municipality, boss, name="結び会社", kind="company", kana="むすび", email="kaisha@example.jp",
        corporate_number="8000012010038", representative="結城", address="浜町1", external_ref="17",
        item_visibility={"email": "public"}, area=town.wards[0],
    )  # fmt: skip


def done_together(town: Town, company: Actor, **fields: Any) -> Case:
    """A case between the town's association and the company that has become a project and ended."""
    case = together.make_case(town, state="talking", offers=0)
    fields.setdefault("title", "いす 100脚")
    together.join_case(case, together.make_offer(town, actor=company, **fields))
    Case.objects.filter(pk=case.pk).update(state="started")
    case.refresh_from_db()
    together.make_agreement(case)
    together.make_project(town, case=case, state="achieved")
    return case


def a_picture(town: Town, by: User, now: dt.datetime) -> StoredFile:
    upload = SimpleUploadedFile("a.csv", b"a,b\n1,2\n")
    return store_file(upload=upload, by=by, municipality_id=town.municipality.pk, now=now)


# An actor on which nothing of others hangs


def test_what_nothing_hangs_on_is_gone_without_a_trace_but_in_the_log(
    town: Town, company: Actor, boss: User, now: dt.datetime
) -> None:
    listing = factories.make_listing(
        company, "offer", state="draft", areas=[town.wards[0]], lines=[("goods", "いす", 9, "items")]
    )
    publish_listing(listing=listing, by=boss, now=now)
    need = together.make_need(town)
    Proposal.objects.create(
        need=need, offer=listing, score=0.5, reasons=[], engine_version="1", proposed_at=now
    )
    factories.make_listing(company, "offer", state="draft")
    assert Document.objects.filter(kind="listing", object_id=listing.pk).exists()
    delete_actor(actor=company, by=boss, now=now)
    assert (
        Actor.objects.filter(pk=company.pk).count(),
        Listing.objects.filter(actor=company.pk).count(),
    ) == (0, 0)
    assert Proposal.objects.count() == 0
    assert not Document.objects.filter(kind="listing", object_id=listing.pk).exists()
    assert not Document.objects.filter(kind="actor", object_id=company.pk).exists()
    event = Event.objects.get(verb="actor.delete")
    assert (event.by, event.subject_ref, event.after) == (
        f"user:{boss.pk}",
        str(company.pk),
        '{"shell": false}',
    )
    assert User.objects.filter(pk=boss.pk).exists()


def test_the_other_members_are_told(town: Town, now: dt.datetime) -> None:
    name = town.actor.name
    delete_actor(actor=town.actor, by=town.owner, now=now)
    told = Message.objects.get(kind="membership_changed")
    assert (told.recipient, name in told.text) == (town.viewer, True)
    assert Membership.objects.filter(user=town.viewer).count() == 0


# An actor that did something with others


def test_the_shell_has_a_kind_a_town_and_dates_and_nothing_else(
    town: Town, company: Actor, boss: User, now: dt.datetime
) -> None:
    done_together(town, company)
    delete_actor(actor=company, by=boss, now=now)
    shell = Actor.objects.get(pk=company.pk)
    said = {
        field.name: value
        for field in Actor._meta.concrete_fields
        if (value := getattr(shell, field.name)) not in ("", None, [], {})
    }
    assert said == {
        "id": company.pk,
        "municipality": town.municipality,
        "kind": "company",
        "name": "退会した団体",
        "state": "closed",
        "closed_reason": "other",
        "source": "web",
        "created_at": company.created_at,
        "updated_at": now,
    }
    assert Event.objects.get(verb="actor.delete").after == '{"shell": true}'


def test_the_shell_of_an_offer_says_nothing_of_what_it_was_about(
    town: Town, company: Actor, boss: User, now: dt.datetime
) -> None:
    done_together(town, company, concepts=["介護"], concepts_added=["介護"], concepts_removed=["食・料理"])
    offer = Listing.objects.get(actor=company)
    outreach = together.make_outreach(town, offers=0)
    outreach.invitees.create(
        offer=offer, position=1, taken_up_at=now, passed_over="結び会社は、もう加わっています。"
    )
    delete_actor(actor=company, by=boss, now=now)
    offer.refresh_from_db()
    assert (offer.concepts, offer.concepts_added, offer.concepts_removed) == ([], [], [])
    assert outreach.invitees.get().passed_over == offer.title != "いす 100脚"


def test_what_others_have_stays_and_the_actors_words_go(
    town: Town, company: Actor, boss: User, now: dt.datetime
) -> None:
    case = done_together(
        town, company, body="倉庫にあります", state="published", windows=[{"starts_on": now.date()}]
    )
    need_title = case.title
    introduction = case.introductions.get().introduction
    Introduction.objects.filter(pk=introduction.pk).update(
        initiative="offer", words="ぜひ", reasons=[{"sentence": "認証があります"}]
    )
    Reply.objects.filter(introduction=introduction).update(words="楽しみです")
    file = a_picture(town, boss, now)
    place, storage = file.file.name, file.file.storage
    letters = [
        Letter.objects.create(case=case, actor=actor, author=by, text=text, sent_at=now, file=with_file)
        for actor, by, text, with_file in (
            (company, boss, "こちらの言葉", file),
            (town.actor, town.owner, "町内会の言葉", None),
        )
    ]
    free = factories.make_listing(company, "offer")
    delete_actor(actor=company, by=boss, now=now)

    texts = [Letter.objects.get(pk=letter.pk).text for letter in letters]
    assert texts == ["（退会した団体の書き込み）", "町内会の言葉"]
    assert not StoredFile.objects.filter(pk=file.pk).exists()
    introduction.refresh_from_db()
    assert (introduction.words, introduction.reasons, introduction.state) == ("", [], "connected")
    answers = introduction.replies.order_by("side").values_list("side", "words", "answer")
    assert list(answers) == [("need", "楽しみです", "yes"), ("offer", "", "yes")]
    case.refresh_from_db()
    assert case.title == need_title
    version = case.agreement.versions.get()
    assert {str(part.actor) for part in version.parts.all()} == {town.actor.name, "退会した団体"}
    assert version.agreed_at is not None
    assert not Listing.objects.filter(pk=free.pk).exists()
    tied = introduction.offer
    tied.refresh_from_db()
    assert (tied.title, tied.body, tied.state, tied.withdraw_reason) == (
        "（退会した団体の掲載）", "", "withdrawn", "other",
    )  # fmt: skip
    assert [str(line) for line in tied.provisions.all()] == ["物品 折りたたみいす 100個"]
    assert tied.availabilities.count() == 0
    assert storage.exists(place)  # its bytes go when the transaction has held


def test_the_bytes_of_a_file_go_with_the_commit(
    town: Town, company: Actor, boss: User, now: dt.datetime, django_capture_on_commit_callbacks: Any
) -> None:
    case = done_together(town, company)
    file = a_picture(town, boss, now)
    Letter.objects.create(case=case, actor=company, author=boss, text="表です", sent_at=now, file=file)
    with django_capture_on_commit_callbacks(execute=True):
        delete_actor(actor=company, by=boss, now=now)
    assert not file.file.storage.exists(file.file.name)


def test_the_title_of_a_case_about_ones_own_need_goes(town: Town, now: dt.datetime) -> None:
    person = factories.make_person()
    alone = factories.make_actor(town.municipality, person, kind="individual", name="結城 花")
    case = together.make_case(
        town, state="closed", offers=0, need=together.make_need(town, actor=alone, title="膝が痛い")
    )
    delete_account(person=person, by=person, now=now)
    case.refresh_from_db()
    assert (case.title, case.need.title) == ("（退会した方のニーズ）", "（退会した団体の掲載）")


@pytest.mark.parametrize(("state", "stays"), [("published", True), ("draft", False), ("consenting", False)])
def test_a_published_story_is_told_on_and_nobody_waits_for_who_left(
    state: str, stays: bool, town: Town, company: Actor, boss: User, now: dt.datetime
) -> None:
    project = done_together(town, company).project
    story = together.make_story(project, state=state)
    partner = Partner.objects.get(project=project, actor=company)
    own, others = a_picture(town, boss, now), a_picture(town, town.owner, now)
    for position, file in enumerate((own, others)):
        story.pictures.create(file=file, alt="会場", position=position)
    news = project.updates.create(partner=partner, author=boss, text="始まりました", posted_at=now)
    news.pictures.create(file=a_picture(town, boss, now), alt="会場")
    delete_actor(actor=company, by=boss, now=now)
    partner.refresh_from_db()
    assert (str(partner), partner.left_on is None) == ("退会した団体", stays)
    assert Story.objects.get(pk=story.pk).state == state
    assert [picture.file for picture in story.pictures.all()] == [others]
    news.refresh_from_db()
    assert (news.text, news.pictures.count()) == ("始まりました", 0)


# Who may not, or not yet


def test_only_an_owner_and_only_oneself(
    town: Town, other_town: Town, company: Actor, now: dt.datetime
) -> None:
    for person in (town.viewer, town.officer, town.coordinator, town.citizen, other_town.owner):
        with pytest.raises(NotAllowed, match="管理者だけ"):
            delete_actor(actor=town.actor, by=person, now=now)
        with pytest.raises(NotAllowed, match="ご本人だけ"):
            delete_account(person=company.memberships.get().user, by=person, now=now)
    assert Farewell.objects.count() == 0


def test_the_only_owner_among_others_hands_over_first(town: Town, now: dt.datetime) -> None:
    verdict = can_delete_account(town.owner, town.owner)
    assert (bool(verdict), "先に、ほかの方を管理者に" in verdict.reason) == (False, True)
    Membership.objects.filter(user=town.viewer).update(role="owner")
    delete_account(person=town.owner, by=town.owner, now=now)
    assert [row.user for row in town.actor.memberships.all()] == [town.viewer]


def test_a_department_stays_and_its_office_is_told_when_its_last_member_leaves(
    town: Town, boss: User, now: dt.datetime
) -> None:
    department = factories.make_actor(town.municipality, boss, kind="department", name="公園課")
    assert "消せません" in can_delete_actor(boss, department).reason
    delete_account(person=boss, by=boss, now=now)
    department.refresh_from_db()
    assert (department.name, department.state, department.memberships.count()) == ("公園課", "verified", 0)
    told = Message.objects.get(subject__contains="メンバーがいなくなりました")
    assert (told.recipient, told.path) == (town.officer, f"/office/actors/{department.pk}/")


@pytest.mark.parametrize("state", ["open", "talking", "agreed"])
def test_an_open_case_refuses_until_it_is_over(state: str, town: Town, now: dt.datetime) -> None:
    case = together.make_case(town, state=state)
    Membership.objects.filter(user=town.viewer).delete()
    for verdict in (can_delete_actor(town.owner, town.actor), can_delete_account(town.owner, town.owner)):
        assert verdict.reason.startswith("進行中の案件「")
    Case.objects.filter(pk=case.pk).update(state="closed", close_reason="no_partner", closed_at=now)
    assert can_delete_actor(town.owner, town.actor)


@pytest.mark.parametrize(
    ("state", "allowed"), [("preparing", False), ("active", False), ("achieved", True), ("stopped", True)]
)
def test_a_running_project_refuses(state: str, allowed: bool, town: Town, now: dt.datetime) -> None:
    project = together.make_project(town, state=state)
    verdict = can_delete_actor(town.owner, town.actor)
    assert (bool(verdict), verdict.reason.startswith("進行中のプロジェクト「")) == (allowed, not allowed)
    project.partners.filter(actor=town.actor).update(left_on=now.date())
    assert can_delete_actor(town.owner, town.actor)


@pytest.mark.parametrize(
    ("state", "allowed"),
    [
        ("proposed", False),
        ("connected", True),
        ("declined", True),
        ("lapsed", True),
        ("withdrawn", True),
        ("parted", True),
    ],
)
def test_an_introduction_that_is_waited_for_refuses(
    state: str, allowed: bool, town: Town, company: Actor, boss: User
) -> None:
    together.make_introduction(
        together.make_need(town), together.make_offer(town, actor=company), state=state
    )
    assert [bool(can_delete_actor(boss, company)), bool(can_delete_actor(town.owner, town.actor))] == [
        allowed
    ] * 2


# A person


def test_where_the_address_stands_without_a_key_it_goes_too(town: Town, boss: User, now: dt.datetime) -> None:
    for address in (boss.email.upper(), "other@example.jp"):
        Invitation.objects.create(
            actor=town.actor, email=address, role="viewer", token=address, invited_at=now, expires_at=now
        )
        tell(to=address, kind="invitation", subject="招待", text="", path="/", at=now)
    delete_account(person=boss, by=boss, now=now)
    assert [row.email for row in Invitation.objects.all()] == ["other@example.jp"]
    assert [row.address for row in Message.objects.all()] == ["other@example.jp"]


def test_what_a_coordinator_wrote_for_the_town_stays(town: Town, now: dt.datetime) -> None:
    case = together.make_case(town)
    Letter.objects.create(case=case, author=town.coordinator, text="担当の言葉", sent_at=now)
    Letter.objects.create(
        case=case, actor=town.actor, author=town.coordinator, text="代わりの言葉", sent_at=now
    )
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    town.coordinator.mandates.update(valid_from=yesterday, valid_until=yesterday)
    delete_account(person=town.coordinator, by=town.coordinator, now=now)
    assert list(case.letters.values_list("text", "author")) == [
        ("担当の言葉", None),
        ("代わりの言葉", None),
    ]


def test_an_issue_that_troubles_nobody_else_goes_from_the_search_too(town: Town, now: dt.datetime) -> None:
    mine, shared, taken_up = (
        report_issue(
            municipality=town.municipality,
            title=title,
            body="暗い",
            area=town.wards[0],
            by=town.citizen,
            now=now,
        )
        for title in ("わたしだけ", "みんなも", "始まった")
    )
    Support.objects.create(issue=mine, user=town.citizen, created_at=now)
    Support.objects.create(issue=shared, user=town.viewer, created_at=now)
    Issue.objects.filter(pk=taken_up.pk).update(state="taken_up")
    delete_account(person=town.citizen, by=town.citizen, now=now)
    assert list(Issue.objects.order_by("pk").values_list("title", "reported_by")) == [
        ("みんなも", None),
        ("始まった", None),
    ]
    found = Document.objects.filter(kind="issue").values_list("object_id", flat=True)
    assert set(found) == {shared.pk, taken_up.pk}


def test_what_a_typist_entered_for_others_stays_without_the_typist(town: Town, now: dt.datetime) -> None:
    typist = factories.make_person("入力係")
    factories.make_listing(town.actor, source="paper", entered_by=typist)
    factories.make_issue(town, source="counter", entered_by=typist)
    delete_account(person=typist, by=typist, now=now)
    kept = [*Listing.objects.all(), *Issue.objects.all()]
    assert [(row.source, row.entered_by) for row in kept] == [("paper", None), ("counter", None)]


# Twice, and at the same moment


def test_the_second_press_is_told(town: Town, company: Actor, boss: User, now: dt.datetime) -> None:
    again = Actor.objects.get(pk=company.pk)
    delete_actor(actor=company, by=boss, now=now)
    with pytest.raises(NotAllowed, match="もう消されています"):
        delete_actor(actor=again, by=boss, now=now)
    stale = User.objects.get(pk=boss.pk)
    delete_account(person=boss, by=boss, now=now)
    with pytest.raises(NotAllowed, match="もうすんでいます"):
        delete_account(person=stale, by=stale, now=now)


def test_two_owners_who_leave_at_the_same_moment_leave_nobody_ownerless(town: Town, now: dt.datetime) -> None:
    """The second asks again under the lock: he is the last owner by then."""
    Membership.objects.filter(user=town.viewer).update(role="owner")
    factory = factories.make_person()
    Membership.objects.create(actor=town.actor, user=factory, role="editor", joined_at=now)
    first, second = (User.objects.get(pk=person.pk) for person in (town.owner, town.viewer))
    assert can_delete_account(first, first)
    assert can_delete_account(second, second)
    delete_account(person=first, by=first, now=now)
    with pytest.raises(NotAllowed, match="先に、ほかの方を管理者に"):
        delete_account(person=second, by=second, now=now)


def test_a_shell_is_nobodys_and_cannot_be_left_again(
    town: Town, company: Actor, boss: User, now: dt.datetime
) -> None:
    done_together(town, company)
    delete_actor(actor=company, by=boss, now=now)
    with pytest.raises(NotAllowed, match="管理者だけ"):
        delete_actor(actor=company, by=User.objects.get(pk=boss.pk), now=now)


# What is counted


def test_figures_stay_without_a_name(town: Town, company: Actor, boss: User, now: dt.datetime) -> None:
    Actor.objects.filter(pk=company.pk).update(created_at=now - dt.timedelta(days=100))
    factories.register(town.municipality, boss)
    done_together(town, company, created_by=boss)
    delete_account(person=boss, by=boss, now=now)
    rows = Farewell.objects.order_by("kind").values_list("kind", "months", "listings", "projects", "left_on")
    today = timezone.localdate(now)
    assert list(rows) == [("organisation", 3, 1, 1, today), ("person", 0, 1, 1, today)]


def test_somebodys_own_person_is_counted_once(town: Town, boss: User, now: dt.datetime) -> None:
    factories.register(town.municipality, boss)
    factories.make_actor(town.municipality, boss, kind="individual")
    delete_account(person=boss, by=boss, now=now)
    assert [row.kind for row in Farewell.objects.all()] == ["person"]


@pytest.mark.parametrize(
    ("since", "months"),
    [("2026-01-31", 9), ("2026-10-21", 1), ("2026-10-22", 0), ("2025-11-21", 12), ("2026-11-21", 0)],
)
def test_whole_months(since: str, months: int) -> None:
    day = dt.datetime.fromisoformat
    assert whole_months(day(since), day("2026-11-21")) == months


def test_what_is_said_beforehand_is_what_there_is(
    town: Town, company: Actor, boss: User, now: dt.datetime
) -> None:
    case = done_together(town, company)
    factories.make_listing(company, "offer", state="draft", created_by=boss)
    Letter.objects.create(case=case, actor=company, author=boss, text="言葉", sent_at=now)
    story = together.make_story(case.project, state="published")
    story.pictures.create(file=a_picture(town, boss, now), alt="会場")
    goes, stays = forecast_of_actor(company).goes, forecast_of_actor(company).stays
    assert {share.what: share.number for share in goes} == {
        "プロフィール（名前・連絡先・活動の内容）": 1,
        "メンバーの役割と招待": 1,
        "下書きと、だれともまだ話が進んでいないニーズ・提供": 1,
        "やりとりに書いた文章と、付けたファイル": 1,
        "近況と事例にのせた写真": 1,
    }
    assert {share.what: share.number for share in stays} == {
        "紹介や案件で使われたニーズ・提供": 1,
        "加わった案件": 1,
        "交わした合意書": 1,
        "加わったプロジェクトと、そこに書いた近況": 1,
        "公開されている事例": 1,
    }
    factories.make_issue(town, by=boss)
    mine = forecast_of_person(boss)
    assert {share.what: share.number for share in mine.goes} == {
        "お名前・メールアドレス・入り方（パスキーなど）": 1,
        "団体での役割": 1,
        "ほかの方がまだ関わっていない地域の困りごと": 1,
        "やりとりに書いた文章と、付けたファイル": 1,
    }
    assert mine.stays == []
