"""A project's life: every verb from every state, its dates, its end, and what becomes of what it used."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from musubi.base.audit.models import Event
from musubi.base.common.verdict import NotAllowed
from musubi.base.common.workflow import InvalidTransition
from musubi.flow.listings.models import Listing
from musubi.flow.projects import permissions
from musubi.flow.projects.enums import AllotmentState, ProjectState
from musubi.flow.projects.models import Allotment, Project, Update
from musubi.flow.projects.services import (
    achieve_project,
    begin_due_projects,
    begin_project,
    extend_project,
    renew_project,
    return_allotment,
    review_project,
    stop_project,
    use_up_allotment,
)
from musubi.flow.projects.workflow import ALLOTMENT, PROJECT
from tests.factories import Town
from tests.flow.matching.later import run_later, waiting
from tests.together import make_project

from .rows import company_of, partner_of, started, told

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate
Verb = Callable[..., Any]


def verb_named(verb: str, project: Project, by: Any, now: dt.datetime) -> Project:
    day = TODAY(now)
    later = {"ends_on": day + dt.timedelta(days=90), "review_on": day + dt.timedelta(days=30)}
    verbs: dict[str, Callable[[], Project]] = {
        "begin": lambda: begin_project(project=project, by=by, now=now),
        "achieve": lambda: achieve_project(project=project, result="開けました。", by=by, now=now),
        "stop": lambda: stop_project(project=project, reason="people", result="足りず。", by=by, now=now),
        "renew": lambda: renew_project(project=project, by=by, now=now, **later),
    }
    return verbs[verb]()


@pytest.mark.parametrize("state", ProjectState.values)
@pytest.mark.parametrize("verb", list(PROJECT.transitions))
def test_every_verb_from_every_state(verb: str, state: str, town: Town, now: dt.datetime) -> None:
    project = make_project(town, state=state)
    verdict = getattr(permissions, f"can_{verb}_project")
    if PROJECT.allows(verb, state):
        assert verdict(town.owner, project)
        assert verb_named(verb, project, town.owner, now).state == PROJECT.target(verb, state)
        assert Project.objects.get().state == PROJECT.target(verb, state)
        assert Event.objects.filter(verb=f"project.{verb}").count() == 1
        return
    assert "いまの状態" in verdict(town.owner, project).reason
    with pytest.raises(InvalidTransition):
        verb_named(verb, project, town.owner, now)
    assert Project.objects.get().state == state


@pytest.mark.parametrize("verb", list(PROJECT.transitions))
def test_only_those_in_the_lead_and_staff(verb: str, town: Town, other_town: Town, now: dt.datetime) -> None:
    state = min(PROJECT.transitions[verb].sources)
    project = make_project(town, state=state)
    for person in (town.viewer, town.citizen, company_of(project), other_town.officer):
        with pytest.raises(NotAllowed, match="中心になる団体"):
            verb_named(verb, project, person, now)
    assert Project.objects.get().state == state
    assert verb_named(verb, project, town.coordinator, now)


def test_two_who_end_it_at_once(town: Town, now: dt.datetime) -> None:
    project = make_project(town)
    stale = Project.objects.get()
    verb_named("achieve", project, town.owner, now)
    with pytest.raises(InvalidTransition):
        verb_named("stop", stale, town.coordinator, now)
    assert (Project.objects.get().state, Project.objects.get().stop_reason) == ("achieved", "")


def test_at_the_end_what_is_not_named_as_used_up_goes_back(town: Town, now: dt.datetime) -> None:
    project = started(town, now, case={"offers": 2})
    first, second = project.allotments.order_by("pk")
    run_later()
    achieve_project(project=project, result="開けました。", used_up=[first.pk], by=town.owner, now=now)
    assert [row.state for row in project.allotments.order_by("pk")] == ["used_up", "returned"]
    assert (first.listing.provisions.get().taken, second.listing.provisions.get().taken) == (40, 0)
    assert sorted(waiting()) == [("refresh_proposals", [row.listing_id]) for row in (first, second)]
    fresh = Project.objects.get()
    assert (fresh.state, fresh.result, fresh.ended_at) == ("achieved", "開けました。", now)
    companies = {row.listing.actor.memberships.get().user_id for row in (first, second)}
    assert told("project_ended") == {*companies, town.coordinator.pk}


@pytest.mark.parametrize("text", ["", "  "])
def test_how_it_ended_is_said(text: str, town: Town, now: dt.datetime) -> None:
    project = make_project(town)
    with pytest.raises(ValidationError) as lacks:
        achieve_project(project=project, result=text, by=town.owner, now=now)
    assert lacks.value.message_dict == {"result": ["どうなったかを、2〜3文で書いてください。"]}
    with pytest.raises(ValidationError) as lacks:
        stop_project(project=project, reason="people", result=text, by=town.owner, now=now)
    assert list(lacks.value.message_dict) == ["result"]
    with pytest.raises(ValidationError) as lacks:
        stop_project(project=project, reason="nothing", result="理由", by=town.owner, now=now)
    assert list(lacks.value.message_dict) == ["reason"]
    assert Project.objects.get().state == "active"


def test_renewed_it_has_new_dates_and_no_end(town: Town, now: dt.datetime) -> None:
    project = make_project(town, state="achieved", result="開けました。", review_reminders=2)
    renewed = verb_named("renew", project, town.owner, now)
    assert (renewed.ended_at, renewed.review_reminders, renewed.result) == (None, 0, "開けました。")
    assert renewed.ends_on == TODAY(now) + dt.timedelta(days=90)


@pytest.mark.parametrize(
    ("ends", "review", "field"), [(-1, -1, "ends_on"), (10, -1, "review_on"), (10, 103, "review_on")]
)
def test_dates_that_cannot_be(ends: int, review: int, field: str, town: Town, now: dt.datetime) -> None:
    project = make_project(town)
    day = TODAY(now)
    dates = {"ends_on": day + dt.timedelta(days=ends), "review_on": day + dt.timedelta(days=review)}
    with pytest.raises(ValidationError) as lacks:
        extend_project(project=project, by=town.owner, now=now, **dates)
    assert list(lacks.value.message_dict) == [field]
    assert Project.objects.get().ends_on == project.ends_on


@pytest.mark.parametrize("state", ProjectState.values)
def test_what_goes_on_is_prolonged(state: str, town: Town, now: dt.datetime) -> None:
    project = make_project(town, state=state, review_reminders=2)
    day = TODAY(now)
    dates = {"ends_on": day + dt.timedelta(days=200), "review_on": day + dt.timedelta(days=100)}
    if state in ("achieved", "stopped"):
        with pytest.raises(NotAllowed, match="終わったプロジェクト"):
            extend_project(project=project, by=town.owner, now=now, **dates)
        return
    extended = extend_project(project=project, by=town.owner, now=now, **dates)
    assert (extended.ends_on, extended.review_on, extended.review_reminders) == (*dates.values(), 0)
    with pytest.raises(NotAllowed):
        extend_project(project=project, by=company_of(project), now=now, **dates)


@pytest.mark.parametrize("state", ProjectState.values)
def test_the_team_looks_back(state: str, town: Town, now: dt.datetime) -> None:
    project = make_project(town, state=state, review_reminders=2)
    person, next_on = company_of(project), TODAY(now) + dt.timedelta(days=60)
    if state != "active":
        with pytest.raises(NotAllowed, match="進行中"):
            review_project(project=project, note="順調", review_on=next_on, by=person, now=now)
        return
    reviewed = review_project(project=project, note="いすは足りた。", review_on=next_on, by=person, now=now)
    assert (reviewed.review_on, reviewed.reviewed_at, reviewed.review_reminders) == (next_on, now, 0)
    kept = Update.objects.get()
    assert (kept.partner, kept.author, kept.visibility) == (partner_of(project), person, "intermediaries")
    assert "いすは足りた。" in kept.text
    for note, day in (("", next_on), ("順調", TODAY(now) - dt.timedelta(days=1))):
        with pytest.raises(ValidationError):
            review_project(project=project, note=note, review_on=day, by=person, now=now)
    with pytest.raises(NotAllowed):
        review_project(project=project, note="順調", review_on=next_on, by=town.viewer, now=now)


def test_what_was_prepared_begins_on_its_day_once(town: Town, now: dt.datetime) -> None:
    day = TODAY(now)
    due, later = make_project(town, state="preparing"), make_project(town, state="preparing")
    Project.objects.filter(pk=later.pk).update(starts_on=day + dt.timedelta(days=1))
    assert (begin_due_projects(now=now), begin_due_projects(now=now)) == (1, 0)
    assert [p.state for p in Project.objects.order_by("pk")] == ["active", "preparing"]
    assert Project.objects.get(state="active") == due


@pytest.mark.parametrize("state", AllotmentState.values)
@pytest.mark.parametrize("verb", list(ALLOTMENT.transitions))
def test_what_is_used_goes_back_or_is_used_up_once(
    verb: str, state: str, town: Town, now: dt.datetime
) -> None:
    project = started(town, now)
    allotment = project.allotments.get()
    Allotment.objects.filter(pk=allotment.pk).update(
        state=state, settled_at=None if state == "in_use" else now
    )
    move = {"return": return_allotment, "use_up": use_up_allotment}[verb]
    if not ALLOTMENT.allows(verb, state):
        with pytest.raises(InvalidTransition):
            move(allotment=allotment, by=town.owner, now=now)
        return
    stale = Allotment.objects.get()
    assert move(allotment=allotment, by=company_of(project), now=now).state == ALLOTMENT.target(verb, state)
    assert allotment.listing.provisions.get().taken == (0 if verb == "return" else 40)
    with pytest.raises(InvalidTransition):
        move(allotment=stale, by=town.owner, now=now)
    assert allotment.listing.provisions.get().taken == (0 if verb == "return" else 40)


def test_who_settles_what_was_lent(town: Town, now: dt.datetime) -> None:
    project = started(town, now, case={"offers": 2})
    first, second = project.allotments.order_by("pk").select_related("listing__actor")
    other = second.listing.actor.memberships.get().user
    for person in (other, town.viewer, town.citizen):
        with pytest.raises(NotAllowed, match="提供した団体"):
            return_allotment(allotment=first, by=person, now=now)
    return_allotment(allotment=first, by=town.coordinator, now=now)
    return_allotment(allotment=second, by=other, now=now)


def test_two_projects_share_an_offer(town: Town, now: dt.datetime) -> None:
    first = started(town, now)
    offer = first.allotments.get().listing
    offer.provisions.update(amount=40)
    second = make_project(town)
    Allotment.objects.create(
        project=second, listing=offer, resource="place", what="部屋", amount=None, taken_at=now
    )
    Listing.objects.filter(pk=offer.pk).update(state="reserved")
    use_up_allotment(allotment=first.allotments.get(), by=town.owner, now=now)
    assert Listing.objects.get(pk=offer.pk).state == "reserved"
    return_allotment(allotment=second.allotments.get(), by=town.owner, now=now)
    assert Listing.objects.get(pk=offer.pk).state == "fulfilled"


def test_the_next_review_is_not_long_after_the_end(town: Town, now: dt.datetime) -> None:
    day = TODAY(now)
    project = make_project(town, ends_on=day + dt.timedelta(days=10))
    with pytest.raises(ValidationError, match="期間を変える") as lacks:
        review_project(
            project=project, note="順調", review_on=day + dt.timedelta(days=103), by=town.owner, now=now
        )
    assert list(lacks.value.message_dict) == ["review_on"]
    review_project(
        project=project, note="順調", review_on=day + dt.timedelta(days=102), by=town.owner, now=now
    )
