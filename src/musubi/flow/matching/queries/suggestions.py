"""What the engine would say now, without keeping it: for the command line and for storing."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from musubi.base.places.models import Municipality
from musubi.flow.listings.enums import Side
from musubi.flow.listings.models import Listing
from musubi.flow.listings.queries import matchable

from ..adapter import Suggestion, Value, Weights, propose, rank, rank_needs
from ..models import MatchingRule
from .pool import Pool, as_open, is_big, pool_around, pool_for, value_of, whole_pool
from .rules import RuleInForce, rule_in_force


@dataclass(frozen=True)
class Match:
    """A need, an offer that answers it, the engine's reasons, and the town's rule they rest on, if it has one."""

    need: Listing
    offer: Listing
    suggestion: Suggestion
    rule: MatchingRule | None = None

    @property
    def score(self) -> float:
        return self.suggestion.score

    def as_json(self) -> dict[str, Any]:
        """As `musubi match --json` prints it."""
        return {
            "need": reference_of(self.need),
            "offer": reference_of(self.offer),
            "score": round(self.score, 6),
            "reasons": [
                {"signal": reason.signal, "sentence": reason.sentence, "weight": reason.weight}
                for reason in self.suggestion.reasons
            ],
        }


def reference_of(listing: Listing) -> str:
    """The listing's id in the file it came from, else its own."""
    return listing.external_ref or str(listing.pk)


def listing_by_reference(municipality: Municipality, reference: str) -> Listing | None:
    """The listing of a town with this imported id, else with this id of its own."""
    rows = Listing.objects.filter(municipality=municipality).select_related("actor", "municipality")
    found = rows.filter(external_ref=reference).first() if reference else None
    if found is None and reference.isascii() and reference.isdigit() and len(reference) < 19:
        found = rows.filter(pk=int(reference)).first()
    return found


def match_one(need: Listing, *, today: dt.date, top: int = 10, arranged: bool = False) -> list[Match]:
    """The best offers for a need, whoever may read them.

    `arranged`: also for one that is not shown as open, because somebody is already talking with it.
    """
    need, value = value_of(need, today=today)
    if arranged:
        value = as_open(value)
    rule = rule_in_force(need.municipality_id)
    return _ranked(need, value, pool_for(need, value, today=today), today, top, rule)


def match_all(municipality: Municipality, *, today: dt.date, top: int = 10) -> Iterator[Match]:
    """The best offers for every published need of a town, need by need, stored nowhere."""
    big = is_big(municipality.pk, Side.OFFER, today=today)
    pool = None if big else whole_pool(municipality.pk, Side.OFFER, today=today)
    rule = rule_in_force(municipality.pk)
    needs = matchable(municipality.pk, Side.NEED, today=today).order_by("pk")
    for pk in list(needs.values_list("pk", flat=True)):
        need, value = value_of(Listing(pk=pk), today=today)
        yield from _ranked(need, value, pool or pool_for(need, value, today=today), today, top, rule)


def match_offer(offer: Listing, *, today: dt.date, top: int) -> list[Match]:
    """The needs an offer answers best, each with the score it has in that need's own list."""
    offer, value = value_of(offer, today=today)
    needs = pool_for(offer, value, today=today)
    rule = rule_in_force(offer.municipality_id)
    first = rank_needs(
        value,
        needs.values.values(),
        wording=needs.wording_for(value),
        weights=rule.weights,
        top=top,
        today=today,
    )
    if not first:
        return []
    offers = pool_around(offer, value, today=today)
    found = []
    for suggestion in first:
        need = needs.values[suggestion.need]
        likeness = offers.wording_for(need).get(value.ref, 0.0)
        scored = propose(need, value, likeness, weights=rule.weights, today=today)
        found.append(Match(needs.rows[need.ref], offer, scored, rule.row))
    return sorted(found, key=lambda match: (-match.score, match.need.pk))


def _ranked(
    need: Listing, value: Value, pool: Pool, today: dt.date, top: int, rule: RuleInForce
) -> list[Match]:
    ranking = ranked_in(value, pool, pool.wording_for(value), rule.weights, today=today, top=top)
    return [Match(need, pool.rows[suggestion.offer], suggestion, rule.row) for suggestion in ranking]


def ranked_in(
    value: Value, pool: Pool, wording: dict[str, float], weights: Weights, *, today: dt.date, top: int
) -> list[Suggestion]:
    """A need's best offers of a pool under these weights; the wording does not depend on them."""
    return rank(value, pool.values.values(), wording=wording, weights=weights, top=top, today=today)
