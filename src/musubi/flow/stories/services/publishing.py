"""A story goes out once everybody has agreed, and comes back in when staff say why."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from musubi.base.accounts.models import User
from musubi.base.audit import services as audit
from musubi.base.common.verdict import require

from ..models import Story
from ..notifications import tell_published, tell_unpublished
from ..permissions import can_publish_story, can_unpublish_story
from ..queries import shown_now
from ..workflow import WORKFLOW
from .consenting import take_down
from .indexing import index_story
from .locking import hold_project, locked


@transaction.atomic
def publish_story(*, story: Story, by: User, now: dt.datetime) -> Story:
    """Let everybody read it, with the team and the figures of this moment.

    The pictures go with it only if every partner agrees to them.
    """
    hold_project(story)
    story = locked(story)
    target = WORKFLOW.target("publish", story.state)
    require(can_publish_story(by, story))
    before, story.state = story.state, target
    down, up = story.unpublished_at, story.published_at
    came_back = down is not None and (up is None or down >= up)
    story.published_at = story.moved_at = now
    story.shown = shown_now(story)
    story.save(update_fields=["state", "published_at", "moved_at", "shown"])
    audit.record(by=by, verb="story.publish", subject=story, at=now, before=before, after=target)
    index_story(story)
    tell_published(story, by=by, at=now, office_too=came_back)
    return story


@transaction.atomic
def unpublish_story(*, story: Story, reason: str, by: User, now: dt.datetime) -> Story:
    """Staff take it down with a reason, which the partners read too."""
    story = locked(story)
    WORKFLOW.target("unpublish", story.state)
    require(can_unpublish_story(by, story))
    if not reason.strip():
        raise ValidationError(_("公開をやめる理由を書いてください。チームの方に届きます。"))
    before = story.state
    take_down(story, reason.strip(), now)
    # The reason stays with the story: the log cannot be erased.
    audit.record(by=by, verb="story.unpublish", subject=story, at=now, before=before, after=story.state)
    tell_unpublished(story, reason=story.unpublish_reason, by=by, at=now)
    return story
