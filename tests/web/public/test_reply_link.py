"""Answering by the link in a message, without signing in."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from musubi.base.common.links import token_for
from musubi.base.notify.models import Message
from musubi.flow.actors.models import Membership
from musubi.flow.cases.models import Case
from musubi.flow.cases.services import introduce_from_need, withdraw
from musubi.flow.matching.models import Introduction
from tests.web.pairs import Pair
from tests.web.reading import html_of, words, words_of

SignIn = Callable[[object], Client]


@pytest.fixture
def introduction(pair: Pair, now: Any) -> Introduction:
    return introduce_from_need(
        need=pair.need, offer=pair.offer, words="よい組み合わせです。", by=pair.town.coordinator, now=now
    )


def link_of(person: Any) -> str:
    return Message.objects.get(kind="introduction_made", recipient=person).path


def test_the_link_shows_five_lines_and_no_address(introduction: Introduction, pair: Pair) -> None:
    html = html_of(Client(), link_of(pair.giver))
    for line in (
        "なに",
        "だれ",
        "どこ",
        "いつ",
        "なぜ",
        pair.need.title,
        pair.town.actor.name,
        "よい組み合わせ",
    ):
        assert line in html
    for secret in ("chonaikai@example.jp", "0120", pair.town.owner.email):
        assert secret not in html
    assert "noindex" in html


def test_yes_by_link_and_then_the_other_side(introduction: Introduction, pair: Pair) -> None:
    first = Client().post(link_of(pair.giver), {"answer": "yes", "words": "どうぞ"}, follow=True)
    assert first.redirect_chain == [(link_of(pair.giver), 302)]
    assert "「話してみたい」とお返事いただきました" in words(first.content.decode())
    reply = introduction.replies.get(side="offer")
    assert (reply.answer, reply.words, reply.source, reply.said_by) == ("yes", "どうぞ", "web", pair.giver)
    second = Client().post(link_of(pair.town.owner), {"answer": "yes"}, follow=True)
    page = words(second.content.decode())
    assert "両方のお返事がそろいました" in page
    assert pair.offer.actor.email not in page
    assert "0120" not in page
    assert Case.objects.get().state == "talking"


def test_no_needs_a_reason_and_a_second_press_shows_what_stands(
    introduction: Introduction, pair: Pair
) -> None:
    client, path = Client(), link_of(pair.giver)
    wrong = client.post(path, {"answer": "no", "words": "また来年"}).content.decode()
    assert "「見送る理由」を一つ選んでください" in wrong
    assert "また来年" in wrong
    client.post(path, {"answer": "no", "reason": "schedule"})
    again = client.post(path, {"answer": "yes"})
    assert again.status_code == 200
    assert "「今回は見送る」とお返事いただきました" in words(again.content.decode())
    assert "日にちや時間が合わない" in words_of(client, path)
    assert introduction.replies.get(side="offer").answer == "no"
    other = Client().post(link_of(pair.town.owner), {"answer": "yes"})
    assert "この紹介は終わりました" in words(other.content.decode())
    assert introduction.replies.get(side="need").answer == ""


def test_a_refusal_by_the_rules_keeps_what_was_typed(introduction: Introduction, pair: Pair) -> None:
    pair.offer.state = "withdrawn"
    pair.offer.withdraw_reason = "mistake"
    pair.offer.save(update_fields=["state", "withdraw_reason"])
    answer = Client().post(link_of(pair.giver), {"answer": "yes", "words": "大事なこと"})
    assert answer.status_code == 200
    assert "いまは掲載されていません" in answer.content.decode()
    assert "大事なこと" in answer.content.decode()


def test_after_it_was_withdrawn_the_link_says_so(introduction: Introduction, pair: Pair, now: Any) -> None:
    town = pair.town.municipality
    town.contact = "045-000-0000"
    town.save(update_fields=["contact"])
    assert "電話や窓口でもお返事を受け付けます" in words_of(Client(), link_of(pair.giver))
    withdraw(introduction=introduction, by=pair.town.coordinator, now=now)
    page = words_of(Client(), link_of(pair.giver))
    assert "この紹介は終わりました" in page
    assert "電話や窓口でもお返事を" not in page
    assert "お返事を変えたいとき" not in page


def test_a_link_ends_with_the_membership(introduction: Introduction, pair: Pair) -> None:
    path = link_of(pair.giver)
    membership = Membership.objects.get(user=pair.giver)
    membership.role = "viewer"
    membership.save(update_fields=["role"])
    assert "この案内からは答えられません" in words_of(Client(), path, status=403)
    assert Client().post(path, {"answer": "yes"}).status_code == 403
    membership.delete()
    assert Client().post(path, {"answer": "yes"}).status_code == 403
    assert introduction.replies.get(side="offer").answer == ""


def test_what_we_did_not_make_is_not_found(introduction: Introduction, pair: Pair) -> None:
    reply = introduction.replies.get(side="offer")
    made = token_for("introduction", thing=reply.pk, person=pair.giver.pk)
    others = [
        token_for("dates", thing=reply.pk, person=pair.giver.pk),
        token_for("introduction", thing=reply.pk + 99, person=pair.giver.pk),
        token_for("introduction", thing=reply.pk, person=pair.giver.pk + 99),
        f"{made}x",
        "x",
    ]
    assert link_of(pair.giver) == f"/i/{made}/"
    for token in others:
        assert Client().get(f"/i/{token}/").status_code == 404


def test_a_person_of_the_other_side_cannot_be_put_into_the_link(
    introduction: Introduction, pair: Pair
) -> None:
    reply = introduction.replies.get(side="offer")
    token = token_for("introduction", thing=reply.pk, person=pair.town.owner.pk)
    assert Client().post(f"/i/{token}/", {"answer": "yes"}).status_code == 403
