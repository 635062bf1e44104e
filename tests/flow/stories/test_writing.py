"""A story begins out of what is known, is written by its team, and goes back to a draft."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from musubi.base.audit.models import Event
from musubi.base.common.verdict import NotAllowed
from musubi.base.common.workflow import InvalidTransition
from musubi.flow.outcomes.models import PartnerReview
from musubi.flow.projects.models import Project, Update
from musubi.flow.stories.models import Echo, Story
from musubi.flow.stories.services import (
    StaleStory,
    begin_story,
    content_of,
    rewrite_story,
    save_story,
)
from musubi.flow.stories.workflow import WORKFLOW
from tests.factories import Town, make_issue, make_listing
from tests.together import make_agreement, make_case, make_evaluation, make_need, make_project, make_story

from .samples import STATES, told


def test_a_story_is_filled_with_what_is_known(town: Town, now: dt.datetime) -> None:
    issue = make_issue(town, body="夏祭りのいすが足りません。")
    need = make_need(town, state="fulfilled", issue=issue, body="40脚貸してください。")
    case = make_case(town, state="started", need=need)
    make_agreement(case)
    project = make_project(town, state="achieved", case=case, result="無事に終わりました。", fields=[3])
    Project.objects.filter(pk=project.pk).update(town="浜町")
    for text, visibility in (("いすを運びました。", "public"), ("内輪の話です。", "registered")):
        Update.objects.create(project=project, text=text, visibility=visibility, posted_at=now)
    evaluation = make_evaluation(
        project, state="closed", summary="よい祭りでした。", next_year="トラックが要ります。"
    )
    evaluation.indicators.filter(position=0).update(after=Decimal("1200.00"))
    PartnerReview.objects.create(
        evaluation=evaluation, partner=project.partners.first(), answers={}, learnt="早めの相談が大事です。",
        without_musubi="later", decision="continue", said_at=now,
    )  # fmt: skip
    story = begin_story(project=project, by=town.owner, now=now)
    assert (story.state, story.version, story.written_by, story.after) == ("draft", 1, town.owner, None)
    assert story.title == project.title
    assert story.place == "結浜市 港区 浜町"
    assert story.year == project.starts_on.year
    assert story.fields == [3]
    assert story.why == "夏祭りのいすが足りません。\n\n40脚貸してください。"
    assert story.purpose == project.aim
    day = timezone.localdate(now)
    assert story.activity == f"{day.year}年{day.month}月{day.day}日：いすを運びました。"
    assert "参加した人：0人から1,200人になりました。目標の100人に届きました。" in story.result
    assert "手伝った人" not in story.result
    assert story.result.endswith("無事に終わりました。\n\nよい祭りでした。")
    assert story.learnt == "- 早めの相談が大事です。"
    assert "続ける" in story.lasting
    assert "トラックが要ります。" in story.lasting
    assert "「参加した人」を、始める前と" in story.evaluation
    assert "手伝った人" not in story.evaluation
    assert story.contact == town.municipality.contact
    event = Event.objects.get(verb="story.begin")
    assert (event.subject_ref, event.by) == (str(story.pk), f"user:{town.owner.pk}")


def test_what_a_lead_lets_everybody_see_is_its_contact(town: Town, now: dt.datetime) -> None:
    town.actor.phone, town.actor.item_visibility = "000-0000-0000", {"phone": "public"}
    town.actor.save()
    story = begin_story(project=make_project(town, state="achieved"), by=town.owner, now=now)
    assert story.contact == f"{town.actor.name} 000-0000-0000"
    town.actor.item_visibility = {"phone": "registered"}
    town.actor.save()
    other = begin_story(project=make_project(town, state="achieved"), by=town.owner, now=now)
    assert other.contact == town.municipality.contact


def test_a_project_born_elsewhere_has_a_story_too(town: Town, now: dt.datetime) -> None:
    project = make_project(town, state="stopped")
    Project.objects.filter(pk=project.pk).update(case=None)
    project.refresh_from_db()
    story = begin_story(project=project, by=town.officer, now=now)
    assert story.why == ""
    assert "人手が足りなくなった" in story.limits


def test_long_news_are_cut_where_they_end(town: Town, now: dt.datetime) -> None:
    project = make_project(town, state="achieved")
    for number in range(5):
        Update.objects.create(project=project, text=f"{number}" * 1500, posted_at=now)
    story = begin_story(project=project, by=town.owner, now=now)
    assert len(story.activity) <= 4000
    assert "1" * 1500 in story.activity
    assert "2" not in story.activity.rpartition("：")[2]


def test_a_story_that_followed_another_knows_it(town: Town, now: dt.datetime) -> None:
    first = make_story(make_project(town), state="published")
    need = make_need(town, state="fulfilled")
    Echo.objects.create(story=first, listing=need, begun_at=now)
    case = make_case(town, state="started", need=need)
    make_agreement(case)
    project = make_project(town, state="achieved", case=case)
    assert begin_story(project=project, by=town.owner, now=now).after == first


def test_only_what_has_come_to_something_and_only_once(town: Town, now: dt.datetime) -> None:
    for state in ("preparing", "active"):
        with pytest.raises(NotAllowed, match="振り返り"):
            begin_story(project=make_project(town, state=state), by=town.owner, now=now)
    active = make_project(town, state="active")
    make_evaluation(active)
    with pytest.raises(NotAllowed, match="振り返り"):
        begin_story(project=active, by=town.owner, now=now)
    active.evaluations.update(state="closed", decision="continue", closed_at=now)
    begin_story(project=active, by=town.owner, now=now)
    with pytest.raises(NotAllowed, match="もう書き始めて"):
        begin_story(project=active, by=town.coordinator, now=now)
    assert Story.objects.count() == 1


def test_only_the_team_and_staff_begin_and_write(town: Town, other_town: Town, now: dt.datetime) -> None:
    project = make_project(town, state="achieved")
    strangers = (town.citizen, town.viewer, other_town.owner, other_town.officer, other_town.coordinator)
    for person in strangers:
        with pytest.raises(NotAllowed):
            begin_story(project=project, by=person, now=now)
    found = told(town)
    for person in strangers:
        with pytest.raises(NotAllowed):
            save_story(story=found.story, content=content_of(found.story), version=1, by=person, now=now)
        with pytest.raises(NotAllowed):
            rewrite_story(story=told(town, state="consenting").story, by=person, now=now)
    for person in (found.writer, found.other, town.coordinator, town.officer):
        content = replace(content_of(found.story), subtitle=f"{person.pk}")
        story = save_story(
            story=found.story, content=content, version=found.refresh().version, by=person, now=now
        )
        assert story.subtitle == f"{person.pk}"


def test_two_who_save_at_once_notice_each_other(town: Town, now: dt.datetime) -> None:
    found = told(town)
    content = replace(content_of(found.story), why="いすが足りなかったから。", fields=(3, 1))
    saved = save_story(story=found.story, content=content, version=1, by=found.writer, now=now)
    assert (saved.version, saved.why, saved.fields) == (2, "いすが足りなかったから。", [1, 3])
    with pytest.raises(StaleStory, match="先に保存"):
        save_story(
            story=found.story, content=replace(content, why="別の文"), version=1, by=found.other, now=now
        )
    assert found.refresh().why == "いすが足りなかったから。"
    unchanged = save_story(story=found.story, content=content, version=2, by=found.other, now=now)
    assert unchanged.version == 2
    assert Event.objects.filter(verb="story.save").count() == 1
    assert "いすが" not in Event.objects.get(verb="story.save").after


@pytest.mark.parametrize(
    "wrong", [{"fields": (21,)}, {"year": 1}, {"title": "あ" * 81}, {"summary": "あ" * 1001}]
)
def test_what_does_not_fit_is_refused(town: Town, now: dt.datetime, wrong: dict[str, object]) -> None:
    found = told(town)
    with pytest.raises(ValidationError, match="。"):
        save_story(
            story=found.story,
            content=replace(content_of(found.story), **wrong),
            version=1,
            by=found.writer,
            now=now,
        )
    assert found.refresh().version == 1


@pytest.mark.parametrize("state", STATES)
def test_a_story_is_written_as_a_draft_only(town: Town, now: dt.datetime, state: str) -> None:
    found = told(town, state=state)
    content = replace(content_of(found.story), why="新しい文")
    arguments = {"story": found.story, "content": content, "version": found.story.version, "by": found.writer}
    if state == "draft":
        save_story(**arguments, now=now)
        return
    with pytest.raises(NotAllowed, match="書き直す"):
        save_story(**arguments, now=now)


@pytest.mark.parametrize("state", STATES)
def test_rewriting_from_every_state(town: Town, now: dt.datetime, state: str) -> None:
    found = told(town, state=state)
    before = found.story.version
    if not WORKFLOW.allows("rewrite", state):
        with pytest.raises(InvalidTransition):
            rewrite_story(story=found.story, by=found.writer, now=now)
        return
    story = rewrite_story(story=found.story, by=found.other, now=now)
    assert (story.state, story.version) == ("draft", before + 1)
    with pytest.raises(InvalidTransition):
        rewrite_story(story=found.story, by=found.writer, now=now)
    assert town.owner.messages.filter(kind="story_changed", subject__contains="書き直し").count() == 1


def test_an_issue_that_is_not_for_everybody_stays_out(town: Town, now: dt.datetime) -> None:
    issue = make_issue(town, body="内々の困りごと", visibility="city_hall")
    need = make_listing(town.actor, state="fulfilled", issue=issue, body="必要です。")
    case = make_case(town, state="started", need=need)
    make_agreement(case)
    project = make_project(town, state="achieved", case=case)
    assert begin_story(project=project, by=town.owner, now=now).why == "必要です。"
