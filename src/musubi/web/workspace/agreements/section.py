"""The agreement's part of the case page: where it stands, who is awaited, what to do next."""

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from musubi.flow.cases.permissions import can_begin_agreement
from musubi.flow.cases.queries import current_version, turns_of_agreement
from musubi.web.design.requests import PersonRequest

from .presentation import state_value, state_words
from .views.finding import in_force_beside, versions_of

if TYPE_CHECKING:
    from musubi.flow.cases.models import Case


def section_of(request: PersonRequest, case: "Case") -> dict[str, Any]:
    """What `workspace/agreements/section.html` reads under the name `agreement`."""
    versions = versions_of(request, case)
    if not versions:
        return {
            "case": case,
            "version": None,
            "is_begun": hasattr(case, "agreement"),
            "can_begin": can_begin_agreement(request.user, case),
        }
    shown = versions[0]
    newest = current_version(shown.agreement)
    return {
        "case": case,
        "version": shown,
        "state": state_words(shown, newest),
        "state_value": state_value(shown),
        "in_force": in_force_beside(shown, versions),
        "said": [] if shown.agreed_at else [row.actor for row in shown.confirmations.all()],
        "turns": turns_of_agreement(case) if shown == newest else [],
        "url": reverse("workspace:agreement", args=[case.pk]),
    }
