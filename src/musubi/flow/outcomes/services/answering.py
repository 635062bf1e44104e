"""Partners answer ten questions, those concerned three."""

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction

from musubi.base.audit import services as audit
from musubi.base.common.enums import Source
from musubi.base.common.verdict import require
from musubi.flow.projects.models import Partner

from ..models import Evaluation, PartnerReview, Voice
from ..permissions import can_answer_review, can_enter_voice, can_give_voice
from .locking import locked
from .values import ReviewValue, VoiceValue, check_review, check_voice

if TYPE_CHECKING:
    from musubi.base.accounts.models import User


@transaction.atomic
def answer_review(
    *,
    evaluation: Evaluation,
    partner: Partner,
    review: ReviewValue,
    source: str = Source.WEB,
    by: "User",
    now: dt.datetime,
) -> PartnerReview:
    """A partner's answers; may be changed until the evaluation is closed, and stay one row."""
    evaluation = locked(evaluation)
    partner = Partner.objects.select_related("actor").get(pk=partner.pk)
    require(can_answer_review(by, evaluation, partner, source))
    check_review(review)
    row, is_first = PartnerReview.objects.update_or_create(
        evaluation=evaluation,
        partner=partner,
        defaults={
            "answers": dict(review.answers),
            "learnt": review.learnt,
            "without_musubi": review.without_musubi,
            "without_words": review.without_words,
            "decision": review.decision,
            "next_year": review.next_year,
            "said_by": by,
            "said_at": now,
            "source": source,
        },
    )
    audit.record(
        by=by,
        verb="evaluation.answer" if is_first else "evaluation.answer_anew",
        subject=evaluation.project,
        after={"evaluation": evaluation.pk, "partner": partner.pk, "source": source},
        on_behalf_of=(partner.actor or partner) if source != Source.WEB else None,
        at=now,
    )
    return row


@transaction.atomic
def give_voice(*, evaluation: Evaluation, voice: VoiceValue, mark: str, now: dt.datetime) -> Voice:
    """What somebody concerned says by the link, without a name: nobody is kept with it, not even in the log.

    `mark` is a keyed hash of the address that changes daily, never the address.
    """
    evaluation = locked(evaluation)
    require(can_give_voice(evaluation, mark, now))
    return _keep_voice(evaluation, voice, mark=mark, by=None, now=now)


@transaction.atomic
def enter_voice(*, evaluation: Evaluation, voice: VoiceValue, by: "User", now: dt.datetime) -> Voice:
    """Staff type in a sheet of paper; a pile of them has no limit."""
    evaluation = locked(evaluation)
    require(can_enter_voice(by, evaluation))
    return _keep_voice(evaluation, voice, mark="", by=by, now=now)


def _keep_voice(
    evaluation: Evaluation, voice: VoiceValue, *, mark: str, by: "User | None", now: dt.datetime
) -> Voice:
    check_voice(voice, on_paper=by is not None)
    row = Voice.objects.create(
        evaluation=evaluation,
        relation=voice.relation,
        answers=dict(voice.answers),
        words=voice.words,
        given_at=now,
        giver_mark=mark,
        typed_by=by,
    )
    audit.record(
        by=by,
        verb="evaluation.voice" if by is None else "evaluation.enter_voice",
        subject=evaluation.project,
        after={"evaluation": evaluation.pk, "voice": row.pk},
        at=now,
    )
    return row
