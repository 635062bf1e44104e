"""The edit page's form and rows as one thing: a version's terms in, what was typed out."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django.forms.boundfield import BoundField
from django.http import QueryDict

from musubi.flow.cases.models import AgreementVersion
from musubi.flow.cases.queries import (
    IndicatorValue,
    OfferedLine,
    PartValue,
    Terms,
    UseValue,
    offered_lines,
    parties_of,
    terms_of,
)
from musubi.flow.listings.services import Problem

from .forms import PARTS, IndicatorRows, TermsForm, use_name

PLAIN = ("form", "aim", "cost", "risk", "publicity", "other", "starts_on", "ends_on", "review_on")
EMPTY_ROWS = 2


class TermsEditor:
    """Bound to posted data, or showing what is stored."""

    def __init__(self, version: AgreementVersion, data: QueryDict | None = None) -> None:
        case = version.agreement.case
        self.version, self.stored = version, terms_of(version)
        self.actors = [party.actor for party in parties_of(case)]
        self.lines = offered_lines(case)
        self.form = TermsForm(data, actors=self.actors, lines=self.lines, initial=self._initial())
        rows = [asdict(row) for row in self.stored.indicators]
        self.indicators = IndicatorRows(data, prefix="indicators", initial=rows)
        self.indicators.extra = 0 if rows else EMPTY_ROWS
        if self.indicators.row_asked:
            self.show_as_typed()

    def show_as_typed(self) -> None:
        """Judge nothing: the page is only shown again."""
        self.indicators.row_asked = True
        self.form.keep_unchecked()

    def is_valid(self) -> bool:
        """Whether everything typed can be understood; each part is judged, so that all sentences show."""
        return all([self.form.is_valid(), self.indicators.is_valid()])

    @property
    def saves(self) -> int:
        """The state of the draft that this page was written over."""
        return int(self.form.cleaned_data["saves"])

    def terms(self) -> Terms:
        """What was typed, once it is valid."""
        typed = self.form.cleaned_data
        return Terms(
            **{name: typed[name] for name in PLAIN},
            parts={
                actor.pk: PartValue(**{name: typed[f"{name}_{actor.pk}"] for name in PARTS})
                for actor in self.actors
            },
            uses=tuple(_use(line, typed[use_name(line)]) for line in self.lines if typed[use_name(line)]),
            indicators=tuple(
                IndicatorValue(**{name: row[name] for name in ("name", "unit", "before", "target")})
                for row in self.indicators.filled
                if row["name"]
            ),
        )

    def show(self, problems: Iterable[Problem]) -> None:
        """Put what proposing lacks at its fields."""
        for problem in problems:
            name = problem.field
            if name.startswith("part-"):
                name = f"does_{name.removeprefix('part-')}"
            self.form.add_error(name if name in self.form.fields else None, problem.sentence)

    @property
    def parts(self) -> list[tuple[str, list[BoundField]]]:
        """Each party's name with its fields."""
        return [(actor.name, [self.form[f"{name}_{actor.pk}"] for name in PARTS]) for actor in self.actors]

    @property
    def uses(self) -> list[tuple[str, list[BoundField]]]:
        """Each offering party's name with one field for each thing it offers."""
        groups: dict[str, list[BoundField]] = {}
        for line in self.lines:
            groups.setdefault(line.actor.name, []).append(self.form[use_name(line)])
        return list(groups.items())

    def _initial(self) -> dict[str, Any]:
        used = {use.key: use for use in self.stored.uses}
        parts = {
            f"{name}_{actor}": getattr(part, name)
            for actor, part in self.stored.parts.items()
            for name in PARTS
        }
        uses = {
            use_name(line): used[line.key].amount if line.left is not None else True
            for line in self.lines
            if line.key in used
        }
        plain = {name: getattr(self.stored, name) for name in PLAIN}
        return {**plain, **parts, **uses, "saves": self.version.saves}


def _use(line: OfferedLine, typed: int | bool) -> UseValue:
    return UseValue(
        listing_id=line.listing.pk,
        resource=line.resource,
        what=line.what,
        amount=None if line.left is None else int(typed),
        unit=line.unit,
    )


def with_saves(data: QueryDict, saves: int) -> QueryDict:
    """The posted data as if typed over the newest draft: pressing again then replaces it knowingly."""
    changed = data.copy()
    changed["saves"] = str(saves)
    return changed
