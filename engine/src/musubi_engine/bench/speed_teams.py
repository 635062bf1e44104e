"""Teams for needs of several lines: what an installation does for one, the step before and all of it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import cycle, islice
from typing import Final

from musubi_engine.bench.timing import Spent, Watch, started
from musubi_engine.bench.town import PARTITION, outline_of
from musubi_engine.index import MemoryStore, candidates
from musubi_engine.index.facets import asking_only, candidate_query
from musubi_engine.rank import rank
from musubi_engine.teams import teams_among
from musubi_engine.types import Listing

BEST, ALIKE = 120, 60  # of each line, as the application asks (flow.matching.queries.team_suggestions)
_LINES: Final = (2, 4, 6, 8)


def teams_for(
    store: MemoryStore, needs: Sequence[Listing], made: Callable[[int], Listing]
) -> tuple[Spent, Spent, float]:
    """The candidate step, all of it (candidates, ranking, teams), and the candidates of a need on average.

    To bring the offers (`made`) is a database's part and not timed.
    """
    step, rest, looked_at = Watch(), Watch(), 0
    with started():
        for need in of_several_lines(needs):
            with step:
                found = line_candidates(store, (PARTITION,), need)
            offers = {str(key): made(key) for key in found}
            looked_at += len(offers)
            wording = {str(key): share for key, share in found.items()}
            with rest:
                ranked = rank(need, offers.values(), wording=wording, top=len(offers))
                teams_among(need, ranked, offers)
    return step.spent, step.with_also(rest).spent, looked_at / max(1, step.spent.calls)


def of_several_lines(needs: Sequence[Listing]) -> Iterator[Listing]:
    """Needs of 2, 4, 6 and 8 lines in turn: each with the lines of those that come after it."""
    for place, (need, number) in enumerate(zip(needs, cycle(_LINES), strict=False)):
        after = (line for other in [*needs[place:], *needs[:place]] for line in other.lines)
        lines = tuple(islice(dict.fromkeys(after), number))
        yield replace(need, title="、".join(line.what for line in lines), lines=lines)


def line_candidates(store: MemoryStore, partitions: Sequence[int], need: Listing) -> dict[int, float]:
    """The likeliest of each line with how alike they are."""
    outline = outline_of(need)
    near: dict[int, float] = {}
    for line in need.lines:
        wanted = outline._replace(resources=frozenset({line.resource}))
        query = candidate_query(wanted, asking_only(need, line), best=BEST, alike=ALIKE, newest=0)
        if query is not None:
            found = candidates(store, partitions, query)
            near |= dict(zip(found.keys, found.likeness, strict=True))
    return near
