"""What is typed into an agreement. Nothing is demanded of a draft; what proposing needs is asked by the service."""

import hashlib
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.forms import BooleanField, CharField, ChoiceField, Field, HiddenInput, IntegerField, RadioSelect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from musubi.base.common.enums import Source
from musubi.flow.actors.models import Actor
from musubi.flow.cases.queries import OfferedLine
from musubi.flow.listings.words import amount_words
from musubi.web.design import forms
from musubi.web.design.rows import rows_of
from musubi.web.shared.agreement_forms import EXPLANATIONS

PARTS = ("does", "can", "cannot")
HUNDREDTH, LARGEST = Decimal("0.01"), 999_999_999_999


class MeasureField(forms.AmountField):
    """A number that is measured: a part of a unit too, 「2.5」; stored to the hundredth."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(minimum=0, maximum=LARGEST, whole=False, **kwargs)

    def to_python(self, value: Any) -> Any:
        number = super().to_python(value)
        return number if number is None else Decimal(number).quantize(HUNDREDTH)

    def prepare_value(self, value: Any) -> Any:
        return f"{value.normalize():f}" if isinstance(value, Decimal) else value


class IndicatorForm(forms.Form):
    """One thing that is counted before and after."""

    name = forms.PlainTextField(
        label=_("なにを数えるか"), max_length=120, required=False, help_text=_("例：参加した人、使った回数")
    )
    unit = forms.PlainTextField(label=_("単位"), max_length=20, required=False, help_text=_("例：人、回、円"))
    before = MeasureField(
        label=_("始める前"), required=False, help_text=_("分からないときは空けておきます。")
    )
    target = MeasureField(label=_("目標"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        said = any(cleaned.get(name) not in (None, "") for name in ("unit", "before", "target"))
        if said and not cleaned.get("name"):
            self.add_error("name", _("なにを数えるかを書いてください。"))
        return cleaned


IndicatorRows = rows_of(IndicatorForm, extra=0, most=10)


class TermsForm(forms.Form):
    """All but the indicators; each party's part and each thing offered has fields of its own.

    The aim and each party's part stand on the project's public page afterwards.
    """

    written = forms.Written(forms.Kind.PROJECT, aim=forms.Part.BODY, does_=forms.Part.TEXT).asking(
        forms.Question.WHEN, forms.Question.WHERE
    )
    form = ChoiceField(
        label=_("協働の形"),
        choices=[(row.form.value, row.choice) for row in EXPLANATIONS],
        widget=RadioSelect,
    )
    aim = forms.PlainTextField(
        label=_("いっしょに目指すこと"),
        max_length=2000,
        rows=5,
        help_text=_("だれの、何を、どのようによくしたいか。みんなが「そうだ」と言える言葉で書きます。"),
    )
    cost = forms.PlainTextField(
        label=_("お金の分担"),
        max_length=2000,
        rows=4,
        help_text=_("何にいくらかかり、だれが出すか。かからないときは「なし」と書きます。"),
    )
    risk = forms.PlainTextField(
        label=_("もしものときと保険"),
        max_length=2000,
        rows=4,
        help_text=_("けが・雨・中止のときにどうするか、保険はだれが入るか。ないときは「なし」と書きます。"),
    )
    publicity = forms.PlainTextField(
        label=_("広報のしかた"),
        max_length=2000,
        rows=4,
        help_text=_("だれが、どこに知らせるか。名前や写真をどう使うか。しないときは「なし」と書きます。"),
    )
    starts_on = forms.JapaneseDateField(label=_("始まりの日"))
    ends_on = forms.JapaneseDateField(
        label=_("終わりの日"), help_text=_("1日だけのときは、同じ日を入れてください。")
    )
    review_on = forms.JapaneseDateField(
        label=_("見直しの日"),
        help_text=_("うまくいっているかを、みんなで確かめる日です。終わりの日の3か月後まで選べます。"),
    )
    other = forms.PlainTextField(label=_("そのほか"), max_length=2000, rows=4, required=False)
    saves = IntegerField(widget=HiddenInput, min_value=1)

    def __init__(
        self, *args: Any, actors: Sequence[Actor], lines: Sequence[OfferedLine], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        parts = {
            f"{name}_{actor.pk}": field
            for actor in actors
            for name, field in zip(PARTS, _part_fields(), strict=True)
        }
        uses = {use_name(line): _use_field(line) for line in lines}
        self.fields |= parts | uses
        first, rest = (
            ["form", "aim"],
            ["cost", "risk", "publicity", "starts_on", "ends_on", "review_on", "other"],
        )
        self.order_fields([*first, *parts, *uses, *rest])

    def _clean_fields(self) -> None:
        """A draft may lack anything: `required` is only the mark that readers see."""
        marked = [field for name, field in self.fields.items() if field.required and name != "saves"]
        for field in marked:
            field.required = False
        super()._clean_fields()  # type: ignore[misc]
        for field in marked:
            field.required = True

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        starts, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("終わりの日は、始まりの日と同じか、それより後にしてください。"))
        return cleaned


class HeardForm(forms.Form):
    """How staff heard a party's yes."""

    source = ChoiceField(
        label=_("どのように聞きましたか"),
        choices=[
            (each.value, each.label) for each in (Source.TELEPHONE, Source.COUNTER, Source.FAX, Source.PAPER)
        ],
        widget=RadioSelect,
    )


class SeenForm(forms.Form):
    """What the presser had on the screen: hidden, so that a change in between is noticed."""

    seen = CharField(widget=HiddenInput, required=False, max_length=20)
    saves = IntegerField(widget=HiddenInput, required=False, min_value=1)


def use_name(line: OfferedLine) -> str:
    """A field's name that stays when an offer is saved anew."""
    return "use_" + hashlib.blake2b(repr(line.key).encode(), digest_size=6).hexdigest()


def _part_fields() -> list[Field]:
    return [
        forms.PlainTextField(label=_("すること"), max_length=1000, rows=3),
        forms.PlainTextField(label=_("できること"), max_length=1000, rows=2, required=False),
        forms.PlainTextField(
            label=_("できないこと"),
            max_length=1000,
            rows=2,
            required=False,
            help_text=_("先に書いておくと、あとの行き違いを防げます。"),
        ),
    ]


def _use_field(line: OfferedLine) -> Field:
    """A number where the thing is counted, a tick where it is not."""
    if line.left is None:
        return BooleanField(label=gettext("%(what)sを使う") % {"what": line}, required=False)
    values = {
        "what": line,
        "whole": amount_words(line.amount or 0, line.unit),
        "left": amount_words(line.left, line.unit),
        "unit": line.unit_word,
    }
    help_text = gettext("全部で%(whole)s。いま使えるのは、あと%(left)sです。使わないときは空けておきます。")
    too_many = gettext("使えるのは、あと%(left)sまでです。")
    return forms.AmountField(
        label=gettext("%(what)sを、いくつ使いますか（%(unit)s）") % values,
        minimum=0,
        maximum=line.left,
        required=False,
        help_text=help_text % values,
        error_messages={"maximum": too_many % values},
    )
