"""Which of a need's lines its proposals answer, and which nobody answers."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from musubi.base.knowledge.queries import NOTHING, WORD, concept_reader, nearness, quotes_anything
from musubi.flow.listings.models import Listing, Requirement
from musubi.flow.listings.queries import with_parts

from ..adapter import Suggestion, amount_words, listing_values, proposals_per_line
from ..models import Proposal


@dataclass(frozen=True)
class AnsweredLine:
    """One requirement of a need with the proposals that answer it, best first.

    `reasons`: of each offer by its number, as in its proposal, but what is about this requirement comes first.
    """

    requirement: Requirement
    proposals: tuple[Proposal, ...]
    reasons: Mapping[int, list[Any]]


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
    reader = concept_reader(need.municipality_id)
    answered = []
    for requirement, (_line, answering) in zip(requirements, answers, strict=True):
        found = tuple(by_offer[each.offer] for each in answering)
        concepts = reader.names_in(requirement.what)
        reasons = {row.offer_id: _in_order(row.reasons, requirement, concepts) for row in found}
        answered.append(AnsweredLine(requirement, found, reasons))
    return answered


def _in_order(reasons: list[Any], line: Requirement, concepts: frozenset[str]) -> list[Any]:
    """Those that speak for the offer and of this line first; otherwise by contribution, as they were."""
    return sorted(
        reasons, key=lambda reason: -_speaks_of(reason, line, concepts) if reason["weight"] > 0 else 0
    )


def _speaks_of(reason: Any, line: Requirement, concepts: frozenset[str]) -> int:
    """As `nearness`. An amount without a name is of the line whose own amount it says."""
    if reason["signal"] == "amount" and not quotes_anything(reason["sentence"]):
        said = line.amount is not None and amount_words(line.amount, line.unit or "") in reason["sentence"]
        return WORD if said else NOTHING
    return nearness(reason["sentence"], line.what, concepts)
