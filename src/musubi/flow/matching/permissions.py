"""Who may ask why something was not proposed."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from musubi.base.common.verdict import ALLOWED, Verdict, refuse
from musubi.flow.actors.queries import standing_of
from musubi.flow.listings.models import Listing

if TYPE_CHECKING:
    from musubi.base.places.models import Municipality
    from musubi.flow.actors.queries.standing import Person


def can_read_proposals(user: "Person", listing: Listing) -> Verdict:
    """The people of the listing's actor and the staff of its town; others see the listing only."""
    standing = standing_of(user)
    if listing.actor_id in standing.actor_ids or listing.municipality_id in standing.staff_in:
        return ALLOWED
    return refuse(_("合いそうな相手を見られるのは、載せた団体の方と、コーディネーター・市の担当だけです。"))


def can_work_at_desk(user: "Person", municipality: "Municipality") -> Verdict:
    """The coordinators of a town and its office."""
    if municipality.pk in standing_of(user).staff_in:
        return ALLOWED
    return refuse(_("このページは、この町のコーディネーターと市の担当だけが開けます。"))
