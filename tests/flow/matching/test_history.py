"""What the past of two actors tells the engine: whom one has worked with, and how soon one answers."""

import datetime as dt
from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone

from musubi.flow.actors.models import Tie
from musubi.flow.actors.queries import past_partners_question
from musubi.flow.actors.services import tie_actors
from musubi.flow.listings.models import Listing
from musubi.flow.listings.queries import with_parts
from musubi.flow.matching.adapter import answer_days_question, listing_values
from musubi.flow.matching.models import Reply
from musubi.flow.projects.services import achieve_project, stop_project
from tests.factories import Town, make_actor
from tests.together import make_introduction, make_need, make_offer, make_project

TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)


def asked(town: Town, offer: Listing, days: float | None, state: str = "connected") -> None:
    """The offer's side was asked a while ago, and answered after so many days, or never."""
    begun = timezone.now() - 100 * DAY
    introduction = make_introduction(make_need(town), offer, state=state, introduced_at=begun)
    if days is not None:
        Reply.objects.filter(introduction=introduction, side="offer").update(said_at=begun + days * DAY)
    elif state == "lapsed":
        introduction.settled_at = begun + 60 * DAY
        introduction.save()


def test_who_met_an_aim_together_is_remembered(town: Town, now: dt.datetime) -> None:
    project = make_project(town)
    lead, partner = project.partners.order_by("pk")
    achieve_project(project=project, result="開けました。", by=town.owner, now=now)
    assert past_partners_question([lead.actor_id, make_actor(town.municipality).pk]).answer() == {
        lead.actor_id: frozenset({partner.actor_id})
    }
    [value] = listing_values(
        with_parts(Listing.objects.filter(pk=make_offer(town, actor=partner.actor).pk)), today=TODAY
    )
    assert value.past_partners == frozenset({str(lead.actor_id)})
    achieve_project(project=make_project(town), result="もう一度。", by=town.owner, now=now)
    assert Tie.objects.filter(one=min(lead.actor_id, partner.actor_id)).count() >= 1


def test_who_left_or_stopped_is_not(town: Town, now: dt.datetime) -> None:
    project = make_project(town)
    stop_project(project=project, reason="people", result="人が足りませんでした。", by=town.owner, now=now)
    left = make_project(town)
    left.partners.exclude(actor=town.actor).update(left_on=TODAY)
    achieve_project(project=left, result="ひとりで。", by=town.owner, now=now)
    assert not Tie.objects.exists()


@pytest.mark.parametrize(
    ("answers", "median"),
    [([1, 2], None), ([1, 2, 9], 2), ([2, 4, 6, 8], 5), ([1, 1, None], 1)],
)
def test_the_median_of_the_days_until_an_answer(
    town: Town, answers: list[float | None], median: float
) -> None:
    offer = make_offer(town)
    for days in answers:
        asked(town, offer, days, state="lapsed" if days is None else "declined")
    found = answer_days_question([offer.actor_id, town.actor.pk], today=TODAY).answer()
    assert found.get(offer.actor_id) == (None if median is None else pytest.approx(median))


def test_a_refusal_counts_and_asking_oneself_does_not(town: Town) -> None:
    offer = make_offer(town)
    for _ in range(3):
        asked(town, offer, 1, state="declined")
        own = make_introduction(make_need(town), offer, state="connected", initiative="offer")
        own.replies.filter(side="offer").update(said_at=own.introduced_at)
    assert answer_days_question([offer.actor_id], today=TODAY).answer() == {offer.actor_id: pytest.approx(1)}


def test_what_was_long_ago_says_nothing(town: Town) -> None:
    offer = make_offer(town)
    for _ in range(3):
        asked(town, offer, 1)
    assert answer_days_question([offer.actor_id], today=TODAY + 730 * DAY).answer() == {}


def test_what_was_said_before_staff_asked_anew_is_no_answer_to_it(town: Town) -> None:
    offer = make_offer(town)
    for _ in range(3):
        asked(town, offer, 1)
    Reply.objects.filter(side="offer").update(said_at=timezone.now() - 130 * DAY)
    assert answer_days_question([offer.actor_id], today=TODAY).answer() == {}


def test_of_earlier_replies_it_is_said_who_was_asked(town: Town) -> None:
    offer = make_offer(town)
    introduction = make_introduction(make_need(town), offer)
    Reply.objects.update(actor=make_actor(town.municipality))
    module = import_module("musubi.flow.matching.migrations.0007_who_is_asked")
    module.say_who_was_asked(apps, None)
    asked_then = introduction.replies.values_list("side", "actor")
    assert dict(asked_then) == {"need": town.actor.pk, "offer": offer.actor_id}


def test_an_older_work_entered_later_is_not_the_latest(town: Town) -> None:
    actors = [town.actor.pk, make_actor(town.municipality).pk]
    for on in (TODAY, TODAY - 400 * DAY):
        assert tie_actors(actors=actors, on=on) == 1
    assert [tie.last_on for tie in Tie.objects.all()] == [TODAY]
    tie_actors(actors=actors, on=TODAY + DAY)
    assert [tie.last_on for tie in Tie.objects.all()] == [TODAY + DAY]
