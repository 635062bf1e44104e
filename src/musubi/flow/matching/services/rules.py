"""The office sets how its town orders what fits; every change is a version of its own."""

import datetime as dt

from django.db import transaction

from musubi.base.accounts.models import User
from musubi.base.audit import services as audit
from musubi.base.common.verdict import require
from musubi.base.places.models import Municipality

from ..adapter import ExposureRule, Weights, weights_as_stored
from ..models import MatchingRule
from ..permissions import can_change_matching_rule
from ..queries import RuleInForce, rule_in_force
from .refreshing import refresh_town_later


class StaleRule(Exception):
    """Somebody else has saved since; what is in force now comes along."""

    def __init__(self, current: RuleInForce) -> None:
        super().__init__(current.version)
        self.current = current


@transaction.atomic
def change_matching_rule(
    *,
    municipality: Municipality,
    weights: Weights,
    exposure: ExposureRule,
    version: int,
    by: User,
    now: dt.datetime,
) -> MatchingRule:
    """Put a new version in force, if `version` still is; the worker finds every need's proposals anew.

    StaleRule if somebody else was quicker. Where only the order is new, nothing need be found anew.
    """
    municipality = Municipality.objects.select_for_update().get(pk=municipality.pk)
    require(can_change_matching_rule(by, municipality))
    before = rule_in_force(municipality.pk)
    if before.version != version:
        raise StaleRule(before)
    rule = MatchingRule.objects.create(
        municipality=municipality,
        version=version + 1,
        weights=weights_as_stored(weights),
        beta=exposure.beta,
        bound=exposure.bound,
        changed_at=now,
        changed_by=by,
    )
    audit.record(
        by=by,
        verb="matching_rule.change",
        subject=rule,
        at=now,
        before=_told(before.weights, before.exposure, before.version, other=weights),
        after=_told(weights, exposure, rule.version, other=before.weights),
    )
    if weights != before.weights:
        refresh_town_later(municipality=municipality)
    return rule


def _told(weights: Weights, exposure: ExposureRule, version: int, *, other: Weights) -> dict[str, object]:
    """For the log: the version, fairness, and the weights in which the two differ."""
    others = weights_as_stored(other)
    return {
        "version": version,
        "beta": exposure.beta,
        "bound": exposure.bound,
        "weights": {
            name: value for name, value in weights_as_stored(weights).items() if value != others[name]
        },
    }
