"""The log of the town: who did what, and who saw personal data."""

import datetime as dt

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from musubi.flow.actors import queries
from musubi.web.design.paging import page_of
from musubi.web.design.requests import PersonRequest
from musubi.web.office.door import office_only

from .forms import LogForm
from .reading import readable
from .wording import SUBJECTS, VERBS

PAGES = {"actors.actor": "office:actor", "listings.listing": "public:listing", "issues.issue": "public:issue"}


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
    actor_ids = {event.subject_ref for event in page.items if event.subject_type == "actors.actor"}
    actors = queries.office_actors_for(request.user).filter(pk__in=actor_ids).values_list("pk", "name")
    titles = {("actors.actor", str(pk)): name for pk, name in actors}
    lines = [
        {
            "event": event,
            "who": names.get(event.by, event.by),
            "what": VERBS.get(event.verb, event.verb),
            "before": readable(event.before, event.verb),
            "after": readable(event.after, event.verb),
            "subject": _subject(event.subject_type, event.subject_ref, titles),
            "href": reverse(PAGES[event.subject_type], args=[event.subject_ref])
            if event.subject_type in PAGES
            else "",
        }
        for event in page.items
    ]
    return render(request, "office/audit.html", {"form": form, "page": page, "lines": lines})


def _subject(kind: str, ref: str, titles: dict[tuple[str, str], str]) -> str:
    return f"{SUBJECTS.get(kind, kind)} {titles.get((kind, ref), ref)}"
