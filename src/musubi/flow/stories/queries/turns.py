"""Whose turn it is with a story."""

from django.utils.translation import gettext as _

from musubi.base.common.turn import Turn
from musubi.flow.projects.enums import PartnerRole

from ..enums import StoryState
from ..models import Story
from .consents import consents_of, current_partners


def turns_of_story(story: Story) -> list[Turn]:
    """What is awaited from whom: writing it, agreeing to it, changing it, publishing it."""
    here = f"/workspace/stories/{story.pk}/"
    if story.state == StoryState.DRAFT:
        return [Turn(_("事例を書く"), _writer(story), story.moved_at, _lead_id(story), here)]
    if story.state != StoryState.CONSENTING:
        return []
    consents = consents_of(story)
    turns = [
        Turn(
            _("事例に同意するかを答える"),
            str(row.partner)
            if row.partner.actor_id
            else _("コーディネーター（%(name)sに電話などで確かめます）") % {"name": row.partner},
            row.asked_at,
            row.partner.actor_id,
            f"/workspace/stories/consents/{row.pk}/",
        )
        for row in consents
        if row.text is None
    ]
    refused = [row.said_at for row in consents if row.text is False and row.said_at]
    if refused:
        turns.append(
            Turn(_("希望を読んで、事例を書き直す"), _writer(story), min(refused), _lead_id(story), here)
        )
    elif not turns:
        last = max((row.said_at for row in consents if row.said_at), default=story.moved_at)
        turns.append(Turn(_("事例を公開する"), _writer(story), last, _lead_id(story), here))
    return turns


def _lead_id(story: Story) -> int | None:
    leads = [row for row in current_partners(story) if row.role == PartnerRole.LEAD]
    return leads[0].actor_id if leads else None


def _writer(story: Story) -> str:
    """The partner at whom it lies: the one in the lead, else the coordinator."""
    leads = [str(row) for row in current_partners(story) if row.role == PartnerRole.LEAD]
    return leads[0] if leads else _("コーディネーター")
