"""A recipe as the office types it: its words, what it takes row by row, permits row by row."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import (
    BooleanField,
    CheckboxSelectMultiple,
    ChoiceField,
    HiddenInput,
    IntegerField,
    TypedChoiceField,
    TypedMultipleChoiceField,
)
from django.utils.translation import gettext_lazy as _

from musubi.base.common.enums import Field
from musubi.base.knowledge.queries import Ingredient, Permit, Recipe
from musubi.flow.listings.enums import Resource, Unit
from musubi.web.design.forms import AmountField, Form, Kind, Part, PlainTextField, Written
from musubi.web.design.rows import rows_of

from .forms import LinesField, put_problems

CHOOSE = ("", _("選んでください"))
LISTS = ("words", "audiences", "partners", "cautions", "first_steps")
TEXTS = ("name", "summary", "reason")


class RecipeForm(Form):
    """All but the rows."""

    written = Written(
        Kind.OTHER,
        name=Part.LINE,
        summary=Part.TEXT,
        audiences=Part.NAME,
        partners=Part.NAME,
        cautions=Part.TEXT,
        first_steps=Part.TEXT,
        reason=Part.TEXT,
    )

    name = PlainTextField(label=_("名前"), max_length=60, help_text=_("例：子ども食堂"))
    words = LinesField(
        label=_("人が使うことば"),
        longest_line=40,
        rows=6,
        help_text=_("1行に1つ。この活動だけを指すことばを書いてください。例：こども食堂"),
    )
    summary = PlainTextField(
        label=_("どんな活動か"),
        max_length=600,
        rows=4,
        help_text=_("ふつうの回の様子が目に浮かぶように、2〜3文で。"),
    )
    main_field = TypedChoiceField(label=_("中心の分野"), coerce=int, choices=[CHOOSE, *Field.choices])
    more_fields = TypedMultipleChoiceField(
        label=_("ほかの分野"),
        coerce=int,
        choices=Field.choices,
        widget=CheckboxSelectMultiple,
        required=False,
    )
    audiences = LinesField(label=_("だれのため"), longest_line=40, rows=3)
    partners = LinesField(label=_("ふつう組む相手"), longest_line=60, required=False)
    cautions = LinesField(label=_("気をつけること"), required=False)
    first_steps = LinesField(label=_("はじめの三歩"), rows=3, required=False)
    reason = PlainTextField(
        label=_("このように書いた理由"),
        max_length=400,
        rows=3,
        help_text=_("よりどころにした制度や、この町での経験を書いてください。手引きに出ます。"),
    )
    version = IntegerField(widget=HiddenInput, min_value=0)


class NeedForm(Form):
    """One thing that it takes."""

    written = Written(Kind.OTHER, what=Part.LINE, reason=Part.TEXT)

    resource = ChoiceField(label=_("種類"), choices=[CHOOSE, *Resource.choices])
    what = PlainTextField(label=_("なにを"), max_length=120)
    amount = AmountField(label=_("ふつうの量"), required=False)
    unit = ChoiceField(label=_("単位"), choices=[("", _("なし")), *Unit.choices], required=False)
    reason = PlainTextField(label=_("なぜ要るか"), max_length=200, rows=2)
    helps_only = BooleanField(label=_("なくても始められる"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if "amount" in cleaned and "unit" in cleaned and (cleaned["amount"] is None) != (not cleaned["unit"]):
            self.add_error("unit", _("ふつうの量と単位は、両方入れるか、両方空けてください。"))
        return cleaned


class PermitForm(Form):
    """A procedure or an insurance."""

    written = Written(Kind.OTHER, what=Part.LINE, ask=Part.CONTACT, reason=Part.TEXT)

    what = PlainTextField(label=_("手続き・保険"), max_length=120)
    ask = PlainTextField(label=_("相談先"), max_length=60)
    reason = PlainTextField(label=_("なぜか"), max_length=200, rows=2)


NeedRows = rows_of(NeedForm, extra=1, most=12)
PermitRows = rows_of(PermitForm, extra=1, most=10)


class RecipeEditor:
    """The page's form and rows as one thing: a recipe in, what was typed out."""

    def __init__(self, recipe: Recipe | None, version: int, data: Any = None) -> None:
        self.form = RecipeForm(data, initial=_initial(recipe, version))
        needs = [_need_row(need) for need in recipe.needs] if recipe else []
        permits = [asdict(permit) for permit in recipe.permits] if recipe else []
        self.needs = NeedRows(data, prefix="needs", initial=needs)
        self.permits = PermitRows(data, prefix="permits", initial=permits)
        self.needs.extra, self.permits.extra = int(not needs), int(not permits)
        if self.row_asked:
            self.keep_unchecked()

    @property
    def row_asked(self) -> bool:
        return self.needs.row_asked or self.permits.row_asked

    def keep_unchecked(self) -> None:
        """Judge nothing: the page is only shown again."""
        self.needs.row_asked = self.permits.row_asked = True
        self.form.keep_unchecked()

    def is_valid(self) -> bool:
        judged = [part.is_valid() for part in (self.form, self.needs, self.permits)]
        return all(judged)

    @property
    def version(self) -> int:
        return int(self.form.cleaned_data["version"])

    def recipe(self, code: str) -> Recipe:
        """What was typed, as a value."""
        typed = self.form.cleaned_data
        fields = (typed["main_field"], *typed["more_fields"])
        return Recipe(
            code=code,
            **{name: typed[name] for name in (*TEXTS, *LISTS)},
            fields=tuple(dict.fromkeys(fields)),
            needs=tuple(_ingredients(self.needs.filled)),
            permits=tuple(Permit(**row) for row in self.permits.filled),
        )

    def refuse(self, refused: ValidationError) -> None:
        """Put what does not hold together where it was typed."""
        problems = dict(refused.message_dict)
        for sentence in problems.pop("needs", ()):
            self.needs.non_form_errors().append(sentence)
        if "fields" in problems:
            problems["main_field"] = problems.pop("fields")
        if problems:
            put_problems(self.form, ValidationError(problems))


def _ingredients(rows: Iterable[dict[str, Any]]) -> Iterable[Ingredient]:
    for row in rows:
        yield Ingredient(
            resource=row["resource"],
            what=row["what"],
            reason=row["reason"],
            amount=row["amount"],
            unit=row["unit"] or None,
            usually=not row["helps_only"],
        )


def _need_row(need: Ingredient) -> dict[str, Any]:
    row = asdict(need)
    row["helps_only"], row["unit"] = not row.pop("usually"), need.unit or ""
    return row


def _initial(recipe: Recipe | None, version: int) -> dict[str, Any]:
    if recipe is None:
        return {"version": version}
    values = {name: getattr(recipe, name) for name in (*TEXTS, *LISTS)}
    return {
        **values,
        "main_field": recipe.fields[0],
        "more_fields": list(recipe.fields[1:]),
        "version": version,
    }
