"""Teams on the desk's need page and on the page of the need's own people."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from musubi.flow.listings.models import Listing
from musubi.flow.matching.models import Introduction, TeamProposal
from musubi.flow.matching.services import propose_for_need
from tests.factories import Town
from tests.flow.matching.test_teams import make_need, make_offer


def text_of(response: Any) -> str:
    return str(response.content.decode())


@pytest.fixture
def need(town: Town, now: dt.datetime) -> Listing:
    """A need with one team of two."""
    make_offer(town, ("place", "調理室", 40, "capacity"))
    make_offer(town, ("people", "配膳の手伝い", 8, "people"))
    need = make_need(town)
    propose_for_need(need=need, now=now)
    return need


def test_the_desk_shows_who_brings_what_beside_single_offers(town: Town, need: Listing, sign_in: Any) -> None:
    page = text_of(sign_in(town.coordinator).get(f"/desk/needs/{need.pk}/"))
    team = TeamProposal.objects.get()
    assert "力を合わせる編成案" in page
    assert "2者で、求めている2つがそろいます。" in page
    assert f"/desk/teams/{team.pk}/introduce/" in page
    for member in team.members.all():
        assert str(member.offer) in page
    assert "配膳の手伝い（8人）" in page


def test_the_needs_own_people_see_it_without_the_button(town: Town, need: Listing, sign_in: Any) -> None:
    page = text_of(sign_in(town.owner).get(f"/workspace/listings/{need.pk}/"))
    assert "2者で、求めている2つがそろいます。" in page
    assert "全員を紹介する" not in page


def test_what_is_missing_is_told(town: Town, now: dt.datetime, sign_in: Any) -> None:
    make_offer(town, ("place", "調理室", 40, "capacity"))
    need = make_need(town)
    propose_for_need(need=need, now=now)
    page = text_of(sign_in(town.coordinator).get(f"/desk/needs/{need.pk}/"))
    assert "まだ足りないもの" in page
    assert "「配膳の手伝い」に応える提供は、まだ見つかっていません。" in page


def test_all_are_introduced_by_one_button(town: Town, need: Listing, sign_in: Any) -> None:
    client, team = sign_in(town.coordinator), TeamProposal.objects.get()
    url = f"/desk/teams/{team.pk}/introduce/"
    asked = text_of(client.get(url))
    assert "全員に紹介を送る" in asked
    answer = client.post(url, {"words": "どうぞよろしく"}, follow=True)
    assert "2件を紹介しました。" in text_of(answer)
    assert set(Introduction.objects.values_list("words", flat=True)) == {"どうぞよろしく"}
    assert Introduction.objects.count() == 2


def test_a_refusal_is_told_and_nothing_is_sent(town: Town, need: Listing, sign_in: Any) -> None:
    client, team = sign_in(town.coordinator), TeamProposal.objects.get()
    client.post(f"/desk/teams/{team.pk}/introduce/", {"words": ""})
    again = text_of(client.post(f"/desk/teams/{team.pk}/introduce/", {"words": ""}))
    assert "もう全員を紹介しています" in again
    assert Introduction.objects.count() == 2


def test_strangers_introduce_nobody(town: Town, other_town: Town, need: Listing, sign_in: Any) -> None:
    url = f"/desk/teams/{TeamProposal.objects.get().pk}/introduce/"
    assert sign_in(town.owner).post(url).status_code == 403
    assert sign_in(other_town.coordinator).post(url).status_code == 403
    assert not Introduction.objects.exists()


@pytest.mark.parametrize("path", ["/desk/needs/{}/", "/workspace/listings/{}/"])
def test_five_teams_take_as_many_queries_as_one(
    path: str, town: Town, now: dt.datetime, need: Listing, sign_in: Any
) -> None:
    client = sign_in(town.coordinator if path.startswith("/desk") else town.owner)

    def queries() -> int:
        client.get(path.format(need.pk))
        with CaptureQueriesContext(
            connection,
        ) as found:
            client.get(path.format(need.pk))
        return len(found)

    one = queries()
    for number in range(4):
        make_offer(town, ("place", "調理室", 40 + number, "capacity"))
    propose_for_need(need=need, now=now)
    assert TeamProposal.objects.filter(superseded_at=None).count() == 5
    assert queries() == one
