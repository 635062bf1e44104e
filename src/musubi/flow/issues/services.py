"""What happens to a local issue."""

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from musubi.base.audit import services as audit
from musubi.base.audit.queries import events_about
from musubi.base.common.enums import Source, Visibility
from musubi.base.common.verdict import require
from musubi.base.index import services as index
from musubi.base.index.enums import DocumentKind
from musubi.base.index.services import IndexRow
from musubi.base.places.models import Area, Municipality

from .enums import ISSUE_SHOWN
from .models import Issue, Support
from .notifications import tell_reporter_supported, tell_reporter_taken_up
from .permissions import (
    can_edit_issue,
    can_enter_issue,
    can_hide_issue,
    can_move_issue,
    can_report_issue,
    can_support_issue,
    can_support_now,
    can_take_up_issue,
)
from .workflow import WORKFLOW

if TYPE_CHECKING:
    from musubi.base.accounts.models import User

KIND = DocumentKind.ISSUE
EDITABLE = frozenset({"title", "body", "area", "place_note", "fields", "visibility"})


@transaction.atomic
def report_issue(
    *,
    municipality: Municipality,
    title: str,
    body: str,
    area: Area,
    by: "User",
    now: dt.datetime,
    place_note: str = "",
    fields: list[int] | None = None,
    visibility: str = Visibility.PUBLIC,
    source: str = Source.WEB,
    reporter_name: str = "",
) -> Issue:
    """Say what troubles a place; staff may say it for somebody who came to the counter or telephoned."""
    require(can_report_issue(by, municipality.pk, now))
    require(can_enter_issue(by, municipality.pk, source))
    _require_within(area, municipality)
    typed_in = source not in (Source.WEB, Source.IMPORT)
    issue = Issue.objects.create(
        municipality=municipality,
        title=title,
        body=body,
        area=area,
        place_note=place_note,
        fields=fields or [],
        visibility=visibility,
        source=source,
        reported_by=None if typed_in else by,
        entered_by=by if typed_in else None,
        reporter_name=reporter_name if typed_in else "",
        created_at=now,
        updated_at=now,
    )
    audit.record(by=by, verb="issue.report", subject=issue, after=title, at=now)
    index_issue(issue=issue)
    return issue


@transaction.atomic
def edit_issue(*, issue: Issue, by: "User", now: dt.datetime, **changes: Any) -> Issue:
    """Change its words or its place: title, body, area, place_note, fields, visibility."""
    if unknown := changes.keys() - EDITABLE:
        raise TypeError(f"an issue's {sorted(unknown)} cannot be edited")
    issue = _locked(issue)
    require(can_edit_issue(by, issue))
    if "area" in changes:
        _require_within(changes["area"], issue.municipality)
    changed = sorted(name for name, value in changes.items() if getattr(issue, name) != value)
    for name, value in changes.items():
        setattr(issue, name, value)
    issue.updated_at = now
    issue.save(update_fields=[*changes, "updated_at"])
    audit.record(
        by=by,
        verb="issue.edit",
        subject=issue,
        after={"changed": changed},  # its author may erase the words; the log cannot be erased
        at=now,
    )
    index_issue(issue=issue)
    return issue


@transaction.atomic
def support_issue(*, issue: Issue, by: "User", now: dt.datetime) -> Support:
    """「私も」; pressing twice is once, and who said it first hears of the first voice only."""
    issue = _locked(issue)
    require(can_support_issue(by, issue))
    require(can_support_now(by, now))
    support, is_new = Support.objects.get_or_create(issue=issue, user=by, defaults={"created_at": now})
    if is_new:
        first = not events_about(issue).filter(verb="issue.support").exists()
        audit.record(by=by, verb="issue.support", subject=issue, at=now)
        if first:
            tell_reporter_supported(issue, now=now)
    return support


@transaction.atomic
def withdraw_support(*, issue: Issue, by: "User", now: dt.datetime) -> None:
    """Take 「私も」 back."""
    deleted, _rows = Support.objects.filter(issue=issue, user=by).delete()
    if deleted:
        audit.record(by=by, verb="issue.withdraw_support", subject=issue, at=now)


@transaction.atomic
def take_up_issue(*, issue: Issue, by: "User", now: dt.datetime) -> Issue:
    """A need was made of it: who said it is told."""
    locked = _locked(issue)
    require(can_take_up_issue(by, locked))
    before = locked.state
    moved = _move(locked, "take_up", by=by, now=now)
    if moved.state != before:
        tell_reporter_taken_up(moved, now=now)
    return moved


@transaction.atomic
def resolve_issue(*, issue: Issue, by: "User", now: dt.datetime) -> Issue:
    """It troubles nobody any more."""
    issue = _locked(issue)
    require(can_move_issue(by, issue))
    return _move(issue, "resolve", by=by, now=now)


@transaction.atomic
def reopen_issue(*, issue: Issue, by: "User", now: dt.datetime) -> Issue:
    """It was not over after all."""
    issue = _locked(issue)
    require(can_move_issue(by, issue))
    return _move(issue, "reopen", by=by, now=now)


@transaction.atomic
def withdraw_issue(*, issue: Issue, by: "User", now: dt.datetime) -> Issue:
    """Who said it takes it back, before anybody has taken it up."""
    issue = _locked(issue)
    require(can_edit_issue(by, issue))
    return _move(issue, "withdraw", by=by, now=now)


@transaction.atomic
def hide_issue(*, issue: Issue, reason: str, by: "User", now: dt.datetime) -> Issue:
    """Nobody but its author and staff reads it until it is shown again."""
    issue = _locked(issue)
    require(can_hide_issue(by, issue))
    issue.hidden_at, issue.hidden_reason = now, reason
    return _save_hidden(issue, "issue.hide", reason, by=by, now=now)


@transaction.atomic
def unhide_issue(*, issue: Issue, by: "User", now: dt.datetime) -> Issue:
    """In sight again, in the state it is in."""
    issue = _locked(issue)
    require(can_hide_issue(by, issue))
    issue.hidden_at, issue.hidden_reason = None, ""
    return _save_hidden(issue, "issue.unhide", "", by=by, now=now)


def index_issue(*, issue: Issue) -> None:
    """Write what the search knows of it, in the caller's transaction."""
    if issue.state not in ISSUE_SHOWN or issue.hidden_at is not None:
        index.remove_object(kind=KIND, object_id=issue.pk)
        return
    index.index_object(kind=KIND, row=_index_row(issue))


def rows_to_index() -> Iterator[IndexRow]:
    """Every issue that search may find, read as it is asked for: for rebuilding the index."""
    shown = Issue.objects.filter(state__in=ISSUE_SHOWN, hidden_at=None).select_related("area").order_by("pk")
    return (_index_row(issue) for issue in shown.iterator(chunk_size=1000))


def _index_row(issue: Issue) -> IndexRow:
    areas = [part for part in issue.area.path.strip("/").split("/") if part]
    return IndexRow(
        object_id=issue.pk,
        partition=issue.municipality_id,
        fields={
            "title": issue.title,
            "body": f"{issue.body} {issue.place_note} {issue.area.name}",
            "actor": "",
        },
        facets=[
            f"k:{KIND.value}",
            f"v:{issue.visibility}",
            f"st:{issue.state}",
            *(f"a:{area}" for area in areas),
            *(f"f:{number}" for number in issue.fields),
        ],
        since=issue.created_at,
    )


def _locked(issue: Issue) -> Issue:
    return (
        Issue.objects.select_for_update(of=("self",))
        .select_related("area", "municipality__area", "reported_by")
        .get(pk=issue.pk)
    )


def _require_within(area: Area, municipality: Municipality) -> None:
    if not area.path.startswith(municipality.area.path):
        raise ValidationError(_("この町の区か町を選んでください。"))


def _move(issue: Issue, verb: str, *, by: "User", now: dt.datetime) -> Issue:
    before, issue.state = issue.state, WORKFLOW.target(verb, issue.state)
    issue.updated_at = now
    issue.save(update_fields=["state", "updated_at"])
    audit.record(by=by, verb=f"issue.{verb}", subject=issue, before=before, after=issue.state, at=now)
    index_issue(issue=issue)
    return issue


def _save_hidden(issue: Issue, verb: str, reason: str, *, by: "User", now: dt.datetime) -> Issue:
    issue.updated_at = now
    issue.save(update_fields=["hidden_at", "hidden_reason", "updated_at"])
    audit.record(by=by, verb=verb, subject=issue, after=reason, at=now)
    index_issue(issue=issue)
    return issue
