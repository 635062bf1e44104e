"""What the index holds of a listing so that the candidate step can leave out what cannot fit.

Each facet is a necessary condition, never a judgement: whoever passes is judged by the hard rules. A matchable
listing `has` facets; another asks for groups of them, of each of which it needs one. Areas are paths from the
prefecture down to the last that has a code (towns of one ward meet), in whatever names the caller has: ids, or codes.
"""

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time
from typing import Final, NamedTuple

from musubi_engine.feasibility.time import PRESENT, is_overnight
from musubi_engine.index.candidates import CandidateQuery
from musubi_engine.index.concepts import concept_facets
from musubi_engine.types import Window

OTHER: Final = {"need": "offer", "offer": "need"}
_ANYWHERE, _ONLINE = "in:any", "in:online"
_ANY_DAY, _ANY_MONTH = "on:any", "month:any"
_MOST_MONTHS: Final = 24
_WEEK: Final = 7

# What the index can know of the signals, in about their proportions (see `weights`). Chosen on the development
# collection among 100,000 made-up offers: docs/matching.md, "Speed".
_LIKENESS, _FULL_LIKENESS = 0.5, 0.3
_CONCEPT, _RESOURCE, _FIELD, _SAME_AREA = 0.35, 0.20, 0.06, 0.05


class Days(NamedTuple):
    """When something is possible, as far as facets tell: dates and weekdays (0 Monday; none: any).

    `overnight`: it begins on these and runs past midnight, so that it is there on the days after them too.
    """

    start: date | None
    end: date | None
    weekdays: Iterable[int]
    overnight: bool = False


class Outline(NamedTuple):
    """What of a listing decides its facets."""

    side: str
    actor: str
    resources: frozenset[str]
    areas: tuple[tuple[str, ...], ...]
    days: tuple[Days, ...]
    fields: frozenset[int]
    online: bool


def days_of(
    start: date | None, end: date | None, weekdays: Iterable[int], opens: time | None, closes: time | None
) -> Days:
    """When a window is, as far as facets tell."""
    return Days(start, end, weekdays, is_overnight(Window(opens=opens, closes=closes)))


def matching_facets(outline: Outline) -> frozenset[str]:
    """What a listing has that may be proposed."""
    within = {f"in:{path[-1]}" for path in outline.areas}
    return frozenset(
        {
            f"by:{outline.actor}",
            *(matchable_facet(outline.side, resource) for resource in outline.resources),
            *(within or {_ANYWHERE}),
            *({_ONLINE} if outline.online else ()),
            *(_weekdays(outline.days) or {_ANY_DAY}),
            *(_months(outline.days) or {_ANY_MONTH}),
        }
    )


def asked_facets(outline: Outline) -> tuple[frozenset[str], ...]:
    """The groups a listing asks of the other side; empty where it asks for no resource, which nothing answers.

    Areas meet either way: what lies in one of ours, and what one of ours lies in. Weekdays and months count for
    resources that both must be there for; whoever offers another of those asked for passes without.
    """
    if not outline.resources:
        return ()
    other = OTHER[outline.side]
    groups = [{matchable_facet(other, resource) for resource in outline.resources}]
    if outline.areas and not outline.online:
        above = {f"in:{part}" for path in outline.areas for part in path}
        groups.append({_ANYWHERE, _ONLINE, *above, *(f"a:{path[-1]}" for path in outline.areas)})
    if outline.resources & PRESENT:
        untimed = {matchable_facet(other, resource) for resource in outline.resources - PRESENT}
        if weekdays := _weekdays(outline.days):
            groups.append({_ANY_DAY, *weekdays, *untimed})
        if months := _months(outline.days):
            groups.append({_ANY_MONTH, *months, *untimed})
    return tuple(frozenset(group) for group in groups)


def candidate_query(
    outline: Outline,
    text: str,
    *,
    concepts: frozenset[str] | None = None,
    best: int,
    alike: int,
    newest: int,
) -> CandidateQuery | None:
    """What is asked of the index for a listing whose words are `text`; None where nothing can answer it.

    `concepts` are its concepts as its author left them; None: those that the words speak of.
    """
    groups = asked_facets(outline)
    if not groups:
        return None
    return CandidateQuery(
        text=text,
        facets=groups,
        without=frozenset({f"by:{outline.actor}"}),
        points=_points(outline, concept_facets(text, concepts)),
        likeness=_LIKENESS,
        full=_FULL_LIKENESS,
        best=best,
        alike=alike,
        newest=newest,
    )


def matchable_facet(side: str, resource: str) -> str:
    """That a listing of a side with this resource may be proposed: one facet, as the three are always asked together."""
    return f"m:{side}:{resource}"


def _points(outline: Outline, concepts: frozenset[str]) -> Mapping[str, float]:
    points = {facet: _CONCEPT / len(concepts) for facet in concepts}
    points |= {f"r:{resource}": _RESOURCE / len(outline.resources) for resource in outline.resources}
    points |= {f"f:{field}": _FIELD for field in outline.fields}
    points |= {f"a:{path[-1]}": _SAME_AREA for path in outline.areas}
    return points


def _weekdays(days: Sequence[Days]) -> set[str]:
    """The weekdays on which all windows together can be; none if one is open to any day."""
    named = [
        frozenset({*window.weekdays, *((day + 1) % _WEEK for day in window.weekdays if window.overnight)})
        for window in days
    ]
    if not all(named) or any(len(weekdays) == _WEEK for weekdays in named):
        return set()
    return {f"on:{day}" for weekdays in named for day in weekdays}


def _months(days: Sequence[Days]) -> set[str]:
    """The months in which all windows together can be; none if one has no end or they are too many to tell."""
    months: set[str] = set()
    for window in days:
        if window.start is None or window.end is None:
            return set()
        first, last = _month(window.start), _month(window.end)
        if window.overnight and window.end.day == monthrange(window.end.year, window.end.month)[1]:
            last += 1
        if last - first >= _MOST_MONTHS:
            return set()
        months |= {f"month:{number // 12}-{number % 12 + 1:02}" for number in range(first, last + 1)}
    return months


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1
