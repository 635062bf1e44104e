"""The rows as they stand now, held until the transaction ends: the case first, then its agreement."""

from django.utils.translation import gettext as _

from musubi.base.common.verdict import NotAllowed

from ...models import Agreement, AgreementVersion, Case
from ...queries.agreements import current_version


class VersionChanged(NotAllowed):
    """Somebody else wrote a newer version in between; nothing was done, and the sentence says so."""

    def __init__(self) -> None:
        self.sentence = _("合意書の内容が変わりました。新しい内容を読んでから、もう一度お願いします。")
        super().__init__(self.sentence)


def locked_case(case_id: int) -> Case:
    """This case, fresh and locked, with its need and coordinator."""
    rows = Case.objects.select_for_update(of=("self",))
    return rows.select_related("need", "need__actor", "municipality", "coordinator").get(pk=case_id)


def locked_agreement(agreement: Agreement) -> Agreement:
    """This agreement, fresh and locked, with its case locked before it."""
    case = locked_case(agreement.case_id)
    fresh = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    fresh.case = case
    return fresh


def locked_version(version: AgreementVersion) -> AgreementVersion:
    """This version, fresh, with its agreement and case locked; VersionChanged if there is a newer one."""
    agreement = locked_agreement(version.agreement)
    newest = current_version(agreement)
    if newest.pk != version.pk:
        raise VersionChanged
    newest.agreement = agreement
    return newest
