"""When a case may become a project."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from musubi.base.common.verdict import Verdict, refuse
from musubi.flow.cases.enums import AgreementState, CaseState
from musubi.flow.cases.models import Case
from musubi.flow.cases.permissions import can_take_part
from musubi.flow.cases.queries import agreed_version, newcomers_of, parties_of

if TYPE_CHECKING:
    from musubi.flow.actors.queries.standing import Person


def can_start_project(user: "Person", case: Case) -> Verdict:
    """Whoever takes part, once all have agreed to the same words and nobody is rewriting them."""
    verdict = can_take_part(user, case)
    if not verdict:
        return verdict
    if case.state == CaseState.STARTED:
        return refuse(_("この案件は、もうプロジェクトになっています。"))
    if case.state != CaseState.AGREED:
        return refuse(_("合意書がまとまると、プロジェクトを始められます。"))
    version = agreed_version(case)
    if version is None or version.agreement.state != AgreementState.AGREED:
        return refuse(_("合意書を書き直しています。全員の確認がそろってから始めてください。"))
    if newcomers_of(version, parties_of(case)):
        return refuse(_("合意のあとに加わった団体があります。合意書を書き直してから始めてください。"))
    return verdict
