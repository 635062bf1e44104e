"""Nearness of meaning in proposals: used where both sides have a vector, and no loss to who has none."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from musubi.base.index.models import DocumentVector
from musubi.base.index.services import learn_vectors
from musubi.config.management.commands._schedule import JOBS
from musubi.flow.listings import services as listings
from musubi.flow.listings.models import Listing
from musubi.flow.matching.adapter import usual_weights
from musubi.flow.matching.models import Proposal
from musubi.flow.matching.queries import match_offer, match_one, match_teams, rule_in_force, usual_rule
from musubi.flow.matching.services import change_matching_rule
from musubi.flow.matching.services.following import refresh_town
from musubi.flow.matching.services.proposals import propose_for_need
from musubi.flow.matching.services.refreshing import refresh_proposals_of_needs
from tests.factories import Town
from tests.flow.matching.later import run_later, waiting
from tests.gold import gold_rows

Scores = dict[str, float]


@pytest.fixture
def today(town: Town, now: dt.datetime) -> dt.date:
    rows = gold_rows(town.municipality)
    list(listings.import_listings(municipality=town.municipality, rows=rows, by=None, now=now))
    return timezone.localdate(now)


def need() -> Listing:
    return Listing.objects.get(external_ref="dn001")


def scores_of(need: Listing, today: dt.date) -> Scores:
    return {match.offer.external_ref: match.score for match in match_one(need, today=today, top=30)}


def told(need: Listing, today: dt.date) -> set[str]:
    found = match_one(need, today=today, top=30)
    return {reason.signal for match in found for reason in match.suggestion.reasons}


def test_vectors_count_once_they_are_learnt_and_not_when_turned_off(
    today: dt.date, now: dt.datetime, settings
) -> None:
    settings.VECTORS = False
    plain = match_one(need(), today=today, top=30)
    settings.VECTORS = True
    asked = need()
    with CaptureQueriesContext(connection) as before:
        assert match_one(asked, today=today, top=30) == plain  # nothing learnt yet: not one point is lost
    assert learn_vectors(now=now) == 440
    with CaptureQueriesContext(connection) as after:
        match_one(asked, today=today, top=30)
    assert len(before) == len(after)
    assert scores_of(need(), today) != {match.offer.external_ref: match.score for match in plain}
    assert "meaning" in told(need(), today)
    settings.VECTORS = False
    assert match_one(need(), today=today, top=30) == plain


def test_who_has_no_vector_stands_where_it_would_without(today: dt.date, now: dt.datetime) -> None:
    plain = scores_of(need(), today)
    learn_vectors(now=now)
    near = scores_of(need(), today)
    ref = next(ref for ref in near if ref in plain and near[ref] != plain[ref])
    DocumentVector.objects.filter(object_id=Listing.objects.get(external_ref=ref).pk).delete()
    mixed = scores_of(need(), today)
    assert mixed == near | {ref: plain[ref]}
    assert list(mixed.values()) == sorted(mixed.values(), reverse=True)
    DocumentVector.objects.filter(object_id=need().pk).delete()
    assert scores_of(need(), today) == plain


def test_a_pair_scores_the_same_from_either_side_and_in_a_team(today: dt.date, now: dt.datetime) -> None:
    learn_vectors(now=now)
    best = match_one(need(), today=today, top=1)[0]
    [same] = [match for match in match_offer(best.offer, today=today, top=30) if match.need == need()]
    assert same.suggestion == best.suggestion
    asked = next(
        row for row in Listing.objects.filter(side="need").order_by("pk") if match_teams(row, today=today)
    )
    alone = {match.offer.pk: match.score for match in match_one(asked, today=today, top=400)}
    members = {
        int(ref): suggestion.score
        for team in match_teams(asked, today=today)
        for ref, suggestion in team.suggestions.items()
    }
    shared = members.keys() & alone.keys()
    assert shared
    assert {pk: members[pk] for pk in shared} == {pk: alone[pk] for pk in shared}


def test_a_town_that_has_set_its_own_weights_keeps_them(town: Town, today: dt.date, now: dt.datetime) -> None:
    usual = usual_rule()
    assert usual.weights == usual_weights(vectors=True)
    change_matching_rule(
        municipality=town.municipality,
        weights=usual_weights(vectors=False),
        exposure=usual.exposure,
        version=0,
        by=town.officer,
        now=now,
    )
    plain = scores_of(need(), today)
    learn_vectors(now=now)
    assert rule_in_force(town.municipality.pk).weights.meaning == 0
    assert scores_of(need(), today) == plain


def test_kept_proposals_follow_what_was_learnt_once_and_what_was_forgotten(
    town: Town, other_town: Town, today: dt.date, now: dt.datetime, settings
) -> None:
    """As the worker's schedule does it; a town without needs has nothing to follow."""
    learning = next(job for job in JOBS if job.name == "learn-vectors")
    propose_for_need(need=need(), now=now)
    plain = kept(need())
    assert "meaning" not in {signal for _, _, signals in plain for signal in signals}
    learning.run(now)
    assert waiting() == [("refresh_town", [town.municipality.pk])]
    needs = Listing.objects.filter(side="need").count()
    assert refresh_town.call(town.municipality.pk) == -(-needs // 100)
    DBTaskResult.objects.all().delete()  # all of them would take long; one shows it
    refresh_proposals_of_needs.enqueue([need().pk])
    run_later()
    near = kept(need())
    assert near != plain
    assert "meaning" in {signal for _, _, signals in near for signal in signals}
    learning.run(now)
    assert waiting() == []  # nothing new was learnt
    settings.VECTORS = False
    learning.run(now)
    assert waiting() == [("refresh_town", [town.municipality.pk])]
    learning.run(now)
    assert len(waiting()) == 1


def kept(need: Listing) -> list[tuple[int, float, tuple[str, ...]]]:
    rows = Proposal.objects.filter(need=need, superseded_at=None).order_by("-score", "offer")
    return [(row.offer_id, row.score, tuple(reason["signal"] for reason in row.reasons)) for row in rows]
