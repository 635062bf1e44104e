"""Answering an introduction signed in or for somebody, writing within it, and asking to talk."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from musubi.flow.cases.models import Case, Letter
from musubi.flow.cases.services import introduce_from_need
from musubi.flow.matching.models import Introduction
from musubi.flow.matching.services import propose_for_need
from tests.factories import Town, make_actor, make_person
from tests.together import make_introduction, make_need, make_offer
from tests.web.pairs import Pair
from tests.web.reading import html_of, words, words_of

SignIn = Callable[[object], Client]
LIST = "/workspace/introductions/"
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def url(introduction: Introduction, page: str = "") -> str:
    return f"{LIST}{introduction.pk}/{page}"


@pytest.fixture
def introduction(pair: Pair, now: Any) -> Introduction:
    return introduce_from_need(
        need=pair.need, offer=pair.offer, words="よい組み合わせです。", by=pair.town.coordinator, now=now
    )


def test_both_say_yes_signed_in_and_then_see_each_others_contacts(
    introduction: Introduction, pair: Pair, sign_in: SignIn
) -> None:
    owner, giver = sign_in(pair.town.owner), sign_in(pair.giver)
    for client, name in ((owner, pair.offer.actor.name), (giver, pair.town.actor.name)):
        page = words_of(client, url(introduction))
        assert name in page
        assert "よい組み合わせです。" in page
        assert "として お返事する" in page.replace("として", "として ")
        assert "あなたのお返事を待っています" in words_of(client, LIST)
        assert not any(secret in page for secret in ("0120", "chonaikai@", pair.offer.actor.email))
    first = owner.post(
        url(introduction, "reply/need/"), {"answer": "yes", "words": "お願いします。"}, follow=True
    )
    assert "相手のお返事がそろったら" in first.content.decode()
    assert "お願いします。" in words_of(giver, url(introduction))
    assert "0120" not in words_of(giver, url(introduction))
    second = giver.post(url(introduction, "reply/offer/"), {"answer": "yes", "words": ""}, follow=True)
    case = Case.objects.get()
    assert second.redirect_chain == [
        (f"/workspace/cases/{case.pk}/?sent=introduction-{introduction.pk}-offer", 302)
    ]
    page = words(second.content.decode())
    assert "お返事がそろいました" in page
    assert "chonaikai@example.jp" in page
    assert pair.offer.actor.email not in page
    assert pair.offer.actor.email in words_of(owner, f"/workspace/cases/{case.pk}/")
    assert "つながりました" in words_of(giver, LIST)


def test_whoever_says_no_says_why_and_is_not_proposed_again(
    introduction: Introduction, pair: Pair, sign_in: SignIn, now: Any
) -> None:
    client = sign_in(pair.giver)
    path = url(introduction, "reply/offer/")
    asked = client.post(path, {"answer": "no", "words": "また来年"})
    assert asked.status_code == 200
    assert "「見送る理由」を一つ選んでください" in asked.content.decode()
    assert "また来年" in asked.content.decode()
    assert "「お返事」を選んでください" in client.post(path, {"answer": ""}).content.decode()
    done = client.post(path, {"answer": "no", "reason": "busy", "words": "また来年"}, follow=True)
    assert "もう候補に出ません" in done.content.decode()
    page = words_of(sign_in(pair.town.owner), url(introduction))
    assert "いまは手いっぱい" in page
    assert "また来年" in page
    propose_for_need(need=pair.need, now=now)
    need_page = words_of(sign_in(pair.town.coordinator), f"/desk/needs/{pair.need.pk}/")
    assert "100個のうち40個で足ります。" not in need_page


def test_staff_type_in_what_they_were_told_and_say_how(
    introduction: Introduction, pair: Pair, sign_in: SignIn
) -> None:
    client = sign_in(pair.town.coordinator)
    page = html_of(client, url(introduction))
    assert f"{pair.offer.actor.name}の返事を代わりに入力する" in page
    path = url(introduction, "reply/offer/")
    assert "どうやって聞きましたか" in words_of(client, path)
    assert client.post(path, {"answer": "yes"}).status_code == 200
    client.post(path, {"answer": "yes", "source": "telephone", "words": ""})
    reply = introduction.replies.get(side="offer")
    assert (reply.answer, reply.source, reply.said_by) == ("yes", "telephone", pair.town.coordinator)
    assert "電話で聞き、担当が入力" in words_of(sign_in(pair.giver), url(introduction))


def test_staff_take_back_a_mistyped_no_and_type_it_in_again(
    introduction: Introduction, pair: Pair, sign_in: SignIn
) -> None:
    client, giver = sign_in(pair.town.coordinator), sign_in(pair.giver)
    path, again = url(introduction, "reply/offer/"), url(introduction, "reopen/")
    assert client.get(again)["Location"] == url(introduction)
    client.post(path, {"answer": "no", "reason": "busy", "source": "telephone"})
    assert again in html_of(client, url(introduction))
    assert again not in html_of(giver, url(introduction))
    assert giver.get(again).status_code == 403
    assert giver.post(again).status_code == 403
    assert "どちらの側にも知らせません" in words_of(client, again)
    done = client.post(again, follow=True)
    assert "正しい返事を入力してください" in done.content.decode()
    assert f"{pair.offer.actor.name}の返事を代わりに入力する" in done.content.decode()
    assert client.post(again).status_code == 409
    client.post(path, {"answer": "yes", "source": "telephone"})
    assert introduction.replies.get(side="offer").answer == "yes"


def test_an_answer_that_stands_is_not_given_twice(
    introduction: Introduction, pair: Pair, sign_in: SignIn
) -> None:
    client, path = sign_in(pair.giver), url(introduction, "reply/offer/")
    client.post(path, {"answer": "yes"})
    assert client.get(path)["Location"] == url(introduction)
    again = client.post(path, {"answer": "no", "reason": "busy"})
    assert again.status_code == 403
    assert "もう入っています" in again.content.decode()
    assert introduction.replies.get(side="offer").answer == "yes"


def test_nobody_answers_for_the_other_side(
    introduction: Introduction, pair: Pair, other_town: Town, sign_in: SignIn
) -> None:
    giver = sign_in(pair.giver)
    assert giver.post(url(introduction, "reply/need/"), {"answer": "yes"}).status_code == 403
    viewer = sign_in(pair.town.viewer)
    assert "管理者・編集の担当だけです" in words_of(viewer, url(introduction))
    assert viewer.post(url(introduction, "reply/need/"), {"answer": "yes"}).status_code == 403
    for person in (pair.town.citizen, other_town.owner, other_town.officer):
        client = sign_in(person)
        assert client.get(url(introduction)).status_code == 404
        assert client.post(url(introduction, "reply/need/"), {"answer": "yes"}).status_code == 404
    assert giver.get(url(introduction, "reply/third/")).status_code == 404
    assert not introduction.replies.exclude(answer="").exists()


def test_letters_before_the_answer_stay_between_the_two(
    introduction: Introduction, pair: Pair, sign_in: SignIn
) -> None:
    giver, owner = sign_in(pair.giver), sign_in(pair.town.owner)
    upload = SimpleUploadedFile("倉庫の地図.pdf", PDF, content_type="application/pdf")
    sent = giver.post(url(introduction, "letter/"), {"text": "何時に運びますか。", "upload": upload})
    assert sent["Location"] == f"{url(introduction)}?sent=introduction-{introduction.pk}#letters"
    page = html_of(owner, url(introduction))
    assert "何時に運びますか。" in page
    assert "倉庫の地図.pdf" in page
    letter = Letter.objects.get()
    path = url(introduction, f"letter/{letter.pk}/file/")
    assert path in page
    answer = owner.get(path)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment")
    assert b"".join(answer.streaming_content) == PDF
    assert sign_in(pair.town.citizen).get(path).status_code == 404
    assert owner.get(url(introduction, f"letter/{letter.pk + 1}/file/")).status_code == 404
    assert "何時に運びますか。" in words_of(sign_in(pair.town.coordinator), url(introduction))
    owner.post(url(introduction, "letter/"), {"text": "朝9時です。"})
    assert "朝9時です。" in words_of(giver, url(introduction))


def test_a_file_that_cannot_be_kept_does_not_lose_the_words(
    introduction: Introduction, pair: Pair, sign_in: SignIn
) -> None:
    upload = SimpleUploadedFile("x.exe", b"MZ\x90\x00\x03", content_type="application/pdf")
    answer = sign_in(pair.giver).post(url(introduction, "letter/"), {"text": "長い手紙", "upload": upload})
    assert answer.status_code == 200
    assert "この種類のファイルは受け取れません" in answer.content.decode()
    assert "長い手紙" in answer.content.decode()
    assert not Letter.objects.exists()


def test_who_only_reads_cannot_write(introduction: Introduction, pair: Pair, sign_in: SignIn) -> None:
    answer = sign_in(pair.town.viewer).post(url(introduction, "letter/"), {"text": "はい"})
    assert answer.status_code == 403
    assert not Letter.objects.exists()


def test_staff_take_an_introduction_back_after_being_asked(
    introduction: Introduction, pair: Pair, sign_in: SignIn
) -> None:
    path = url(introduction, "withdraw/")
    assert sign_in(pair.giver).get(path).status_code == 403
    client = sign_in(pair.town.coordinator)
    assert "取りやめますか" in words_of(client, path)
    client.post(path)
    assert "取りやめ" in words_of(client, url(introduction))
    assert client.post(path).status_code == 409
    assert client.get(path)["Location"] == url(introduction)


def test_a_member_asks_to_talk_about_a_need(pair: Pair, sign_in: SignIn) -> None:
    client, path = sign_in(pair.giver), f"{LIST}ask/{pair.need.pk}/"
    assert path in html_of(client, f"/listings/{pair.need.pk}/")
    page = words_of(client, path)
    assert "いすを貸します" in page
    assert "chonaikai@" not in page
    wrong = client.post(path, {"own": str(pair.offer.pk), "words": ""})
    assert "「相手へのひとこと」を入れてください" in wrong.content.decode()
    done = client.post(path, {"own": str(pair.offer.pk), "words": "お手伝いできます。"}, follow=True)
    introduction = Introduction.objects.get()
    assert done.redirect_chain == [(f"{url(introduction)}?sent=ask-{pair.need.pk}", 302)]
    assert introduction.initiative == "offer"
    assert "「話を聞きたい」と伝えました" in done.content.decode()
    assert "お手伝いできます。" in words_of(sign_in(pair.town.owner), url(introduction))
    assert "担当がいません" in words_of(sign_in(pair.town.coordinator), "/desk/cases/")
    assert "返事待ち" in words_of(client, f"/listings/{pair.need.pk}/")
    assert "もう紹介が始まっています" in words_of(client, path)


def test_a_need_asks_an_offer_from_its_candidates(pair: Pair, sign_in: SignIn) -> None:
    client, path = sign_in(pair.town.owner), f"{LIST}ask/{pair.offer.pk}/"
    assert path in html_of(client, f"/workspace/listings/{pair.need.pk}/")
    client.post(path, {"own": str(pair.need.pk), "words": "40脚お借りしたいです。"})
    assert Introduction.objects.get().initiative == "need"
    page = html_of(client, f"/workspace/listings/{pair.need.pk}/")
    assert path not in page
    assert "返事待ち" in page


def test_without_a_listing_of_ones_own_it_is_posted_first_and_asked_afterwards(
    pair: Pair, sign_in: SignIn
) -> None:
    person = make_person()
    client, path = sign_in(person), f"{LIST}ask/{pair.need.pk}/"
    assert client.get(path)["Location"].startswith("/workspace/welcome/")
    actor = make_actor(pair.town.municipality, person)
    client = sign_in(person)
    page = html_of(client, path)
    assert "先に、できることを一つ載せてください" in page
    assert "/workspace/listings/new/?side=offer" in page
    offer = make_offer(pair.town, actor=actor)
    page = html_of(client, f"/workspace/listings/{offer.pk}/")
    assert "「話を聞きたい」の続き" in page
    assert path in page
    client.post(path, {"own": str(offer.pk), "words": "はい"})
    assert Introduction.objects.get().offer == offer
    assert "「話を聞きたい」の続き" not in html_of(client, f"/workspace/listings/{offer.pk}/")


def test_what_cannot_be_asked_about_says_so(pair: Pair, sign_in: SignIn) -> None:
    owner = sign_in(pair.town.owner)
    assert "ご自分の団体が載せたもの" in words_of(owner, f"{LIST}ask/{pair.need.pk}/")
    assert f"{LIST}ask/{pair.need.pk}/" not in html_of(owner, f"/listings/{pair.need.pk}/")
    pair.offer.state = "fulfilled"
    pair.offer.save(update_fields=["state"])
    assert "いまは公開中ではない" in words_of(owner, f"{LIST}ask/{pair.offer.pk}/")
    refused = owner.post(f"{LIST}ask/{pair.offer.pk}/", {"own": str(pair.need.pk), "words": "はい"})
    assert refused.status_code == 200
    assert not Introduction.objects.exists()
    hidden = make_need(pair.town, visibility="city_hall")
    assert sign_in(pair.giver).get(f"{LIST}ask/{hidden.pk}/").status_code == 404


def test_a_visitor_is_led_to_the_sign_in_and_back(pair: Pair) -> None:
    path = f"{LIST}ask/{pair.need.pk}/"
    assert path in html_of(Client(), f"/listings/{pair.need.pk}/")
    assert Client().get(path)["Location"] == f"/accounts/login/?next={path}"


def test_the_list_asks_the_same_number_of_questions(pair: Pair, sign_in: SignIn) -> None:
    client, counts = sign_in(pair.town.owner), []
    for number in (1, 15):
        for _ in range(number):
            for state in ("proposed", "connected"):
                make_introduction(make_need(pair.town), make_offer(pair.town), state=state)
        client.get(LIST)
        with CaptureQueriesContext(connection) as asked:
            html_of(client, LIST)
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert "紹介はまだありません" in words_of(sign_in(pair.town.citizen), LIST)
