"""What can be proposed again is proposed again, and nothing that is over."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from musubi.base.index.queries import search
from musubi.base.knowledge.models import OwnConcept
from musubi.flow.actors import services as actors
from musubi.flow.actors.enums import ActorState
from musubi.flow.listings import services as listings
from musubi.flow.listings.enums import ListingState, Side, Template
from musubi.flow.listings.models import Listing
from musubi.flow.listings.queries import matchable
from musubi.flow.matching import services
from musubi.flow.matching.models import Proposal
from musubi.flow.matching.queries import match_all
from musubi.flow.matching.services import proposals, refreshing
from musubi.flow.moderation.models import Hiding
from musubi.flow.moderation.services import hide, lift_hiding
from tests import factories
from tests.factories import Town
from tests.flow.listings.samples import hall_needed, hall_offered
from tests.flow.matching.later import run_later, waiting
from tests.together import make_need

from .test_proposals import pairs, publish_need, publish_offer


def close(offer: Listing, town: Town, now: dt.datetime) -> None:
    actors.close_actor(actor=offer.actor, reason="paused", by=town.officer, now=now)


def reopen(offer: Listing, town: Town, now: dt.datetime) -> None:
    services.follow_actor(actor=actors.reopen_actor(actor=offer.actor, by=town.officer, now=now))


def hide_it(offer: Listing, town: Town, now: dt.datetime) -> None:
    hide(subject=offer, reason="確かめる間", by=town.officer, now=now)


def hide_its_actor(offer: Listing, town: Town, now: dt.datetime) -> None:
    hide(subject=offer.actor, reason="確かめる間", by=town.officer, now=now)


def lift(offer: Listing, town: Town, now: dt.datetime) -> None:
    lift_hiding(hiding=Hiding.objects.get(), reason="確かめました", by=town.officer, now=now)


def reserve(offer: Listing, town: Town, now: dt.datetime) -> None:
    listings.reserve_listing(listing=offer, by=town.coordinator, now=now)


def release(offer: Listing, town: Town, now: dt.datetime) -> None:
    services.release_and_match(listing=offer, by=town.coordinator, now=now)


Act = Callable[[Listing, Town, dt.datetime], None]


@pytest.mark.parametrize(
    ("gone", "back"), [(close, reopen), (hide_it, lift), (hide_its_actor, lift), (reserve, release)]
)
@pytest.mark.parametrize("side", Side.values)
def test_what_comes_back_stands_beside_what_was_published_meanwhile(
    town: Town, now: dt.datetime, gone: Act, back: Act, side: str
) -> None:
    publish = {Side.OFFER: publish_offer, Side.NEED: publish_need}
    mine = publish[side](town, now)
    gone(mine, town, now)
    other = publish[services_other(side)](town, now)
    run_later()
    assert not Proposal.objects.exists()
    back(Listing.objects.get(pk=mine.pk), town, now)
    run_later()
    ids = {side: mine.pk, services_other(side): other.pk}
    assert pairs(town.officer) == {(ids[Side.NEED], ids[Side.OFFER])}


def services_other(side: str) -> str:
    return Side.NEED if side == Side.OFFER else Side.OFFER


@pytest.mark.parametrize("side", Side.values)
def test_should_the_engine_fail_it_is_published_and_the_worker_finds(
    town: Town, now: dt.datetime, monkeypatch: pytest.MonkeyPatch, side: str
) -> None:
    def fails(**_given: object) -> None:
        raise RuntimeError("no engine")

    publish = {Side.OFFER: publish_offer, Side.NEED: publish_need}
    other = publish[services_other(side)](town, now)
    run_later()
    with monkeypatch.context() as broken:
        broken.setattr(refreshing, "propose_for_need", fails)
        broken.setattr(refreshing, "propose_for_offer", fails)
        mine = publish[side](town, now)
    assert Listing.objects.get(pk=mine.pk).state == ListingState.PUBLISHED
    assert waiting() == [("refresh_proposals", [mine.pk])]
    assert not Proposal.objects.exists()
    run_later()
    ids = {side: mine.pk, services_other(side): other.pk}
    assert pairs(town.owner) == {(ids[Side.NEED], ids[Side.OFFER])}


def test_what_is_not_published_leaves_nothing_to_the_worker(town: Town, now: dt.datetime) -> None:
    draft = listings.create_draft(
        actor=town.actor,
        side=Side.NEED,
        template=Template.PLACE,
        by=town.owner,
        now=now,
        content=hall_needed(town, title=""),
    )
    with pytest.raises(listings.NotComplete):
        services.publish_and_match(listing=draft, by=town.owner, now=now)
    assert waiting() == []


def test_a_changed_listing_is_left_to_the_worker_too(town: Town, now: dt.datetime) -> None:
    offer = publish_offer(town, now)
    run_later()
    owner = offer.actor.memberships.get().user
    away = hall_offered(town, area_ids=(town.wards[1].pk,))
    services.save_and_match(listing=offer, content=away, version=offer.version, by=owner, now=now)
    assert waiting() == [("refresh_proposals", [offer.pk])]


def test_reasons_follow_who_vouches(town: Town, now: dt.datetime) -> None:
    offer, need = publish_offer(town, now), publish_need(town, now)
    credential = actors.give_credential(
        actor=offer.actor,
        kind="certification",
        title="認証",
        issuer_name="みそら県",
        valid_from=dt.date(2026, 1, 1),
        by=town.officer,
        now=now,
    )

    def reasons() -> str:
        return str(Proposal.objects.get(need=need, superseded_at=None).reasons)

    services.refresh_later_for_actor(actor=offer.actor)
    run_later()
    assert "みそら県" in reasons()
    actors.revoke_credential(credential=credential, reason="誤り", by=town.officer, now=now)
    services.refresh_later_for_actor(actor=offer.actor)
    run_later()
    assert "みそら県" not in reasons()


@pytest.mark.parametrize("side", Side.values)
def test_what_is_over_is_not_proposed_though_nobody_took_it_down(
    town: Town, now: dt.datetime, side: str
) -> None:
    rows = {Side.OFFER: publish_offer(town, now), Side.NEED: publish_need(town, now)}
    today = dt.date.today()
    assert pairs(town.officer)
    Listing.objects.filter(pk=rows[side].pk).update(expires_on=today)
    assert pairs(town.officer)
    assert matchable(town.municipality.pk, side, today=today).exists()
    Listing.objects.filter(pk=rows[side].pk).update(expires_on=today - dt.timedelta(days=1))
    assert pairs(town.officer) == set()
    assert not matchable(town.municipality.pk, side).exists()
    assert not list(match_all(town.municipality, today=today))
    assert not services.propose_for_need(need=rows[Side.NEED], now=now)


def test_an_offer_takes_its_place_in_as_many_queries_for_nine_needs_as_for_two(
    town: Town, now: dt.datetime
) -> None:
    def needs(number: int) -> None:
        for _number in range(number):
            actor = factories.make_actor(town.municipality, factories.make_person())
            content = hall_needed(town)
            row = factories.make_listing(
                actor, title=content.title, body=content.body, areas=[town.wards[0]], fields=content.fields,
                lines=[("place", "会場", 20, "capacity")],
            )  # fmt: skip
            assert row.state == ListingState.PUBLISHED

    def queries() -> int:
        offer = publish_offer(town, now)
        Proposal.objects.all().delete()
        with CaptureQueriesContext(
            connection,
        ) as asked:
            placed = proposals.propose_for_offer(offer=offer, now=now)
        assert len(placed) == Listing.objects.filter(side=Side.NEED).count()
        return len(asked)

    needs(2)
    few = queries()
    needs(7)
    assert queries() == few


def test_an_actor_in_the_dark_leaves_nothing_to_the_worker(town: Town, now: dt.datetime) -> None:
    offer = publish_offer(town, now)
    run_later()
    for columns in ({"state": ActorState.CLOSED, "closed_reason": "paused"}, {"hidden_at": now}):
        actor = offer.actor
        for name, value in columns.items():
            setattr(actor, name, value)
        services.refresh_later_for_actor(actor=actor)
        actor.refresh_from_db()
    assert waiting() == []
    services.refresh_later_for_actor(actor=town.actor)
    assert waiting() == []


def test_a_new_concept_of_the_town_is_read_in_what_is_listed_and_the_engine_asked_anew(
    town: Town, now: dt.datetime
) -> None:
    need = make_need(town, title="ぽかぽか広場の手伝い")
    assert "ぽかぽか" not in (need.concepts or [])
    OwnConcept.objects.create(
        municipality=town.municipality,
        name="ぽかぽか",
        kind="theme",
        words=["ぽかぽか広場"],
        reason="町の集い",
    )
    services.follow_knowledge(municipality=town.municipality)
    assert [name for name, _ in waiting()] == ["follow_town"]
    assert run_later() == 2
    need.refresh_from_db()
    assert "ぽかぽか" in need.concepts
    found = search(partitions=[town.municipality.pk], facets=[{"c:ぽかぽか"}])
    assert [ref.object_id for ref in found.refs] == [need.pk]
