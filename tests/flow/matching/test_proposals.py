"""Proposals: kept with their reasons when something is published, gone when it is over, explained for ever."""

import datetime as dt

import pytest

from musubi.base.notify.models import Delivery
from musubi.base.notify.queries import messages_for
from musubi.flow.actors.enums import MandateRole
from musubi.flow.actors.models import Actor
from musubi.flow.listings import services as listings
from musubi.flow.listings.enums import ListingState, Side, Template
from musubi.flow.listings.models import Listing
from musubi.flow.matching import services
from musubi.flow.matching.adapter import ENGINE_VERSION
from musubi.flow.matching.models import Proposal
from musubi.flow.matching.notifications import tell_offer_found
from musubi.flow.matching.queries import answered_lines, proposals_for, proposals_of_need, ruled_out_for
from tests import factories
from tests.factories import Town
from tests.flow.listings.samples import hall_needed, hall_offered
from tests.flow.matching.later import run_later

TODAY = dt.date.today()


def publish_need(town: Town, now: dt.datetime, **changes: object) -> Listing:
    draft = listings.create_draft(
        actor=town.actor,
        side=Side.NEED,
        template=Template.PLACE,
        by=town.owner,
        now=now,
        content=hall_needed(town, **changes),
    )
    return services.publish_and_match(listing=draft, by=town.owner, now=now)


def publish_offer(town: Town, now: dt.datetime, **changes: object) -> Listing:
    person = factories.make_person()
    giver = factories.make_actor(town.municipality, person)
    draft = listings.create_draft(
        actor=giver,
        side=Side.OFFER,
        template=Template.PLACE,
        by=person,
        now=now,
        content=hall_offered(town, **changes),
    )
    return services.publish_and_match(listing=draft, by=person, now=now)


def pairs(person: object) -> set[tuple[int, int]]:
    return set(proposals_for(person).values_list("need_id", "offer_id"))


def test_publishing_a_need_keeps_what_fits_with_score_reasons_and_version(
    town: Town, now: dt.datetime
) -> None:
    offer = publish_offer(town, now)
    publish_offer(town, now, area_ids=(town.wards[1].pk,))
    need = publish_need(town, now)
    proposal = Proposal.objects.get()
    assert (proposal.need, proposal.offer, proposal.engine_version) == (need, offer, ENGINE_VERSION)
    assert 0 < proposal.score <= 1
    assert {"signal", "sentence", "parts", "value", "weight"} == set(proposal.reasons[0])
    assert all(reason["sentence"].endswith("。") for reason in proposal.reasons)


def test_a_later_offer_takes_its_place_with_the_score_it_has_there(town: Town, now: dt.datetime) -> None:
    need = publish_need(town, now)
    assert not Proposal.objects.exists()
    offer = publish_offer(town, now)
    placed = Proposal.objects.get()
    assert (placed.need, placed.offer) == (need, offer)
    services.propose_for_need(need=need, now=now)
    assert list(Proposal.objects.all()) == [placed]


def test_people_hear_once_in_the_list_and_by_no_mail_of_a_later_offer(town: Town, now: dt.datetime) -> None:
    need = publish_need(town, now)
    for _number in range(3):
        publish_offer(town, now)
    assert not messages_for(town.owner).exists()
    run_later()
    told = messages_for(town.owner).filter(kind="proposals_found")
    assert [message.path for message in told] == [f"/workspace/listings/{need.pk}/"]
    assert not Delivery.objects.filter(message__in=told).exists()


def test_coordinators_of_the_place_hear_of_a_new_need(town: Town, other_town: Town, now: dt.datetime) -> None:
    elsewhere = factories.make_person()
    mandate = factories.give_mandate(town.municipality, elsewhere, MandateRole.COORDINATOR)
    mandate.areas.add(town.wards[1])
    need = publish_need(town, now)
    told = messages_for(town.coordinator).get()
    assert (told.kind, told.path) == ("new_need", f"/desk/needs/{need.pk}/")
    for person in (elsewhere, other_town.coordinator, town.officer, town.owner):
        assert not messages_for(person).exists()
    listings.withdraw_listing(listing=need, reason="mistake", by=town.owner, now=now)
    services.publish_and_match(listing=need, by=town.owner, now=now)
    assert messages_for(town.coordinator).count() == 1


@pytest.mark.parametrize("over", ["withdraw", "hide", "expire", "reserve", "actor"])
def test_what_is_over_is_not_proposed_any_more(town: Town, now: dt.datetime, over: str) -> None:
    offer, need = publish_offer(town, now), publish_need(town, now)
    assert pairs(town.owner) == {(need.pk, offer.pk)}
    if over == "withdraw":
        owner = offer.actor.memberships.get().user
        listings.withdraw_listing(listing=offer, reason="mistake", by=owner, now=now)
    elif over == "hide":
        listings.hide_listing(listing=offer, reason="営業です", by=town.officer, now=now)
    elif over == "expire":
        Listing.objects.filter(pk=offer.pk).update(expires_on=dt.date(2020, 1, 1))
        listings.expire_due_listings(now=now)
    elif over == "reserve":
        listings.reserve_listing(listing=offer, by=town.coordinator, now=now)
    else:
        actor = offer.actor
        actor.hidden_at, actor.hidden_reason = now, "営業です"
        actor.save()
    assert pairs(town.owner) == pairs(town.officer) == set()
    assert not services.propose_for_need(need=need, now=now)


def test_only_who_may_read_both_reads_the_proposal(town: Town, other_town: Town, now: dt.datetime) -> None:
    offer = publish_offer(town, now, visibility="intermediaries")
    need = publish_need(town, now, visibility="registered")
    assert pairs(town.coordinator) == pairs(town.officer) == {(need.pk, offer.pk)}
    for person in (town.owner, town.citizen, other_town.officer, other_town.coordinator):
        assert pairs(person) == set()


def test_nothing_is_proposed_across_towns(town: Town, other_town: Town, now: dt.datetime) -> None:
    offer = factories.make_listing(
        other_town.actor, Side.OFFER, title="集会所をこども食堂に", lines=[("place", "台所", 40, "capacity")]
    )
    services.propose_for_offer(offer=offer, now=now)
    publish_need(town, now)
    assert not Proposal.objects.exists()


def test_an_earlier_answer_stays_explained(town: Town, now: dt.datetime) -> None:
    offer, need = publish_offer(town, now), publish_need(town, now)
    first = Proposal.objects.get()
    content = hall_needed(town, body="集会所で土日に交流会を開きます。台所のある集会所をお貸しください。")
    services.save_and_match(listing=need, content=content, version=1, by=town.owner, now=now)
    first.refresh_from_db()
    assert first.superseded_at == now
    current = Proposal.objects.get(superseded_at=None)
    assert (current.need, current.offer) == (need, offer)
    assert current.reasons != first.reasons


def test_asking_again_changes_nothing(town: Town, now: dt.datetime) -> None:
    publish_offer(town, now)
    need = publish_need(town, now)
    before = list(Proposal.objects.values())
    services.propose_for_need(need=need, now=now + dt.timedelta(days=1))
    assert run_later() >= 2
    assert list(Proposal.objects.values()) == before


def test_an_offer_that_moved_away_leaves_its_needs(town: Town, now: dt.datetime) -> None:
    offer, need = publish_offer(town, now), publish_need(town, now)
    owner = offer.actor.memberships.get().user
    away = hall_offered(town, area_ids=(town.wards[1].pk,))
    services.save_and_match(listing=offer, content=away, version=offer.version, by=owner, now=now)
    assert pairs(town.owner) == set()
    assert Proposal.objects.get(need=need).superseded_at == now


def test_what_only_staff_read_pushes_nobody_off_the_list(
    town: Town, now: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    from musubi.flow.matching.services import proposals

    monkeypatch.setattr(proposals, "KEPT", 2)
    for _number in range(4):
        publish_offer(town, now, visibility="city_hall")
    shown = [
        publish_offer(town, now, title="部屋があります", body="集会所の部屋です。") for _number in range(3)
    ]
    need = publish_need(town, now)
    assert proposals_for(town.officer).count() == 4
    assert {pk for _need, pk in pairs(town.owner)} == {offer.pk for offer in shown[:2]}
    assert need.proposals_as_need.count() == 4


def test_each_requirement_with_who_answers_it(town: Town, now: dt.datetime) -> None:
    hall = publish_offer(town, now)
    need = publish_need(town, now)
    found = list(proposals_of_need(town.owner, need))
    lines = answered_lines(need, found, today=TODAY)
    assert [line.requirement.resource for line in lines] == ["place", "people"]
    assert [[proposal.offer for proposal in line.proposals] for line in lines] == [[hall], []]


def test_under_a_line_what_is_about_it_comes_first(town: Town, now: dt.datetime) -> None:
    lines = (
        listings.LineValue(resource="place", what="台所", amount=20, unit="capacity"),
        listings.LineValue(resource="place", what="集会室"),
    )
    publish_offer(town, now, lines=(listings.LineValue(resource="place", what="台所と集会室"),))
    need = publish_need(town, now, lines=lines)
    [found] = proposals_of_need(town.owner, need)
    told = {
        "field": "活動の分野「まちづくり」が同じです。",
        "wording": "「集会室」という言葉が、どちらにも書かれています。",
        "thing": "「調理場」の類いのことが、どちらにも書かれています。",
        "amount": "必要な20席に対し30席で、足ります。",
        "refusal": "台所は火が使えません。",
    }
    found.reasons = [
        {"signal": signal, "sentence": sentence, "value": 1.0, "weight": -0.1 if signal == "refusal" else 0.1}
        for signal, sentence in told.items()
    ]
    kitchen, room = answered_lines(need, [found], today=TODAY)
    order = [[reason["signal"] for reason in line.reasons[found.offer_id]] for line in (kitchen, room)]
    assert order[0] == ["amount", "thing", "field", "wording", "refusal"]
    assert order[1] == ["wording", "field", "thing", "amount", "refusal"]


def test_why_not_tells_the_rule_and_the_change_for_lookalikes_only(town: Town, now: dt.datetime) -> None:
    far = publish_offer(town, now, area_ids=(town.wards[1].pk,))
    small = publish_offer(
        town, now, lines=(listings.LineValue(resource="place", what="台所", amount=10, unit="capacity"),)
    )
    publish_offer(
        town,
        now,
        area_ids=(town.wards[1].pk,),
        title="英会話",
        body="週末に英語を話しましょう。",
        lines=(listings.LineValue(resource="place", what="教室"),),
    )
    publish_offer(town, now, area_ids=(town.wards[1].pk,), visibility="city_hall")
    publish_offer(town, now)
    need = publish_need(town, now)
    rows = ruled_out_for(town.owner, need, today=TODAY)
    assert {row.offer.pk: [blocker.rule for blocker in row.blockers] for row in rows} == {
        far.pk: ["area"],
        small.pk: ["capacity"],
    }
    assert all(blocker.change.endswith("。") for row in rows for blocker in row.blockers)


def test_a_reserved_need_has_no_candidates(town: Town, now: dt.datetime) -> None:
    publish_offer(town, now)
    need = publish_need(town, now)
    assert len(pairs(town.owner)) == 1
    listings.reserve_listing(listing=need, by=town.coordinator, now=now)
    assert pairs(town.owner) == set()
    assert services.propose_for_need(need=need, now=now) == []
    assert Listing.objects.get(pk=need.pk).state == ListingState.RESERVED


@pytest.mark.parametrize("giver", [{"state": "draft"}, {"hidden_at": True}])
def test_nobody_hears_of_an_offer_whose_page_they_may_not_open(
    town: Town, now: dt.datetime, giver: dict[str, object]
) -> None:
    need = publish_need(town, now)
    offer = publish_offer(town, now)
    messages_for(town.owner).delete()
    Actor.objects.filter(pk=offer.actor_id).update(
        state=giver.get("state", offer.actor.state),
        hidden_at=now if giver.get("hidden_at") else None,
        hidden_reason="確かめる間" if giver.get("hidden_at") else "",
        verified_at=None if "state" in giver else offer.actor.verified_at,
    )
    tell_offer_found(need, Listing.objects.get(pk=offer.pk), at=now)
    assert not messages_for(town.owner).exists()
