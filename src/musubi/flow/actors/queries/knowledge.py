"""What of a town's knowledge is not for everybody."""

from typing import TYPE_CHECKING

from musubi.base.knowledge.queries import VainList, nothing_searched, vain_searches_of
from musubi.base.places.models import Municipality

from .standing import standing_of

if TYPE_CHECKING:
    from .standing import Person


def vain_searches_for(user: "Person", municipality: Municipality) -> VainList:
    """Words that were searched for in vain and wait for an answer: the office alone reads them."""
    if municipality.pk not in standing_of(user).office_in:
        return nothing_searched()
    return vain_searches_of(municipality)
