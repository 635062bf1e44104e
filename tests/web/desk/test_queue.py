"""What the queue leaves out: what has ended or is hidden, and what the coordinator may not see."""

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from musubi.flow.actors.models import Actor
from musubi.flow.listings.enums import Side
from musubi.flow.listings.models import Listing
from musubi.flow.listings.services import index_listing
from musubi.flow.matching.services import propose_for_need
from tests.factories import Town, make_actor, make_issue, make_listing, make_person

PLACE = ("place", "台所のある部屋", 30, "capacity")


def text_of(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return str(response.content.decode())


@pytest.fixture
def need(town: Town) -> Listing:
    return make_listing(town.actor, title="台所のある部屋がほしい", areas=[town.city], lines=[PLACE])


def offer(town: Town, **fields: Any) -> Listing:
    return make_listing(
        make_actor(town.municipality), Side.OFFER, title="台所のある集会所", areas=[town.city],
        lines=[("place", "台所のある部屋", 40, "capacity")], **fields,
    )  # fmt: skip


@pytest.mark.parametrize("over", ["hidden", "closed"])
@pytest.mark.parametrize(
    "path", ["/desk/", "/desk/?unanswered=on", "/", "/search/?q=会場", "/issues/{issue}/"]
)
def test_needs_of_hidden_and_closed_actors_are_in_no_list(
    town: Town, sign_in: Any, now: dt.datetime, over: str, path: str
) -> None:
    owner, issue = make_person(), make_issue(town)
    gone = make_actor(town.municipality, owner)
    need = make_listing(gone, title="会場を頼みます", areas=[town.city], lines=[PLACE], issue=issue)
    index_listing(need)
    address, link = path.format(issue=issue.pk), re.compile(rf"(desk/needs|listings)/{need.pk}/")
    readers = [town.coordinator, town.officer, *([] if "desk" in path else [owner])]
    for person in readers:
        assert link.search(text_of(sign_in(person), address))
    rows = Actor.objects.filter(pk=gone.pk)
    if over == "hidden":
        rows.update(hidden_at=now, hidden_reason="確かめる間")
    else:
        rows.update(state="closed", closed_reason="dissolved")
    for person in readers:
        assert not link.search(text_of(sign_in(person), address))


@pytest.mark.parametrize("change", ["withdrawn", "hidden", "for the city hall"])
def test_a_need_whose_only_offer_is_out_of_sight_has_none(
    town: Town, need: Listing, sign_in: Any, now: dt.datetime, change: str
) -> None:
    only = offer(town)
    propose_for_need(need=need, now=now)
    client = sign_in(town.coordinator)
    assert need.title not in text_of(client, "/desk/?unanswered=on")
    changes = {
        "withdrawn": {"state": "withdrawn", "withdraw_reason": "mistake"},
        "hidden": {"hidden_at": now, "hidden_reason": "確かめる間"},
        "for the city hall": {"visibility": "city_hall"},
    }
    Listing.objects.filter(pk=only.pk).update(**changes[change])
    assert "候補がまだありません" in text_of(client, "/desk/")
    assert need.title in text_of(client, "/desk/?unanswered=on")
    seen = need.title in text_of(sign_in(town.officer), "/desk/?unanswered=on")
    assert seen == (change != "for the city hall")


def test_looking_again_counts_what_the_coordinator_may_see(town: Town, need: Listing, sign_in: Any) -> None:
    offer(town, visibility="city_hall")
    for person, number in ((town.coordinator, 0), (town.officer, 1)):
        client = sign_in(person)
        page = client.post(f"/desk/needs/{need.pk}/propose/", follow=True).content.decode()
        assert f"候補を探し直しました。{number}件あります。" in page


def test_asking_for_the_unanswered_costs_the_same_for_many(
    town: Town, need: Listing, sign_in: Any, now: dt.datetime
) -> None:
    client = sign_in(town.coordinator)

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            text_of(client, "/desk/?unanswered=on")
        return len(found)

    make_listing(town.actor, areas=[town.city], lines=[("endorsement", "", None, "")])
    queries()
    few = queries()
    for _number in range(20):
        make_listing(town.actor, areas=[town.city], lines=[("endorsement", "", None, "")])
        offer(town)
    propose_for_need(need=need, now=now)
    assert queries() == few
