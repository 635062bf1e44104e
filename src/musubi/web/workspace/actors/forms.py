"""The profile of an actor as a form: what it is, and who may see which item."""

import re
import unicodedata
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from musubi.base.common.corporate_number import without_separators
from musubi.base.common.enums import Field, Visibility
from musubi.base.places.models import Area, Municipality
from musubi.base.places.queries import choosable_areas
from musubi.flow.actors.enums import OFFICIAL_KINDS, ActorKind, CloseReason, ProfileItem
from musubi.flow.actors.models import Actor
from musubi.flow.actors.services.profile import problem_of_corporate_number
from musubi.web.design.forms import Form, JapaneseDateField, Kind, Part, PlainTextField, Question, Written

PLAIN = (
    "kind",
    "name",
    "kana",
    "area",
    "town",
    "summary",
    "description",
    "fields",
    "founded_on",
    "corporate_number",
)
FIRST_CHOICE = {ProfileItem.URL: Visibility.PUBLIC}


def kind_choices(*, official: bool) -> list[tuple[str, Any]]:
    """The kinds a person may choose; official ones only for the office."""
    chosen = [(kind.value, kind.label) for kind in ActorKind if official or kind not in OFFICIAL_KINDS]
    return [("", _("選んでください")), *chosen]


class ActorForm(Form):
    written = Written(
        Kind.ACTOR, name=Part.NAME, town=Part.PLACE, summary=Part.TEXT, description=Part.BODY
    ).asking(Question.WHERE, Question.WHOM)
    kind = forms.ChoiceField(label=_("種類"))
    name = PlainTextField(
        label=_("名前"), max_length=120, help_text=_("団体の正式な名前。個人の方はお名前を入れてください。")
    )
    kana = PlainTextField(
        label=_("ふりがな"), max_length=200, required=False, help_text=_("一覧の並び順に使います。")
    )
    area: "forms.ModelChoiceField[Area]" = forms.ModelChoiceField(
        label=_("活動している区"), queryset=None, required=False, empty_label=_("決めていない")
    )
    town = PlainTextField(label=_("町名"), max_length=60, required=False)
    summary = PlainTextField(
        label=_("ひとこと紹介"), max_length=200, required=False, help_text=_("何をしている団体かを、一文で。")
    )
    description = PlainTextField(label=_("活動の内容"), max_length=4000, required=False, rows=6)
    fields_of_activity = forms.TypedMultipleChoiceField(
        label=_("活動分野"),
        choices=Field.choices,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("あてはまるものをいくつでも。"),
    )
    founded_on = JapaneseDateField(label=_("設立"), required=False)
    corporate_number = PlainTextField(
        label=_("法人番号"),
        required=False,
        help_text=_("法人だけ。13けたの数字です。"),
        widget=forms.TextInput({"inputmode": "numeric"}),
    )
    representative = PlainTextField(label=_("代表者の名前"), max_length=80, required=False)
    email = forms.EmailField(label=_("メールアドレス"), required=False)
    phone = PlainTextField(
        label=_("電話番号"), max_length=30, required=False, widget=forms.TextInput({"type": "tel"})
    )
    address = PlainTextField(label=_("住所"), max_length=200, required=False)
    url = forms.URLField(label=_("ホームページ"), required=False, assume_scheme="https")

    def __init__(
        self,
        *args: Any,
        municipality: Municipality,
        official: bool,
        actor: Actor | None = None,
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("initial", initial_of(actor) if actor else {"area": municipality.area_id})
        super().__init__(*args, **kwargs)
        kinds, area = self.fields["kind"], self.fields["area"]
        assert isinstance(kinds, forms.ChoiceField)
        assert isinstance(area, forms.ModelChoiceField)
        kinds.choices = kind_choices(official=official or bool(actor and actor.kind in OFFICIAL_KINDS))
        area.queryset = choosable_areas(municipality)
        for item in ProfileItem:
            self.fields[f"visibility_{item}"] = forms.ChoiceField(
                label=_("だれに見せるか：%(item)s") % {"item": item.label},
                choices=Visibility.choices,
                initial=FIRST_CHOICE.get(item, Visibility.CITY_HALL),
            )

    def clean_corporate_number(self) -> str:
        digits = without_separators(self.cleaned_data["corporate_number"])
        if problem := problem_of_corporate_number(digits):
            raise forms.ValidationError(problem)
        return digits

    def clean_phone(self) -> str:
        phone = unicodedata.normalize("NFKC", self.cleaned_data["phone"]).strip()
        if phone and not re.fullmatch(r"[0-9+()\-‐ー ]{5,30}", phone):
            raise forms.ValidationError(
                _("電話番号は「0000-00-0000」のように、数字と「-」で入れてください。")
            )
        return re.sub("[‐ー]", "-", phone)

    @property
    def plain(self) -> list[BoundField]:
        return [self["fields_of_activity" if name == "fields" else name] for name in PLAIN]

    @property
    def items(self) -> list[tuple[BoundField, BoundField]]:
        """Each item of the profile beside who may see it."""
        return [(self[item.value], self[f"visibility_{item}"]) for item in ProfileItem]

    @property
    def profile(self) -> dict[str, Any]:
        """What the services take, `kind` and `name` among it."""
        data = self.cleaned_data
        values = {name: data["fields_of_activity" if name == "fields" else name] for name in PLAIN}
        return values | {item.value: data[item.value] for item in ProfileItem}

    @property
    def item_visibility(self) -> dict[str, str]:
        return {item.value: self.cleaned_data[f"visibility_{item}"] for item in ProfileItem}


def initial_of(actor: Actor) -> dict[str, Any]:
    """An actor as the form shows it."""
    values = {name: getattr(actor, name) for name in PLAIN if name not in ("fields", "area")}
    values |= {"fields_of_activity": actor.fields, "area": actor.area_id}
    for item in ProfileItem:
        values[item.value] = getattr(actor, item)
        values[f"visibility_{item}"] = actor.visibility_of(item)
    return values


class CloseForm(Form):
    reason = forms.ChoiceField(label=_("終了の理由"), choices=CloseReason.choices, widget=forms.RadioSelect)
