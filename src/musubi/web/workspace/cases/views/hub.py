"""The page on which a case is followed, and the list of one's own."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from musubi.flow.actors.queries import standing_of
from musubi.flow.cases import permissions
from musubi.flow.cases.queries import (
    cases_for,
    left_at,
    letters_for,
    turns_for,
)
from musubi.flow.cases.services import open_contacts
from musubi.flow.listings.queries import listings_for
from musubi.flow.matching.queries import introductions_for
from musubi.flow.projects.permissions import can_start_project
from musubi.flow.projects.queries import project_of
from musubi.web.design.paging import page_of
from musubi.web.design.requests import PersonRequest
from musubi.web.workspace.agreements.section import section_of as agreement_of
from musubi.web.workspace.introductions.presentation import sent_from
from musubi.web.workspace.meetings.section import section_of as meetings_of

from ..forms import LetterForm, NextStepForm
from ..letters import shown_letters
from ..parties import contact_lines, parties_shown, writes_as
from ..timeline import events_of


@require_safe
def cases(request: PersonRequest) -> HttpResponse:
    """Cases in which one's own actors take part or took part, the latest moved first."""
    own = standing_of(request.user).actor_ids
    rows = cases_for(request.user).filter(parties__actor__in=own).distinct()
    page = page_of(rows.order_by("-moved_at", "-pk"), request.GET)
    turns = turns_for(request.user, page.items)
    return render(
        request,
        "workspace/cases/cases.html",
        {"page": page, "rows": [(case, turns[case.pk]) for case in page.items]},
    )


@require_safe
def case(request: PersonRequest, pk: int) -> HttpResponse:
    """Whose turn it is, what happened, who takes part, and what one may do now."""
    user = request.user
    row = get_object_or_404(cases_for(user), pk=pk)
    introductions = list(introductions_for(user).filter(in_case__case=row).order_by("introduced_at", "pk"))
    letters = list(letters_for(user, row))
    shared = [letter for letter in letters if letter.introduction_id is None]
    seen, gone = permissions.can_see_contacts(user, row), left_at(user, row)
    return render(
        request,
        "workspace/cases/case.html",
        {
            "case": row,
            "today": timezone.localdate(),
            "left_at": gone,
            "turns": turns_for(user, [row])[row.pk],
            "events": events_of(row, introductions, until=gone),
            "parties": [
                (party, verdict)
                for party, verdict in parties_shown(user, row)
                if gone is None or party.joined_at <= gone
            ],
            "contacts": contact_lines(open_contacts(case=row, by=user, now=timezone.now()) if seen else []),
            "introductions": [
                (introduction, sum(letter.introduction_id == introduction.pk for letter in letters))
                for introduction in introductions
            ],
            "letters": shown_letters(shared, user, town_id=row.municipality_id),
            "letter_form": LetterForm(),
            "step_form": NextStepForm(initial={"what": row.next_step, "on": row.next_step_on}),
            "reads_need": listings_for(user).filter(pk=row.need_id).exists(),
            "may_arrange": permissions.can_arrange(user, row),
            "may_write": permissions.can_write_letter(user, row, None, writes_as(user, row)),
            "may_take": permissions.can_take_case(user, row),
            "may_step": permissions.can_set_next_step(user, row),
            "may_close": permissions.can_close_case(user, row),
            "may_start": can_start_project(user, row),
            "project": project_of(row),
            "meetings": meetings_of(request, row),
            "agreement": agreement_of(request, row),
            "keep_clear": sent_from(request, introductions, f"case-{pk}"),
        },
    )
