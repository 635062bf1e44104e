"""The order in which a need's proposals are read: by the engine's fair order, with a sentence where it moved one."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping

from django.db.models import F, Sum

from musubi.flow.listings.enums import Unit
from musubi.flow.listings.models import Provision

from ..adapter import DAYS, Exposure, ExposureRule, fair_order
from ..models import ExposureDay, Proposal
from ..words import said
from .rules import rule_in_force


def fairly(proposals: Iterable[Proposal], *, municipality_id: int, today: dt.date) -> list[Proposal]:
    """The proposals of one need in the town's fair order, each with why it was moved (`fairness`).

    Three queries for any number of them.
    """
    rows = {str(row.offer_id): row for row in proposals}
    if not rows:
        return []
    ledger = exposure_of([row.offer_id for row in rows.values()], today=today)
    return fairly_by(rows, ledger, rule_in_force(municipality_id).exposure)


def fairly_by(
    rows: Mapping[str, Proposal], ledger: Mapping[str, Exposure], rule: ExposureRule
) -> list[Proposal]:
    """The same by a ledger and a rule at hand; `rows` by the offer's ref."""
    placed = fair_order({ref: row.score for ref, row in rows.items()}, ledger, rule)
    for each in placed:
        rows[each.ref].fairness = said(each.sentence)
    return [rows[each.ref] for each in placed]


def exposure_of(offer_ids: Collection[int], *, today: dt.date) -> dict[str, Exposure]:
    """What became of these offers in the last seven days, by ref, in two queries.

    Openings: how many more times an offer says it can, for those who count in times (回).
    """
    since = today - dt.timedelta(days=DAYS - 1)
    counts = {
        row["listing"]: row
        for row in ExposureDay.objects.filter(listing__in=offer_ids, day__gte=since, day__lte=today)
        .order_by()
        .values("listing")
        .annotate(shown_=Sum("shown"), opened_=Sum("opened"), contacted_=Sum("contacted"))
    }
    openings = dict(
        Provision.objects.filter(listing__in=offer_ids, unit=Unit.TIMES, amount__isnull=False)
        .order_by()
        .values_list("listing")
        .annotate(left=Sum(F("amount") - F("taken")))
    )
    return {
        str(pk): Exposure(
            shown=counts[pk]["shown_"] if pk in counts else 0,
            opened=counts[pk]["opened_"] if pk in counts else 0,
            contacted=counts[pk]["contacted_"] if pk in counts else 0,
            openings=openings.get(pk),
        )
        for pk in offer_ids
    }
