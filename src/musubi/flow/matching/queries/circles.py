"""From which circle of readers on a listing may be read: what one circle may not see must not fill its list."""

from collections.abc import Iterable, Iterator

from musubi.base.common.enums import Visibility
from musubi.flow.actors.enums import ACTOR_SHOWN
from musubi.flow.listings.models import Listing

OPEN_TO_TOWN = frozenset({Visibility.PUBLIC, Visibility.REGISTERED})
_OPEN_TO_COORDINATORS = frozenset(Visibility) - {Visibility.CITY_HALL}


def is_open_to_town(listing: Listing) -> bool:
    """Whether everybody registered may read it."""
    return listing.visibility in OPEN_TO_TOWN and listing.actor.state in ACTOR_SHOWN


def narrower_circles(refs: Iterable[str]) -> Iterator[frozenset[str]]:
    """Of some listings those that coordinators may read, then those that everybody registered may; one query."""
    rows = Listing.objects.filter(pk__in=[int(ref) for ref in refs]).order_by()
    known = list(rows.values_list("pk", "visibility", "actor__state"))
    yield frozenset(str(pk) for pk, visibility, _ in known if visibility in _OPEN_TO_COORDINATORS)
    yield frozenset(
        str(pk) for pk, visibility, state in known if visibility in OPEN_TO_TOWN and state in ACTOR_SHOWN
    )
