"""Who is told what when something is reported or hidden."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from musubi.base.notify.enums import MessageKind
from musubi.base.notify.services import in_readers_language, tell
from musubi.flow.actors.queries import officers_of
from musubi.flow.listings.queries import editors_of

from .enums import HidingState
from .models import Hiding, Report

if TYPE_CHECKING:
    from musubi.base.accounts.models import User


def authors_of(hiding: Hiding) -> list["User"]:
    """Owners and editors of the actor, or who reported the issue."""
    if hiding.issue:
        return [hiding.issue.reported_by] if hiding.issue.reported_by else []
    actor_id = hiding.listing.actor_id if hiding.listing else hiding.actor_id
    return editors_of(actor_id) if actor_id else []


@in_readers_language
def tell_authors_hidden(hiding: Hiding, *, now: dt.datetime) -> None:
    """The reason, and that they may answer."""
    for person in authors_of(hiding):
        tell(
            to=person,
            kind=MessageKind.LISTING_HIDDEN,
            subject=_("「%(title)s」を非表示にしました") % {"title": hiding.subject},
            text=_(
                "理由: %(reason)s\n考えがあれば、下のページから一度、返事を書けます。市の担当が必ず読みます。"
            )
            % {"reason": hiding.reason},
            path=f"/workspace/hidings/{hiding.pk}/",
            at=now,
        )


@in_readers_language
def tell_authors_decided(hiding: Hiding, *, now: dt.datetime) -> None:
    """Shown again, or kept hidden: with the office's reason."""
    lifted = hiding.state == HidingState.LIFTED
    subject = _("「%(title)s」をもう一度表示しました") if lifted else _("「%(title)s」は非表示のままとします")
    for person in authors_of(hiding):
        tell(
            to=person,
            kind=MessageKind.HIDING_LIFTED if lifted else MessageKind.LISTING_HIDDEN,
            subject=subject % {"title": hiding.subject},
            text=_("理由: %(reason)s") % {"reason": hiding.decision_reason},
            path=f"/workspace/hidings/{hiding.pk}/",
            at=now,
        )


@in_readers_language
def tell_office(
    row: Report | Hiding,
    *,
    kind: str,
    subject: Callable[[], str],
    text: Callable[[], str],
    path: str,
    now: dt.datetime,
) -> None:
    """Everybody who is the office of the town today; subject and text are said in each one's language."""
    for person in officers_of(row.municipality_id):
        tell(to=person, kind=kind, subject=subject(), text=text(), path=path, at=now)


@in_readers_language
def tell_reporter_decided(report: Report, *, now: dt.datetime) -> None:
    """What the office decided; who told without signing in cannot be told."""
    if report.reporter is None:
        return
    tell(
        to=report.reporter,
        kind=MessageKind.REPORT_DECIDED,
        subject=_("お知らせいただいた件: %(state)s") % {"state": report.get_state_display()},
        text=_("「%(title)s」について市の担当が判断しました。\n理由: %(reason)s")
        % {"title": report.subject, "reason": report.decision_reason},
        path="/workspace/inbox/",
        at=now,
    )
