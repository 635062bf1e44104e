"""Fields that read what people in Japan type, and answer a mistake with what to do."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from . import reading
from .wording import WEEKDAYS

BOXES = ("year", "month", "day")
DEFAULT_UNITS = "人名席円個回件台本枚冊脚食袋箱組点"
Widget = forms.Widget | type[forms.Widget]


class DateBoxes(forms.MultiWidget):
    """Three labelled boxes: year, month, day. Text boxes, because a number box drops 「１２」 silently."""

    template_name = "design/forms/date_boxes.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({name: forms.TextInput({"inputmode": "numeric"}) for name in BOXES}, attrs)

    def decompress(self, value: date | None) -> list[str]:
        return ["", "", ""] if value is None else [str(getattr(value, box)) for box in BOXES]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for part, label in zip(context["widget"]["subwidgets"], (_("年"), _("月"), _("日")), strict=True):
            part["label"] = label
        return context


class WeekdayBoxes(forms.CheckboxSelectMultiple):
    """Seven boxes in one row, Monday first."""

    template_name = "design/forms/weekday_boxes.html"


class JapaneseDateField(forms.Field):
    """A day typed into three boxes; the year western (2026) or of an era (令和8)."""

    widget: Widget = DateBoxes
    default_error_messages = {
        "incomplete": _("年・月・日の3つとも入れてください。"),
        "year": _("年は「2026」または「令和8」のように入れてください。"),
        "impossible": _("その日付はありません。月と日を確かめてください。"),
    }

    def to_python(self, value: Any) -> date | None:
        if value is None or isinstance(value, date):
            return value
        year, month, day = (str(part or "").strip() for part in value)
        if not (year or month or day):
            return None
        if not (year and month and day):
            raise ValidationError(self.error_messages["incomplete"], code="incomplete")
        if reading.read_year(year) is None:
            raise ValidationError(self.error_messages["year"], code="year")
        found = reading.read_date(year, month, day)
        if found is None:
            raise ValidationError(self.error_messages["impossible"], code="impossible")
        return found


class JapaneseTimeField(forms.Field):
    """A time of day: 「13:30」, 「１３時半」, 「午後1時30分」."""

    widget: Widget = forms.TextInput
    default_error_messages = {
        "unreadable": _("時刻は「13:30」または「午後1時30分」のように入れてください。"),
    }

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%H:%M}" if isinstance(value, time) else value

    def to_python(self, value: Any) -> time | None:
        if value in self.empty_values:
            return None
        found = value if isinstance(value, time) else reading.read_time(str(value))
        if found is None:
            raise ValidationError(self.error_messages["unreadable"], code="unreadable")
        return found

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "class": "input-short", "autocomplete": "off"}


class WeekdaysField(forms.TypedMultipleChoiceField):
    """Days of the week as sorted numbers, Monday is 0; none chosen is an empty list."""

    widget: Widget = WeekdayBoxes

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=WEEKDAYS, coerce=int, **kwargs)

    def clean(self, value: Any) -> list[int]:
        return sorted(super().clean(value))


class AmountField(forms.Field):
    """A number with or without its unit: 「30」, 「３０人」, 「約1,200円」, 「3万円」."""

    widget: Widget = forms.TextInput
    default_error_messages = {
        "unreadable": _("数は「30」や「30人」のように入れてください。"),
        "whole": _("小数は使えません。「30」のように入れてください。"),
        "minimum": _("%(minimum)s以上の数を入れてください。"),
        "maximum": _("%(maximum)s以下の数を入れてください。"),
        "unit": _("「%(unit)s」では数えられません。数だけを入れてください。"),
    }

    def __init__(
        self,
        *,
        minimum: int = 1,
        maximum: int = 1_000_000_000,
        whole: bool = True,
        units: Iterable[str] = (*DEFAULT_UNITS, "時間", "分"),
        **kwargs: Any,
    ) -> None:
        self.minimum, self.maximum, self.whole = minimum, maximum, whole
        self.units = frozenset(units)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> int | Decimal | None:
        if value in self.empty_values:
            return None
        found = reading.read_amount(str(value))
        if found is None:
            raise ValidationError(self.error_messages["unreadable"], code="unreadable")
        number, unit = found
        if unit and unit not in self.units:
            raise ValidationError(self.error_messages["unit"], code="unit", params={"unit": unit})
        if not self.whole:
            return number
        if number != number.to_integral_value():
            raise ValidationError(self.error_messages["whole"], code="whole")
        return int(number)

    def validate(self, value: int | Decimal | None) -> None:
        super().validate(value)
        if value is None:
            return
        for code, wrong in (("minimum", value < self.minimum), ("maximum", value > self.maximum)):
            if wrong:
                limit = f"{getattr(self, code):,}"
                raise ValidationError(self.error_messages[code], code=code, params={code: limit})

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        shape = {"class": "input-short", "inputmode": "numeric", "autocomplete": "off"}
        return {**super().widget_attrs(widget), **shape}


class PlainTextField(forms.CharField):
    """Text without invisible characters; `rows` makes it a box of several lines."""

    def __init__(self, *, rows: int = 0, **kwargs: Any) -> None:
        self.rows = rows
        if rows:
            kwargs.setdefault("widget", forms.Textarea({"rows": rows}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        if value in self.empty_values:
            return str(self.empty_value)
        cleaned = reading.plain_text(str(value), multiline=bool(self.rows))
        return str(super().to_python(cleaned))

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Without `maxlength`: a browser that cuts silently loses what was pasted."""
        attrs: dict[str, Any] = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs


def posted_boxes(name: str, value: date | None) -> Mapping[str, str]:
    """What a browser would post for a three-box date; for tests and prefilled addresses."""
    parts: Sequence[str] = DateBoxes().decompress(value)
    return {f"{name}_{box}": part for box, part in zip(BOXES, parts, strict=True)}
