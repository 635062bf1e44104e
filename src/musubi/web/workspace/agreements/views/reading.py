"""The agreement as it is: whole, who has confirmed, what changed, on paper."""

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from musubi.flow.cases.enums import AgreementState
from musubi.flow.cases.permissions import can_begin_agreement, can_revise_agreement, can_write_version
from musubi.flow.cases.queries import current_version, turns_of_agreement
from musubi.web.design.requests import PersonRequest
from musubi.web.shared.paper import pdf_answer

from ..paper import paper_of
from ..presentation import changes_of, confirmers_of, sheet_of, signers_of, state_value, state_words
from .finding import before, found, found_case, in_force_beside, shown_of, versions_of

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

    from musubi.flow.cases.models import AgreementVersion


@require_safe
def agreement(request: PersonRequest, pk: int) -> HttpResponse:
    """What is agreed or being agreed in a case, whose turn it is, and what one may press."""
    case = found_case(request, pk)
    versions = versions_of(request, case)
    if not versions:
        verdict = can_begin_agreement(request.user, case)
        if hasattr(case, "agreement"):
            raise Http404
        return render(request, "workspace/agreements/none.html", {"case": case, "can_begin": verdict})
    shown = shown_of(versions)
    is_current = shown == current_version(shown.agreement)
    state = shown.agreement.state if is_current else ""
    values = {
        **_page(shown, versions),
        "turns": turns_of_agreement(case) if is_current else [],
        "confirmers": confirmers_of(shown, request.user),
        "is_draft": state == AgreementState.DRAFT,
        "is_confirming": state == AgreementState.CONFIRMING,
        "in_force": in_force_beside(shown, versions),
        "can_write": can_write_version(request.user, shown),
        "can_revise": can_revise_agreement(request.user, shown.agreement),
        "keep_clear": f"agreement-{shown.pk}" if "saved" in request.GET else "",
    }
    return render(request, "workspace/agreements/agreement.html", values)


@require_safe
def agreement_version(request: PersonRequest, pk: int) -> HttpResponse:
    """One version of the history, and what it changed."""
    version = found(request, pk)
    versions = versions_of(request, version.agreement.case)
    return render(request, "workspace/agreements/version.html", _page(version, versions))


@require_safe
def agreement_print(request: PersonRequest, pk: int) -> HttpResponse:
    """One version for paper, with a line for each party's name and date."""
    version = found(request, pk)
    values = {
        "case": version.agreement.case,
        "version": version,
        "sheet": sheet_of(version),
        "state": state_words(version, current_version(version.agreement)),
        "signers": signers_of(version),
        "line": "_" * 24,
        "date": _("令和　　年　　月　　日"),
    }
    return render(request, "workspace/agreements/print.html", values)


@require_safe
def agreement_pdf(request: PersonRequest, pk: int) -> "HttpResponseBase":
    """The same as a PDF, to be sent along, kept or signed."""
    version = found(request, pk)
    case = version.agreement.case
    versions = versions_of(request, case)
    return pdf_answer(
        request,
        "agreement",
        title=_("合意書 %(case)s 第%(number)d版") % {"case": case, "number": version.number},
        town=case.municipality,
        link=request.build_absolute_uri(reverse("workspace:agreement_version", args=[pk])),
        values=paper_of(version, versions, newest=current_version(version.agreement)),
    )


def _page(version: "AgreementVersion", versions: "list[AgreementVersion]") -> dict[str, object]:
    old = before(version, versions)
    newest = current_version(version.agreement)
    return {
        "case": version.agreement.case,
        "version": version,
        "state": state_words(version, newest),
        "state_value": state_value(version),
        "sheet": sheet_of(version),
        "old": old,
        "changes": changes_of(old, version),
        "history": [(each, state_words(each, newest)) for each in versions],
    }
