"""A collaboration that was born elsewhere is entered once, put right, and lives on like any other."""

import datetime as dt
import json
from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from musubi.base.audit.models import Event
from musubi.base.common.verdict import NotAllowed
from musubi.base.notify.models import Message
from musubi.flow.actors.models import Actor
from musubi.flow.projects.enums import ProjectState
from musubi.flow.projects.models import Project
from musubi.flow.projects.permissions import can_edit_entered, can_enter_project
from musubi.flow.projects.queries import (
    entered_projects_for,
    find_entered,
    is_in_hand,
    partners_of,
    turns_of_project,
)
from musubi.flow.projects.services import (
    PartnerValue,
    ProjectContent,
    achieve_project,
    add_partner,
    begin_due_projects,
    content_of_project,
    enter_project,
    give_task,
    remind_reviews,
    save_entered,
)
from musubi.flow.projects.workflow import PROJECT
from tests.factories import Town, make_actor, make_person
from tests.together import make_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def department(town: Town) -> Actor:
    return make_actor(town.municipality, make_person(), kind="department", name="公園緑地課")


def content(town: Town, *partners: PartnerValue, **fields: Any) -> ProjectContent:
    fields.setdefault("title", "公園の花だん")
    fields.setdefault("aim", "みんなで花を植える。")
    fields.setdefault("form", "cooperation")
    fields.setdefault("area_ids", (town.wards[0].pk,))
    fields.setdefault("fields", (7,))
    return ProjectContent(partners=partners or (PartnerValue(actor_id=town.actor.pk),), **fields)


def enter(town: Town, what: ProjectContent, by: Any, now: dt.datetime, **fields: Any) -> Project:
    return enter_project(
        municipality=town.municipality,
        content=what,
        source=fields.pop("source", "web"),
        by=by,
        now=now,
        **fields,
    )


def test_with_its_partners_form_and_result(town: Town, department: Actor, now: dt.datetime) -> None:
    partners = (
        PartnerValue(name="花の会", does="植え替え"),
        PartnerValue(actor_id=department.pk, role="lead", does="苗と道具"),
        PartnerValue(actor_id=town.actor.pk, role="supporter"),
    )
    day = timezone.localdate(now)
    what = content(
        town, *partners, state="achieved", result="200株を植えた。",
        starts_on=day - dt.timedelta(days=300), ends_on=day - dt.timedelta(days=30),
    )  # fmt: skip
    project = enter(town, what, town.coordinator, now, external_ref="12", source="import")
    assert project.was_born_elsewhere
    assert (project.state, project.form, project.result) == ("achieved", "cooperation", "200株を植えた。")
    assert timezone.localdate(project.ended_at) == day - dt.timedelta(days=30)
    assert [(str(row), row.role, row.does) for row in partners_of(project)] == [
        ("公園緑地課", "lead", "苗と道具"),
        ("花の会", "partner", "植え替え"),
        (town.actor.name, "supporter", ""),
    ]
    assert (project.coordinator, project.entered_by, project.source) == (
        town.coordinator, town.coordinator, "import",
    )  # fmt: skip
    assert find_entered(town.municipality, "12") == project
    assert find_entered(town.municipality, "") is None


@pytest.mark.parametrize("state", ProjectState.values)
def test_in_any_state_and_somebody_leads(state: str, town: Town, now: dt.datetime) -> None:
    what = content(town, PartnerValue(name="花の会"), state=state, stop_reason="money")
    project = enter(town, what, town.officer, now)
    assert project.state == state
    assert project.stop_reason == ("money" if state == "stopped" else "")
    assert (project.ended_at is None) is (state in ("preparing", "active"))
    assert [row.role for row in partners_of(project)] == ["lead"]


def test_everything_that_is_wrong_is_said_at_once(town: Town, other_town: Town, now: dt.datetime) -> None:
    day = timezone.localdate(now)
    what = content(
        town, PartnerValue(actor_id=other_town.actor.pk), title=" ", aim="", form="x", fields=(99,),
        visibility="x", area_ids=(other_town.city.pk,), state="stopped", starts_on=day,
        ends_on=day - dt.timedelta(days=1),
    )  # fmt: skip
    with pytest.raises(ValidationError) as lacks:
        enter(town, what, town.officer, now)
    assert set(lacks.value.message_dict) == {
        "title", "aim", "form", "fields", "visibility", "area_ids", "ends_on", "stop_reason", "partners",
    }  # fmt: skip
    assert not Project.objects.exists()


@pytest.mark.parametrize(
    ("names", "says"),
    [
        ([], "1つ以上"),
        ([""], "名前を入れて"),
        (["花の会", "花の会 "], "2回"),
    ],
)
def test_partners_that_cannot_be(names: list[str], says: str, town: Town, now: dt.datetime) -> None:
    what = replace(content(town), partners=tuple(PartnerValue(name=name) for name in names))
    with pytest.raises(ValidationError, match=says):
        enter(town, what, town.officer, now)
    twice = (PartnerValue(actor_id=town.actor.pk),) * 2
    with pytest.raises(ValidationError, match="2回"):
        enter(town, replace(what, partners=twice), town.officer, now)
    both = (PartnerValue(actor_id=town.actor.pk, name="花の会"),)
    with pytest.raises(ValidationError, match="名前を入れて"):
        enter(town, replace(what, partners=both), town.officer, now)


def test_a_department_enters_what_it_takes_part_in(town: Town, department: Actor, now: dt.datetime) -> None:
    person = department.memberships.get().user
    with pytest.raises(NotAllowed, match="自分の課"):
        enter(town, content(town), person, now)
    project = enter(town, content(town, PartnerValue(actor_id=department.pk)), person, now)
    assert can_edit_entered(person, project)
    assert list(entered_projects_for(person)) == [project]
    for somebody in (town.owner, town.viewer, town.citizen):
        assert "行政担当課" in can_enter_project(somebody, town.municipality).reason
        with pytest.raises(NotAllowed):
            enter(town, content(town), somebody, now)
        with pytest.raises(NotAllowed):
            save_entered(project=project, content=content(town), by=somebody, now=now)


def test_another_town_enters_nothing_here(town: Town, other_town: Town, now: dt.datetime) -> None:
    with pytest.raises(NotAllowed):
        enter(town, content(town), other_town.officer, now)


def test_the_same_again_changes_nothing(town: Town, now: dt.datetime) -> None:
    what = content(town, PartnerValue(name="花の会"), PartnerValue(actor_id=town.actor.pk))
    project = enter(town, what, None, now, external_ref="1", source="import")
    later = now + dt.timedelta(days=1)
    for again in (what, content_of_project(project), replace(what, title=" 公園の花だん ")):
        save_entered(project=project, content=again, by=None, now=later)
    assert Project.objects.get().moved_at == now
    assert not Event.objects.filter(verb="project.save_entered").exists()
    changed = replace(what, title="公園の花", partners=(PartnerValue(actor_id=town.actor.pk),))
    save_entered(project=project, content=changed, by=town.officer, now=later)
    fresh = Project.objects.get()
    assert (fresh.title, fresh.moved_at) == ("公園の花", later)
    assert [str(row) for row in partners_of(fresh)] == [town.actor.name]
    assert fresh.partners.get(name="花の会").left_on == timezone.localdate(later)


@pytest.mark.parametrize("wanted", ProjectState.values)
@pytest.mark.parametrize("state", ProjectState.values)
def test_only_states_that_a_verb_leads_to(state: str, wanted: str, town: Town, now: dt.datetime) -> None:
    project = enter(town, content(town, state=state, stop_reason="money"), town.officer, now)
    reached = {PROJECT.target(verb, state) for verb in PROJECT.verbs_from(state)} | {state}
    saved = save_entered(
        project=project,
        content=content(town, title="新しい名前", state=wanted, stop_reason="people"),
        by=town.officer,
        now=now,
    )
    assert saved.title == "新しい名前"
    assert saved.state == (wanted if wanted in reached else state)


def test_what_came_out_of_a_case_is_not_rewritten_here(town: Town, now: dt.datetime) -> None:
    project = make_project(town)
    with pytest.raises(NotAllowed, match="ここでは直せません"):
        save_entered(project=project, content=content(town), by=town.officer, now=now)


def test_a_file_learns_that_people_work_on_it(town: Town, now: dt.datetime) -> None:
    project = enter(town, content(town), None, now, external_ref="1", source="import")
    save_entered(project=project, content=content(town, title="別の名前"), by=None, now=now)
    assert not is_in_hand(project)
    add_partner(project=project, name="花の会", by=town.officer, now=now)
    assert is_in_hand(project)
    achieve_project(project=project, result="植えた。", by=town.owner, now=now)


def test_what_staff_put_right_on_screen_is_theirs_too(town: Town, now: dt.datetime) -> None:
    project = enter(town, content(town), None, now, external_ref="1", source="import")
    save_entered(project=project, content=content(town, title="画面で直した名前"), by=town.officer, now=now)
    assert is_in_hand(project)


def test_what_happens_by_the_clock_is_no_work_of_people(town: Town, now: dt.datetime) -> None:
    day = timezone.localdate(now)
    what = content(town, state="preparing", starts_on=day, review_on=day)
    project = enter(town, what, None, now, external_ref="1", source="import")
    assert begin_due_projects(now=now) == 1
    assert remind_reviews(now=now + dt.timedelta(days=1)) == 1
    assert not is_in_hand(project)


def test_nobody_waits_for_who_is_no_longer_named(town: Town, now: dt.datetime) -> None:
    project = enter(
        town, content(town, PartnerValue(actor_id=town.actor.pk), PartnerValue(name="花の会")), None, now
    )
    club, day = project.partners.get(name="花の会"), timezone.localdate(now)
    task = give_task(project=project, what="苗を運ぶ", partner=club, due_on=day, by=town.officer, now=now)
    save_entered(project=project, content=content(town), by=town.officer, now=now)
    task.refresh_from_db()
    assert (task.state, task.settled_by) == ("dropped", town.officer)
    assert turns_of_project(project, today=day + dt.timedelta(days=1)) == []


def test_another_review_date_is_reminded_of_anew(town: Town, now: dt.datetime) -> None:
    day = timezone.localdate(now)
    project = enter(town, content(town, review_on=day), town.officer, now)
    Project.objects.update(review_reminders=2, reminded_at=now)
    what = content(town, review_on=day + dt.timedelta(days=30))
    save_entered(project=project, content=what, by=town.officer, now=now)
    assert remind_reviews(now=now + dt.timedelta(days=31)) == 1


def test_who_is_put_into_a_team_is_told(town: Town, department: Actor, now: dt.datetime) -> None:
    officer = department.memberships.get().user
    what = content(town, PartnerValue(actor_id=department.pk), PartnerValue(actor_id=town.actor.pk))
    project = enter(town, what, officer, now)
    message = Message.objects.get()
    assert (message.recipient, message.kind) == (town.owner, "project_changed")
    assert "「公園の花だん」の仲間として登録されました。ちがうときは知らせてください。" in message.text
    assert message.path == f"/workspace/projects/{project.pk}/"
    club, person = make_actor(town.municipality, make_person()), make_person()
    later = make_actor(town.municipality, person)
    partners = (*what.partners, PartnerValue(actor_id=club.pk), PartnerValue(actor_id=later.pk))
    for _ in range(2):
        save_entered(project=project, content=replace(what, partners=partners), by=None, now=now)
    new = Message.objects.exclude(pk=message.pk).values_list("recipient", flat=True)
    assert sorted(new) == sorted([club.memberships.get().user_id, person.pk])


def test_the_log_keeps_no_words(town: Town, now: dt.datetime) -> None:
    project = enter(town, content(town, PartnerValue(name="花の会")), town.officer, now)
    what = content(
        town, PartnerValue(name="ひみつの会", does="ひみつの役"), title="ひみつの名", aim="ひみつの目的",
        result="ひみつの結果", form="subsidy", state="achieved",
    )  # fmt: skip
    save_entered(project=project, content=replace(what, town="ひみつ町"), by=town.officer, now=now)
    event = Event.objects.get(verb="project.save_entered")
    assert "ひみつ" not in event.before + event.after
    assert json.loads(event.before) == {"form": "cooperation", "state": "active"}
    after = json.loads(event.after)
    assert set(after.pop("changed")) == {"title", "aim", "town", "result", "form", "state", "partners"}
    assert after == {"form": "subsidy", "state": "achieved"}


@pytest.mark.parametrize("state", ["achieved", "stopped"])
def test_what_has_ended_does_not_end_in_days_to_come(state: str, town: Town, now: dt.datetime) -> None:
    day = timezone.localdate(now)
    what = content(town, state=state, stop_reason="money", ends_on=day + dt.timedelta(days=1))
    with pytest.raises(ValidationError) as lacks:
        enter(town, what, town.officer, now)
    assert list(lacks.value.message_dict) == ["ends_on"]
    project = enter(town, replace(what, ends_on=day), town.officer, now)
    with pytest.raises(ValidationError):
        save_entered(project=project, content=what, by=town.officer, now=now)


def test_the_day_it_ended_follows_a_corrected_end(town: Town, now: dt.datetime) -> None:
    day = timezone.localdate(now)
    what = content(town, state="achieved")
    project = enter(town, what, town.officer, now)
    assert project.ended_at == now
    right = replace(what, ends_on=day - dt.timedelta(days=400))
    project = save_entered(project=project, content=right, by=town.officer, now=now)
    assert timezone.localdate(project.ended_at) == day - dt.timedelta(days=400)
    again = save_entered(
        project=project,
        content=replace(right, title="花だん"),
        by=town.officer,
        now=now + dt.timedelta(days=3),
    )
    assert timezone.localdate(again.ended_at) == day - dt.timedelta(days=400)


def test_what_stopped_before_its_planned_end_may_still_be_put_right(town: Town, now: dt.datetime) -> None:
    what = content(town, ends_on=timezone.localdate(now) + dt.timedelta(days=90))
    project = enter(town, what, town.officer, now)
    achieve_project(project=project, result="早く終わった。", by=town.officer, now=now)
    project.refresh_from_db()
    stored = replace(content_of_project(project), title="花だん")
    assert save_entered(project=project, content=stored, by=town.officer, now=now).title == "花だん"


@pytest.mark.parametrize(("review", "is_right"), [(-1, False), (0, True), (102, True), (103, False)])
def test_one_looks_back_within_its_time_or_soon_after(
    review: int, is_right: bool, town: Town, now: dt.datetime
) -> None:
    day = timezone.localdate(now)
    what = content(
        town, starts_on=day, ends_on=day + dt.timedelta(days=10), review_on=day + dt.timedelta(days=review)
    )
    if is_right:
        assert enter(town, what, town.officer, now).review_on == what.review_on
        return
    with pytest.raises(ValidationError) as lacks:
        enter(town, what, town.officer, now)
    assert list(lacks.value.message_dict) == ["review_on"]
