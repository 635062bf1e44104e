"""What a change of the rule would do to ten real needs of a town, kept nowhere."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from musubi.base.places.models import Municipality
from musubi.flow.listings.enums import Side
from musubi.flow.listings.models import Listing
from musubi.flow.listings.queries import listings_for, matchable

from ..adapter import Exposure, ExposureRule, Suggestion, Weights, fair_order
from .fair import exposure_of
from .pool import asked_of, pool_for
from .rules import POINTS, whole_rule_of
from .suggestions import ranked_in

if TYPE_CHECKING:
    from musubi.flow.actors.queries.standing import Person

NEEDS = 10
FIRST = 5
RANKED = 30
"""So many of a need's offers are put in order, as many as are kept of it."""


@dataclass(frozen=True)
class Stand:
    """Where an offer stands (from 1) with which score, and where it stood before; None: not among those ordered."""

    offer: Listing
    place: int
    score: float
    before: int | None

    @property
    def up(self) -> int:
        """By how many places it rose; negative: fell; 0 also where it was not there before."""
        return 0 if self.before is None else self.before - self.place

    @property
    def points(self) -> int:
        """The score as people read it."""
        return round(self.score * POINTS)


@dataclass(frozen=True)
class NeedBefore:
    """One need: its first five offers under the new rule, and those that leave them."""

    need: Listing
    first: tuple[Stand, ...]
    gone: tuple[Stand, ...]
    """Of the first five before: where they stand now; `place` 0 where they no longer stand at all."""

    @property
    def is_same(self) -> bool:
        return not self.gone and all(stand.before == stand.place for stand in self.first)


def preview_of_rule(
    user: "Person",
    municipality: Municipality,
    weights: Weights,
    exposure: ExposureRule,
    *,
    today: dt.date,
) -> list[NeedBefore]:
    """Ten published needs, evenly from the oldest to the newest, each under the rule in force and the new one.

    The same needs for the same town; only what this person may read. The number of queries does not grow
    with the town's offers.
    """
    rule = whole_rule_of(municipality)
    changed = replace(rule, weights=weights, exposure=exposure)
    found: list[NeedBefore] = []
    readable = listings_for(user)
    for need in _ten(user, municipality, today):
        asked = asked_of(need, today=today)
        pool = pool_for(asked, knowledge=rule.knowledge, today=today)
        old = _scores(ranked_in(asked, pool, rule, today=today, top=RANKED))
        new = _scores(ranked_in(asked, pool, changed, today=today, top=RANKED))
        seen = set(readable.filter(pk__in=[int(ref) for ref in {*old, *new}]).values_list("pk", flat=True))
        old = {ref: score for ref, score in old.items() if int(ref) in seen}
        new = {ref: score for ref, score in new.items() if int(ref) in seen}
        ledger = exposure_of([int(ref) for ref in {*old, *new}], today=today)
        before, after = _places(old, ledger, rule.exposure), _places(new, ledger, exposure)
        found.append(_compared(asked.row, pool.rows([*old, *new], asked), old | new, before, after))
    return found


def _ten(user: "Person", municipality: Municipality, today: dt.date) -> Iterator[Listing]:
    needs = matchable(municipality.pk, Side.NEED, today=today)
    ids = list(
        listings_for(user)
        .filter(pk__in=needs.order_by().values("pk"))
        .order_by("published_at", "pk")
        .values_list("pk", flat=True)
    )
    chosen = sorted({round(step * (len(ids) - 1) / (NEEDS - 1)) for step in range(NEEDS)}) if ids else []
    return (Listing(pk=ids[at]) for at in chosen)


def _scores(ranking: list[Suggestion]) -> dict[str, float]:
    return {suggestion.offer: suggestion.score for suggestion in ranking}


def _places(
    scores: Mapping[str, float], ledger: Mapping[str, Exposure], rule: ExposureRule
) -> dict[str, int]:
    return {placed.ref: placed.place + 1 for placed in fair_order(scores, ledger, rule)}


def _compared(
    need: Listing,
    rows: Mapping[str, Listing],
    scores: Mapping[str, float],
    before: Mapping[str, int],
    after: Mapping[str, int],
) -> NeedBefore:
    def stand(ref: str) -> Stand:
        return Stand(rows[ref], after.get(ref, 0), scores[ref], before.get(ref))

    first = [ref for ref, place in after.items() if place <= FIRST]
    gone = [ref for ref, place in before.items() if place <= FIRST and ref not in first]
    return NeedBefore(
        need,
        tuple(sorted(map(stand, first), key=lambda each: each.place)),
        tuple(sorted(map(stand, gone), key=lambda each: each.before or 0)),
    )
