"""A draft is shown to all: from here on it does not change, and each party says yes or has it changed."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from musubi.base.accounts.models import User
from musubi.base.audit import services as audit
from musubi.base.common.verdict import require

from ...models import AgreementVersion
from ...notifications.agreements import tell_proposed
from ...permissions.agreements import can_write_version
from ...queries.terms import terms_of
from ...workflow import AGREEMENT
from ..moving import moved
from .completeness import require_complete
from .locking import locked_version
from .writing import StaleVersion


@transaction.atomic
def propose_version(
    *, version: AgreementVersion, by: User, now: dt.datetime, saves: int | None = None
) -> AgreementVersion:
    """Ask every party to confirm the draft; the proposer's own party too.

    NotComplete says field by field what is missing; StaleVersion if it was saved since `saves`,
    the state that the proposer has read.
    """
    version = locked_version(version)
    require(can_write_version(by, version))
    agreement = version.agreement
    before, agreement.state = agreement.state, AGREEMENT.target("propose", agreement.state)
    if saves is not None and version.saves != saves:
        raise StaleVersion(version)
    require_complete(terms_of(version), agreement.case, today=timezone.localdate(now))
    version.proposed_at = agreement.moved_at = now
    version.save(update_fields=["proposed_at"])
    agreement.save(update_fields=["state", "moved_at"])
    audit.record(
        by=by,
        verb="agreement.propose",
        subject=agreement.case,
        at=now,
        before=before,
        after={"version": version.number, "state": agreement.state},
    )
    moved(agreement.case, now)
    tell_proposed(version, by=by, at=now)
    return version
