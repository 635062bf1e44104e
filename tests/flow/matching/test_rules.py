"""A town's rule: versions that follow each other, each change on record, proposals that say by which they were made."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from musubi.base.audit.models import Event
from musubi.base.common.verdict import NotAllowed
from musubi.flow.listings.enums import Side
from musubi.flow.matching import services
from musubi.flow.matching.models import MatchingRule, Proposal
from musubi.flow.matching.queries import (
    blockers_between,
    match_all,
    preview_of_rule,
    proposed_rule,
    rule_in_force,
    rules_for,
    usual_rule,
)
from tests.factories import Town, make_actor, make_listing, make_person
from tests.flow.matching.later import run_later, waiting

LINES = [("place", "集会室", 30, "capacity")]


def change(
    town: Town, now: dt.datetime, version: int = 0, by: object = None, **weights: float
) -> MatchingRule:
    usual = usual_rule()
    return services.change_matching_rule(
        municipality=town.municipality,
        weights=replace(usual.weights, **weights),
        exposure=usual.exposure,
        version=version,
        by=by or town.officer,
        now=now,
    )


def pair(town: Town, title: str = "集会室を使えます") -> tuple[object, object]:
    giver = make_actor(town.municipality, make_person())
    return (
        make_listing(town.actor, areas=[town.wards[0]], lines=LINES, title="集会室を探しています"),
        make_listing(giver, Side.OFFER, areas=[town.wards[0]], lines=LINES, title=title),
    )


def test_before_the_first_version_the_engines_own_holds(town: Town) -> None:
    rule = rule_in_force(town.municipality.pk)
    assert (rule.version, rule.row, rule) == (0, None, usual_rule())
    assert (rule.exposure.bound, rule.bound_percent) == (0.02, 2)


def test_a_change_is_a_version_of_this_town_with_who_when_and_what(
    town: Town, other_town: Town, now: dt.datetime
) -> None:
    change(town, now, wording=0.3)
    row = change(town, now, 1, wording=0.4)
    rule = rule_in_force(town.municipality.pk)
    assert (rule.version, rule.row, rule.weights.wording) == (2, row, 0.4)
    assert rule_in_force(other_town.municipality.pk) == usual_rule()
    event = Event.objects.filter(verb="matching_rule.change").latest("pk")
    assert (event.by, event.municipality_ref) == (f"user:{town.officer.pk}", str(town.municipality.pk))
    assert '"wording": 0.3' in event.before
    assert '"wording": 0.4' in event.after
    assert [each.version for each in rules_for(town.officer)] == [2, 1]
    assert not rules_for(other_town.officer).exists()
    assert not rules_for(town.coordinator).exists()


def test_only_the_office_and_only_on_what_is_still_in_force(
    town: Town, other_town: Town, now: dt.datetime
) -> None:
    for person in (town.coordinator, town.owner, town.citizen, other_town.officer):
        with pytest.raises(NotAllowed, match="市の担当だけ"):
            change(town, now, by=person, wording=0.3)
    change(town, now, wording=0.3)
    with pytest.raises(services.StaleRule) as stale:
        change(town, now, wording=0.9)
    assert stale.value.current.version == 1
    assert MatchingRule.objects.count() == 1


@pytest.mark.parametrize("wrong", [{"beta": -0.1}, {"beta": 1.01}, {"bound": 0.21}, {"bound": -1}])
def test_the_database_holds_the_range(town: Town, now: dt.datetime, wrong: dict[str, float]) -> None:
    values = {"beta": 0.1, "bound": 0.02, "weights": {}, "changed_at": now, "version": 1} | wrong
    with pytest.raises(IntegrityError), transaction.atomic():
        MatchingRule.objects.create(municipality=town.municipality, **values)


def test_the_worker_finds_anew_and_the_proposal_says_by_which_rule(town: Town, now: dt.datetime) -> None:
    need, _offer = pair(town)
    services.propose_for_need(need=need, now=now)
    before = Proposal.objects.get()
    assert before.rule is None
    rule = change(town, now, resource=0.0)
    assert [name for name, _ in waiting()] == ["refresh_proposals_of_needs"]
    run_later()
    after = Proposal.objects.get(superseded_at=None)
    assert (after.rule, after.score < before.score) == (rule, True)
    assert {"resource"} == {row["signal"] for row in before.reasons} - {
        row["signal"] for row in after.reasons
    }
    before.refresh_from_db()
    assert before.superseded_at is not None
    assert [match.rule for match in match_all(town.municipality, today=timezone.localdate(now))] == [rule]


def test_a_rule_changed_while_a_town_is_asked_holds_from_the_next_need_on(
    town: Town, now: dt.datetime
) -> None:
    pair(town)
    pair(town)
    found = match_all(town.municipality, today=timezone.localdate(now), top=1)
    assert next(found).rule is None
    rule = change(town, now, resource=0.0)
    assert [match.rule for match in found] == [rule]


def test_a_new_order_alone_finds_nothing_anew(town: Town, now: dt.datetime) -> None:
    usual = usual_rule()
    services.change_matching_rule(
        municipality=town.municipality,
        weights=usual.weights,
        exposure=replace(usual.exposure, bound=0.05),
        version=0,
        by=town.officer,
        now=now,
    )
    assert waiting() == []
    assert rule_in_force(town.municipality.pk).bound_percent == 5


def test_a_later_offer_is_scored_by_the_towns_rule_too(town: Town, now: dt.datetime) -> None:
    rule = change(town, now, resource=0.0)
    run_later()
    _need, offer = pair(town)
    placed = services.propose_for_offer(offer=offer, now=now)
    assert [row.rule for row in placed] == [rule]


def test_what_the_office_types_are_points_and_a_caution_stays_one() -> None:
    usual = usual_rule()
    points = {signal.name: signal.points for signal in usual.signals}
    same = proposed_rule(points=points, beta=Decimal(str(usual.exposure.beta)), bound_percent=Decimal(2))
    assert same == usual
    cautions = {signal.name for signal in usual.signals if signal.takes_away}
    assert cautions
    assert all(getattr(same.weights, name) < 0 for name in cautions)


def test_a_stored_rule_survives_new_and_vanished_signals(town: Town, now: dt.datetime) -> None:
    MatchingRule.objects.create(
        municipality=town.municipality, version=1, weights={"wording": 0.1, "of_old": 3}, beta=0, bound=0, changed_at=now
    )  # fmt: skip
    rule = rule_in_force(town.municipality.pk)
    assert (rule.weights.wording, rule.weights.resource) == (0.1, usual_rule().weights.resource)


def test_the_preview_compares_without_keeping_anything(town: Town, now: dt.datetime) -> None:
    need, close = pair(town, title="集会室を探しています")
    giver = make_actor(town.municipality, make_person())
    plain = make_listing(
        giver,
        Side.OFFER,
        areas=[town.wards[0]],
        lines=LINES,
        title="部屋を貸します",
        body="和室です。",
        town="浜町一丁目",
    )
    need.town = "浜町一丁目"
    need.save()
    new = replace(usual_rule().weights, wording=0.0, theme=0.0, thing=0.0, place=1.0)
    today = timezone.localdate(now)
    [row] = preview_of_rule(town.officer, town.municipality, new, usual_rule().exposure, today=today)
    assert row.need == need
    assert [(stand.offer, stand.place, stand.before) for stand in row.first] == [(plain, 1, 2), (close, 2, 1)]
    assert [stand.up for stand in row.first] == [1, -1]
    assert not row.is_same
    assert not Proposal.objects.exists()
    usual = usual_rule()
    [row] = preview_of_rule(town.officer, town.municipality, usual.weights, usual.exposure, today=today)
    assert row.is_same


def test_ten_needs_are_chosen_evenly_and_always_the_same(town: Town, now: dt.datetime) -> None:
    needs = [
        make_listing(
            town.actor, areas=[town.wards[0]], lines=LINES, published_at=now + dt.timedelta(minutes=n)
        )
        for n in range(25)
    ]
    make_listing(town.actor, areas=[town.wards[0]], lines=LINES, state="draft")
    usual, today = usual_rule(), timezone.localdate(now)
    chosen = [
        [
            row.need
            for row in preview_of_rule(
                town.officer, town.municipality, usual.weights, usual.exposure, today=today
            )
        ]
        for _ in range(2)
    ]
    assert chosen[0] == chosen[1]
    assert [needs.index(need) for need in chosen[0]] == [0, 3, 5, 8, 11, 13, 16, 19, 21, 24]


def test_why_an_offer_is_missing_is_said_by_the_towns_rule(town: Town, now: dt.datetime) -> None:
    need, offer = pair(town)
    today = timezone.localdate(now)
    assert blockers_between(need, offer, today=today) == ()
    tiny = {signal.name: 0.01 for signal in usual_rule().signals if not signal.takes_away}
    change(town, now, **tiny)
    assert [blocker.rule for blocker in blockers_between(need, offer, today=today)] == ["score"]
