"""A change makes the next version: nobody's yes is carried over, and what was agreed stands until then."""

import datetime as dt

from django.db import transaction

from musubi.base.accounts.models import User
from musubi.base.audit import services as audit
from musubi.base.common.verdict import require

from ...models import Agreement, AgreementVersion
from ...notifications.agreements import tell_revised
from ...permissions.agreements import can_revise_agreement
from ...queries import parties_of
from ...queries.agreements import current_version
from ...queries.terms import COLUMNS, Terms, offered_lines, terms_of
from ...workflow import AGREEMENT
from ..moving import moved
from .locking import VersionChanged, locked_agreement
from .storing import put_terms, replace_parts


@transaction.atomic
def revise_agreement(
    *, agreement: Agreement, by: User, now: dt.datetime, seen: str | None = None
) -> AgreementVersion:
    """Begin the next version as a copy of the current one, with today's parties and offers.

    VersionChanged if the agreement is no longer in the state in which the reader has `seen` it.
    """
    agreement = locked_agreement(agreement)
    require(can_revise_agreement(by, agreement))
    before, agreement.state = agreement.state, AGREEMENT.target("revise", agreement.state)
    if seen is not None and seen != before:
        raise VersionChanged
    old = current_version(agreement)
    terms = _for_today(terms_of(old), agreement)
    version = AgreementVersion(agreement=agreement, number=old.number + 1, written_by=by, written_at=now)
    put_terms(version, terms)
    version.save()
    replace_parts(version, terms)
    agreement.moved_at = now
    agreement.save(update_fields=["state", "moved_at"])
    case = agreement.case
    after = {"version": version.number, "state": agreement.state}
    audit.record(by=by, verb="agreement.revise", subject=case, at=now, before=before, after=after)
    moved(case, now)
    tell_revised(version, before=before, by=by, at=now)
    return version


def _for_today(terms: Terms, agreement: Agreement) -> Terms:
    """The same terms without the parts and the things of those who have left."""
    there = {party.actor_id for party in parties_of(agreement.case)}
    offered = {line.key for line in offered_lines(agreement.case)}
    return Terms(
        **{name: getattr(terms, name) for name in COLUMNS},
        parts={actor: part for actor, part in terms.parts.items() if actor in there},
        uses=tuple(use for use in terms.uses if use.key in offered),
        indicators=terms.indicators,
    )
