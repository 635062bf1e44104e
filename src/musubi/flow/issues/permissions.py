"""May they? With a sentence."""

import datetime as dt
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from musubi.base.audit.queries import count_since
from musubi.base.common.enums import Source
from musubi.base.common.verdict import ALLOWED, Verdict, refuse
from musubi.flow.actors.queries import editable_actors_for, standing_of

from .enums import IssueState
from .models import Issue

if TYPE_CHECKING:
    from musubi.base.accounts.models import User
    from musubi.flow.actors.queries.standing import Person

REPORTS_AN_HOUR = 10
SUPPORTS_AN_HOUR = 60


def can_report_issue(user: "Person", municipality_id: int, now: dt.datetime) -> Verdict:
    """Anybody who registered in the town, a limited number of times an hour; staff type in without limit."""
    standing = standing_of(user)
    if not user.is_authenticated or municipality_id not in standing.reads_in:
        return refuse(_("困りごとを伝えるには、入って（ログインして）、この町の登録をしてください。"))
    if municipality_id in standing.staff_in:
        return ALLOWED
    if count_since(by=user, verbs=("issue.report",), since=now - dt.timedelta(hours=1)) >= REPORTS_AN_HOUR:
        return refuse(_("短い時間にたくさん届いています。1時間ほどあけてから、もう一度お願いします。"))
    return ALLOWED


def can_enter_issue(user: "Person", municipality_id: int, source: str) -> Verdict:
    """Only staff say how somebody else's words came to them."""
    if source in (Source.WEB, Source.IMPORT) or municipality_id in standing_of(user).staff_in:
        return ALLOWED
    return refuse(_("代わりに入力できるのは、この町のコーディネーターと市の担当だけです。"))


def can_support_issue(user: "Person", issue: Issue) -> Verdict:
    """Somebody of the town who is not the one who said it first."""
    if not user.is_authenticated or issue.municipality_id not in standing_of(user).reads_in:
        return refuse(_("「私も」を押すには、入って（ログインして）、この町の登録をしてください。"))
    if issue.reported_by_id == user.pk:
        return refuse(_("ご自分が伝えた困りごとです。"))
    if issue.hidden_at or issue.state not in (IssueState.OPEN, IssueState.TAKEN_UP):
        return refuse(_("この困りごとは受付を終えています。"))
    return ALLOWED


def can_support_now(user: "User", now: dt.datetime) -> Verdict:
    """The limit on pressing 「私も」 and taking it back."""
    if count_since(by=user, verbs=("issue.support",), since=now - dt.timedelta(hours=1)) >= SUPPORTS_AN_HOUR:
        return refuse(_("短い時間に何度も押されています。1時間ほどあけてから、もう一度お願いします。"))
    return ALLOWED


def can_edit_issue(user: "Person", issue: Issue) -> Verdict:
    """Who reported it, while it is open, and the town's staff."""
    if issue.municipality_id in standing_of(user).staff_in:
        return ALLOWED
    if user.is_authenticated and issue.reported_by_id == user.pk and issue.state == IssueState.OPEN:
        return ALLOWED
    if user.is_authenticated and issue.reported_by_id == user.pk:
        return refuse(
            _(
                "取り組みが始まったあと、または受付を終えたあとは直せません。直したいときは市の担当に伝えてください。"
            )
        )
    return refuse(_("直せるのは、伝えた本人と市の担当・コーディネーターだけです。"))


def can_move_issue(user: "Person", issue: Issue) -> Verdict:
    """The town's staff say what became of it."""
    if issue.municipality_id in standing_of(user).staff_in:
        return ALLOWED
    return refuse(_("状態を変えられるのは、市の担当とコーディネーターだけです。"))


def can_take_up_issue(user: "Person", issue: Issue) -> Verdict:
    """A member of an actor of the town makes a need of it; so does staff."""
    if issue.hidden_at or issue.state not in (IssueState.OPEN, IssueState.TAKEN_UP):
        return refuse(_("この困りごとは受付を終えています。"))
    if issue.municipality_id in standing_of(user).staff_in:
        return ALLOWED
    if editable_actors_for(user).filter(municipality_id=issue.municipality_id).exists():
        return ALLOWED
    return refuse(
        _("ニーズにするには、この町での団体か個人の登録が必要です。「わたしのページ」から登録できます。")
    )


def can_hide_issue(user: "Person", issue: Issue) -> Verdict:
    """The town's office."""
    if issue.municipality_id in standing_of(user).office_in:
        return ALLOWED
    return refuse(_("非表示にできるのは、市の担当だけです。"))
