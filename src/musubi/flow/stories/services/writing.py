"""A story is begun out of what is known, written question by question, and taken back to be written anew."""

import datetime as dt

from django.db import transaction

from musubi.base.accounts.models import User
from musubi.base.audit import services as audit
from musubi.base.common.verdict import require
from musubi.flow.projects.models import Project

from ..models import Story
from ..notifications import tell_rewritten
from ..permissions import can_begin_story, can_rewrite_story, can_write_story
from ..queries import echo_of_need
from ..workflow import WORKFLOW
from .content import StaleStory, StoryContent, checked_content, put_content
from .gathering import gathered_content
from .indexing import index_story
from .locking import locked


@transaction.atomic
def begin_story(*, project: Project, by: User, now: dt.datetime) -> Story:
    """Begin the story of a project, filled with what is already known."""
    rows = Project.objects.select_for_update(of=("self",)).select_related("municipality", "case__need__issue")
    project = rows.get(pk=project.pk)
    require(can_begin_story(by, project))
    echo = echo_of_need(project)
    story = Story(
        municipality=project.municipality,
        project=project,
        after=echo.story if echo else None,
        written_by=by,
        created_at=now,
        updated_at=now,
        moved_at=now,
    )
    put_content(story, gathered_content(project))
    story.save()
    audit.record(by=by, verb="story.begin", subject=story, at=now, after=story.state)
    return story


@transaction.atomic
def save_story(*, story: Story, content: StoryContent, version: int, by: User, now: dt.datetime) -> Story:
    """Keep what was written; StaleStory if somebody else saved since `version`."""
    story = locked(story)
    require(can_write_story(by, story))
    if story.version != version:
        raise StaleStory(story)
    changed = put_content(story, checked_content(content))
    if not changed:
        return story
    touch(story, now)
    story.save(update_fields=[*changed, "version", "updated_at"])
    # Only which parts: the log cannot be erased, and these are a draft's words.
    audit.record(by=by, verb="story.save", subject=story, at=now, after={"changed": changed})
    return story


@transaction.atomic
def rewrite_story(*, story: Story, by: User, now: dt.datetime) -> Story:
    """Back to a draft, out of everybody's sight; what was agreed to is asked for again."""
    story = locked(story)
    target = WORKFLOW.target("rewrite", story.state)
    require(can_rewrite_story(by, story))
    before, story.state, story.moved_at = story.state, target, now
    touch(story, now)
    story.save(update_fields=["state", "moved_at", "version", "updated_at"])
    audit.record(by=by, verb="story.rewrite", subject=story, at=now, before=before, after=target)
    index_story(story)
    tell_rewritten(story, by=by, at=now)
    return story


def touch(story: Story, now: dt.datetime) -> None:
    """A change is a new version, to which nobody has agreed yet."""
    story.version, story.updated_at = story.version + 1, now
