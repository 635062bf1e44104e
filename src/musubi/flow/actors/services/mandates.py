"""The city entrusts people with coordinating or its office, and says where it can be reached."""

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from musubi.base.accounts.models import User
from musubi.base.audit import services as audit
from musubi.base.common.verdict import require
from musubi.base.places.models import Area, Municipality

from .. import notifications, permissions
from ..enums import MandateRole
from ..models import Actor, Mandate
from ..queries import forget_standing
from .profile import lies_within


@transaction.atomic
def give_mandate(
    *,
    municipality: Municipality,
    user: User,
    role: str,
    by: User | None,
    now: dt.datetime,
    areas: Iterable[Area] = (),
    actor: Actor | None = None,
    valid_from: dt.date | None = None,
    valid_until: dt.date | None = None,
) -> Mandate:
    """From `valid_from` (today) on; no area means the whole city. `by` None is the command line."""
    if by is not None:
        require(permissions.can_give_mandate(by, municipality))
    areas = list(areas)
    if role not in MandateRole.values:
        raise ValidationError(_("役割を選んでください。"))
    if not all(lies_within(area=area, municipality=municipality) for area in areas):
        raise ValidationError(_("受け持ちの地域は、この町の中から選んでください。"))
    mandate = Mandate(
        municipality=municipality,
        user=user,
        role=role,
        actor=actor,
        valid_from=valid_from or timezone.localtime(now).date(),
        valid_until=valid_until,
        given_by=by,
    )
    mandate.validate_constraints()
    mandate.save()
    mandate.areas.set(areas)
    forget_standing(user)
    audit.record(by=by, verb="mandate.give", subject=mandate, after=_summary(mandate, areas), at=now)
    notifications.tell_mandated(mandate, at=now)
    return mandate


@transaction.atomic
def end_mandate(*, mandate: Mandate, by: User, now: dt.datetime) -> None:
    """The person has no right from it any more, from this moment; the log keeps what it was."""
    # All of the town's mandates, so that two officers cannot end each other's at the same moment.
    list(Mandate.objects.select_for_update(of=("self",)).filter(municipality_id=mandate.municipality_id))
    mandate = Mandate.objects.select_related("user", "municipality").get(pk=mandate.pk)
    require(permissions.can_end_mandate(by, mandate))
    today = timezone.localtime(now).date()
    audit.record(
        by=by,
        verb="mandate.end",
        subject=mandate,
        before=_summary(mandate, list(mandate.areas.all())),
        at=now,
    )
    notifications.tell_mandate_ended(mandate, at=now)
    if mandate.valid_from >= today:
        mandate.delete()
    else:
        mandate.valid_until = today - dt.timedelta(days=1)
        mandate.save(update_fields=["valid_until"])
    if mandate.user_id == by.pk:
        forget_standing(by)


@transaction.atomic
def change_contact(*, municipality: Municipality, contact: str, by: User, now: dt.datetime) -> Municipality:
    """Where a citizen may ask, as every page says it."""
    municipality = Municipality.objects.select_for_update(of=("self",)).get(pk=municipality.pk)
    require(permissions.can_change_contact(by, municipality))
    before, municipality.contact = municipality.contact, contact.strip()
    municipality.save(update_fields=["contact"])
    audit.record(
        by=by,
        verb="municipality.change_contact",
        subject=municipality,
        before=before,
        after=contact.strip(),
        at=now,
    )
    return municipality


def _summary(mandate: Mandate, areas: list[Area]) -> dict[str, object]:
    return {
        "user": mandate.user_id,
        "role": mandate.role,
        "areas": [str(area) for area in areas],
        "valid_from": mandate.valid_from,
        "valid_until": mandate.valid_until,
    }
