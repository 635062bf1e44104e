"""Who is told what about a local issue."""

import datetime as dt

from django.utils.translation import gettext as _

from musubi.base.notify.enums import MessageKind
from musubi.base.notify.services import in_readers_language, tell

from .models import Issue


@in_readers_language
def tell_reporter_supported(issue: Issue, *, now: dt.datetime) -> None:
    """Told once, at the first voice that joins: not at each."""
    if issue.reported_by is None:
        return
    tell(
        to=issue.reported_by,
        kind=MessageKind.ISSUE_SUPPORTED,
        subject=_("「%(title)s」に「私も」という人がいます") % {"title": issue.title},
        text=_("あなたが伝えた困りごとに、同じ思いの人が加わりました。"),
        path=f"/issues/{issue.pk}/",
        at=now,
    )


@in_readers_language
def tell_reporter_taken_up(issue: Issue, *, now: dt.datetime) -> None:
    if issue.reported_by is None:
        return
    tell(
        to=issue.reported_by,
        kind=MessageKind.ISSUE_TAKEN_UP,
        subject=_("「%(title)s」に取り組む人が現れました") % {"title": issue.title},
        text=_("あなたが伝えた困りごとから、協力を求めるお知らせが作られました。"),
        path=f"/issues/{issue.pk}/",
        at=now,
    )
