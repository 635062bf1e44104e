"""What the engine would say now, without keeping it: for the command line and for storing."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from heapq import merge
from itertools import islice
from typing import Any

from musubi.base.places.models import Municipality
from musubi.flow.listings.enums import Side
from musubi.flow.listings.models import Listing
from musubi.flow.listings.queries import matchable

from ..adapter import Suggestion, Value, propose, rank, rank_needs
from ..models import MatchingRule
from .pool import Asked, Pool, as_open, asked_of, likeness_of, pool_for
from .rules import RuleInForce, rule_in_force, whole_rule_of


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
    asked = asked_of(need, today=today)
    rule = whole_rule_of(asked.row.municipality)
    return _ranked(as_open(asked) if arranged else asked, today, top, rule)


def match_all(municipality: Municipality, *, today: dt.date, top: int = 10) -> Iterator[Match]:
    """The best offers for every published need of a town, need by need, stored nowhere.

    A town takes minutes: a rule that its office changes meanwhile holds from the next need on.
    """
    rule = whole_rule_of(municipality)
    needs = matchable(municipality.pk, Side.NEED, today=today).order_by("pk")
    for pk in list(needs.values_list("pk", flat=True)):
        if rule_in_force(municipality.pk).version != rule.version:
            rule = whole_rule_of(municipality)
        yield from _ranked(asked_of(Listing(pk=pk), today=today), today, top, rule)


def match_offer(offer: Listing, *, today: dt.date, top: int) -> list[Match]:
    """The needs an offer answers best, each with the score it has in that need's own list."""
    asked = asked_of(offer, today=today)
    offer, value = asked.row, asked.value
    rule = whole_rule_of(offer.municipality)
    needs = pool_for(asked, knowledge=rule.knowledge, today=today)
    first = _best_first(rank_needs, value, needs, rule, today=today, top=top)
    rows = needs.rows((suggestion.need for suggestion in first), asked)
    given = [needs.values[suggestion.need] for suggestion in first]
    found = [
        Match(
            rows[need.ref],
            offer,
            proposed(need, value, likeness, needs.meaning.get(need.ref), rule, today=today),
            rule.row,
        )
        for need, likeness in zip(given, likeness_of(offer, given), strict=True)
    ]
    return sorted(found, key=lambda match: (-match.score, match.need.pk))


def _ranked(need: Asked, today: dt.date, top: int, rule: RuleInForce) -> list[Match]:
    pool = pool_for(need, knowledge=rule.knowledge, today=today)
    ranking = ranked_in(need, pool, rule, today=today, top=top)
    rows = pool.rows((suggestion.offer for suggestion in ranking), need)
    return [Match(need.row, rows[suggestion.offer], suggestion, rule.row) for suggestion in ranking]


def ranked_in(need: Asked, pool: Pool, rule: RuleInForce, *, today: dt.date, top: int) -> list[Suggestion]:
    """A need's best offers of a pool under a rule."""
    return _best_first(rank, need.value, pool, rule, today=today, top=top)


def proposed(
    need: Value, offer: Value, likeness: float, meaning: float | None, rule: RuleInForce, *, today: dt.date
) -> Suggestion:
    """The engine's word on one pair, the same as in the need's own list; `meaning`: None without vectors."""
    if meaning is None:
        return propose(need, offer, likeness, today=today, **rule.asked_without_vectors)
    return propose(need, offer, likeness, meaning=meaning, today=today, **rule.asked_with)


def _best_first(
    ranked: Callable[..., list[Suggestion]],
    asked: Value,
    pool: Pool,
    rule: RuleInForce,
    *,
    today: dt.date,
    top: int,
) -> list[Suggestion]:
    """A pool in the engine's order: pairs with vectors and pairs without, each by its own weights, in one list.

    A score is the share of the best grade to be expected, with vectors as without, so they can be compared.
    """
    near = [value for ref, value in pool.values.items() if ref in pool.meaning]
    others = [value for ref, value in pool.values.items() if ref not in pool.meaning]
    known = {"wording": pool.likeness, "today": today, "top": top}
    with_vectors = ranked(asked, near, meaning=pool.meaning, **known, **rule.asked_with)
    without = ranked(asked, others, **known, **rule.asked_without_vectors)
    return list(islice(merge(with_vectors, without, key=lambda suggestion: -suggestion.score), top))
