"""The coordinator puts candidates in line, sees how far it has come, and stops it."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from musubi.base.notify.models import Message
from musubi.flow.listings.models import Listing
from musubi.flow.matching.models import Introduction, Outreach, Proposal
from tests.factories import Town, make_person
from tests.together import make_introduction, make_offer, make_outreach
from tests.web.pairs import Pair
from tests.web.reading import html_of, words_of

SignIn = Callable[[object], Client]
QUERIES = 23


def page_of(pair: Pair) -> str:
    return f"/desk/needs/{pair.need.pk}/outreach/"


def proposed(pair: Pair, score: float, title: str) -> int:
    offer = make_offer(pair.town, make_person(), title=title)
    Proposal.objects.create(
        need=pair.need, offer=offer, score=score, reasons=[], engine_version="x", proposed_at=timezone.now()
    )
    return offer.pk


def typed(pair: Pair, *offers: int, **more: object) -> dict[str, object]:
    return {"offers": offers, "at_a_time": "1", "enough": "2", "need_agrees": "", "words": "", **more}


def test_from_the_need_to_the_first_ones_asked(pair: Pair, sign_in: SignIn) -> None:
    second = proposed(pair, 0.5, "公民館の机といす")
    proposed(pair, 0.2, "椅子の修理")
    client = sign_in(pair.town.coordinator)
    assert page_of(pair) in html_of(client, f"/desk/needs/{pair.need.pk}/")
    page = html_of(client, page_of(pair))
    assert page.count("checked") == 2  # the likely ones
    answer = client.post(page_of(pair), typed(pair, second, pair.offer.pk), follow=True)
    assert answer.redirect_chain == [
        (f"{page_of(pair)}?resource=goods&sent=outreach-{pair.need.pk}-goods", 302)
    ]
    assert (
        Introduction.objects.get().offer == pair.offer
    )  # the better candidate first, whatever the order posted
    told = words_of(client, page_of(pair))
    assert "「話してみたい」0人（2人で止めます）、返事待ち1人、これから声をかける方1人" in told
    assert "これから声をかけます。" in told


def test_each_thing_asked_for_has_a_page_with_those_who_give_it(pair: Pair, sign_in: SignIn) -> None:
    pair.need.requirements.create(resource="people", what="設営の手伝い", amount=8, unit="people")
    client = sign_in(pair.town.coordinator)
    first = html_of(client, page_of(pair))
    assert f'{page_of(pair)}?resource=people"' in first
    assert pair.offer.title in first
    hands = words_of(client, f"{page_of(pair)}?resource=people")
    assert "声をかけ始める（人手）" in hands
    assert "声をかける相手がまだいません" in hands
    assert pair.offer.title not in hands


@pytest.mark.parametrize(("resource", "enough"), [("goods", 3), ("people", 5), ("endorsement", 1)])
def test_how_many_are_enough_follows_what_is_asked_for(
    pair: Pair, sign_in: SignIn, resource: str, enough: int
) -> None:
    pair.need.requirements.create(resource="people", what="設営の手伝い", amount=8, unit="people")
    pair.need.requirements.create(resource="endorsement", what="後援名義")
    client = sign_in(pair.town.coordinator)
    form = client.get(f"{page_of(pair)}?resource={resource}").context["form"]
    assert (form["at_a_time"].value(), form["enough"].value()) == (5, enough)


def test_it_is_stopped_from_its_page(pair: Pair, sign_in: SignIn) -> None:
    outreach = make_outreach(pair.town, 2, need=pair.need)
    client = sign_in(pair.town.coordinator)
    answer = client.post(f"{page_of(pair)}stop/", follow=True)
    assert "止めました" in answer.content.decode()
    assert Outreach.objects.get(pk=outreach.pk).state == "stopped"
    assert client.post(f"{page_of(pair)}stop/").status_code == 403
    assert "声をかけ始める" in words_of(client, page_of(pair))


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("offers", [], "声をかける相手を、一つ以上選んでください。"),
        ("offers", [999_999], "選んだものが一覧にありません"),
        ("at_a_time", "", "一度に何件ずつ声をかけるかを、数字で入れてください"),
        ("at_a_time", "0", "1以上にしてください。"),
        ("at_a_time", "21", "20以下にしてください。"),
        ("enough", "たくさん", "数字で入れてください。例：3"),
        ("enough", "51", "50以下にしてください。"),
        ("need_agrees", "web", "選んだものが一覧にありません"),
    ],
)
def test_bad_input_is_told_at_its_field_and_nothing_is_lost(
    pair: Pair, sign_in: SignIn, field: str, value: object, sentence: str
) -> None:
    client = sign_in(pair.town.coordinator)
    posted = {**typed(pair, pair.offer.pk, words="去年もお願いしました。"), field: value}
    page = client.post(page_of(pair), posted).content.decode()
    assert sentence in page
    assert "去年もお願いしました。" in page
    assert not Outreach.objects.exists()


def test_somebody_who_is_introduced_already_is_not_offered_again(pair: Pair, sign_in: SignIn) -> None:
    make_introduction(pair.need, pair.offer)
    page = words_of(sign_in(pair.town.coordinator), page_of(pair))
    assert "声をかける相手がまだいません" in page


def test_a_second_one_at_the_same_moment_is_refused_with_a_sentence(pair: Pair, sign_in: SignIn) -> None:
    make_outreach(pair.town, need=pair.need)
    answer = sign_in(pair.town.coordinator).post(page_of(pair), typed(pair, pair.offer.pk))
    assert "もう順番に声をかけています" in answer.content.decode()
    assert not Message.objects.filter(kind="introduction_made").exists()


def test_what_a_coordinator_may_not_read_is_not_told(pair: Pair, sign_in: SignIn) -> None:
    outreach = make_outreach(pair.town, need=pair.need)
    offer = outreach.invitees.get().offer
    Listing.objects.filter(pk=offer.pk).update(visibility="city_hall", title="庁内だけの提供")
    page = words_of(sign_in(pair.town.coordinator), page_of(pair))
    assert "この提供は、いまは見られません。" in page
    assert "庁内だけの提供" not in page
    assert "庁内だけの提供" in words_of(sign_in(pair.town.officer), page_of(pair))


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_the_database_the_same_number_of_times(
    town: Town, pair: Pair, sign_in: SignIn, number: int
) -> None:
    outreach = make_outreach(town, number, need=pair.need)
    for row in outreach.invitees.all():
        row.introduction, row.taken_up_at = make_introduction(pair.need, row.offer), timezone.now()
        row.save()
        proposed(pair, 0.5, f"いす {row.position}")
    client = sign_in(town.coordinator)
    client.get(page_of(pair))
    with CaptureQueriesContext(connection) as queries:
        client.get(page_of(pair))
    assert len(queries) == QUERIES
