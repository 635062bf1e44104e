"""What a person may open: a version, or the newest of a case that they may read."""

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404

from musubi.flow.cases.queries import AGREEING, cases_for, versions_for, with_terms
from musubi.web.design.requests import PersonRequest

if TYPE_CHECKING:
    from musubi.flow.cases.models import AgreementVersion, Case


def found_case(request: PersonRequest, pk: int) -> "Case":
    """A case this person may read, or 404."""
    return get_object_or_404(cases_for(request.user), pk=pk)


def found(request: PersonRequest, pk: int) -> "AgreementVersion":
    """A version this person may read, with everything it says, or 404."""
    return get_object_or_404(with_terms(versions_for(request.user)), pk=pk)


def versions_of(request: PersonRequest, case: "Case") -> "list[AgreementVersion]":
    """Every version of a case that this person may read, the newest first."""
    return list(with_terms(versions_for(request.user)).filter(agreement__case=case).order_by("-number"))


def shown_of(versions: "list[AgreementVersion]") -> "AgreementVersion":
    """The newest; once the agreement no longer changes, what was agreed."""
    newest = versions[0]
    if newest.agreement.case.state in AGREEING:
        return newest
    return next((version for version in versions if version.agreed_at is not None), newest)


def before(version: "AgreementVersion", versions: "list[AgreementVersion]") -> "AgreementVersion | None":
    """The version that this one changed."""
    return next((other for other in versions if other.number < version.number), None)


def in_force_beside(
    shown: "AgreementVersion", versions: "list[AgreementVersion]"
) -> "AgreementVersion | None":
    """What was agreed and stands while the version that is shown is not agreed yet."""
    if shown.agreed_at is not None:
        return None
    return next((version for version in versions if version.agreed_at is not None), None)
