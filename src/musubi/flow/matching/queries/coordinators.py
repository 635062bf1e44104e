"""Who in a town coordinates where a listing is."""

import datetime as dt

from django.db.models import Q

from musubi.base.accounts.models import User
from musubi.base.common.enums import Visibility
from musubi.flow.actors.enums import MandateRole
from musubi.flow.actors.models import Mandate
from musubi.flow.listings.models import Listing


def coordinators_of(listing: Listing, *, today: dt.date) -> list[User]:
    """The coordinators whose areas touch the listing's and who may read it; a mandate without areas is the whole town."""
    if listing.visibility == Visibility.CITY_HALL:
        return []
    mandates = (
        Mandate.objects.filter(
            Q(valid_until=None) | Q(valid_until__gte=today),
            municipality=listing.municipality_id,
            role=MandateRole.COORDINATOR,
            valid_from__lte=today,
            user__is_active=True,
        )
        .select_related("user")
        .prefetch_related("areas")
    )
    paths = [area.path for area in listing.areas.all()]
    found: dict[int, User] = {}
    for mandate in mandates:
        own = [area.path for area in mandate.areas.all()]
        if not own or not paths or any(_touch(one, other) for one in own for other in paths):
            found[mandate.user_id] = mandate.user
    return list(found.values())


def _touch(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)
