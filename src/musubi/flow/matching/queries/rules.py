"""The rule by which a town orders what fits: the office's latest, else the engine's own."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import BigIntegerField, QuerySet
from django.utils.translation import gettext

from musubi.base.common.prepared import Given, PreparedModels
from musubi.base.knowledge.queries import Knowledge, knowledge_of
from musubi.base.places.models import Municipality
from musubi.flow.actors.queries import standing_of

from ..adapter import (
    SHIPPED,
    SIGNAL_WORDS,
    ExposureRule,
    Weights,
    usual_weights,
    weights_as_stored,
    weights_from,
    without_vectors,
)
from ..models import MatchingRule

if TYPE_CHECKING:
    from musubi.flow.actors.queries.standing import Person


POINTS = 100
"""A score of 1 in points, as people read it."""


@dataclass(frozen=True)
class SignalWeight:
    """One signal as the office sets it, in the reader's words: how many points it adds at most, or takes away."""

    name: str
    label: str
    explanation: str
    points: Decimal
    usual: Decimal
    takes_away: bool


@dataclass(frozen=True)
class RuleInForce:
    """What the engine is asked with, and the row it comes from: none before the office has set anything."""

    weights: Weights
    exposure: ExposureRule
    row: MatchingRule | None = None
    knowledge: Knowledge = SHIPPED

    @property
    def asked_with(self) -> dict[str, Any]:
        """The keywords of the engine's verbs, for pairs of which both sides have a vector."""
        return {"weights": self.weights, "knowledge": self.knowledge}

    @property
    def asked_without_vectors(self) -> dict[str, Any]:
        """The same for all others: a listing that has no vector yet loses nothing by it."""
        return {"weights": without_vectors(self.weights), "knowledge": self.knowledge}

    @property
    def signals(self) -> list[SignalWeight]:
        """Every signal the engine has, in its order; a caution is one that takes away by the engine's own rule."""
        now, usual = weights_as_stored(self.weights), weights_as_stored(usual_rule().weights)
        return [
            SignalWeight(
                name=name,
                label=gettext(SIGNAL_WORDS[name][0]),
                explanation=gettext(SIGNAL_WORDS[name][1]),
                points=_points(now[name]),
                usual=_points(usual[name]),
                takes_away=usual[name] < 0,
            )
            for name in usual
        ]

    @property
    def bound_percent(self) -> Decimal:
        return _points(self.exposure.bound)

    @property
    def version(self) -> int:
        return self.row.version if self.row else 0


def rule_in_force(municipality_id: int) -> RuleInForce:
    """A town's rule now, in one query."""
    row = next(iter(_latest_rule(town=municipality_id)), None)
    if row is None:
        return usual_rule()
    return RuleInForce(weights_from(row.weights), ExposureRule(beta=row.beta, bound=row.bound), row)


@PreparedModels
def _latest_rule() -> QuerySet[MatchingRule]:
    rows = MatchingRule.objects.filter(municipality=Given("town", BigIntegerField()))
    return rows.order_by("-version")[:1]


def whole_rule_of(municipality: Municipality) -> RuleInForce:
    """The rule with what the town knows, for asking the engine; four queries."""
    return replace(rule_in_force(municipality.pk), knowledge=knowledge_of(municipality))


def rules_for(user: "Person") -> QuerySet[MatchingRule]:
    """Every version of the towns in whose office this person works, the latest first."""
    rows = MatchingRule.objects.filter(municipality__in=standing_of(user).office_in)
    return rows.select_related("changed_by").order_by("municipality", "-version")


def proposed_rule(*, points: Mapping[str, Decimal], beta: Decimal, bound_percent: Decimal) -> RuleInForce:
    """What the office typed, as the engine takes it; nothing is kept."""
    usual = weights_as_stored(Weights())
    weights = {name: float(value) / POINTS * (-1 if usual[name] < 0 else 1) for name, value in points.items()}
    return RuleInForce(
        weights_from(weights), ExposureRule(beta=float(beta), bound=float(bound_percent) / POINTS)
    )


def usual_rule() -> RuleInForce:
    """The engine's own, which holds until an office sets another."""
    return RuleInForce(usual_weights(vectors=settings.VECTORS), ExposureRule())


def _points(weight: float) -> Decimal:
    return abs(Decimal(str(round(weight * POINTS, 4)))).normalize()
