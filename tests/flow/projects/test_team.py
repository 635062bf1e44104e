"""Who is in the team, what each has to do, and how it goes in words and pictures."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from musubi.base.accounts.models import User
from musubi.base.audit.models import Event
from musubi.base.common.verdict import NotAllowed
from musubi.base.common.workflow import InvalidTransition
from musubi.base.files.models import StoredFile
from musubi.flow.actors.models import Membership
from musubi.flow.listings.models import Listing
from musubi.flow.projects.enums import ProjectState, TaskState
from musubi.flow.projects.models import Partner, Project, Task, Update, UpdatePicture
from musubi.flow.projects.permissions import can_give_task, can_leave_project, can_move_task
from musubi.flow.projects.queries import partners_of
from musubi.flow.projects.services import (
    NewPicture,
    PictureRefused,
    achieve_project,
    add_partner,
    change_role,
    drop_task,
    finish_task,
    give_task,
    leave_project,
    post_update,
    remove_update,
    reopen_task,
)
from musubi.flow.projects.workflow import TASK
from tests.factories import Town, make_actor, make_person
from tests.together import make_project

from .rows import company_of, partner_of, picture, started, told

pytestmark = pytest.mark.django_db


def in_days(now: dt.datetime, days: int) -> dt.date:
    return timezone.localdate(now) + dt.timedelta(days=days)


# The team


def test_somebody_joins_and_all_are_told(town: Town, now: dt.datetime) -> None:
    project = make_project(town)
    newcomer = make_person()
    school = make_actor(town.municipality, newcomer, kind="school")
    partner = add_partner(
        project=project, actor=school, role="supporter", does="音響", by=town.owner, now=now
    )
    assert [row.role for row in partners_of(project)] == ["lead", "partner", "supporter"]
    assert (partner.actor, partner.does, partner.joined_on) == (school, "音響", in_days(now, 0))
    assert told("project_changed") == {company_of(project).pk, newcomer.pk, town.coordinator.pk}
    with pytest.raises(ValidationError, match="もうチームに入っています"):
        add_partner(project=project, actor=school, by=town.owner, now=now)


def test_only_staff_name_somebody_who_is_not_in_musubi(town: Town, now: dt.datetime) -> None:
    project = make_project(town)
    with pytest.raises(NotAllowed, match="コーディネーターと市の担当だけ"):
        add_partner(project=project, name="商店会", by=town.owner, now=now)
    partner = add_partner(project=project, name=" 商店会 ", by=town.coordinator, now=now)
    assert (partner.actor, partner.name, str(partner)) == (None, "商店会", "商店会")
    for name in ("", "商店会"):
        with pytest.raises(ValidationError):
            add_partner(project=project, name=name, by=town.coordinator, now=now)


def test_who_may_not_join(town: Town, other_town: Town, now: dt.datetime) -> None:
    project = make_project(town)
    for actor in (
        other_town.actor,
        make_actor(town.municipality, state="closed"),
        make_actor(town.municipality, state="draft"),
        make_actor(town.municipality, hidden_at=now, hidden_reason="確認中"),
    ):
        with pytest.raises(ValidationError, match="活動中"):
            add_partner(project=project, actor=actor, by=town.owner, now=now)
    for person in (company_of(project), town.viewer, other_town.coordinator):
        with pytest.raises(NotAllowed):
            add_partner(project=project, actor=make_actor(town.municipality), by=person, now=now)
    Project.objects.update(state="achieved", ended_at=now)
    with pytest.raises(NotAllowed, match="終わった"):
        add_partner(project=project, actor=make_actor(town.municipality), by=town.owner, now=now)


def test_somebody_always_leads(town: Town, now: dt.datetime) -> None:
    project = make_project(town)
    lead, other = partner_of(project, "lead"), partner_of(project)
    assert "中心になる団体がいなくなって" in can_leave_project(town.owner, lead).reason
    with pytest.raises(NotAllowed, match="先に、ほかの団体"):
        leave_project(partner=lead, note="解散", by=town.owner, now=now)
    with pytest.raises(ValidationError, match="中心になる団体が必要"):
        change_role(partner=lead, role="supporter", by=town.owner, now=now)
    with pytest.raises(NotAllowed):
        change_role(partner=other, role="lead", by=company_of(project), now=now)
    change_role(partner=other, role="lead", by=town.owner, now=now)
    change_role(partner=lead, role="supporter", by=town.coordinator, now=now)
    leave_project(partner=lead, note="解散", by=town.owner, now=now)
    assert [(row.pk, row.role) for row in partners_of(project)] == [(other.pk, "lead")]


def test_two_in_the_lead_who_leave_at_once(town: Town, now: dt.datetime) -> None:
    project = make_project(town)
    change_role(partner=partner_of(project), role="lead", by=town.owner, now=now)
    first, second = project.partners.order_by("pk").select_related("project", "actor")
    leave_project(partner=first, note="", by=town.owner, now=now)
    with pytest.raises(NotAllowed, match="先に、ほかの団体"):
        leave_project(partner=second, note="", by=second.actor.memberships.get().user, now=now)
    with pytest.raises(NotAllowed, match="もうチームを抜けて"):
        leave_project(partner=first, note="", by=town.owner, now=now)


def test_who_leaves_takes_along_what_it_lent_and_leaves_no_task_behind(town: Town, now: dt.datetime) -> None:
    project = started(town, now)
    partner, person = partner_of(project), company_of(project)
    task = give_task(
        project=project, what="運ぶ", partner=partner, due_on=in_days(now, 3), by=town.owner, now=now
    )
    for somebody in (town.owner, town.viewer, town.citizen):
        with pytest.raises(NotAllowed, match="その団体の"):
            leave_project(partner=partner, note="人手が足りません。", by=somebody, now=now)
    leave_project(partner=partner, note="人手が足りません。", by=person, now=now)
    gone = Partner.objects.get(pk=partner.pk)
    assert (gone.left_on, gone.left_note) == (in_days(now, 0), "人手が足りません。")
    assert Task.objects.get(pk=task.pk).state == "dropped"
    assert project.allotments.get().state == "returned"
    assert Listing.objects.get(pk=project.allotments.get().listing_id).provisions.get().taken == 0
    assert told("project_changed") >= {town.owner.pk, town.coordinator.pk}
    assert Event.objects.filter(verb="project.leave", on_behalf_of="").count() == 1


def test_staff_who_were_told_press_for_somebody(town: Town, now: dt.datetime) -> None:
    project = make_project(town)
    partner = partner_of(project)
    leave_project(partner=partner, note="電話で聞きました。", by=town.coordinator, now=now)
    event = Event.objects.get(verb="project.leave")
    assert event.on_behalf_of == f"actors.actor:{partner.actor_id}"
    assert told("project_changed") == {town.owner.pk, partner.actor.memberships.get().user_id}


# Tasks

MOVES: dict[str, Callable[..., Task]] = {"finish": finish_task, "drop": drop_task, "reopen": reopen_task}


def make_task(project: Project, now: dt.datetime, **fields: Any) -> Task:
    fields.setdefault("partner", partner_of(project))
    if fields.get("state", "open") != "open":
        fields["settled_at"] = now
    return Task.objects.create(
        project=project, what="いすを運ぶ", due_on=in_days(now, 3), given_at=now, **fields
    )


def test_a_task_is_given_and_its_people_are_told(town: Town, now: dt.datetime) -> None:
    project = make_project(town)
    due = in_days(now, 0)
    task = give_task(
        project=project, what="いすを運ぶ", partner=partner_of(project), due_on=due, by=town.owner, now=now
    )
    assert (task.state, task.due_on, task.given_at) == ("open", due, now)
    assert told("task_given") == {company_of(project).pk}


def test_a_task_that_cannot_be(town: Town, now: dt.datetime) -> None:
    project, other = make_project(town), make_project(town)
    own = {"project": project, "what": "運ぶ", "partner": partner_of(project), "due_on": in_days(now, 1)}
    for wrong, field in (
        ({"what": "  "}, "what"),
        ({"partner": partner_of(other)}, "partner"),
        ({"due_on": in_days(now, -1)}, "due_on"),
    ):
        with pytest.raises(ValidationError) as lacks:
            give_task(**{**own, **wrong}, by=town.owner, now=now)
        assert list(lacks.value.message_dict) == [field]
    with pytest.raises(NotAllowed, match="チームの団体"):
        give_task(**own, by=town.viewer, now=now)
    leave_project(partner=own["partner"], note="", by=town.coordinator, now=now)
    with pytest.raises(ValidationError, match="いまチームにいる"):
        give_task(**own, by=town.owner, now=now)


@pytest.mark.parametrize("state", TaskState.values)
@pytest.mark.parametrize("verb", list(TASK.transitions))
def test_every_move_of_a_task(verb: str, state: str, town: Town, now: dt.datetime) -> None:
    project = make_project(town)
    task = make_task(project, now, state=state)
    stale, person = Task.objects.get(), company_of(project)
    if not TASK.allows(verb, state):
        assert "いまの状態" in can_move_task(person, task, verb).reason
        with pytest.raises(InvalidTransition):
            MOVES[verb](task=task, by=person, now=now)
        return
    moved = MOVES[verb](task=task, by=person, now=now)
    assert moved.state == TASK.target(verb, state)
    assert (moved.settled_at, moved.settled_by) == ((None, None) if verb == "reopen" else (now, person))
    with pytest.raises(InvalidTransition):
        MOVES[verb](task=stale, by=town.owner, now=now)


def test_who_moves_a_task(town: Town, other_town: Town, now: dt.datetime) -> None:
    project = make_project(town)
    lead_task = make_task(project, now, partner=partner_of(project, "lead"))
    for person in (company_of(project), town.viewer, town.citizen, other_town.officer):
        with pytest.raises(NotAllowed, match="その団体の"):
            finish_task(task=lead_task, by=person, now=now)
    finish_task(task=make_task(project, now), by=town.owner, now=now)
    finish_task(task=make_task(project, now), by=town.officer, now=now)


@pytest.mark.parametrize("state", ProjectState.values)
def test_nothing_is_asked_of_anybody_once_it_has_ended(state: str, town: Town, now: dt.datetime) -> None:
    project = make_project(town, state=state)
    task = make_task(project, now)
    ended = state in ("achieved", "stopped")
    assert bool(can_give_task(town.owner, project)) is not ended
    assert bool(can_move_task(town.owner, task, "finish")) is not ended
    if ended:
        with pytest.raises(NotAllowed, match="終わった"):
            finish_task(task=task, by=town.owner, now=now)


# News


def test_news_with_pictures(town: Town, now: dt.datetime) -> None:
    project = make_project(town)
    person = company_of(project)
    pictures = [NewPicture(picture(), "並べたいす"), NewPicture(picture(), "会場の入口")]
    update = post_update(
        project=project, text="準備が進んでいます。", visibility="registered", pictures=pictures,
        by=person, now=now,
    )  # fmt: skip
    assert (update.partner, update.author) == (partner_of(project), person)
    assert [row.alt for row in update.pictures.all()] == ["並べたいす", "会場の入口"]
    assert {row.file.visibility for row in update.pictures.all()} == {"registered"}
    assert told("project_changed") == {town.owner.pk, town.coordinator.pk}
    assert post_update(project=project, text="順調です。", by=town.coordinator, now=now).partner is None


@pytest.mark.parametrize(
    ("pictures", "number", "at_words", "says"),
    [
        ([(picture, "いす"), (picture, " ")], 1, True, "何が写っているか"),
        ([(lambda: SimpleUploadedFile("a.png", b"none"), "いす")], 0, False, "写真（JPEG"),
        (
            [(picture, "いす"), (lambda: SimpleUploadedFile("a.exe", b"MZ\x00\x01"), "いす")],
            1,
            False,
            "受け取れません",
        ),
        ([(picture, "いす")] * 7, 6, False, "6枚まで"),
    ],
)
def test_a_picture_that_is_not_taken_keeps_nothing(
    pictures: list[Any], number: int, at_words: bool, says: str, town: Town, now: dt.datetime, settings: Any
) -> None:
    project = make_project(town)
    sent = [NewPicture(make(), alt) for make, alt in pictures]
    with pytest.raises(PictureRefused, match=says) as refused:
        post_update(project=project, text="写真です。", pictures=sent, by=town.owner, now=now)
    assert (refused.value.number, refused.value.at_words) == (number, at_words)
    assert (Update.objects.count(), StoredFile.objects.count()) == (0, 0)
    assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == []


def test_news_is_posted_by_the_team_alone_and_says_something(town: Town, now: dt.datetime) -> None:
    project = make_project(town)
    for person in (town.viewer, town.citizen):
        with pytest.raises(NotAllowed, match="チームの団体"):
            post_update(project=project, text="準備", by=person, now=now)
    with pytest.raises(ValidationError, match="近況を書いて"):
        post_update(project=project, text=" ", by=town.owner, now=now)


def test_news_is_taken_away_with_its_pictures(
    town: Town, now: dt.datetime, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    project = make_project(town)
    lead_news = post_update(project=project, text="準備", by=town.owner, now=now)
    for person in (company_of(project), town.viewer, town.citizen):
        with pytest.raises(NotAllowed):
            remove_update(update=lead_news, by=person, now=now)
    pictured = post_update(
        project=project,
        text="写真",
        pictures=[NewPicture(picture(), "いす")],
        by=company_of(project),
        now=now,
    )
    with django_capture_on_commit_callbacks(execute=True):
        remove_update(update=pictured, by=company_of(project), now=now)
    assert (UpdatePicture.objects.count(), StoredFile.objects.count()) == (0, 0)
    assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == []
    remove_update(update=lead_news, by=town.officer, now=now)
    assert not Update.objects.exists()


def test_the_log_keeps_no_words_of_the_team(town: Town, now: dt.datetime) -> None:
    project = started(town, now)
    partner = partner_of(project)
    give = {"project": project, "due_on": timezone.localdate(now), "by": town.owner, "now": now}
    give_task(what="ひみつの仕事", partner=partner, **give)
    leave_project(partner=partner, note="ひみつの理由", by=company_of(project), now=now)
    achieve_project(project=project, result="ひみつの結果", by=town.owner, now=now)
    events = Event.objects.filter(verb__startswith="project.")
    assert {"project.give_task", "project.leave", "project.achieve", "project.return"} <= {
        event.verb for event in events
    }
    assert not [event.verb for event in events if "ひみつ" in event.before + event.after]


def test_staff_of_the_team_write_in_either_name(town: Town, now: dt.datetime) -> None:
    project = make_project(town)
    lead = partner_of(project, "lead")
    Membership.objects.create(actor=town.actor, user=town.coordinator, role="editor", joined_at=now)
    both = User.objects.get(pk=town.coordinator.pk)
    assert post_update(project=project, text="町内会です。", partner=lead, by=both, now=now).partner == lead
    assert post_update(project=project, text="担当です。", by=both, now=now).partner is None
    assert post_update(project=project, text="会長です。", by=town.owner, now=now).partner == lead
    others = partner_of(project)
    assert (
        post_update(project=project, text="会長です。", partner=others, by=town.owner, now=now).partner
        == lead
    )
