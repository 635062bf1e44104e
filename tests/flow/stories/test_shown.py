"""A published story shows the team and the figures that stood when it went out."""

import datetime as dt
from decimal import Decimal

import pytest

from musubi.flow.actors.models import Actor
from musubi.flow.outcomes.services import reopen_evaluation
from musubi.flow.projects.models import Project
from musubi.flow.projects.services import add_partner, leave_project
from musubi.flow.stories.models import Story
from musubi.flow.stories.queries import companions_of, figures_of, find_published
from musubi.flow.stories.services import ask_consent, publish_story, rewrite_story
from tests.factories import Town, make_actor, make_person
from tests.together import make_evaluation, make_project

from .samples import Told, agree, by_name_only, say, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def running(town: Town) -> Project:
    """A project that goes on after it has been looked back on."""
    project = make_project(town)
    evaluation = make_evaluation(project, state="closed")
    evaluation.indicators.filter(position=0).update(before=Decimal("0.5"), after=Decimal(120), note="晴れ")
    return project


def names(story: Story) -> list[str]:
    return [one.name for one in companions_of(story)]


def both(found: Told) -> list[str]:
    return [str(found.lead), str(found.partner)]


def test_who_joins_or_leaves_later_changes_nothing(town: Town, running: Project, now: dt.datetime) -> None:
    found = told(town, state="published", project=running)
    club = make_actor(town.municipality, make_person())
    add_partner(project=running, actor=club, by=town.owner, now=now)
    leave_project(partner=found.partner, note="転居", by=found.other, now=now)
    assert names(found.refresh()) == both(found)
    assert [(one.role, one.does) for one in companions_of(found.story)] == [
        ("中心になる", "準備と当日の運営"),
        ("いっしょに行う", "準備と当日の運営"),
    ]
    rows, _ = find_published(towns=[town.municipality.pk], limit=5)
    assert [one.name for one in rows[0].companions] == both(found)
    # what is written anew is today's again, and so is what then goes out
    rewrite_story(story=found.story, by=town.owner, now=now)
    assert names(found.refresh()) == [town.actor.name, club.name]
    running.partners.get(actor=club).delete()
    ask_consent(story=found.story, by=town.owner, now=now)
    say(found, found.lead, town.owner, now)
    publish_story(story=found.story, by=town.owner, now=now)
    assert names(found.refresh()) == [town.actor.name]


def test_looking_back_again_does_not_empty_the_figures(
    town: Town, running: Project, now: dt.datetime
) -> None:
    found = told(town, state="published", project=running)
    before = figures_of(found.story)
    assert [(row.name, row.before, row.after, row.sentence) for row in before] == [
        ("参加した人", Decimal("0.5"), Decimal(120), "参加した人：0.5人から120人になりました。目標の100人に届きました。晴れ。")
    ]  # fmt: skip
    evaluation = reopen_evaluation(evaluation=running.evaluations.get(), by=town.owner, now=now)
    evaluation.indicators.all().delete()
    assert figures_of(found.refresh()) == before
    rewrite_story(story=found.story, by=town.owner, now=now)
    assert figures_of(found.refresh()) == []


@pytest.mark.parametrize("state", ["draft", "consenting", "unpublished"])
def test_what_is_not_public_shows_today(town: Town, running: Project, now: dt.datetime, state: str) -> None:
    found = told(town, state=state, project=running)
    add_partner(project=running, name="花の会", by=town.officer, now=now)
    assert names(found.refresh()) == [*both(found), "花の会"]


def test_names_follow_their_actors(town: Town, now: dt.datetime) -> None:
    found = told(town)
    by_name_only(found.project, "山田さん")
    ask_consent(story=found.story, by=found.writer, now=now)
    agree(found, now)
    named = found.project.partners.get(name="山田さん")
    say(found, named, town.officer, now, source="telephone")
    publish_story(story=found.story, by=found.writer, now=now)
    assert names(found.refresh()) == [*both(found), "山田さん"]
    actor = found.partner.actor
    assert actor.name not in str(found.story.shown)
    Actor.objects.filter(pk=actor.pk).update(name="退会した団体")
    Actor.objects.filter(pk=town.actor.pk).update(hidden_at=now, hidden_reason="確認中")
    lead, gone, _ = companions_of(found.story)
    assert (lead.is_hidden, gone.name, gone.is_hidden) == (True, "退会した団体", False)
    rows, _ = find_published(towns=[town.municipality.pk], limit=5)
    assert [one.name for one in rows[0].companions] == ["退会した団体", "山田さん"]
