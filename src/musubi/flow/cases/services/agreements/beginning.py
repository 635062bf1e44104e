"""The first draft, filled in from what is already known."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from musubi.base.accounts.models import User
from musubi.base.audit import services as audit
from musubi.base.common.verdict import require
from musubi.base.common.workflow import InvalidTransition

from ...models import Agreement, AgreementVersion, Case
from ...permissions.agreements import can_begin_agreement
from ...queries.terms import OfferedLine, Terms, UseValue, offered_lines
from ..moving import moved
from .locking import locked_case
from .storing import put_terms, replace_parts

LONGEST_AIM = 2000


@transaction.atomic
def begin_agreement(*, case: Case, by: User, now: dt.datetime) -> AgreementVersion:
    """Begin the case's agreement: what the need and the offers say already stands in it."""
    case = locked_case(case.pk)
    require(can_begin_agreement(by, case))
    existing = Agreement.objects.filter(case=case).first()
    if existing is not None:
        raise InvalidTransition("begin", existing.state)
    agreement = Agreement.objects.create(case=case, begun_at=now, moved_at=now)
    version = AgreementVersion(agreement=agreement, written_by=by, written_at=now)
    terms = _first_terms(case, timezone.localdate(now))
    put_terms(version, terms)
    version.save()
    replace_parts(version, terms)
    audit.record(by=by, verb="agreement.begin", subject=case, at=now, after={"version": version.number})
    moved(case, now)
    return version


def _first_terms(case: Case, today: dt.date) -> Terms:
    aim = "\n".join(text for text in (case.need.title, case.need.body) if text)
    starts_on, ends_on = _period(case, today)
    middle = starts_on + (ends_on - starts_on) / 2 if starts_on and ends_on else None
    return Terms(
        aim=aim[:LONGEST_AIM],
        starts_on=starts_on,
        ends_on=ends_on,
        review_on=middle,
        uses=tuple(_uses(case)),
    )


def _period(case: Case, today: dt.date) -> tuple[dt.date | None, dt.date | None]:
    """From the first to the last day the need names, as far as it is not over; nothing where it names none."""
    windows = list(case.need.availabilities.all())
    starts = [row.starts_on for row in windows if row.starts_on]
    ends = [row.ends_on for row in windows if row.ends_on]
    last = max(ends) if ends else None
    if last is None or last < today:
        return None, None
    return max(min([*starts, last]), today), last


def _uses(case: Case) -> list[UseValue]:
    """Of each offer what the need asks for, as far as it is left; of one that answers nothing by name, all."""
    asked = list(case.need.requirements.all())
    kinds = {row.resource for row in asked}
    lines = [line for line in offered_lines(case) if line.left != 0]
    answering = {line.listing.pk for line in lines if line.resource in kinds}

    def amount(line: OfferedLine) -> int | None:
        needed = sum(
            row.amount
            for row in asked
            if row.amount and (row.resource, row.unit) == (line.resource, line.unit)
        )
        return line.left if line.left is None or not needed else min(needed, line.left)

    return [
        UseValue(
            listing_id=line.listing.pk,
            resource=line.resource,
            what=line.what,
            amount=amount(line),
            unit=line.unit,
        )
        for line in lines
        if line.resource in kinds or line.listing.pk not in answering
    ]
