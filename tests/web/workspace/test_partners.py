"""With whom an actor could work: who gives and takes first, and only what its people may read."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from musubi.flow.listings.models import Listing
from musubi.flow.matching.models import Proposal
from musubi.flow.matching.queries import partners_of
from tests.factories import Town, make_person
from tests.together import make_need, make_offer
from tests.web.reading import words_of

SignIn = Callable[[object], Client]
QUERIES = 9


def propose(need: Listing, offer: Listing, score: float) -> None:
    Proposal.objects.create(
        need=need, offer=offer, score=score, reasons=[], engine_version="x", proposed_at=timezone.now()
    )


def neighbours(town: Town, number: int) -> list[Listing]:
    """Offers of as many others, each an answer to a need of the town's association."""
    need = make_need(town, title="祭りのいす")
    offers = [make_offer(town, make_person(), title=f"いす {at}") for at in range(number)]
    for at, offer in enumerate(offers):
        propose(need, offer, 0.7 - at / 10)
    return offers


def test_who_gives_and_takes_stands_first(town: Town, sign_in: SignIn) -> None:
    better, worse = neighbours(town, 2)
    theirs = make_need(town, actor=worse.actor, title="倉庫の片付け")
    propose(theirs, make_offer(town, actor=town.actor, title="若い人手"), 0.6)
    found = partners_of(town.owner, town.actor)
    assert [partner.actor for partner in found] == [worse.actor, better.actor]
    page = words_of(sign_in(town.viewer), f"/workspace/actors/{town.actor.pk}/partners/")
    assert "おたがいに、求めるものと渡せるものがあります。" in page
    assert "相手が求めている「倉庫の片付け」に、「若い人手」が合いそうです。" in page
    assert page.index(worse.actor.name) < page.index("いす 0")


def test_why_is_told_in_the_readers_language(town: Town, sign_in: SignIn) -> None:
    [other] = neighbours(town, 1)
    propose(make_need(town, actor=other.actor), make_offer(town, actor=town.actor), 0.6)
    client = sign_in(town.viewer)
    client.post(reverse("public:language"), {"language": "en"})
    page = client.get(f"/workspace/actors/{town.actor.pk}/partners/").content.decode()
    assert "<li>Each has something that the other needs.</li>" in page
    assert "おたがいに" not in page


def test_what_its_people_may_not_read_makes_no_partner(town: Town) -> None:
    [offer] = neighbours(town, 1)
    Listing.objects.filter(pk=offer.pk).update(visibility="city_hall")
    assert partners_of(town.owner, town.actor) == []
    assert [partner.actor for partner in partners_of(town.officer, town.actor)] == [offer.actor]


def test_without_proposals_the_page_says_what_to_do(town: Town, sign_in: SignIn) -> None:
    page = words_of(sign_in(town.owner), f"/workspace/actors/{town.actor.pk}/partners/")
    assert "ニーズか提供を公開すると、合いそうな相手がここに出ます。" in page


@pytest.mark.parametrize("number", [1, 3])
def test_any_number_of_partners_takes_the_same_queries(town: Town, sign_in: SignIn, number: int) -> None:
    neighbours(town, number)
    client = sign_in(town.owner)
    client.get(f"/workspace/actors/{town.actor.pk}/partners/")
    with CaptureQueriesContext(connection) as queries:
        client.get(f"/workspace/actors/{town.actor.pk}/partners/")
    assert len(queries) == QUERIES
