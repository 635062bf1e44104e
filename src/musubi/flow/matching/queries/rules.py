"""The rule by which a town orders what fits: the office's latest, else the engine's own."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from musubi.flow.actors.queries import standing_of

from ..adapter import ExposureRule, Weights, weights_from
from ..models import MatchingRule

if TYPE_CHECKING:
    from musubi.flow.actors.queries.standing import Person


@dataclass(frozen=True)
class RuleInForce:
    """What the engine is asked with, and the row it comes from: none before the office has set anything."""

    weights: Weights
    exposure: ExposureRule
    row: MatchingRule | None = None

    @property
    def version(self) -> int:
        return self.row.version if self.row else 0


def rule_in_force(municipality_id: int) -> RuleInForce:
    """A town's rule now, in one query."""
    row = MatchingRule.objects.filter(municipality=municipality_id).order_by("-version").first()
    if row is None:
        return RuleInForce(Weights(), ExposureRule())
    return RuleInForce(weights_from(row.weights), ExposureRule(beta=row.beta, bound=row.bound), row)


def rules_for(user: "Person") -> QuerySet[MatchingRule]:
    """Every version of the towns in whose office this person works, the latest first."""
    rows = MatchingRule.objects.filter(municipality__in=standing_of(user).office_in)
    return rows.select_related("changed_by").order_by("municipality", "-version")
