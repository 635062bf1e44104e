"""What the index holds of a listing so that the candidate step can leave out what cannot fit.

What is asked for or shunned is a necessary condition, never a judgement: whoever passes is judged by the hard rules. A
matchable listing has facets; another asks for groups of them, of each of which it needs one, shuns others, and gives points for more. Areas are paths from the
prefecture down to the last that has a code (towns of one ward meet), in whatever names the caller has: ids, or codes.
"""

from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, time
from typing import Final, NamedTuple

from musubi_engine.feasibility.time import PRESENT, is_overnight
from musubi_engine.index.candidates import CandidateQuery
from musubi_engine.knowledge.base import SHIPPED, Knowledge
from musubi_engine.reading import words_of
from musubi_engine.readings import Reading, read
from musubi_engine.signals.base import FULL_WORDING
from musubi_engine.signals.broker import BROKERED, finds_people, matters
from musubi_engine.signals.by_facet import concept_points
from musubi_engine.signals.place import SAME_AREA
from musubi_engine.signals.resource import strength
from musubi_engine.types import Line, Listing, Window
from musubi_engine.weights import WEIGHTS

OTHER: Final = {"need": "offer", "offer": "need"}
_ANYWHERE, _ANY_MATTER = "in:any", "any"
_ANY_DAY, _ANY_MONTH = "on:any", "month:any"
_MOST_MONTHS: Final = 24
_WEEK: Final = 7
FACETS_VERSION: Final = "1"  # raise it when a listing gets other facets: stored indexes must then be rebuilt
# The numbers that people state: of a class are those from one of these to the next.
_SEATS: Final = (5, 10, 15, 20, 25, 30, 40, 50, 60, 80, 100, 120, 150, 200, 250, 300, 400, 500, 800, 1000)
_WHEELS: Final = {"need": frozenset({"wheels:asked"}), "offer": frozenset({"wheels:unsaid"})}


class Days(NamedTuple):
    """When something is possible, as far as facets tell: dates and weekdays (0 Monday; none: any).

    `overnight`: it begins on these and runs past midnight, so that it is there on the days after them too.
    """

    start: date | None
    end: date | None
    weekdays: Iterable[int]
    overnight: bool = False


class Outline(NamedTuple):
    """What of a listing decides its facets.

    `seats` as the rule on capacity reads them, None where none are stated or what states them may be used up;
    `wheelchair`: it asks for a place for wheelchairs, or says that its own is one.
    """

    side: str
    actor: str
    resources: frozenset[str]
    areas: tuple[tuple[str, ...], ...]
    days: tuple[Days, ...]
    fields: frozenset[int]
    seats: int | None
    wheelchair: bool


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
            *(_weekdays(outline.days) or {_ANY_DAY}),
            *(_months(outline.days) or {_ANY_MONTH}),
            *({_seats(_class_of(outline.seats))} if outline.seats is not None else ()),
            *_of_wheels(outline),
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
    if outline.areas:
        above = {f"in:{part}" for path in outline.areas for part in path}
        groups.append({_ANYWHERE, *above, *(f"a:{path[-1]}" for path in outline.areas)})
    if outline.resources & PRESENT:
        untimed = {matchable_facet(other, resource) for resource in outline.resources - PRESENT}
        if weekdays := _weekdays(outline.days):
            groups.append({_ANY_DAY, *weekdays, *untimed})
        if months := _months(outline.days):
            groups.append({_ANY_MONTH, *months, *untimed})
    return tuple(frozenset(group) for group in groups)


def finding_facets(side: str, title: str, body: str, in_title: Iterable[str]) -> frozenset[str]:
    """That an offer finds people for others: for the matters that its title is about, else for any.

    A concept that an installation has added is taken for a matter.
    """
    if side != "offer" or not finds_people(f"{title}\n{body}"):
        return frozenset()
    shipped = SHIPPED.concepts
    about = (name for name in in_title if name in shipped.about or name not in shipped)
    return frozenset(f"finds:{name}" for name in matters(about) or (_ANY_MATTER,))


def shunned_facets(outline: Outline) -> frozenset[str]:
    """What shuts out whoever has it, as a pair would break a hard rule.

    A need shuns its own actor's offers, those with fewer seats than it states, and where it asks for a place for
    wheelchairs those of places that are not said to be; an offer the needs that would so shun it. What a listing does
    not state has no facet, and nobody is shut out for it.
    """
    shunned = {f"by:{outline.actor}"}
    if outline.seats is not None:
        own = _class_of(outline.seats)
        others = range(own) if outline.side == "need" else range(own + 1, len(_SEATS) + 1)
        shunned |= {_seats(number) for number in others}
    if _of_wheels(outline):
        shunned |= _WHEELS[OTHER[outline.side]]
    return frozenset(shunned)


def _class_of(seats: int) -> int:
    return bisect_right(_SEATS, seats)


def _seats(number: int) -> str:
    return f"seats:{number}"


def _of_wheels(outline: Outline) -> frozenset[str]:
    """That a need asks for a place for wheelchairs, or that an offer of a place does not say that it is one."""
    says = outline.wheelchair is (outline.side == "need")
    return _WHEELS[outline.side] if says and "place" in outline.resources else frozenset()


def candidate_query(
    outline: Outline,
    asked: Listing,
    *,
    best: int,
    alike: int,
    newest: int,
    knowledge: Knowledge = SHIPPED,
) -> CandidateQuery | None:
    """What is asked of the index for a listing with this outline; None where nothing can answer it.

    Candidates are ordered by what the engine's own signals would make of them, as far as an index can tell.
    """
    groups = asked_facets(outline)
    if not groups:
        return None
    return CandidateQuery(
        text=words_of(asked),
        facets=groups,
        without=shunned_facets(outline),
        points=_points(outline, read(asked, knowledge)),
        likeness=WEIGHTS.wording,
        full=FULL_WORDING,
        best=best,
        alike=alike,
        newest=newest,
    )


def asking_only(asked: Listing, line: Line) -> Listing:
    """A listing as if it asked for one of its lines alone, and in that line's own words if it has any."""
    if not line.what:
        return replace(asked, lines=(line,))
    alone = replace(line, what="")
    return replace(
        asked,
        title=line.what,
        body="",
        can_do="",
        lines=(alone,),
        concepts=None,
        concepts_in_title=None,
    )


def matchable_facet(side: str, resource: str) -> str:
    """That a listing of a side with this resource may be proposed: one facet, as the three are always asked together."""
    return f"m:{side}:{resource}"


def _points(outline: Outline, asked: Reading) -> Mapping[str, float]:
    points = {f"c:{name}": value for name, value in concept_points(asked).items()}
    points |= {f"r:{resource}": WEIGHTS.resource * strength(resource) for resource in outline.resources}
    points |= {f"f:{field}": WEIGHTS.field for field in outline.fields}
    points |= {f"a:{path[-1]}": WEIGHTS.place * SAME_AREA for path in outline.areas}
    if outline.side == "need" and not outline.resources.isdisjoint(BROKERED):
        found_for = (_ANY_MATTER, *asked.profile.about.names)
        points |= {f"finds:{name}": WEIGHTS.broker for name in found_for}
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
