"""May they? With a sentence."""

import datetime as dt
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from musubi.base.common.verdict import ALLOWED, Verdict, refuse
from musubi.flow.actors.queries import standing_of

from .enums import HidingState, ReportState
from .models import Hiding, Report

if TYPE_CHECKING:
    from musubi.flow.actors.queries.standing import Person

REPORTS_A_DAY = 5


def can_report(user: "Person", mark: str, now: dt.datetime) -> Verdict:
    """Anybody, signed in or not, a few times a day; a flood from one address is stopped."""
    recent = Report.objects.filter(reported_at__gte=now - dt.timedelta(days=1))
    count = (
        recent.filter(reporter_id=user.pk).count()
        if user.is_authenticated
        else recent.filter(reporter_mark=mark).count()
    )
    if count >= REPORTS_A_DAY:
        return refuse(
            _("今日はたくさんのお知らせをいただきました。急ぎのときは、下の連絡先へ電話でお願いします。")
        )
    return ALLOWED


def can_decide_report(user: "Person", report: Report) -> Verdict:
    """The town's office, once."""
    if not (verdict := can_hide(user, report.municipality_id)):
        return verdict
    if report.state != ReportState.OPEN:
        return refuse(_("このお知らせは、もう判断が済んでいます。"))
    return ALLOWED


def can_answer_hiding(user: "Person", hiding: Hiding) -> Verdict:
    """The author, once: an editor of the actor, or who reported the issue."""
    standing = standing_of(user)
    actor_id = hiding.listing.actor_id if hiding.listing else hiding.actor_id
    author = (
        actor_id in standing.edits
        if actor_id
        else bool(hiding.issue and user.is_authenticated and hiding.issue.reported_by_id == user.pk)
    )
    if not author:
        return refuse(_("返事ができるのは、投稿した団体の管理者・編集者、または本人だけです。"))
    if hiding.state == HidingState.LIFTED:
        return refuse(_("もう一度表示されていますので、返事はいりません。"))
    if hiding.state != HidingState.IN_FORCE:
        return refuse(_("返事は一度だけ書けます。いただいた返事は市の担当に届いています。"))
    return ALLOWED


def can_hide(user: "Person", municipality_id: int) -> Verdict:
    """The town's office decides on everything that is reported and hidden in it."""
    if municipality_id in standing_of(user).office_in:
        return ALLOWED
    return refuse(_("判断できるのは、市の担当だけです。"))


def can_keep_hidden(user: "Person", hiding: Hiding) -> Verdict:
    """Once the author has answered: before, it is hidden as it is."""
    if hiding.state != HidingState.ANSWERED:
        return refuse(_("投稿者の返事を読んだあとで選べます。返事がないあいだは、非表示のままです。"))
    return can_hide(user, hiding.municipality_id)


def can_lift_hiding(user: "Person", hiding: Hiding) -> Verdict:
    """At any time while it is hidden."""
    if hiding.state == HidingState.LIFTED:
        return refuse(_("もう表示されています。"))
    return can_hide(user, hiding.municipality_id)
