"""An introduction's life: two sides are asked, answer, and may part again.

The web calls the verbs of `flow.cases`, which move the case with the introduction and tell what came
of it; here only the sides are asked.
"""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from musubi.base.accounts.models import User
from musubi.base.audit import services as audit
from musubi.base.common.enums import Source
from musubi.base.common.verdict import Verdict, require
from musubi.flow.listings.enums import Side
from musubi.flow.listings.models import Listing

from ..enums import Answer, DeclineReason, Initiative, IntroductionState
from ..models import Introduction, Proposal, Reply
from ..notifications import tell_introduced
from ..permissions import (
    ASK,
    can_answer,
    can_ask_now,
    can_ask_to_talk,
    can_introduce,
    can_part,
    can_reopen_introduction,
    can_withdraw_introduction,
)
from ..queries import actor_of, proposal_between, reasons_of, reply_of, unanswered
from ..workflow import WORKFLOW
from .exposure import note_contacted


@transaction.atomic
def make_introduction(
    *,
    need: Listing,
    offer: Listing,
    initiative: str,
    words: str,
    need_agrees: str = "",
    by: User,
    now: dt.datetime,
) -> Introduction:
    """Bring two to each other's notice: each side that has not asked itself is asked.

    `need_agrees` says how staff heard that the need's people want to talk: then they are not asked again.
    """
    ids = [need.pk, offer.pk]
    rows = Listing.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk")
    found = {row.pk: row for row in rows.select_related("actor", "municipality")}
    need, offer = found[need.pk], found[offer.pk]
    asked = Initiative(initiative) != Initiative.COORDINATOR
    require(can_ask_to_talk(by, need, offer) if asked else can_introduce(by, need, offer))
    if asked:
        require(can_ask_now(by, now))
    proposal = proposal_between(need, offer, today=timezone.localdate(now))
    introduction = Introduction.objects.create(
        municipality=need.municipality,
        need=need,
        offer=offer,
        proposal=proposal if proposal is not None and proposal.pk else None,
        reasons=reasons_of(proposal),
        initiative=Initiative(initiative),
        introduced_by=by,
        words=words.strip(),
        introduced_at=now,
    )
    for side in Side:
        heard = need_agrees if side == Side.NEED and not asked else ""
        has_said = introduction.initiative == side or bool(heard)
        Reply.objects.create(
            introduction=introduction,
            side=side,
            actor=need.actor if side == Side.NEED else offer.actor,
            answer=Answer.YES if has_said else "",
            said_by=by if has_said else None,
            said_at=now if has_said else None,
            source=Source(heard) if heard else Source.WEB,
        )
    pair = {"need": need.pk, "offer": offer.pk}
    audit.record(by=by, verb=ASK if asked else "introduction.make", subject=introduction, at=now, after=pair)
    note_contacted(introduction=introduction, now=now)
    for reply in unanswered(introduction):
        tell_introduced(introduction, reply, at=now)
    return introduction


@transaction.atomic
def answer_introduction(
    *,
    introduction: Introduction,
    side: str,
    answer: str,
    reason: str = "",
    words: str = "",
    source: str = Source.WEB,
    by: User,
    now: dt.datetime,
) -> Introduction:
    """One side says yes or no: a no settles it, and so does the second yes."""
    introduction = _locked(introduction)
    is_yes = Answer(answer) == Answer.YES
    target = WORKFLOW.target("connect" if is_yes else "decline", introduction.state)
    require(can_answer(by, introduction, side, answer, source))
    reply = reply_of(introduction, side)
    _say(introduction, reply, answer, "" if is_yes else DeclineReason(reason), words, source, by, now)
    if not is_yes:
        return _settle(introduction, target, "decline", by, now)
    return introduction if unanswered(introduction) else _settle(introduction, target, "connect", by, now)


@transaction.atomic
def withdraw_introduction(*, introduction: Introduction, by: User, now: dt.datetime) -> Introduction:
    """Nobody need answer any more; the pair may be introduced again another time."""
    introduction = _locked(introduction)
    return _end(introduction, "withdraw", can_withdraw_introduction(by, introduction), by, now)


@transaction.atomic
def reopen_introduction(*, introduction: Introduction, by: User, now: dt.datetime) -> Introduction:
    """Staff take back the no that settled it: that side's answer is awaited again, the other's stands.

    It is awaited from now on: neither a reminder nor the end after 60 days counts from the first day.
    """
    introduction = _locked(introduction)
    target = WORKFLOW.target("reopen", introduction.state)
    require(can_reopen_introduction(by, introduction))
    before, introduction.state, introduction.settled_at = introduction.state, target, None
    reply = next(reply for reply in introduction.replies.all() if reply.answer == Answer.NO)
    reply.answer, reply.reason, reply.words = "", "", ""
    reply.said_by, reply.said_at, reply.source = None, None, Source.WEB
    reply.save()
    introduction.introduced_at, introduction.reminders, introduction.reminded_at = now, 0, None
    introduction.save(update_fields=["state", "settled_at", "introduced_at", "reminders", "reminded_at"])
    audit.record(
        by=by,
        verb="introduction.reopen",
        subject=introduction,
        at=now,
        before=before,
        after={"state": introduction.state, "side": reply.side},
        on_behalf_of=actor_of(introduction, reply.side),
    )
    return introduction


@transaction.atomic
def part_introduction(
    *,
    introduction: Introduction,
    side: str,
    reason: str,
    words: str,
    source: str = Source.WEB,
    by: User,
    now: dt.datetime,
) -> Introduction:
    """After both have said yes one side says no: the pair is not proposed again."""
    introduction = _locked(introduction)
    target = WORKFLOW.target("part", introduction.state)
    require(can_part(by, introduction, side, source))
    reply = reply_of(introduction, side)
    _say(introduction, reply, Answer.NO, DeclineReason(reason), words, source, by, now)
    return _settle(introduction, target, "part", by, now)


@transaction.atomic
def release_introduction(*, introduction: Introduction, by: User, now: dt.datetime) -> Introduction:
    """What the two talked about has ended without a no of either: they may be introduced again.

    To be called by the verb that ends it, which has asked who may.
    """
    introduction = _locked(introduction)
    return _settle(introduction, WORKFLOW.target("release", introduction.state), "release", by, now)


@transaction.atomic
def lapse_introduction(*, introduction: Introduction, now: dt.datetime) -> Introduction:
    """It was not answered for too long; the pair may be introduced again."""
    introduction = _locked(introduction)
    return _settle(introduction, WORKFLOW.target("lapse", introduction.state), "lapse", None, now)


def _end(introduction: Introduction, verb: str, verdict: Verdict, by: User, now: dt.datetime) -> Introduction:
    target = WORKFLOW.target(verb, introduction.state)
    require(verdict)
    return _settle(introduction, target, verb, by, now)


def _say(
    introduction: Introduction,
    reply: Reply,
    answer: str,
    reason: str,
    words: str,
    source: str,
    by: User,
    now: dt.datetime,
) -> None:
    before = reply.answer
    reply.answer, reply.reason, reply.words = Answer(answer), reason, words.strip()
    reply.said_by, reply.said_at, reply.source = by, now, Source(source)
    reply.save()
    said: dict[str, Any] = {"side": reply.side, "answer": reply.answer, "source": reply.source}
    audit.record(
        by=by,
        verb="introduction.answer",
        subject=introduction,
        at=now,
        before=before,
        after=said | ({"reason": reason} if reason else {}),
        on_behalf_of=None if source == Source.WEB else actor_of(introduction, reply.side),
    )


def _settle(
    introduction: Introduction, target: str, verb: str, by: User | None, now: dt.datetime
) -> Introduction:
    before, introduction.state, introduction.settled_at = introduction.state, target, now
    introduction.save(update_fields=["state", "settled_at"])
    if target in (IntroductionState.DECLINED, IntroductionState.PARTED):
        pair = Proposal.objects.filter(need=introduction.need_id, offer=introduction.offer_id)
        pair.filter(superseded_at=None).update(superseded_at=now)
    audit.record(
        by=by, verb=f"introduction.{verb}", subject=introduction, at=now, before=before, after=target
    )
    return introduction


def _locked(introduction: Introduction) -> Introduction:
    rows = Introduction.objects.select_for_update(of=("self",)).select_related(
        "municipality", "need__actor", "offer__actor", "introduced_by"
    )
    return rows.prefetch_related("replies").get(pk=introduction.pk)
