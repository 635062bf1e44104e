"""What the index holds of a listing so that the candidate step can leave out what cannot fit.

Each facet is a necessary condition, never a judgement: whoever passes is judged by the engine's rules. A listing
`has` facets; another asks for groups of them, of each of which it needs one.
"""

import datetime as dt
from collections.abc import Iterable

from ..enums import MATCHABLE, Condition, Side
from ..models import Listing
from .content import Content, WindowValue

OTHER = {Side.NEED: Side.OFFER, Side.OFFER: Side.NEED}
ANYWHERE, ONLINE = "in:any", "in:online"
ANY_DAY, ANY_MONTH = "on:any", "month:any"
MOST_MONTHS = 24
WEEK = 7


def matching_facets(listing: Listing, content: Content, area_paths: Iterable[str]) -> set[str]:
    """What a matchable listing has; nothing while it is not to be proposed."""
    if listing.state not in MATCHABLE:
        return set()
    within = {f"in:{_ids(path)[-1]}" for path in area_paths}
    online = {ONLINE} if Condition.ONLINE_OK in content.conditions else set()
    return {
        f"by:{listing.actor_id}",
        *(matchable_facet(listing.side, line.resource) for line in content.lines),
        *(within or {ANYWHERE}),
        *online,
        *(_days(content.windows) or {ANY_DAY}),
        *(_months(content.windows) or {ANY_MONTH}),
    }


def asked_facets(
    side: Side, content: Content, area_paths: Iterable[str], *, at_a_time: frozenset[str]
) -> tuple[frozenset[str], ...]:
    """The groups a listing of this side asks of the other side; empty where it asks for no resource.

    Areas meet either way: what lies in one of ours, and what one of ours lies in. `at_a_time` are the resources for
    which both must be there on one day; whoever offers another of those asked for passes without.
    """
    resources = {line.resource for line in content.lines}
    if not resources:
        return ()
    other = OTHER[side]
    groups = [{matchable_facet(other, resource) for resource in resources}]
    paths = [_ids(path) for path in area_paths]
    if paths and Condition.ONLINE_OK not in content.conditions:
        groups.append({ANYWHERE, ONLINE, *(f"in:{part}" for path in paths for part in path)})
        groups[-1] |= {f"a:{path[-1]}" for path in paths}
    untimed = {matchable_facet(other, resource) for resource in resources - at_a_time}
    if resources & at_a_time:
        if days := _days(content.windows):
            groups.append({ANY_DAY, *days, *untimed})
        if months := _months(content.windows):
            groups.append({ANY_MONTH, *months, *untimed})
    return tuple(frozenset(group) for group in groups)


def matchable_facet(side: str, resource: str) -> str:
    """That a listing of a side with this resource may be proposed: one facet, because all three are always asked."""
    return f"m:{side}:{resource}"


def _ids(path: str) -> list[str]:
    return path.strip("/").split("/")


def _days(windows: tuple[WindowValue, ...]) -> set[str]:
    """The weekdays that all windows together name; none if one is open to any day."""
    if not windows or any(not window.weekdays or len(window.weekdays) == WEEK for window in windows):
        return set()
    return {f"on:{day}" for window in windows for day in window.weekdays}


def _months(windows: tuple[WindowValue, ...]) -> set[str]:
    """The months that all windows together touch; none if one has no end or they are too many to tell."""
    months: set[str] = set()
    for window in windows:
        if window.starts_on is None or window.ends_on is None:
            return set()
        first, last = _month(window.starts_on), _month(window.ends_on)
        if last - first >= MOST_MONTHS:
            return set()
        months |= {f"month:{number // 12}-{number % 12 + 1:02}" for number in range(first, last + 1)}
    return months


def _month(day: dt.date) -> int:
    return day.year * 12 + day.month - 1
