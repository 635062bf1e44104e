"""Rows of a form that grow and shrink by buttons, without JavaScript."""

import re
from collections.abc import Mapping
from typing import Any

from django.forms import BaseFormSet, ChoiceField, Select, formset_factory
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from .forms import Form
from .written import asks_for_a_look

ADD, REMOVE, MAX_ROWS = "add_row", "remove_row", 50


def _count(data: Mapping[str, Any], prefix: str, which: str) -> int:
    text = str(data.get(f"{prefix}-{which}", "0"))
    return min(int(text), MAX_ROWS) if re.fullmatch(r"[0-9]{1,4}", text) else 0


def add_row(data: QueryDict, prefix: str) -> QueryDict:
    """The posted data with one empty row more."""
    changed = data.copy()
    changed[f"{prefix}-TOTAL_FORMS"] = str(_count(data, prefix, "TOTAL_FORMS") + 1)
    return changed


def remove_row(data: QueryDict, prefix: str, number: int) -> QueryDict:
    """The posted data without one row; the rows after it move up."""
    total = _count(data, prefix, "TOTAL_FORMS")
    if number >= total:
        return data
    changed = QueryDict(mutable=True)
    row_key = re.compile(rf"{re.escape(prefix)}-(\d+)-(.+)")
    for key, values in data.lists():
        found = row_key.fullmatch(key)
        if found is None:
            changed.setlist(key, values)
        elif (row := int(found[1])) != number:
            changed.setlist(f"{prefix}-{row - (row > number)}-{found[2]}", values)
    changed[f"{prefix}-TOTAL_FORMS"] = str(total - 1)
    return changed


class RowFormSet(BaseFormSet):
    """A list of rows that obeys its add and remove buttons; `row_asked` says that one was pressed.

    What was posted is the whole list: a row left out or emptied is gone, so that the rows need no
    hidden marks about what the list was before.
    """

    row_asked = False

    def __init__(self, data: Any = None, files: Any = None, **kwargs: Any) -> None:
        prefix = kwargs.get("prefix") or self.get_default_prefix()
        if isinstance(data, (QueryDict, MultiValueDict)):
            data = self._obey_buttons(data, prefix)
        if data is not None:
            kwargs.pop("initial", None)
        super().__init__(data, files, **kwargs)

    def initial_form_count(self) -> int:
        return 0 if self.is_bound else int(super().initial_form_count())

    def _obey_buttons(self, data: Any, prefix: str) -> Any:
        pressed = re.fullmatch(rf"{re.escape(prefix)}-([0-9]{{1,4}})", str(data.get(REMOVE, "")))
        if data.get(ADD) == prefix:
            self.row_asked = True
            full = _count(data, prefix, "TOTAL_FORMS") >= self.max_num
            return data if full else add_row(data, prefix)
        if asks_for_a_look(data):
            self.row_asked = True
        if pressed:
            self.row_asked = True
            return remove_row(data, prefix, int(pressed[1]))
        return data

    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        form = super()._construct_form(i, **kwargs)  # type: ignore[misc]
        if self.row_asked and isinstance(form, Form):
            form.keep_unchecked()
        return form

    def add_fields(self, form: Any, index: int | None) -> None:
        """A list box that stands as the browser first shows it does not make a row a filled one."""
        super().add_fields(form, index)
        for field in form.fields.values():
            plain = isinstance(field, ChoiceField) and isinstance(field.widget, Select)
            if plain and field.initial is None and field.widget.choices:
                field.initial = next(iter(field.widget.choices))[0]

    def is_valid(self) -> bool:
        return not self.row_asked and bool(super().is_valid())

    @property
    def is_full(self) -> bool:
        return int(self.total_form_count()) >= self.max_num

    def full_clean(self) -> None:
        """Nothing is complained about while rows are being added or removed."""
        if not self.row_asked:
            super().full_clean()
            return
        self._errors: list[Any] = []
        self._non_form_errors = self.error_class()

    @property
    def filled(self) -> list[dict[str, Any]]:
        """The cleaned data of the rows in which something was typed."""
        return [form.cleaned_data for form in self.forms if form.has_changed()]


def rows_of(form: type[Form], *, extra: int = 1, most: int = 20, least: int = 0) -> type[RowFormSet]:
    """A class of rows of one form: `extra` empty ones to begin with, between `least` and `most`."""
    made: type[RowFormSet] = formset_factory(  # type: ignore[assignment]
        form,
        formset=RowFormSet,
        extra=extra,
        max_num=most,
        min_num=least,
        validate_max=True,
        validate_min=bool(least),
        absolute_max=most + 1,
    )
    return made
