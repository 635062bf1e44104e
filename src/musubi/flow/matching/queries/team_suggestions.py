"""Which teams the engine would put together for a need now, stored nowhere."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from musubi.base.index.enums import DocumentKind
from musubi.base.index.queries import (
    OTHER,
    CandidateQuery,
    Candidates,
    Ref,
    asking_only,
    candidate_query,
    candidates,
    wording_scores,
)
from musubi.base.knowledge.queries import Knowledge
from musubi.flow.listings.models import Listing

from ..adapter import RESOURCES, Line, Suggestion, Team, teams_among, words_of
from .circles import narrower_circles
from .pool import Asked, Pool, asked_of, enough_fit, next_times, pool_of, wider, with_meaning
from .rules import whole_rule_of
from .suggestions import ranked_in, reference_of

LEAST_LINES = 2
"""A need of one line has proposals; a team is for several."""
BEST, ALIKE = 120, 60
"""For each line, so many by all that the index knows, and so many by the line's own words."""
TEAMS = 5


@dataclass(frozen=True)
class FoundTeam:
    """A team as the engine told it, with the rows of its offers and each offer's own reasons."""

    need: Listing
    lines: tuple[tuple[str, str], ...]
    """What and in which unit, in the need's own words: it may be rewritten later."""
    team: Team
    offers: dict[str, Listing]
    suggestions: dict[str, Suggestion]

    def as_json(self) -> dict[str, Any]:
        """As `musubi match --teams --json` prints it."""
        return {
            "need": reference_of(self.need),
            "score": round(self.team.score, 6),
            "complete": self.team.complete,
            "exact": self.team.exact,
            "sentences": list(self.team.sentences),
            "members": [
                {
                    "actor": self.offers[member.offers[0]].actor.name,
                    "offers": [reference_of(self.offers[ref]) for ref in member.offers],
                    "lines": sorted({share.line for share in member.shares}),
                    "sentence": member.sentence,
                }
                for member in self.team.members
            ],
            "missing": [each.sentence for each in self.team.missing],
        }


def match_teams(need: Listing, *, today: dt.date, top: int = TEAMS) -> list[FoundTeam]:
    """The best teams for a need of several lines, whoever may read their offers; none for one of a single line.

    Where fewer than `top` of them may be read by coordinators, or by everybody registered, the best of those
    follow: offers that only staff see do not fill a member's list.
    """
    return teams_of(asked_of(need, today=today), today=today, top=top)


def teams_of(asked: Asked, *, today: dt.date, top: int = TEAMS) -> list[FoundTeam]:
    """The same for a need that has been read."""
    if len(asked.value.lines) < LEAST_LINES:
        return []
    rule = whole_rule_of(asked.row.municipality)
    pool = pool_by_line(asked, rule.knowledge, today)
    ranking = ranked_in(asked, pool, rule, today=today, top=len(pool.values))
    teams = list(teams_among(asked.value, ranking, pool.values, top=top, knowledge=rule.knowledge))
    for circle in narrower_circles(pool.values):
        known = [team.offers for team in teams]
        if len(circle) < len(pool.values) and sum(offers <= circle for offers in known) < top:
            within = [suggestion for suggestion in ranking if suggestion.offer in circle]
            others = teams_among(asked.value, within, pool.values, top=top, knowledge=rule.knowledge)
            teams += [team for team in others if team.offers not in known]
    suggestions = {suggestion.offer: suggestion for suggestion in ranking}
    rows = pool.rows({ref for team in teams for ref in team.offers}, asked)
    return [
        FoundTeam(
            need=asked.row,
            lines=tuple(
                (line.what or RESOURCES[line.resource], line.unit or "") for line in asked.value.lines
            ),
            team=team,
            offers={ref: rows[ref] for ref in team.offers},
            suggestions={ref: suggestions[ref] for ref in team.offers},
        )
        for team in teams
    ]


def pool_by_line(asked: Asked, knowledge: Knowledge, today: dt.date) -> Pool:
    """Of all that can fit the likeliest for each line: who gives a refrigerator need not be like the whole need.

    For a line that too few of them fit, the next likeliest are read too, as for a need's proposals: what the other
    lines have left of all that may be read is for those that wait still.
    """
    words, waiting = words_of(asked.value), dict[Line, CandidateQuery]()
    for line in dict.fromkeys(asked.value.lines):
        outline = asked.outline._replace(resources=frozenset({line.resource}))
        wanted = asking_only(asked.value, line)
        query = candidate_query(outline, wanted, best=BEST, alike=ALIKE, newest=0, knowledge=knowledge)
        if query is not None:
            waiting[line] = query
    pool, read, times = Pool({}, {}, {}), set[int](), 1
    while waiting and times:
        found = {line: _candidates(asked, wider(query, times)) for line, query in waiting.items()}
        unread = {pk for each in found.values() for pk in each.likeness} - read
        pool = pool.with_also(_read(asked, sorted(unread), words, today))
        read |= unread
        waiting = {line: waiting[line] for line, each in found.items() if _lacks(asked, each, pool)}
        taken = [len(found[line].likeness) for line in waiting]
        times = next_times(times, BEST + ALIKE, taken, read=len(read))
    return with_meaning(asked, pool)


def _candidates(asked: Asked, query: CandidateQuery) -> Candidates:
    return candidates(kind=DocumentKind.LISTING, partition=asked.row.municipality_id, query=query)


def _read(asked: Asked, ids: Sequence[int], words: str, today: dt.date) -> Pool:
    partition, refs = asked.row.municipality_id, [Ref(DocumentKind.LISTING, pk) for pk in ids]
    shares = wording_scores(words, partition, refs) if refs else {}
    likeness = {ref.object_id: shares.get(ref, 0.0) for ref in refs}
    return pool_of(partition, OTHER[asked.row.side], likeness, today=today)


def _lacks(asked: Asked, found: Candidates, pool: Pool) -> bool:
    """Whether too few of a line's candidates fit, and there are more."""
    if found.admitted <= len(found.likeness):
        return False
    values = (pool.values.get(str(pk)) for pk in found.likeness)
    return not enough_fit(asked, (value for value in values if value is not None))
