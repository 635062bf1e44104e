"""地域課題 for its readers."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from musubi.base.audit.services import record_view
from musubi.base.common.enums import Source
from musubi.flow.actors.queries import standing_of
from musubi.flow.issues.enums import ISSUE_SHOWN, IssueState
from musubi.flow.issues.permissions import (
    can_edit_issue,
    can_move_issue,
    can_support_issue,
    can_take_up_issue,
)
from musubi.flow.issues.queries import issues_for, supported_by, with_support_counts
from musubi.flow.listings.enums import LISTING_SHOWN
from musubi.flow.listings.queries import listings_for, of_open_actors
from musubi.web.design.paging import page_of
from musubi.web.design.requests import TownRequest
from musubi.web.shared.whereabouts import places_of


@login_not_required
@require_safe
def issues(request: TownRequest) -> HttpResponse:
    """What troubles people here, newest first."""
    rows = with_support_counts(
        issues_for(request.user).filter(municipality=request.municipality, hidden_at=None)
    )
    state = request.GET.get("state", "")
    rows = rows.filter(state=state) if state in ISSUE_SHOWN else rows.filter(state__in=ISSUE_SHOWN)
    return render(
        request,
        "public/issues.html",
        {
            "page": page_of(rows.order_by("-created_at", "-pk"), request.GET),
            "states": [s for s in IssueState.choices if s[0] in ISSUE_SHOWN],
            "state": state,
        },
    )


@login_not_required
@require_safe
def issue(request: TownRequest, pk: int) -> HttpResponse:
    """Where, what, how many feel the same, and what has come of it."""
    row = get_object_or_404(with_support_counts(issues_for(request.user)), pk=pk)
    standing = standing_of(request.user)
    is_staff = row.municipality_id in standing.staff_in
    staff_facts = _staff_facts(row) if is_staff and row.source != Source.WEB else []
    if staff_facts and row.reporter_name and request.user.is_authenticated:
        record_view(by=request.user, subject=row, what="reporter_name", at=timezone.now())
    is_open = not row.hidden_at and row.state in (IssueState.OPEN, IssueState.TAKEN_UP)
    query = urlencode({"side": "need", "issue": row.pk})
    return render(
        request,
        "public/issue.html",
        {
            "issue": row,
            "where": places_of("issue", row, reader=request.user, address=row.place_note),
            "needs": of_open_actors(listings_for(request.user))
            .filter(issue=row, state__in=LISTING_SHOWN, hidden_at=None)
            .order_by("-published_at", "-pk")[:10],
            "supported": row.pk in supported_by(request.user, [row]),
            "support": can_support_issue(request.user, row),
            "take_up": can_take_up_issue(request.user, row),
            "edit": can_edit_issue(request.user, row),
            "move": can_move_issue(request.user, row),
            "can_withdraw": row.state == IssueState.OPEN,
            "is_staff": is_staff,
            "is_open": is_open,
            "asks_to_register": is_open and row.municipality_id not in standing.reads_in,
            "make_need_url": f"{reverse('workspace:listing_new')}?{query}",
            "staff_facts": staff_facts,
        },
    )


def _staff_facts(row: Any) -> list[tuple[str, str]]:
    """How it came, and whose words it is: for staff alone."""
    return [
        (_("受け付けた方法"), row.get_source_display()),
        (_("伝えた人"), row.reporter_name),
        (_("入力した職員"), str(row.entered_by) if row.entered_by else ""),
    ]
