"""Figures, ten answers, and what comes of them, as forms."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from musubi.base.common.enums import Source
from musubi.flow.outcomes.enums import Continuation, Counterfactual, PartnerQuestion, VoiceQuestion
from musubi.flow.outcomes.models import PartnerReview
from musubi.flow.outcomes.permissions import TOLD_TO_STAFF
from musubi.flow.outcomes.services import IndicatorValue, ReviewValue, VoiceValue
from musubi.web.design.fields import DEFAULT_UNITS
from musubi.web.design.forms import AmountField, Form, Kind, Part, PlainTextField, Written
from musubi.web.design.rows import rows_of
from musubi.web.shared.voice_form import VoiceForm, points_field

UNITS = (
    *DEFAULT_UNITS,
    "時間",
    "分",
    "日",
    "%",
    "世帯",
    "か所",
    "店",
    "校",
    "団体",
    "km",
    "kg",
    "g",
    "t",
    "ha",
)
CENT = Decimal("0.01")


class MeasureField(AmountField):
    """What was counted or measured: 「約1,200」, 「3.5時間」, 「0」."""

    default_error_messages = {"fine": _("小数は2けたまでにしてください。")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            minimum=0, maximum=999_999_999_999, whole=False, units=UNITS, required=False, **kwargs
        )

    def validate(self, value: int | Decimal | None) -> None:
        super().validate(value)
        if value is not None and Decimal(value) != Decimal(value).quantize(CENT):
            raise ValidationError(self.error_messages["fine"], code="fine")


class IndicatorForm(Form):
    """One line of figures."""

    written = Written(Kind.OTHER, name=Part.LINE, unit=Part.NAME, note=Part.LINE)

    name = PlainTextField(label=_("なにを数えるか"), max_length=120)
    unit = PlainTextField(label=_("単位"), max_length=20, required=False, help_text=_("例：人、回、時間、%"))
    before = MeasureField(label=_("始める前"))
    target = MeasureField(label=_("目標"))
    after = MeasureField(label=_("終わったあと"))
    note = PlainTextField(
        label=_("ひとこと"), max_length=200, required=False, help_text=_("例：雨のため1日だけ行いました。")
    )


IndicatorRows = rows_of(IndicatorForm, extra=0, most=20)


def values_of(rows: list[dict[str, Any]]) -> list[IndicatorValue]:
    return [IndicatorValue(**row) for row in rows]


class FiguresForm(Form):
    """Carries no field of its own: what is wrong with all rows together is said here."""


class ReviewForm(Form):
    """Ten answers of one partner, and what would have been and shall be."""

    learnt = PlainTextField(
        label=_("学んだこと"),
        rows=4,
        max_length=1000,
        required=False,
        help_text=_("事例をまとめるときに、名前を出さずに使うことがあります。"),
    )
    without_musubi = forms.ChoiceField(
        label=_("Musubi がなければ、どうしていましたか"),
        choices=Counterfactual.choices,
        widget=forms.RadioSelect,
    )
    without_words = PlainTextField(label=_("くわしく"), max_length=500, required=False, rows=2)
    decision = forms.ChoiceField(
        label=_("これから、どうしたいですか"), choices=Continuation.choices, widget=forms.RadioSelect
    )
    next_year = PlainTextField(
        label=_("来年に必要なもの"),
        rows=3,
        max_length=1000,
        required=False,
        help_text=_("人手、場所、お金、物など。終えるときは書かなくてかまいません。"),
    )
    source = forms.ChoiceField(
        label=_("答えの受け取り方"),
        choices=[(source.value, source.label) for source in TOLD_TO_STAFF],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, told: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in PartnerQuestion:
            self.fields[f"q_{question.value}"] = points_field(str(question.label))
        if not told:
            del self.fields["source"]

    @property
    def questions(self) -> list[BoundField]:
        return [self[f"q_{name}"] for name in PartnerQuestion.values]

    @property
    def value(self) -> ReviewValue:
        typed = self.cleaned_data
        plain = ("learnt", "without_musubi", "without_words", "decision", "next_year")
        return ReviewValue(
            answers={name: typed[f"q_{name}"] for name in PartnerQuestion.values},
            **{name: typed[name] for name in plain},
        )

    @property
    def how(self) -> str:
        """How the answer came: pressed by the partner itself unless staff were told."""
        return str(self.cleaned_data.get("source", Source.WEB.value))


def initial_of(review: PartnerReview | None) -> dict[str, Any]:
    """What was answered before, for the form."""
    if review is None:
        return {}
    plain = ("learnt", "without_musubi", "without_words", "decision", "next_year", "source")
    answers = {f"q_{name}": points for name, points in review.answers.items()}
    return {**{name: getattr(review, name) for name in plain}, **answers}


class PaperVoiceForm(VoiceForm):
    """What stands on a sheet of paper: whoever filled it in may have left a question out."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in VoiceQuestion.values:
            self.fields[name].required = False
            self.fields[name].empty_value = None  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = [self.cleaned_data.get(name) for name in VoiceQuestion.values]
        if not any(given) and not any(name in self.errors for name in VoiceQuestion.values):
            self.add_error(VoiceQuestion.values[0], gettext("質問の答えを、1つ以上入れてください。"))
        return self.cleaned_data

    @property
    def value(self) -> VoiceValue:
        answers = {name: points for name, points in super().value.answers.items() if points}
        return replace(super().value, answers=answers)


class CloseForm(Form):
    """What came of it, and how it goes on."""

    written = Written(Kind.PROJECT, summary=Part.TEXT)

    summary = PlainTextField(
        label=_("まとめ"),
        rows=5,
        max_length=2000,
        required=False,
        help_text=_("何ができて、何がむずかしかったかを、二、三の文で。公開のページに載ります。"),
    )
    decision = forms.ChoiceField(label=_("これから"), choices=Continuation.choices, widget=forms.RadioSelect)
    next_year = PlainTextField(label=_("来年に必要なもの"), rows=3, max_length=2000, required=False)
