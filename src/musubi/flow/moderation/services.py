"""A reader reports, the office hides with a reason, the author answers, the office decides."""

import datetime as dt
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from musubi.base.audit import services as audit
from musubi.base.common.verdict import require
from musubi.base.notify.enums import MessageKind
from musubi.flow.actors.models import Actor
from musubi.flow.actors.services import hide_actor, unhide_actor
from musubi.flow.issues.models import Issue
from musubi.flow.issues.services import hide_issue, unhide_issue
from musubi.flow.listings.models import Listing
from musubi.flow.listings.services import hide_listing, unhide_listing
from musubi.flow.matching.services import follow_actor, refresh_later

from .enums import HidingState, ReportState
from .models import Hiding, Report
from .notifications import tell_authors_decided, tell_authors_hidden, tell_office, tell_reporter_decided
from .permissions import (
    can_answer_hiding,
    can_decide_report,
    can_hide,
    can_report,
)
from .workflow import HIDING, REPORT

if TYPE_CHECKING:
    from musubi.base.accounts.models import User
    from musubi.flow.actors.queries.standing import Person

Subject = Listing | Issue | Actor


@transaction.atomic
def report(*, subject: Subject, reason: str, words: str, by: "Person", mark: str, now: dt.datetime) -> Report:
    """Say that something is wrong; `mark` is a keyed hash of the reader's address, never the address."""
    require(can_report(by, mark, now))
    person = by if by.is_authenticated else None
    row = Report.objects.create(
        municipality_id=subject.municipality_id,
        **_pointer(subject),
        reason=reason,
        words=words,
        reporter=person,
        reporter_mark=mark,
        reported_at=now,
    )
    audit.record(by=person, verb="report.make", subject=row, after=reason, at=now)
    tell_office(
        row,
        kind=MessageKind.REPORT_RECEIVED,
        subject=lambda: _("「%(title)s」に、読んだ人からお知らせがありました") % {"title": subject},
        text=lambda: (
            _(
                "理由: %(reason)s\n下のページで内容を確かめ、非表示にするか、問題なしとするかを決めてください。"
            )
            % {"reason": row.get_reason_display()}
        ),
        path=f"/office/reports/{row.pk}/",
        now=now,
    )
    return row


@transaction.atomic
def uphold_report(*, report: Report, reason: str, by: "User", now: dt.datetime) -> Hiding:
    """Hide what was reported; every open report on the same thing is closed with it."""
    row = _locked_report(report)
    require(can_decide_report(by, row))
    hiding = hide(subject=_subject(row), reason=reason, by=by, now=now)
    same = Report.objects.select_for_update().filter(
        state=ReportState.OPEN, listing=row.listing_id, issue=row.issue_id, actor=row.actor_id
    )
    for each in same.order_by("pk"):
        each.hiding = hiding
        _close_report(each, "uphold", reason, by=by, now=now)
    return hiding


@transaction.atomic
def dismiss_report(*, report: Report, reason: str, by: "User", now: dt.datetime) -> Report:
    """Nothing is wrong; who reported is told why."""
    row = _locked_report(report)
    require(can_decide_report(by, row))
    return _close_report(row, "dismiss", _demanded(reason), by=by, now=now)


@transaction.atomic
def hide(*, subject: Subject, reason: str, by: "User", now: dt.datetime) -> Hiding:
    """Hide with a reason; the authors are told and may answer. What is hidden already stays as it is."""
    require(can_hide(by, subject.municipality_id))
    reason = _demanded(reason)
    subject = _locked_subject(subject)
    existing = Hiding.objects.filter(**_pointer(subject)).exclude(state=HidingState.LIFTED).first()
    if existing is not None:
        return existing
    _set_hidden(subject, reason, by=by, now=now)
    hiding = Hiding.objects.create(
        municipality_id=subject.municipality_id,
        **_pointer(subject),
        reason=reason,
        hidden_by=by,
        hidden_at=now,
    )
    audit.record(by=by, verb="hiding.make", subject=hiding, after=reason, at=now)
    tell_authors_hidden(hiding, now=now)
    return hiding


@transaction.atomic
def answer_hiding(*, hiding: Hiding, answer: str, by: "User", now: dt.datetime) -> Hiding:
    """The author's word on it, once."""
    row = _locked_hiding(hiding)
    require(can_answer_hiding(by, row))
    if not answer.strip():
        raise ValidationError(_("返事を書いてください。"))
    before, row.state = row.state, HIDING.target("answer", row.state)
    row.answer, row.answered_by, row.answered_at = answer, by, now
    row.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    audit.record(by=by, verb="hiding.answer", subject=row, before=before, after=row.state, at=now)
    tell_office(
        row,
        kind=MessageKind.HIDING_ANSWERED,
        subject=lambda: _("「%(title)s」の投稿者から返事がありました") % {"title": row.subject},
        text=lambda: _("下のページで返事を読み、もう一度表示するか、非表示を続けるかを決めてください。"),
        path=f"/office/hidings/{row.pk}/",
        now=now,
    )
    return row


@transaction.atomic
def keep_hidden(*, hiding: Hiding, reason: str, by: "User", now: dt.datetime) -> Hiding:
    """The answer was read, and it stays hidden."""
    return _decide(hiding, "uphold", reason, by=by, now=now)


@transaction.atomic
def lift_hiding(*, hiding: Hiding, reason: str, by: "User", now: dt.datetime) -> Hiding:
    """Show it again."""
    row = _decide(hiding, "lift", reason, by=by, now=now)
    _set_hidden(_subject(row), "", by=by, now=now)
    return row


def _set_hidden(subject: Subject, reason: str, *, by: "User", now: dt.datetime) -> None:
    """Hide for a reason, or show again without one; what an actor posted goes and comes with it."""
    if isinstance(subject, Listing):
        if reason:
            hide_listing(listing=subject, reason=reason, by=by, now=now)
        else:
            refresh_later(listing=unhide_listing(listing=subject, by=by, now=now))
    elif isinstance(subject, Issue):
        if reason:
            hide_issue(issue=subject, reason=reason, by=by, now=now)
        else:
            unhide_issue(issue=subject, by=by, now=now)
    else:
        actor = (
            hide_actor(actor=subject, reason=reason, by=by, now=now)
            if reason
            else unhide_actor(actor=subject, by=by, now=now)
        )
        follow_actor(actor=actor)


def _locked_subject(subject: Subject) -> Subject:
    """So that two officers who press at the same moment make one hiding."""
    if isinstance(subject, Listing):
        return Listing.objects.select_for_update(of=("self",)).get(pk=subject.pk)
    if isinstance(subject, Issue):
        return Issue.objects.select_for_update(of=("self",)).get(pk=subject.pk)
    return Actor.objects.select_for_update(of=("self",)).get(pk=subject.pk)


def _demanded(reason: str) -> str:
    reason = reason.strip()
    if not reason:
        raise ValidationError(_("理由を書いてください。"))
    return reason


def _pointer(subject: Subject) -> dict[str, Subject]:
    name = {Listing: "listing", Issue: "issue", Actor: "actor"}[type(subject)]
    return {name: subject}


def _subject(row: Report | Hiding) -> Subject:
    subject = row.listing or row.issue or row.actor
    if subject is None:
        raise LookupError("the database binds each row to one subject")
    return subject


def _locked_report(report: Report) -> Report:
    return Report.objects.select_for_update(of=("self",)).get(pk=report.pk)


def _locked_hiding(hiding: Hiding) -> Hiding:
    return Hiding.objects.select_for_update(of=("self",)).get(pk=hiding.pk)


def _close_report(row: Report, verb: str, reason: str, *, by: "User", now: dt.datetime) -> Report:
    before, row.state = row.state, REPORT.target(verb, row.state)
    row.decided_by, row.decided_at, row.decision_reason = by, now, reason
    row.save(update_fields=["state", "decided_by", "decided_at", "decision_reason", "hiding"])
    audit.record(by=by, verb=f"report.{verb}", subject=row, before=before, after=row.state, at=now)
    tell_reporter_decided(row, now=now)
    return row


def _decide(hiding: Hiding, verb: str, reason: str, *, by: "User", now: dt.datetime) -> Hiding:
    row = _locked_hiding(hiding)
    require(can_hide(by, row.municipality_id))
    reason = _demanded(reason)
    before, row.state = row.state, HIDING.target(verb, row.state)
    row.decided_by, row.decided_at, row.decision_reason = by, now, reason
    row.save(update_fields=["state", "decided_by", "decided_at", "decision_reason"])
    audit.record(by=by, verb=f"hiding.{verb}", subject=row, before=before, after=row.state, at=now)
    tell_authors_decided(row, now=now)
    return row
