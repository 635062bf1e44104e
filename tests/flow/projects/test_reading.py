"""Who reads a project and its news; whose turn it is; what is asked for when it stands still."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from musubi.base.common.turn import Turn
from musubi.base.notify.models import Message
from musubi.flow.actors.models import Mandate
from musubi.flow.actors.queries import forget_standing
from musubi.flow.projects.enums import ProjectState
from musubi.flow.projects.models import Partner, Project, Task, Update
from musubi.flow.projects.queries import (
    awaited_reviews_due_for,
    awaited_tasks_for,
    coordinator_of,
    of_field,
    own_projects_for,
    projects_for,
    standing_still,
    team_projects_for,
    touching_area,
    town_projects_for,
    turns_of_project,
    updates_for,
)
from musubi.flow.projects.services import leave_project, post_update, remind_reviews, review_project
from tests.factories import Town
from tests.together import make_project

from .rows import company_of, partner_of, told

pytestmark = pytest.mark.django_db

LEVELS = ("public", "registered", "intermediaries", "city_hall")
READS: dict[str, set[str]] = {
    "visitor": {"public"},
    "citizen": {"public", "registered"},
    "coordinator": {"public", "registered", "intermediaries"},
    "officer": set(LEVELS),
    "viewer": set(LEVELS),
    "company": set(LEVELS),
    "other_officer": {"public"},
}


def person_of(who: str, town: Town, other_town: Town, project: Project) -> Any:
    people = {"visitor": AnonymousUser(), "company": company_of(project), "other_officer": other_town.officer}
    return people.get(who) or getattr(town, who)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("who", list(READS))
def test_who_reads_a_project(who: str, level: str, town: Town, other_town: Town) -> None:
    project = make_project(town, visibility=level)
    person = person_of(who, town, other_town, project)
    assert projects_for(person).exists() is (level in READS[who])
    inside = who in ("viewer", "company") or (who in ("coordinator", "officer") and level in READS[who])
    assert team_projects_for(person).exists() is inside
    assert own_projects_for(person).exists() is (who in ("viewer", "company"))
    staff = who in ("coordinator", "officer") and level in READS[who]
    assert town_projects_for(person, town.municipality).exists() is staff


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("who", list(READS))
def test_who_reads_its_news(who: str, level: str, town: Town, other_town: Town, now: dt.datetime) -> None:
    project = make_project(town)
    Update.objects.create(project=project, text="近況", visibility=level, posted_at=now)
    person = person_of(who, town, other_town, project)
    assert updates_for(person).exists() is (level in READS[who])


def test_news_for_all_of_a_project_that_is_not_is_not(town: Town, now: dt.datetime) -> None:
    project = make_project(town, visibility="city_hall")
    Update.objects.create(project=project, text="近況", posted_at=now)
    assert not updates_for(AnonymousUser()).exists()
    assert not updates_for(town.coordinator).exists()
    assert updates_for(town.officer).exists()


def test_who_has_left_still_reads_the_project_but_is_no_longer_inside(town: Town, now: dt.datetime) -> None:
    project = make_project(town, visibility="intermediaries")
    person = company_of(project)
    leave_project(partner=partner_of(project), note="", by=person, now=now)
    forget_standing(person)
    assert projects_for(person).exists()
    assert not team_projects_for(person).exists()
    assert not own_projects_for(person).exists()


def test_by_field_and_by_area(town: Town) -> None:
    project = make_project(town, fields=[2, 13])
    make_project(town, fields=[1])
    rows = Project.objects.all()
    assert [list(of_field(rows, number)) for number in (13, 2, 3)] == [[project], [project], []]
    assert touching_area(rows, town.wards[0]).count() == 2
    assert touching_area(rows, town.city).count() == 2
    assert not touching_area(rows, town.wards[1]).exists()


# Whose turn


def days_ago(now: dt.datetime, days: int) -> dt.date:
    return timezone.localdate(now) - dt.timedelta(days=days)


def morning(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))


def test_nobody_is_waited_for_while_all_is_in_time(town: Town) -> None:
    assert turns_of_project(make_project(town)) == []


def test_what_is_overdue_is_somebodys_turn(town: Town, now: dt.datetime) -> None:
    project = make_project(town)
    Project.objects.update(starts_on=days_ago(now, 30), review_on=days_ago(now, 5), ends_on=days_ago(now, 2))
    project.refresh_from_db()
    partner, lead = partner_of(project), partner_of(project, "lead")
    for state, due in (("open", 4), ("open", 0), ("done", 9)):
        Task.objects.create(
            project=project, what=f"{state}{due}", partner=partner, due_on=days_ago(now, due), state=state,
            given_at=now, settled_at=now if state == "done" else None,
        )  # fmt: skip
    path = f"/workspace/projects/{project.pk}/"
    assert turns_of_project(project) == [
        Turn("やること「open4」", str(partner), morning(days_ago(now, 3)), partner.actor_id, f"{path}#tasks"),
        Turn(
            "みんなで見直しをする", str(lead), morning(days_ago(now, 4)), lead.actor_id, f"{path}review/"
        ),
        Turn(
            "プロジェクトを終えるか、期間を延ばす", str(lead), morning(days_ago(now, 1)), lead.actor_id,
            f"{path}#ending",
        ),
    ]  # fmt: skip
    Project.objects.update(state="achieved", ended_at=now)
    project.refresh_from_db()
    assert turns_of_project(project) == []


def test_without_anybody_in_the_lead_the_team_is_waited_for(town: Town, now: dt.datetime) -> None:
    project = make_project(town, review_on=days_ago(now, 5))
    assert list(awaited_reviews_due_for(company_of(project))) == []
    lead = partner_of(project, "lead")
    lead.left_on = timezone.localdate(now)
    lead.save()
    other = partner_of(project)
    assert [(turn.who, turn.actor_id) for turn in turns_of_project(project)] == [(str(other), other.actor_id)]
    assert list(awaited_reviews_due_for(company_of(project))) == [project]


def test_without_a_team_the_coordinator_is_waited_for(town: Town, now: dt.datetime) -> None:
    project = make_project(town, review_on=days_ago(now, 5))
    Partner.objects.update(left_on=timezone.localdate(now))
    assert [(turn.who, turn.actor_id) for turn in turns_of_project(project)] == [("コーディネーター", None)]


def test_what_was_to_begin(town: Town, now: dt.datetime) -> None:
    project = make_project(town, state="preparing")
    assert turns_of_project(project) == []
    later = timezone.localdate(now) + dt.timedelta(days=1)
    assert [turn.what for turn in turns_of_project(project, today=later)] == [
        "準備を終えて「動き始めたことにする」を押す"
    ]


def test_what_waits_for_a_person(town: Town, now: dt.datetime) -> None:
    project = make_project(town, review_on=days_ago(now, 5))
    lead, partner = partner_of(project, "lead"), partner_of(project)
    for row in (lead, partner):
        Task.objects.create(
            project=project, what=str(row), partner=row, due_on=days_ago(now, -9), given_at=now
        )
    assert [task.partner for task in awaited_tasks_for(town.owner)] == [lead]
    assert [task.partner for task in awaited_tasks_for(company_of(project))] == [partner]
    for person in (town.viewer, town.citizen, town.coordinator, AnonymousUser()):
        assert not awaited_tasks_for(person).exists()
    assert list(awaited_reviews_due_for(town.owner)) == [project]
    assert list(awaited_reviews_due_for(town.coordinator)) == [project]
    for person in (town.viewer, company_of(project), town.officer, AnonymousUser()):
        assert not awaited_reviews_due_for(person).exists()
    Project.objects.update(state="achieved", ended_at=now)
    assert not awaited_tasks_for(town.owner).exists()
    assert not awaited_reviews_due_for(town.owner).exists()


@pytest.mark.parametrize(
    ("fields", "stands"),
    [
        ({}, False),
        ({"review_on": -1}, True),
        ({"review_on": 0}, False),
        ({"ends_on": -1}, True),
        ({"moved_at": -61}, True),
        ({"moved_at": -59}, False),
        ({"state": "preparing", "starts_on": -1}, True),
        ({"state": "achieved", "review_on": -9}, False),
        ({"state": "stopped", "review_on": -9}, False),
    ],
)
def test_what_stands_still(fields: dict[str, Any], stands: bool, town: Town, now: dt.datetime) -> None:
    project = make_project(town, state=fields.pop("state", "active"))
    values = {name: days_ago(now, -days) for name, days in fields.items()}
    if "moved_at" in values:
        values["moved_at"] = now + dt.timedelta(days=fields["moved_at"])
    Project.objects.update(**({"starts_on": days_ago(now, 90)} | values))
    assert list(standing_still(Project.objects.all())) == ([project] if stands else [])


# Reminders


def test_past_its_review_it_is_asked_for_twice_and_no_more(town: Town, now: dt.datetime) -> None:
    monday = timezone.make_aware(dt.datetime(2026, 6, 1, 9))
    project = make_project(town, review_on=dt.date(2026, 5, 31))
    Project.objects.update(starts_on=dt.date(2026, 4, 1))
    sent = {}
    for day in range(30):
        at = monday + dt.timedelta(days=day)
        for _twice in range(2):
            if remind_reviews(now=at):
                sent[at.date()] = Project.objects.get().review_reminders
    assert sent == {dt.date(2026, 6, 1): 1, dt.date(2026, 6, 10): 2}
    assert told("review_due") == {town.owner.pk, town.coordinator.pk}
    assert Message.objects.filter(kind="review_due").count() == 4
    assert Message.objects.filter(subject__startswith="もう一度").count() == 2
    later = dt.date(2026, 8, 1)
    review_project(
        project=project, note="順調", review_on=later, by=town.owner, now=monday + dt.timedelta(days=30)
    )
    assert remind_reviews(now=monday + dt.timedelta(days=40)) == 0
    assert remind_reviews(now=monday + dt.timedelta(days=62)) == 1


@pytest.mark.parametrize("state", ProjectState.values)
def test_only_what_runs_is_asked_for(state: str, town: Town, now: dt.datetime) -> None:
    make_project(town, state=state, review_on=days_ago(now, 1))
    assert remind_reviews(now=now) == (state == "active")


def test_on_its_day_nobody_is_asked_yet(town: Town, now: dt.datetime) -> None:
    make_project(town, review_on=days_ago(now, 0))
    make_project(town, review_on=None)
    assert remind_reviews(now=now) == 0


# The coordinator of a project is whoever still is one


def test_a_coordinator_who_no_longer_is_one_hears_nothing(town: Town, now: dt.datetime) -> None:
    project = make_project(town, review_on=days_ago(now, 1))
    assert coordinator_of(project) == town.coordinator
    Mandate.objects.filter(user=town.coordinator).update(
        valid_from=days_ago(now, 9), valid_until=days_ago(now, 1)
    )
    project = Project.objects.get()
    assert coordinator_of(project) is None
    forget_standing(town.coordinator)
    assert awaited_reviews_due_for(town.coordinator).count() == 0
    post_update(project=project, text="内輪の話です。", by=town.owner, now=now)
    assert town.coordinator.pk not in told("project_changed")
    assert len(told("project_changed")) == 1


def test_what_is_for_the_city_hall_is_not_told_to_a_coordinator(town: Town, now: dt.datetime) -> None:
    project = make_project(town, review_on=days_ago(now, 1))
    post_update(project=project, text="庁内の話です。", visibility="city_hall", by=town.owner, now=now)
    assert town.coordinator.pk not in told("project_changed")
    post_update(project=project, text="みんなの話です。", by=town.owner, now=now)
    assert town.coordinator.messages.filter(kind="project_changed").count() == 1
    Project.objects.update(visibility="city_hall")
    assert coordinator_of(Project.objects.get()) is None
    assert awaited_reviews_due_for(town.coordinator).count() == 0


def test_a_next_review_on_the_same_day_is_asked_for_too(town: Town, now: dt.datetime) -> None:
    project = make_project(town)
    today = timezone.localdate(now)
    review_project(project=project, note="明日また話す。", review_on=today, by=town.owner, now=now)
    assert remind_reviews(now=now + dt.timedelta(days=1)) == 1
