"""What a version of an agreement says, as one value, and what the parties' offers leave for it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from musubi.flow.actors.models import Actor
from musubi.flow.listings.enums import Resource
from musubi.flow.listings.models import Listing
from musubi.flow.listings.words import unit_word

from ..models import AgreementVersion, Case
from .cases import parties_of


@dataclass(frozen=True, kw_only=True)
class PartValue:
    """What one party does, can and cannot do."""

    does: str = ""
    can: str = ""
    cannot: str = ""


@dataclass(frozen=True, kw_only=True)
class UseValue:
    """What of an offer is used, and how much; without an amount it is not counted."""

    listing_id: int
    resource: str
    what: str = ""
    amount: int | None = None
    unit: str = ""

    @property
    def key(self) -> tuple[int, str, str, str]:
        return self.listing_id, self.resource, self.what, self.unit


@dataclass(frozen=True, kw_only=True)
class IndicatorValue:
    """By what the parties will see whether it went well."""

    name: str
    unit: str = ""
    before: Decimal | None = None
    target: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class Terms:
    """Everything a version says; `parts` by id of the party's actor."""

    form: str = ""
    aim: str = ""
    cost: str = ""
    risk: str = ""
    publicity: str = ""
    other: str = ""
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    review_on: dt.date | None = None
    parts: dict[int, PartValue] = field(default_factory=dict)
    uses: tuple[UseValue, ...] = ()
    indicators: tuple[IndicatorValue, ...] = ()


COLUMNS = ("form", "aim", "cost", "risk", "publicity", "other", "starts_on", "ends_on", "review_on")


@dataclass(frozen=True)
class OfferedLine:
    """One thing that a party's offer gives; `left` is what nobody uses yet, None where it is not counted."""

    listing: Listing
    actor: Actor
    resource: str
    what: str
    unit: str
    amount: int | None
    left: int | None

    @property
    def key(self) -> tuple[int, str, str, str]:
        return self.listing.pk, self.resource, self.what, self.unit

    @property
    def unit_word(self) -> str:
        """The unit as it is said after a number: 席 without its explanation."""
        return unit_word(self.unit)

    def __str__(self) -> str:
        return " ".join(part for part in (str(Resource(self.resource).label), self.what) if part)


def terms_of(version: AgreementVersion) -> Terms:
    """What is stored; no query more where `with_terms` has fetched the parts."""
    return Terms(
        **{name: getattr(version, name) for name in COLUMNS},
        parts={
            row.actor_id: PartValue(does=row.does, can=row.can, cannot=row.cannot)
            for row in version.parts.all()
        },
        uses=tuple(
            UseValue(
                listing_id=row.listing_id,
                resource=row.resource,
                what=row.what,
                amount=row.amount,
                unit=row.unit,
            )
            for row in version.uses.all()
        ),
        indicators=tuple(
            IndicatorValue(name=row.name, unit=row.unit, before=row.before, target=row.target)
            for row in version.indicators.all()
        ),
    )


def offered_lines(case: Case) -> list[OfferedLine]:
    """What the offers of the current parties give, in the order of the parties; equal lines are one."""
    return [line for party in parties_of(case) for line in _lines_of(party.listing, party.actor)]


def _lines_of(listing: Listing, actor: Actor) -> Iterable[OfferedLine]:
    if listing.is_need:
        return
    same = defaultdict(list)
    for row in listing.provisions.all():
        same[row.resource, row.what, row.unit].append(row)
    for (resource, what, unit), rows in same.items():
        amounts = [row.amount for row in rows if row.amount is not None]
        counted = len(amounts) == len(rows)
        total = sum(amounts) if counted else None
        left = sum(amounts) - sum(row.taken for row in rows) if counted else None
        yield OfferedLine(listing, actor, resource, what, unit, total, left)
