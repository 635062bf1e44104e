"""A coordinator's work on a need begins, goes from hand to hand, and has a next step."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from musubi.base.accounts.models import User
from musubi.base.audit import services as audit
from musubi.base.audit.queries import events_about
from musubi.base.common.verdict import NotAllowed, require
from musubi.flow.actors.queries import standing_of
from musubi.flow.listings.models import Listing

from ..models import Case, Party
from ..notifications.cases import tell_opened, tell_taken
from ..permissions.cases import can_open_case, can_see_contacts, can_set_next_step, can_take_case, opener_of
from ..queries import Contact, contacts_for, open_case_of
from .moving import locked_case, moved

CONTACTS = "contacts"


@transaction.atomic
def open_case(*, need: Listing, by: User, now: dt.datetime) -> Case:
    """Staff begin to look for partners; whoever coordinates has the case in hand.

    NotAllowed with the other's name if somebody else has just opened it.
    """
    need = _fresh(need)
    require(can_open_case(by, need))
    coordinator = by if need.municipality_id in standing_of(by).coordinates_in else None
    try:
        case = begin_case(need=need, coordinator=coordinator, by=by, now=now)
    except IntegrityError as error:
        verdict = can_open_case(by, need)
        raise NotAllowed(verdict.reason) from error
    tell_opened(case, by=by, at=now)
    return case


@transaction.atomic
def begin_case(*, need: Listing, coordinator: User | None, by: User, now: dt.datetime) -> Case:
    """The case of a need with its first party; IntegrityError if it has an open one."""
    with transaction.atomic():
        case = Case.objects.create(
            municipality=need.municipality,
            need=need,
            title=need.title,
            coordinator=coordinator,
            opened_by=by,
            opened_at=now,
            moved_at=now,
        )
    Party.objects.create(case=case, actor=need.actor, listing=need, joined_at=now)
    after = {"need": need.pk, "coordinator": coordinator.pk if coordinator else None}
    audit.record(by=by, verb="case.open", subject=case, at=now, after=after)
    return case


def open_or_begin(*, need: Listing, by: User, now: dt.datetime) -> Case:
    """The need's open case, locked; without one it begins without a coordinator."""
    case = open_case_of(need)
    if case is None:
        try:
            case = begin_case(need=_fresh(need), coordinator=None, by=by, now=now)
        except IntegrityError:
            case = open_case_of(need)
            if case is None:
                raise
    return locked_case(case)


@transaction.atomic
def take_case(*, case: Case, by: User, now: dt.datetime) -> Case:
    """Staff take a case over; NotAllowed if it has gone to somebody else since it was read."""
    seen = case.coordinator_id
    case = locked_case(case)
    require(can_take_case(by, case))
    if case.coordinator_id != seen:
        raise NotAllowed(_("この案件は、いま%(name)sの担当になりました。") % {"name": opener_of(case)})
    before, case.coordinator = case.coordinator, by
    case.save(update_fields=["coordinator"])
    audit.record(by=by, verb="case.take", subject=case, at=now, before=seen or "", after=by.pk)
    tell_taken(case, before=before, by=by, at=now)
    return moved(case, now)


@transaction.atomic
def set_next_step(*, case: Case, what: str, on: dt.date | None, by: User, now: dt.datetime) -> Case:
    """What staff do next, and until when; empty words clear it."""
    case = locked_case(case)
    require(can_set_next_step(by, case))
    before = {"what": case.next_step, "on": case.next_step_on}
    case.next_step = " ".join(what.split())
    case.next_step_on = on if case.next_step else None
    case.save(update_fields=["next_step", "next_step_on"])
    after = {"what": case.next_step, "on": case.next_step_on}
    audit.record(by=by, verb="case.next_step", subject=case, at=now, before=before, after=after)
    return moved(case, now)


@transaction.atomic
def open_contacts(*, case: Case, by: User, now: dt.datetime) -> list[Contact]:
    """The other parties' contacts; that they were seen is kept once a person, case and day."""
    require(can_see_contacts(by, case))
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    seen = events_about(case).filter(by=f"user:{by.pk}", verb="personal_data.view", at__gte=midnight)
    if not seen.exists():
        audit.record_view(by=by, subject=case, what=CONTACTS, at=now)
    return contacts_for(by, case)


def _fresh(need: Listing) -> Listing:
    return Listing.objects.select_related("municipality", "actor").get(pk=need.pk)
