"""The log of the town: who did what, and who saw personal data."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from musubi.flow.actors import queries
from musubi.flow.cases.queries import cases_for
from musubi.flow.matching.queries import introductions_for
from musubi.flow.projects.queries import team_projects_for
from musubi.flow.stories.queries import own_stories_for
from musubi.web.design.paging import page_of
from musubi.web.design.requests import PersonRequest
from musubi.web.office.door import office_only

from .forms import LogForm
from .reading import readable
from .wording import SUBJECTS, VERBS

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from musubi.base.audit.models import Event

PAGES = {
    "actors.actor": "office:actor",
    "listings.listing": "public:listing",
    "issues.issue": "public:issue",
    "matching.introduction": "workspace:introduction",
    "cases.case": "workspace:case",
    "projects.project": "workspace:project",
    "stories.story": "workspace:story_edit",
}
DOORS: dict[str, Callable[[Any], "QuerySet[Any]"]] = {
    "actors.actor": queries.office_actors_for,
    "matching.introduction": introductions_for,
    "cases.case": cases_for,
    "projects.project": team_projects_for,
    "stories.story": own_stories_for,
}
"""Through which door the name of each kind is read."""


@require_safe
@office_only
def audit(request: PersonRequest) -> HttpResponse:
    """Newest first, narrowed by verb and day."""
    events = queries.audit_events_for(request.user, request.municipality)
    form = LogForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    if wanted.get("verb"):
        events = events.filter(verb=wanted["verb"])
    if wanted.get("until"):
        midnight = dt.datetime.combine(wanted["until"] + dt.timedelta(days=1), dt.time.min)
        events = events.filter(at__lt=timezone.make_aware(midnight))
    page = page_of(events, request.GET, per_page=50)
    names = queries.names_in_log(request.user, {event.by for event in page.items})
    things = _things(request, page.items)
    lines = [
        {
            "event": event,
            "who": names.get(event.by, _("Musubi（自動）") if event.by == "system" else event.by),
            "what": VERBS.get(event.verb, event.verb),
            "before": readable(event.before, event.verb),
            "after": readable(event.after, event.verb),
            **_subject(event.subject_type, event.subject_ref, things),
        }
        for event in page.items
    ]
    return render(request, "office/audit.html", {"form": form, "page": page, "lines": lines})


def _things(request: PersonRequest, events: "Sequence[Event]") -> dict[tuple[str, str], str]:
    """What the events of a page are about, each by its name, as far as this person may read it."""
    found: dict[tuple[str, str], str] = {}
    for kind, door in DOORS.items():
        refs = {event.subject_ref for event in events if event.subject_type == kind}
        if refs:
            rows = door(request.user).filter(pk__in=refs).order_by("pk")
            found |= {(kind, str(row.pk)): _name(kind, row) for row in rows}
    return found


def _name(kind: str, row: Any) -> str:
    return f"{row.need} – {row.offer}" if kind == "matching.introduction" else str(row)


def _subject(kind: str, ref: str, things: dict[tuple[str, str], str]) -> dict[str, str]:
    """How it is called, and where it is read: only what this person may open has a link."""
    name = things.get((kind, ref))
    is_open = kind in PAGES and (name is not None or kind not in DOORS)
    return {
        "subject": f"{SUBJECTS.get(kind, kind)} {name or ref}",
        "href": reverse(PAGES[kind], args=[ref]) if is_open else "",
    }
