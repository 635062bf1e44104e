"""What the town promises about accessibility, and what was found."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from musubi.web.design.requests import TownRequest

from . import criteria


@login_not_required
@require_safe
def accessibility(request: TownRequest) -> HttpResponse:
    """The policy, how to tell of a barrier, and the table of results."""
    standards = [("JIS X 8341-3:2016", criteria.of_jis()), ("WCAG 2.2", criteria.of_wcag())]
    return render(
        request,
        "public/accessibility/accessibility.html",
        {
            "policy_on": criteria.POLICY_ON,
            "tested_on": criteria.TESTED_ON,
            "is_met": criteria.is_met(criteria.of_jis()),
            "standards": [
                (name, len(rows), [(criteria.RESULTS[key], n) for key, n in criteria.counted(rows).items()])
                for name, rows in standards
            ],
            "parts": [
                (title, [row for row in criteria.CRITERIA if row.number.startswith(f"{number}.")])
                for number, title in criteria.PRINCIPLES
            ],
            "missing": [row for row in criteria.CRITERIA if row.result == criteria.PARTLY],
            "tried": criteria.TRIED,
        },
    )
