"""Which of a need's lines its proposals answer, and which nobody answers."""

import datetime as dt
from dataclasses import dataclass

from musubi.flow.listings.models import Listing, Requirement
from musubi.flow.listings.queries import with_parts

from ..adapter import Suggestion, listing_values, proposals_per_line
from ..models import Proposal


@dataclass(frozen=True)
class AnsweredLine:
    """One requirement of a need with the proposals that answer it, best first."""

    requirement: Requirement
    proposals: tuple[Proposal, ...]


def answered_lines(need: Listing, proposals: list[Proposal], *, today: dt.date) -> list[AnsweredLine]:
    """Every requirement of the need in its order; a line nobody answers has no proposals."""
    ids = {need.pk, *(proposal.offer_id for proposal in proposals)}
    rows = list(with_parts(Listing.objects.filter(pk__in=ids).select_related("actor", "menu_item")))
    values = {value.ref: value for value in listing_values(rows, today=today)}
    requirements = next(list(row.requirements.all()) for row in rows if row.pk == need.pk)
    suggestions = [
        Suggestion(
            need=str(need.pk),
            offer=str(row.offer_id),
            score=row.score,
            reasons=(),
            engine_version=row.engine_version,
        )
        for row in proposals
    ]
    by_offer = {str(row.offer_id): row for row in proposals}
    answers = proposals_per_line(values[str(need.pk)], suggestions, values)
    return [
        AnsweredLine(requirement, tuple(by_offer[found.offer] for found in answering))
        for requirement, (_line, answering) in zip(requirements, answers, strict=True)
    ]
