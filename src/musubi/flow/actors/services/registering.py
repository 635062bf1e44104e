"""People register in a town and say what they are called."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from musubi.base.accounts.models import User
from musubi.base.audit import services as audit
from musubi.base.common.verdict import require
from musubi.base.places.models import Municipality

from ..models import Registrant
from ..permissions import can_register
from ..queries import forget_standing


@transaction.atomic
def register_person(*, municipality: Municipality, by: User, now: dt.datetime, name: str = "") -> Registrant:
    """The person reads what is open to 登録者 of this town; a second time changes nothing but the name."""
    require(can_register(by, municipality))
    if name.strip():
        rename_person(name=name, by=by, now=now)
    registrant, created = Registrant.objects.get_or_create(
        municipality=municipality, user=by, defaults={"registered_at": now}
    )
    if created:
        audit.record(by=by, verb="person.register", subject=registrant, at=now)
        forget_standing(by)
    return registrant


@transaction.atomic
def rename_person(*, name: str, by: User, now: dt.datetime) -> User:
    """A person changes the own name; the log says that, not which."""
    name = " ".join(name.split())
    if not name:
        raise ValidationError(_("お名前を入れてください。"))
    if by.name != name:
        by.name = name
        by.save(update_fields=["name"])
        audit.record(by=by, verb="person.rename", subject=by, at=now)
    return by
