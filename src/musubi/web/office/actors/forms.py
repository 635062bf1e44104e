"""What the office types in about actors, and how it narrows their list."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from musubi.base.common.enums import Source
from musubi.base.places.models import Area, Municipality
from musubi.base.places.queries import choosable_areas
from musubi.flow.actors.enums import ActorKind, ActorState, CloseReason
from musubi.web.design.forms import Form, Kind, Part, PlainTextField, Written

PROXY_SOURCES = [source for source in Source if source not in (Source.WEB, Source.IMPORT)]


class EnterForm(Form):
    """An actor that came on paper, at the counter or by telephone."""

    written = Written(Kind.ACTOR, name=Part.NAME, town=Part.PLACE, summary=Part.TEXT)

    source = forms.ChoiceField(
        label=_("どこから届いたか"),
        choices=[(source.value, source.label) for source in PROXY_SOURCES],
        widget=forms.RadioSelect,
    )
    kind = forms.ChoiceField(label=_("種類"), choices=[("", _("選んでください")), *ActorKind.choices])
    name = PlainTextField(label=_("名前"), max_length=120)
    kana = PlainTextField(label=_("ふりがな"), max_length=200, required=False)
    area: "forms.ModelChoiceField[Area]" = forms.ModelChoiceField(
        label=_("活動している区"), queryset=None, required=False, empty_label=_("決めていない")
    )
    town = PlainTextField(label=_("町名"), max_length=60, required=False)
    summary = PlainTextField(label=_("ひとこと紹介"), max_length=200, required=False)
    representative = PlainTextField(label=_("代表者の名前"), max_length=80, required=False)
    phone = PlainTextField(
        label=_("電話番号"), max_length=30, required=False, widget=forms.TextInput({"type": "tel"})
    )
    email = forms.EmailField(label=_("メールアドレス"), required=False)
    address = PlainTextField(label=_("住所"), max_length=200, required=False)

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        area = self.fields["area"]
        assert isinstance(area, forms.ModelChoiceField)
        area.queryset = choosable_areas(municipality)


class FilterForm(Form):
    """Narrows the list; nonsense narrows nothing."""

    q = PlainTextField(label=_("名前"), required=False, max_length=60)
    state = forms.ChoiceField(
        label=_("状態"), required=False, choices=[("", _("すべて")), *ActorState.choices]
    )
    kind = forms.ChoiceField(label=_("種類"), required=False, choices=[("", _("すべて")), *ActorKind.choices])


class ReasonForm(Form):
    reason = PlainTextField(
        label=_("理由"), max_length=500, rows=4, help_text=_("団体の管理者に、そのまま届きます。")
    )


class CloseForm(Form):
    reason = forms.ChoiceField(label=_("終了の理由"), choices=CloseReason.choices, widget=forms.RadioSelect)
