"""Every partner is asked, answers about the words and about the pictures, and may take it back at any time."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from musubi.base.accounts.models import User
from musubi.base.audit import services as audit
from musubi.base.common.enums import Source
from musubi.base.common.verdict import NotAllowed, require
from musubi.flow.actors.queries import standing_of

from ..enums import StoryState
from ..models import Consent, Story
from ..notifications import tell_all_agreed, tell_asked, tell_refused, tell_unpublished, tell_without_pictures
from ..permissions import can_answer_consent, can_ask_consent, can_withdraw_consent
from ..queries import current_partners, missing_consents, somebody_refuses
from ..workflow import WORKFLOW
from .content import NotComplete, content_of, problems_of
from .indexing import index_story
from .locking import locked, locked_consent


class AnsweredBefore(NotAllowed):
    """Somebody else has answered meanwhile; who knows of it may answer over it."""


@transaction.atomic
def ask_consent(*, story: Story, by: User, now: dt.datetime) -> Story:
    """Show the story to every partner and ask; NotComplete says what is missing.

    Who has already said yes to exactly these words is not asked again.
    """
    story = locked(story)
    target = WORKFLOW.target("ask", story.state)
    require(can_ask_consent(by, story))
    if problems := problems_of(content_of(story)):
        raise NotComplete(problems)
    before, story.state, story.moved_at = story.state, target, now
    story.save(update_fields=["state", "moved_at"])
    known = {
        row.partner_id: row for row in Consent.objects.select_for_update(of=("self",)).filter(story=story)
    }
    for partner in current_partners(story):
        consent = known.get(partner.pk) or Consent(story=story, partner=partner)
        if consent.version == story.version and consent.text and consent.pictures is not None:
            continue
        consent.version, consent.asked_at = story.version, now
        consent.text = consent.pictures = consent.said_at = consent.said_by = None
        consent.words, consent.source = "", Source.WEB
        consent.save()
        tell_asked(consent, by=by, at=now)
    audit.record(by=by, verb="story.ask", subject=story, at=now, before=before, after=target)
    return story


@transaction.atomic
def answer_consent(
    *,
    consent: Consent,
    text: bool,
    pictures: bool,
    words: str,
    source: str,
    by: User,
    now: dt.datetime,
    over: dt.datetime | None = None,
) -> Consent:
    """A partner says yes or no to the words, and to the pictures; staff type in what they were told.

    `over` is when the answer was given that this one replaces: somebody who does not know of it is told.
    """
    story, consent = locked_consent(consent)
    require(can_answer_consent(by, consent))
    if consent.said_at != over:
        raise AnsweredBefore(
            _("ほかの方が先に答えています。ページを開き直して、その答えを確かめてください。")
        )
    require_source(consent, source, by)
    if not text and not words.strip():
        raise ValidationError(_("直してほしいことや、困ることを書いてください。書いた人が読んで、直します。"))
    before = _shown(consent)
    consent.text, consent.pictures, consent.words = text, text and pictures, words.strip()
    consent.said_by, consent.said_at, consent.source = by, now, Source(source)
    consent.save()
    _record(consent, "story.consent", by, now, before, source)
    if not text:
        tell_refused(story, consent, by=by, at=now)
    elif not missing_consents(story) and not somebody_refuses(story):
        tell_all_agreed(story, by=by, at=now)
    return consent


@transaction.atomic
def withdraw_consent(
    *,
    consent: Consent,
    reason: str,
    by: User,
    now: dt.datetime,
    pictures_only: bool = False,
    source: str = Source.WEB,
) -> Consent:
    """A partner takes back a yes: the story is taken down at once, or only its pictures are.

    The reason is kept with the office; the other partners hear that it happened, not why.
    """
    story, consent = locked_consent(consent)
    require(can_withdraw_consent(by, consent))
    require_source(consent, source, by)
    if not reason.strip():
        raise ValidationError(_("同意を取り消す理由を書いてください。市の運営担当だけが読みます。"))
    if pictures_only and not consent.pictures:
        raise NotAllowed(_("写真への同意は、もう取り消されています。"))
    before = _shown(consent)
    consent.text, consent.pictures = consent.text if pictures_only else False, False
    consent.withdrawn_at, consent.withdrawn_reason = now, reason.strip()
    consent.said_by, consent.said_at, consent.source = by, now, Source(source)
    consent.save()
    _record(consent, "story.withdraw_consent", by, now, before, source)
    counts = consent.version == story.version
    if counts and not pictures_only and WORKFLOW.allows("unpublish", story.state):
        was = story.state
        take_down(story, _("同意の取り消しがありました。"), now)
        audit.record(by=by, verb="story.unpublish", subject=story, at=now, before=was, after=story.state)
        tell_unpublished(story, reason="", by=by, at=now)
    elif counts and pictures_only and story.state == StoryState.PUBLISHED:
        tell_without_pictures(story, by=by, at=now)
    return consent


def take_down(story: Story, reason: str, now: dt.datetime) -> None:
    """Out of everybody's sight, search included; the row is locked by the caller."""
    story.state = WORKFLOW.target("unpublish", story.state)
    story.unpublish_reason, story.unpublished_at, story.moved_at = reason, now, now
    story.save(update_fields=["state", "unpublish_reason", "unpublished_at", "moved_at"])
    index_story(story)


def require_source(consent: Consent, source: str, by: User) -> None:
    """One presses for one's own actor; what staff press for somebody came by telephone, counter, fax or paper."""
    own = consent.partner.actor_id in standing_of(by).edits
    if own != (source == Source.WEB) or source == Source.IMPORT:
        raise NotAllowed(
            _("代わりに入力するときは、どうやって聞いたか（電話・窓口など）を選んでください。")
            if not own
            else _("ご自分の団体の答えは、そのまま画面から送ってください。")
        )


def _record(consent: Consent, verb: str, by: User, now: dt.datetime, before: str, source: str) -> None:
    proxy = consent.partner.actor if source != Source.WEB else None
    after = {"partner": consent.partner_id, "answer": _shown(consent), "version": consent.version}
    audit.record(
        by=by, verb=verb, subject=consent.story, at=now, before=before, after=after, on_behalf_of=proxy
    )


def _shown(consent: Consent) -> str:
    """The answer in the log: without the words, which belong to those concerned."""
    if consent.text is None:
        return ""
    return f"text={consent.text} pictures={consent.pictures}"
