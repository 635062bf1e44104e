"""The edit page's form and rows as one thing: a listing's content in, what was typed out."""

from collections.abc import Iterable
from dataclasses import asdict, replace
from typing import Any

from django.http import QueryDict

from musubi.flow.listings.enums import MET_IN_PERSON, ListingState, Template
from musubi.flow.listings.models import Listing
from musubi.flow.listings.services import Content, LineValue, MenuValue, Problem, WindowValue, content_of
from musubi.web.design.requests import PersonRequest
from musubi.web.shared.listing_guides import guide_for

from .concept_form import ConceptForm
from .forms import MENU_FIELDS, LineRows, ListingForm, WindowRows

SESSION_KEY = "listing_pages"
PAGES_REMEMBERED = 20
NAMES = {"fields": "fields_", "area_ids": "areas"}
PLAIN = ("title", "body", "town", "visibility", "expires_on", "conditions", "wanted_kinds")


class ListingEditor:
    """Bound to posted data, or showing what is stored."""

    def __init__(self, listing: Listing, data: QueryDict | None = None) -> None:
        self.listing, self.stored = listing, content_of(listing)
        guide = guide_for(listing.side, listing.template)
        self.form = ListingForm(data, listing=listing, initial=self._initial())
        self.concepts = ConceptForm(data, listing=listing, stored=self.stored)
        lines, windows = self._first_lines(), [asdict(row) for row in self.stored.windows]
        self.lines = LineRows(
            data, prefix="lines", initial=lines, form_kwargs={"what_example": guide.what_example}
        )
        self.windows = WindowRows(
            data, prefix="windows", initial=windows, form_kwargs={"is_need": listing.is_need}
        )
        # An empty row stands ready only where there is no other: the button adds more.
        self.lines.extra, self.windows.extra = int(not lines), int(not windows)
        if self.row_asked:
            self.show_as_typed()

    @property
    def row_asked(self) -> bool:
        """Whether a button only asked for one row more or less."""
        return self.lines.row_asked or self.windows.row_asked

    @property
    def typed_text(self) -> str:
        """What the page shows as title and description, checked or not."""
        return "\n".join(str(self.form[name].value() or "") for name in ("title", "body"))

    def show_as_typed(self) -> None:
        """Judge nothing: the page is only shown again."""
        self.lines.row_asked = self.windows.row_asked = True
        self.form.keep_unchecked()
        self.concepts.keep_unchecked()

    def is_valid(self) -> bool:
        """Whether everything typed can be understood; each part is judged, so that all sentences show."""
        judged = [part.is_valid() for part in (self.form, self.concepts, self.lines)]
        together = any(line.get("resource") in MET_IN_PERSON for line in _understood(self.lines))
        for row in self.windows.forms:
            row.takes_time_together = together
        return all([*judged, self.windows.is_valid()])

    def content(self) -> Content:
        """What was typed; where something cannot be understood, what is stored stands in for it."""
        self.is_valid()
        typed = self.form.cleaned_data
        values: dict[str, Any] = {name: typed[name] for name in PLAIN if name in typed}
        for name in ("conditions", "wanted_kinds"):
            if name in values:
                values[name] = tuple(values[name])
        for name, field in NAMES.items():
            if field in typed:
                values[name] = tuple(typed[field])
        if self.listing.template == Template.MENU:
            values["menu"] = self._menu(typed)
        content = replace(
            self.stored,
            **values,
            lines=tuple(_line(row) for row in _understood(self.lines) if row.get("resource")),
            windows=tuple(
                window for row in _understood(self.windows) if (window := _window(row)) != WindowValue()
            ),
        )
        return self.concepts.corrected(content)

    def show(self, problems: Iterable[Problem]) -> None:
        """Put what publishing lacks at its fields."""
        for problem in problems:
            rows = {"lines": self.lines, "windows": self.windows}.get(problem.field)
            if rows is not None:
                rows.non_form_errors().append(problem.sentence)
                continue
            name = NAMES.get(problem.field, problem.field)
            self.form.add_error(name if name in self.form.fields else None, problem.sentence)

    def _menu(self, typed: dict[str, Any]) -> MenuValue:
        stored = self.stored.menu or MenuValue()
        return replace(stored, **{name: typed[name] for name in MENU_FIELDS if name in typed})

    def _initial(self) -> dict[str, Any]:
        stored = self.stored
        menu = asdict(stored.menu) if stored.menu else {}
        return {
            **{name: getattr(stored, name) for name in PLAIN},
            **{field: getattr(stored, name) for name, field in NAMES.items()},
            **menu,
            "version": self.listing.version,
        }

    def _first_lines(self) -> list[dict[str, Any]]:
        """The stored lines; for a new draft the one its template suggests."""
        guide = guide_for(self.listing.side, self.listing.template)
        is_new = self.listing.state == ListingState.DRAFT and self.listing.version == 1
        if not self.stored.lines and is_new and guide.resource:
            return [{"resource": guide.resource, "unit": guide.unit}]
        return [asdict(line) for line in self.stored.lines]


def base_version(request: PersonRequest, listing: Listing, form: ListingForm) -> int:
    """The version that this page last knew: as it was shown, or as its own autosave left it."""
    typed = form.cleaned_data if form.is_bound else {}
    shown = typed.get("version") or 0
    pages: dict[str, int] = request.session.get(SESSION_KEY, {})
    return max(shown, pages.get(f"{listing.pk}:{typed.get('page')}", 0))


def remember_version(request: PersonRequest, listing: Listing, form: ListingForm) -> None:
    """Keep that this page's own saving brought the listing to its version."""
    page = form.cleaned_data.get("page")
    if page:
        pages: dict[str, int] = request.session.get(SESSION_KEY, {})
        pages.pop(f"{listing.pk}:{page}", None)
        newest = [*pages.items(), (f"{listing.pk}:{page}", listing.version)][-PAGES_REMEMBERED:]
        request.session[SESSION_KEY] = dict(newest)


def with_version(data: QueryDict, version: int) -> QueryDict:
    """The posted data as if typed over the newest version: pressing again then replaces it knowingly."""
    changed = data.copy()
    changed["version"] = str(version)
    return changed


def _understood(rows: Any) -> list[dict[str, Any]]:
    """Of each row in which something was typed, what could be understood."""
    return [form.cleaned_data for form in rows.forms if form.has_changed() and hasattr(form, "cleaned_data")]


def _line(row: dict[str, Any]) -> LineValue:
    amount, unit = row.get("amount"), row.get("unit") or ""
    return LineValue(
        resource=row["resource"], what=row.get("what") or "", amount=amount if unit else None, unit=unit
    )


def _window(row: dict[str, Any]) -> WindowValue:
    return WindowValue(
        starts_on=row.get("starts_on"),
        ends_on=row.get("ends_on"),
        weekdays=tuple(row.get("weekdays") or ()),
        opens=row.get("opens"),
        closes=row.get("closes"),
        least_minutes=row.get("least_minutes"),
    )
