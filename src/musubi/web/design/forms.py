"""Forms in Musubi's shape: our renderer, our error sentences, fields for what people type."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import DjangoTemplates
from django.forms.utils import ErrorDict
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from musubi.base.common.joining import labelled

from .fields import (
    AmountField,
    DateBoxes,
    JapaneseDateField,
    JapaneseTimeField,
    PlainTextField,
    WeekdayBoxes,
    WeekdaysField,
    posted_boxes,
)
from .written import Helped, Kind, Part, Question, Written, asks_for_a_look

__all__ = [
    "AmountField",
    "DateBoxes",
    "Form",
    "JapaneseDateField",
    "JapaneseTimeField",
    "Kind",
    "ModelForm",
    "MusubiRenderer",
    "Part",
    "PlainTextField",
    "Question",
    "WeekdayBoxes",
    "WeekdaysField",
    "Written",
    "posted_boxes",
]


def _says(field: forms.Field, code: str, default: Any, sentence: Any) -> None:
    """Give a field our sentence unless its author gave it one."""
    if field.error_messages.get(code) == default:
        field.error_messages[code] = sentence


def give_sentences(field: forms.Field, label: str) -> None:
    """Replace Django's short messages by sentences that say what to do."""
    chosen = isinstance(field, (forms.ChoiceField, forms.ModelChoiceField))
    ask = _("「{label}」を選んでください。") if chosen else _("「{label}」を入れてください。")
    if isinstance(field, forms.BooleanField):
        ask = _("「{label}」に印を付けてください。")
    if isinstance(field, forms.FileField):
        ask = _("「{label}」のファイルを選んでください。")
    required = forms.Field.default_error_messages["required"]
    _says(field, "required", required, format_lazy(ask, label=label))
    field.error_messages.setdefault(
        "max_length",
        _("%(limit_value)d文字までにしてください（いま%(show_value)d文字です）。"),
    )
    field.error_messages.setdefault(
        "min_length", _("%(limit_value)d文字以上にしてください（いま%(show_value)d文字です）。")
    )
    gone = _("選んだものが一覧にありません。もう一度選んでください。")
    for kind in (forms.ChoiceField, forms.MultipleChoiceField, forms.ModelChoiceField):
        _says(field, "invalid_choice", kind.default_error_messages["invalid_choice"], gone)
    if isinstance(field, forms.EmailField):
        sentence = _("メールアドレスは「namae@example.jp」のような形で入れてください。")
        field.error_messages.setdefault("invalid", sentence)


class MusubiBoundField(Helped, BoundField):
    """A field that answers in our sentences and knows where an error message has to point.

    Bound fields are made before a form is cleaned, so that allauth's forms speak our language too.
    """

    def __init__(self, form: forms.BaseForm, field: forms.Field, name: str) -> None:
        super().__init__(form, field, name)
        give_sentences(field, str(self.label))

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        """Without placeholders: they vanish while one types; support text stands above the box."""
        return {**super().build_widget_attrs(attrs, widget), "placeholder": False}

    @property
    def error_id(self) -> str:
        return f"{self.auto_id}_error"

    @property
    def help_id(self) -> str:
        return f"{self.auto_id}_helptext"

    @property
    def aria_describedby(self) -> str | None:
        """Also the line that says how many advices stand below the field."""
        ids = super().aria_describedby
        return " ".join(filter(None, [ids, self.advised_id])) if self.part and self.auto_id else ids

    @property
    def first_control_id(self) -> str:
        """The id of the control itself, or of the first one of a group."""
        if isinstance(self.field.widget, forms.MultiWidget):
            return f"{self.auto_id}_0"
        if self.use_fieldset and len(self):
            return str(self.subwidgets[0].id_for_label)
        return str(self.id_for_label)

    @property
    def is_single_checkbox(self) -> bool:
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def typed(self) -> str:
        """A name for the style sheet, such as `textarea` or `dateboxes`."""
        return str(self.widget_type)


class MusubiRenderer(DjangoTemplates):
    """Renders every form, ours and allauth's, with the templates in design/forms."""

    form_template_name = "design/forms/form.html"
    formset_template_name = "design/forms/formset.html"
    field_template_name = "design/forms/field.html"
    bound_field_class = MusubiBoundField


class Unchecked:
    """What `Form` and `ModelForm` share."""

    unchecked = False
    looked_at = False
    written: Written | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if asks_for_a_look(self.data):  # type: ignore[attr-defined]
            self.look_at()

    def keep_unchecked(self) -> None:
        """Show what was typed as it is, without judging it (a row was added, a draft is shown)."""
        self.unchecked = True
        self._errors = ErrorDict()
        self.cleaned_data: dict[str, Any] = {}

    def look_at(self) -> None:
        """Show what was typed with what the writing helper says of it."""
        self.keep_unchecked()
        self.looked_at = True

    def is_valid(self) -> bool:
        return not self.unchecked and bool(super().is_valid())  # type: ignore[misc]


def errors_of(*parts: Any) -> list[tuple[str, str]]:
    """Every error sentence of forms, rows and lists of forms with the id it points to, in the order of the page.

    Where several rows ask the same, a sentence says of which row it speaks: by number, or by the form's `row_name`.
    """
    found: list[tuple[str, str]] = []
    for part in parts:
        if isinstance(part, list):
            found += errors_of(*part)
            continue
        if isinstance(part, forms.BaseFormSet):
            if part.is_bound:
                found += [(str(error), f"rows-{part.prefix}") for error in part.non_form_errors()]
                for number, form in enumerate(part.forms, start=1):
                    row = gettext("（%(number)sつめ）") % {"number": number} if len(part.forms) > 1 else ""
                    found += [(row + sentence, target) for sentence, target in errors_of(form)]
            continue
        row = gettext("（%(name)s）") % {"name": part.row_name} if hasattr(part, "row_name") else ""
        found += [(f"{row}{error}", "") for error in part.non_field_errors()]
        for bound in part:
            target = "" if bound.is_hidden else getattr(bound, "first_control_id", "")
            for error in bound.errors:
                named = str(bound.label) in str(error) or bound.is_hidden
                found.append((row + (str(error) if named else labelled(bound.label, error)), target))
    return found


class Form(Unchecked, forms.Form):
    """A form that can be shown as it was typed, without being judged."""


class ModelForm(Unchecked, forms.ModelForm):
    """The same over a model."""
