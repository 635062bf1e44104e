"""The page on which a case is followed: who sees what, and what staff and parties do."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from musubi.base.audit.models import Event
from musubi.flow.cases.models import Case, Letter, Party
from tests.factories import Town, give_mandate, make_person
from tests.together import join_case, make_case, make_introduction, make_meeting, make_offer, owner_of
from tests.web.reading import html_of, words, words_of

SignIn = Callable[[object], Client]
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def url(case: Case, page: str = "") -> str:
    return f"/workspace/cases/{case.pk}/{page}"


@pytest.fixture
def case(town: Town) -> Case:
    return make_case(town, title="夏祭りのいす")


def giver_of(case: Case) -> Any:
    return owner_of(case.parties.exclude(listing=case.need).first().actor)


@pytest.mark.parametrize("state", ["open", "talking", "agreed", "started", "closed"])
def test_every_state_is_a_sound_page_for_members_and_staff(state: str, town: Town, sign_in: SignIn) -> None:
    case = make_case(town, state=state, offers=2)
    for person in (town.owner, town.viewer, town.coordinator, town.officer):
        page = words_of(sign_in(person), url(case))
        assert case.get_state_display() in page
        assert "当事者" in page


def test_whose_turn_it_is_and_what_happened(case: Case, town: Town, sign_in: SignIn) -> None:
    case.next_step, case.next_step_on = "会社に電話する", timezone.localdate() - dt.timedelta(days=2)
    case.save(update_fields=["next_step", "next_step_on"])
    page = words_of(sign_in(town.owner), url(case))
    assert "いまは、だれの番か" in page
    assert town.coordinator.name in page
    assert "予定の日を過ぎています" in page
    giver = case.parties.exclude(listing=case.need).get().actor
    assert f"{giver.name}が話し合いに加わりました" in page
    assert f"{town.coordinator.name}さんが案件を開きました" in page


def test_contacts_are_seen_after_both_said_yes_and_that_is_kept_once_a_day(
    town: Town, sign_in: SignIn
) -> None:
    opened = make_case(town, state="open")
    assert "だれにも見えません" in words_of(sign_in(town.owner), url(opened))
    case = make_case(town)
    giver = case.parties.exclude(listing=case.need).get().actor
    client = sign_in(town.owner)
    for _ in range(2):
        assert giver.email in words_of(client, url(case))
    assert Event.objects.filter(verb="personal_data.view", subject_ref=str(case.pk)).count() == 1
    assert giver.email not in words_of(sign_in(town.viewer), url(case))


def test_parties_see_only_their_own_introductions_and_threads(
    case: Case, town: Town, sign_in: SignIn
) -> None:
    other = make_offer(town)
    declined = make_introduction(case.need, other, state="declined")
    case.introductions.create(introduction=declined)
    first = case.parties.exclude(listing=case.need).get().introduction
    Letter.objects.create(case=case, introduction=first, text="二者だけの話", sent_at=timezone.now())
    assert other.actor.name in words_of(sign_in(town.owner), url(case))
    assert other.actor.name in words_of(sign_in(town.coordinator), url(case))
    page = words_of(sign_in(giver_of(case)), url(case))
    assert other.actor.name not in page
    assert "この二者のやりとり 1件" in page
    assert "二者だけの話" not in page


def test_staff_type_in_a_reply_right_from_the_case(town: Town, sign_in: SignIn) -> None:
    case = make_case(town, state="open")
    waiting = make_introduction(case.need, make_offer(town))
    case.introductions.create(introduction=waiting)
    path = f"/workspace/introductions/{waiting.pk}/reply/offer/"
    assert path in html_of(sign_in(town.coordinator), url(case))
    assert path not in html_of(sign_in(town.owner), url(case))


def test_a_letter_to_all_with_a_file(case: Case, town: Town, sign_in: SignIn) -> None:
    giver = sign_in(giver_of(case))
    upload = SimpleUploadedFile("見取り図.pdf", PDF, content_type="application/pdf")
    sent = giver.post(url(case, "letter/"), {"text": "地図を送ります。", "upload": upload})
    assert sent["Location"] == f"{url(case)}?sent=case-{case.pk}#letters"
    page = html_of(sign_in(town.owner), url(case))
    assert "地図を送ります。" in page
    path = url(case, f"letter/{Letter.objects.get().pk}/file/")
    assert path in page
    assert b"".join(sign_in(town.coordinator).get(path).streaming_content) == PDF
    assert sign_in(town.citizen).get(path).status_code == 404
    wrong = giver.post(url(case, "letter/"), {"text": ""})
    assert "「書くこと」を入れてください" in wrong.content.decode()
    sign_in(town.coordinator).post(url(case, "letter/"), {"text": "担当です。"})
    assert "コーディネーター（" in words_of(giver, url(case))
    refused = sign_in(town.viewer).post(url(case, "letter/"), {"text": "はい"})
    assert refused.status_code == 403


def test_an_expired_sign_in_gives_back_the_letter(case: Case, town: Town) -> None:
    client = Client()
    client.post(url(case, "letter/"), {"text": "長い手紙です。"})
    client.force_login(town.owner, backend="django.contrib.auth.backends.ModelBackend")
    page = words_of(client, url(case, "letter/"))
    assert "長い手紙です。" in page
    assert "入力していた内容を戻しました" in page


def test_staff_write_the_next_step(case: Case, town: Town, sign_in: SignIn) -> None:
    client, day = sign_in(town.coordinator), timezone.localdate() + dt.timedelta(days=3)
    posted = {"what": "会場を見に行く", "on_year": day.year, "on_month": day.month, "on_day": day.day}
    assert "「次にすること」を入れてください" in client.post(url(case, "next/"), {}).content.decode()
    done = client.post(url(case, "next/"), posted, follow=True)
    assert done.redirect_chain == [(url(case), 302)]
    assert "会場を見に行く" in words(done.content.decode())
    assert "会場を見に行く" in html_of(client, url(case, "next/"))
    assert sign_in(town.owner).post(url(case, "next/"), posted).status_code == 403


def test_another_coordinator_takes_over(case: Case, town: Town, sign_in: SignIn) -> None:
    other = make_person("あとの担当")
    give_mandate(town.municipality, other, "coordinator")
    assert "わたしが担当する" not in words_of(sign_in(town.coordinator), url(case))
    client = sign_in(other)
    assert "わたしが担当する" in words_of(client, url(case))
    assert "担当：あとの担当さん" in words(client.post(url(case, "take/"), follow=True).content.decode())
    assert client.post(url(case, "take/")).status_code == 403
    assert sign_in(town.owner).post(url(case, "take/")).status_code == 403


def test_of_two_who_take_it_at_once_the_second_is_told(case: Case, town: Town, sign_in: SignIn) -> None:
    people = [make_person(name) for name in ("はじめの担当", "あとの担当")]
    for person in people:
        give_mandate(town.municipality, person, "coordinator")
    seen = f'name="seen" value="{town.coordinator.pk}"'
    posted = {"seen": town.coordinator.pk}
    assert all(seen in " ".join(html_of(sign_in(person), url(case)).split()) for person in people)
    assert sign_in(people[0]).post(url(case, "take/"), posted).status_code == 302
    late = sign_in(people[1]).post(url(case, "take/"), posted)
    assert late.status_code == 403
    assert "いまはじめの担当さんの担当になりました" in late.content.decode()
    case.refresh_from_db()
    assert case.coordinator == people[0]


def test_who_has_left_reads_what_was_until_then(town: Town, sign_in: SignIn) -> None:
    case = make_case(town, offers=2)
    gone, staying = case.parties.exclude(listing=case.need)
    client = sign_in(owner_of(gone.actor))
    Party.objects.filter(pk=gone.pk).update(left_at=timezone.now(), left_note="いまは手いっぱい：")
    case.next_step, case.next_step_on = "会社に電話する", timezone.localdate()
    case.save()
    newcomer = join_case(case, make_offer(town))
    meeting = make_meeting(case)
    page, html = words_of(client, url(case)), html_of(client, url(case))
    assert "この話し合いからは抜けています" in page
    assert "抜けたあとは、連絡先は見えません" in page
    assert staying.actor.name in page
    for hidden in ("会社に電話する", newcomer.actor.name, "いまは、だれの番か"):
        assert hidden not in page
        assert hidden in words_of(sign_in(town.owner), url(case)), hidden
    assert meeting.token not in html
    assert client.get(f"/workspace/meetings/{meeting.pk}/").status_code == 404


def test_why_contacts_are_not_shown_is_true(case: Case, town: Town, sign_in: SignIn) -> None:
    page = words_of(sign_in(town.viewer), url(case))
    assert "だれにも見えません" not in page
    assert "連絡先を見られるのは、当事者の団体の管理者・編集の担当と、コーディネーターだけです" in page
    closed = make_case(town, state="closed")
    assert "案件が終わったので、連絡先はもう見えません" in words_of(sign_in(town.owner), url(closed))


def test_closing_asks_why_and_tells_it(case: Case, town: Town, sign_in: SignIn) -> None:
    client = sign_in(town.coordinator)
    assert "終わりにしますか" in words_of(client, url(case, "close/"))
    wrong = client.post(url(case, "close/"), {"note": "くわしい事情"}).content.decode()
    assert "「終わりにする理由」を選んでください" in wrong
    assert "くわしい事情" in wrong
    client.post(url(case, "close/"), {"reason": "conditions", "note": "くわしい事情"})
    page = words_of(sign_in(town.owner), url(case))
    assert "この案件は終わりました" in page
    assert "条件が折り合わなかった" in page
    assert client.get(url(case, "close/")).status_code == 403
    assert sign_in(town.owner).get(url(case, "close/")).status_code == 403


def test_a_party_leaves_and_the_search_goes_on(case: Case, town: Town, sign_in: SignIn) -> None:
    party = case.parties.exclude(listing=case.need).get()
    path, giver = url(case, f"leave/{party.pk}/"), sign_in(giver_of(case))
    assert path in html_of(giver, url(case))
    assert path not in html_of(sign_in(town.owner), url(case))
    assert "抜けられるのは、その団体の管理者・編集の担当だけです" in words_of(sign_in(town.viewer), url(case))
    assert "もう候補に出ません" in words_of(giver, path)
    wrong = giver.post(path, {"reason": "", "words": "すみません"}).content.decode()
    assert "「抜ける理由」を選んでください" in wrong
    assert "すみません" in wrong
    assert sign_in(town.owner).post(path, {"reason": "busy"}).status_code == 403
    giver.post(path, {"reason": "busy", "words": "すみません"})
    case.refresh_from_db()
    assert case.state == "open"
    page = words_of(sign_in(town.owner), url(case))
    assert f"{party.actor.name}が抜けました" in page
    assert "いまは手いっぱい" in page
    assert giver.post(path, {"reason": "busy"}).status_code == 404


def test_staff_let_a_party_leave_that_told_them(case: Case, town: Town, sign_in: SignIn) -> None:
    join_case(case, make_offer(town))
    party = case.parties.exclude(listing=case.need).first()
    path, client = url(case, f"leave/{party.pk}/"), sign_in(town.coordinator)
    assert "どうやって聞きましたか" in words_of(client, path)
    client.post(path, {"source": "telephone", "reason": "schedule", "words": ""})
    party.refresh_from_db()
    assert party.left_at is not None
    assert Event.objects.get(verb="case.leave").on_behalf_of == f"actors.actor:{party.actor_id}"


def test_it_is_nobody_elses_business(case: Case, town: Town, other_town: Town, sign_in: SignIn) -> None:
    for person in (town.citizen, other_town.owner, other_town.officer, make_person()):
        client = sign_in(person)
        for page in ("", "letter/", "next/", "close/"):
            assert client.get(url(case, page)).status_code == 404, page
        assert client.post(url(case, "take/")).status_code == 404


def test_ones_own_cases_under_constant_queries(town: Town, sign_in: SignIn) -> None:
    client, counts = sign_in(town.owner), []
    assert "案件はまだありません" in words_of(client, "/workspace/cases/")
    for number in (1, 25):
        for _ in range(number):
            make_case(town)
        client.get("/workspace/cases/")
        with CaptureQueriesContext(connection) as asked:
            html_of(client, "/workspace/cases/")
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert "案件はまだありません" in words_of(sign_in(town.coordinator), "/workspace/cases/")


def test_the_hub_does_not_grow_with_its_parts(town: Town, sign_in: SignIn) -> None:
    case = make_case(town)
    client, counts = sign_in(town.coordinator), []
    for number in (1, 10):
        for _ in range(number):
            join_case(case, make_offer(town))
            declined = make_introduction(case.need, make_offer(town), state="declined")
            case.introductions.create(introduction=declined)
            Letter.objects.create(
                case=case, author=town.owner, actor=town.actor, text="はい", sent_at=timezone.now()
            )
        client.get(url(case))
        with CaptureQueriesContext(connection) as asked:
            html_of(client, url(case))
        counts.append(len(asked))
    assert counts[0] == counts[1]
