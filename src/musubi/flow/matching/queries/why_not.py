"""「なぜ出ないのか」: what looked alike and was ruled out, and what would have to change."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from musubi.flow.listings.models import Listing
from musubi.flow.listings.queries import listings_for

from ..adapter import MINIMUM, Blocker, Value, why_not
from ..words import Said, said
from .pool import as_open, asked_of, likeness_of, lookalikes, meaning_of
from .rules import RuleInForce, whole_rule_of
from .suggestions import proposed

if TYPE_CHECKING:
    from musubi.flow.actors.queries.standing import Person

LOOKALIKES = 12
LEAST_LIKENESS = 0.02
"""Below this share of common wording nothing looks alike …"""
NEAR_THE_BEST = 0.35
"""… nor below this part of what the most alike of all has."""
SEARCHED = 200


@dataclass(frozen=True)
class RuledOut:
    """An offer that looked alike, and every rule that speaks against it."""

    offer: Listing
    blockers: tuple[Blocker, ...]
    likeness: float


def blockers_between(
    need: Listing, offer: Listing, *, today: dt.date, arranged: bool = False
) -> tuple[Blocker, ...]:
    """Why this offer is not among the need's candidates; empty when only better ones may stand before it.

    `arranged`: somebody looks for partners of the need, although it is not shown as open.
    """
    asked = asked_of(need, today=today)
    value = (as_open(asked) if arranged else asked).value
    given = asked_of(offer, today=today).value
    rule = whole_rule_of(asked.row.municipality)
    found = _told(value, given, rule)
    if found:
        return found
    likeness = likeness_of(offer, [value])[0]
    near = meaning_of(need, [given.ref]).get(given.ref)
    if proposed(value, given, likeness, near, rule, today=today).score < MINIMUM:
        return (
            Blocker(
                rule="score",
                sentence=Said(
                    _("条件には合っていますが、共通するところがわずかなので、候補に出していません。")
                ),
                change=Said(_("何に使えるのかが詳しく書かれると、候補に出ることがあります。")),
            ),
        )
    return ()


def ruled_out_for(user: "Person", need: Listing, *, today: dt.date, top: int = LOOKALIKES) -> list[RuledOut]:
    """Offers this person may read that share words with the need and are ruled out, the most alike first."""
    asked = asked_of(need, today=today)
    value, pool = asked.value, lookalikes(asked, SEARCHED, today=today)
    rule = whole_rule_of(asked.row.municipality)
    least = max(LEAST_LIKENESS, NEAR_THE_BEST * max(pool.likeness.values(), default=0.0))
    near = [ref for ref in pool.values if pool.likeness[ref] >= least]
    near.sort(key=lambda ref: (-pool.likeness[ref], int(ref)))
    against = [(ref, blockers) for ref in near if (blockers := _against(value, pool.values[ref], rule))][
        : top * 2
    ]
    readable = listings_for(user).filter(pk__in=[int(ref) for ref, _ in against])
    rows = pool.rows((str(pk) for pk in readable.order_by().values_list("pk", flat=True)), asked)
    return [RuledOut(rows[ref], blockers, pool.likeness[ref]) for ref, blockers in against if ref in rows][
        :top
    ]


def _against(need: Value, offer: Value, rule: RuleInForce) -> tuple[Blocker, ...]:
    """The rules that a pair breaks; the need's own state is not the offer's fault."""
    if need.actor == offer.actor:
        return ()
    return tuple(blocker for blocker in _told(need, offer, rule) if blocker.rule != "state")


def _told(need: Value, offer: Value, rule: RuleInForce) -> tuple[Blocker, ...]:
    """What the engine finds in the way, in the reader's language; of a pair that said no nothing is promised.

    Asked with the weights that give words the least, so that what is promised holds with vectors and without.
    """
    return tuple(
        replace(
            blocker,
            sentence=said(blocker.sentence),
            change=Said(_("断られた組み合わせは、もう候補に出しません。"))
            if blocker.rule == "declined"
            else said(blocker.change),
        )
        for blocker in why_not(need, offer, **rule.asked_with)
    )
