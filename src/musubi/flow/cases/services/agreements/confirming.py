"""Each party says yes to exactly the same version; with the last yes the agreement stands."""

import datetime as dt

from django.db import transaction

from musubi.base.accounts.models import User
from musubi.base.audit import services as audit
from musubi.base.common.enums import Source
from musubi.base.common.verdict import require
from musubi.base.common.workflow import InvalidTransition
from musubi.flow.actors.models import Actor

from ...enums import CaseState
from ...models import AgreementVersion, Confirmation
from ...notifications.agreements import tell_confirmed_for, tell_settled
from ...permissions.agreements import can_confirm_version
from ...queries import parties_of
from ...workflow import AGREEMENT, CASE
from ..moving import moved
from .locking import locked_version


@transaction.atomic
def confirm_version(
    *,
    version: AgreementVersion,
    actor: Actor,
    by: User,
    now: dt.datetime,
    source: str = Source.WEB,
) -> Confirmation:
    """A party says yes to this version; the last current one makes it the agreement.

    VersionChanged if a newer version has been written since it was read.
    """
    version = locked_version(version)
    if not AGREEMENT.allows("agree", version.agreement.state):
        raise InvalidTransition("confirm", version.agreement.state)
    require(can_confirm_version(by, version, actor, source))
    row = Confirmation.objects.create(
        version=version, actor=actor, said_by=by, said_at=now, source=Source(source)
    )
    case = version.agreement.case
    proxy = source != Source.WEB
    audit.record(
        by=by,
        verb="agreement.confirm",
        subject=case,
        at=now,
        after={"version": version.number, "actor": actor.pk, "source": row.source},
        on_behalf_of=actor if proxy else None,
    )
    if proxy:
        tell_confirmed_for(row, by=by, at=now)
    moved(case, now)
    done = set(version.confirmations.values_list("actor_id", flat=True))
    if all(party.actor_id in done for party in parties_of(case)):
        _agree(version, by, now)
    return row


def _agree(version: AgreementVersion, by: User, now: dt.datetime) -> None:
    agreement, case = version.agreement, version.agreement.case
    before, agreement.state = agreement.state, AGREEMENT.target("agree", agreement.state)
    version.agreed_at = agreement.moved_at = now
    version.save(update_fields=["agreed_at"])
    agreement.save(update_fields=["state", "moved_at"])
    if case.state != CaseState.AGREED:
        case.state = CASE.target("agree", case.state)
        case.save(update_fields=["state"])
    audit.record(
        by=by,
        verb="agreement.agree",
        subject=case,
        at=now,
        before=before,
        after={"version": version.number, "state": agreement.state},
    )
    tell_settled(version, by=by, at=now)
