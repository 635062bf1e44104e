"""Looking after one's own listings: who was found at once, why something is missing, closing."""

import re
from collections.abc import Callable

from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from musubi.flow.listings.enums import ListingState, Side
from musubi.flow.listings.models import Listing
from musubi.flow.matching.models import Proposal
from musubi.web.design.ruby import without_ruby
from tests import factories
from tests.factories import Town
from tests.web.counting import asked_for_many

from .posts import posted, text_of, url

SignIn = Callable[[object], Client]
LINES = [("place", "台所のある部屋", 30, "capacity"), ("people", "調理の手伝い", 4, "people")]


def make_offer(town: Town, **fields: object) -> Listing:
    fields.setdefault("title", "集会所をこども食堂に使ってください")
    fields.setdefault("body", "台所のある集会所です。子ども食堂の会場として土日にお貸しできます。")
    fields.setdefault("lines", [("place", "台所つきの集会所", 40, "capacity")])
    fields.setdefault("areas", [town.wards[0]])
    return factories.make_listing(factories.make_actor(town.municipality), Side.OFFER, **fields)


def make_need(town: Town, **fields: object) -> Listing:
    fields.setdefault("title", "こども食堂の会場を探しています")
    fields.setdefault("body", "月に2回、子どもたちと夕食をつくって食べます。台所のある部屋を貸してください。")
    fields.setdefault("lines", LINES)
    fields.setdefault("areas", [town.wards[0]])
    return factories.make_listing(town.actor, **fields)


def test_on_publishing_fitting_offers_appear_at_once_with_their_reasons(town: Town, sign_in: SignIn) -> None:
    fitting = make_offer(town)
    far = make_offer(town, title="川辺の集会所をこども食堂に", areas=[town.wards[1]])
    client = sign_in(town.owner)
    need = make_need(town, state=ListingState.DRAFT)
    assert "このように載ります" in text_of(client, url(need, "publish/"))
    response = client.post(url(need, "publish/"))
    assert response.headers["Location"] == url(need, "?saved=1")
    page = text_of(client, url(need))
    assert "公開しました。" in page
    assert fitting.title in page
    assert far.title not in page
    proposal = Proposal.objects.get()
    assert all(reason["sentence"] in page for reason in proposal.reasons)
    assert str(proposal.fit.label) in page
    assert "まだ候補のないもの" in page
    assert "調理の手伝い" in page.split("まだ候補のないもの")[1].split("場所 台所のある部屋")[0]


def test_why_not_names_the_lookalike_and_what_would_have_to_change(town: Town, sign_in: SignIn) -> None:
    far = make_offer(town, title="川辺の集会所をこども食堂に", areas=[town.wards[1]])
    make_offer(town)
    need = make_need(town)
    page = text_of(sign_in(town.owner), url(need, "why-not/"))
    assert far.title in page
    assert "地域" in page
    assert "候補になります" in page
    assert "集会所をこども食堂に使ってください" not in page


def test_an_offer_shows_the_needs_it_answers(town: Town, sign_in: SignIn) -> None:
    need = make_need(town)
    giver = factories.make_actor(town.municipality, town.citizen)
    offer = factories.make_listing(
        giver,
        Side.OFFER,
        state=ListingState.DRAFT,
        title="台所のある部屋を貸します",
        body="こども食堂にどうぞ。",
        areas=[town.wards[0]],
        lines=[("place", "台所のある部屋", 40, "capacity")],
    )
    client = sign_in(town.citizen)
    client.post(url(offer, "publish/"))
    assert need.title in text_of(client, url(offer))
    # asked again by the worker, which also tells the people of the needs it answers
    queued = [task.args_kwargs["args"] for task in DBTaskResult.objects.order_by("enqueued_at")]
    assert sorted(queued, key=len) == [[offer.pk], [offer.pk, [need.pk]]]


def test_a_hidden_offer_vanishes_from_the_page(town: Town, sign_in: SignIn) -> None:
    offer = make_offer(town)
    client, need = sign_in(town.owner), make_need(town, state=ListingState.DRAFT)
    client.post(url(need, "publish/"))
    assert offer.title in text_of(client, url(need))
    Listing.objects.filter(pk=offer.pk).update(state=ListingState.RESERVED)
    assert offer.title not in text_of(client, url(need))


def test_closing_asks_for_a_reason(town: Town, sign_in: SignIn) -> None:
    client, need = sign_in(town.owner), make_need(town)
    response = client.post(url(need, "withdraw/"), {"note": "また来年"})
    assert "「取り下げる理由」を選んでください" in response.content.decode()
    assert Listing.objects.get(pk=need.pk).state == ListingState.PUBLISHED
    client.post(url(need, "withdraw/"), {"reason": "plan_changed", "note": "また来年"})
    need.refresh_from_db()
    assert (need.state, need.withdraw_reason, need.closing_note) == (
        ListingState.WITHDRAWN,
        "plan_changed",
        "また来年",
    )
    assert "もう一度公開する" in text_of(client, url(need))


def test_fulfilling_and_confirming(town: Town, sign_in: SignIn) -> None:
    client, need = sign_in(town.owner), make_need(town, confirmed_at=None)
    client.post(url(need, "confirm/"))
    need.refresh_from_db()
    assert need.confirmed_at is not None
    client.post(url(need, "fulfil/"), {"note": "集会所に決まりました"})
    need.refresh_from_db()
    assert (need.state, need.closing_note) == (ListingState.FULFILLED, "集会所に決まりました")


def test_a_verb_that_came_too_late_is_told_as_such(town: Town, sign_in: SignIn) -> None:
    need = make_need(town, state=ListingState.FULFILLED)
    response = sign_in(town.owner).post(url(need, "withdraw/"), {"reason": "mistake"})
    assert response.status_code == 409


def test_one_can_choose_by_state(town: Town, sign_in: SignIn) -> None:
    make_need(town, title="公開しているもの")
    make_need(town, title="下書きのもの", state=ListingState.DRAFT)
    client = sign_in(town.owner)
    everything = text_of(client, "/workspace/listings/")
    drafts = text_of(client, "/workspace/listings/?state=draft")
    assert "公開しているもの" in everything
    assert "下書きのもの" in everything
    assert "公開しているもの" not in drafts
    assert "下書きのもの" in drafts
    assert text_of(client, "/workspace/listings/?state=nonsense&page=-3")


def test_the_same_number_of_queries_for_one_and_for_many(town: Town, sign_in: SignIn) -> None:
    need = make_need(town)

    def more(number: int) -> None:
        offer = make_offer(town, title=f"集会所 {number}")
        make_offer(town, areas=[town.wards[1]], title=f"川辺の集会所 {number}")
        make_need(town, title=f"会場 {number}")
        Proposal.objects.create(
            need=need, offer=offer, score=0.7, reasons=[], engine_version="x", proposed_at=need.created_at
        )

    paths = ("/workspace/listings/", url(need), url(need, "why-not/"))
    asked_for_many(sign_in(town.owner), paths, more)


def test_writing_a_whole_need_from_the_card_to_its_proposals(town: Town, sign_in: SignIn) -> None:
    offer = make_offer(town)
    client = sign_in(town.owner)
    client.post("/workspace/listings/new/", {"actor": town.actor.pk, "choice": "need:place"})
    need = Listing.objects.get(side=Side.NEED)
    answer = client.post(url(need, "edit/"), posted(town, act="check"), follow=True)
    assert "このように載ります" in answer.content.decode()
    assert offer.title in client.post(url(need, "publish/"), follow=True).content.decode()


def items_of(page: str) -> list[str]:
    """The list entries of a page, as their HTML stands there."""
    return [" ".join(item.split()) for item in re.findall(r"<li>(.*?)</li>", page, re.DOTALL)]


def test_reasons_are_told_in_the_readers_language_and_older_ones_stay_japanese(
    town: Town, sign_in: SignIn
) -> None:
    make_offer(town)
    client, need = sign_in(town.owner), make_need(town, state=ListingState.DRAFT)
    client.post(url(need, "publish/"))
    client.post(reverse("public:language"), {"language": "en"})
    found = items_of(client.get(url(need)).content.decode())
    assert "There is enough: 40 seats for the 30 seats needed." in found
    assert '<span>Both are for <span lang="ja">結浜市港区</span>.</span>' in found
    proposal = Proposal.objects.get()
    proposal.reasons = [{k: v for k, v in row.items() if k != "parts"} for row in proposal.reasons]
    proposal.save(update_fields=["reasons"])
    found = items_of(client.get(url(need)).content.decode())
    assert '<span lang="ja">必要な30席に対し40席で、足ります。</span>' in found
    client.post(reverse("public:language"), {"language": "ja-easy"})
    assert "必要な30席に対し40席で、足ります。" in without_ruby(client.get(url(need)).content.decode())


def test_what_would_have_to_change_is_told_in_the_readers_language(town: Town, sign_in: SignIn) -> None:
    make_offer(town, areas=[town.wards[1]])
    client, need = sign_in(town.owner), make_need(town)
    client.post(reverse("public:language"), {"language": "en"})
    page = text_of(client, url(need, "why-not/"))
    assert (
        "The area of the need ( 結浜市港区 ) and the area of the offer ( 結浜市川辺区 ) do not overlap."
        in page
    )
    assert "If this changes, it becomes a suggestion: the offer covers 結浜市港区 too." in page
