"""A draft is saved again and again by whoever takes part."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from musubi.base.accounts.models import User
from musubi.base.audit import services as audit
from musubi.base.common.verdict import require
from musubi.base.common.workflow import InvalidTransition

from ...models import AgreementVersion
from ...permissions.agreements import can_write_version
from ...queries.terms import Terms, terms_of
from ...workflow import AGREEMENT
from ..moving import moved
from .locking import locked_version
from .storing import changed_names, checked_terms, put_terms, replace_parts


class StaleVersion(Exception):
    """Somebody else saved in between; nothing was stored, and what was typed is with the caller."""

    def __init__(self, version: AgreementVersion) -> None:
        self.sentence = _(
            "ほかの人（または別の画面）が先に保存したため、まだ保存していません。"
            "書いたものはこの画面に残っています。新しい内容を見てから、もう一度保存してください。"
        )
        super().__init__(self.sentence)
        self.saves, self.saved_at = version.saves, version.written_at


@transaction.atomic
def save_version(
    *, version: AgreementVersion, terms: Terms, saves: int, by: User, now: dt.datetime
) -> AgreementVersion:
    """Store everything that was typed into a draft, all parts at once.

    StaleVersion if it was saved since `saves`; ValidationError with a sentence for what no form
    offers and for more than an offer has left.
    """
    version = locked_version(version)
    require(can_write_version(by, version))
    require_draft(version, "save")
    if version.saves != saves:
        raise StaleVersion(version)
    terms = checked_terms(terms, version)
    changed = changed_names(terms_of(version), terms)
    if not changed:
        return version
    columns = put_terms(version, terms)
    version.saves, version.written_at = version.saves + 1, now
    version.save(update_fields=[*columns, "saves", "written_at"])
    replace_parts(version, terms)
    case = version.agreement.case
    after = {"version": version.number, "changed": changed}
    audit.record(by=by, verb="agreement.save", subject=case, at=now, after=after)
    moved(case, now)
    return version


def require_draft(version: AgreementVersion, verb: str) -> None:
    """Only a draft is written: what was shown to the parties stays as they saw it."""
    if not AGREEMENT.allows("propose", version.agreement.state):
        raise InvalidTransition(verb, version.agreement.state)
