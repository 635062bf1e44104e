"""A town and its first officer: the one act without anybody who could allow it."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from musubi.base.accounts.models import User
from musubi.base.audit import services as audit
from musubi.base.places.models import Area, Municipality
from musubi.base.places.services import make_municipality

from ..enums import MandateRole
from ..models import Mandate, Registrant
from ..queries import forget_standing


@transaction.atomic
def found_town(
    *,
    area: Area,
    officer: User,
    contact: str,
    now: dt.datetime,
    host: str = "",
    is_demonstration: bool = False,
) -> Municipality:
    """Make the municipality and entrust its office to the first officer, who entrusts everybody after."""
    municipality = make_municipality(area=area, contact=contact, host=host, is_demonstration=is_demonstration)
    mandate = Mandate.objects.create(
        municipality=municipality,
        user=officer,
        role=MandateRole.OFFICE,
        valid_from=timezone.localtime(now).date(),
    )
    Registrant.objects.create(municipality=municipality, user=officer, registered_at=now)
    forget_standing(officer)
    audit.record(by=None, verb="municipality.found", subject=municipality, after=area.name, at=now)
    audit.record(
        by=None, verb="mandate.give", subject=mandate, after=MandateRole.OFFICE, on_behalf_of=officer, at=now
    )
    return municipality
