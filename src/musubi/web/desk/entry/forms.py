"""What staff type in for somebody else."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from musubi.base.common.enums import Source
from musubi.base.places.models import Area, Municipality
from musubi.base.places.queries import choosable_areas
from musubi.flow.actors.enums import OFFICIAL_KINDS, ActorKind
from musubi.flow.listings.enums import Side, Template
from musubi.web.design.forms import Form, Kind, Part, PlainTextField, Written
from musubi.web.shared.listing_guides import GUIDES

WAYS = [(source.value, source.label) for source in Source if source not in (Source.WEB, Source.IMPORT)]
KINDS = [(kind.value, kind.label) for kind in ActorKind if kind not in OFFICIAL_KINDS]


class SearchForm(Form):
    """For whom."""

    q = PlainTextField(
        label=_("団体・個人の名前"), max_length=60, help_text=_("名前かふりがなの一部で探せます。")
    )


class PersonForm(Form):
    """An actor that is not registered yet; what is personal stays with the city hall."""

    written = Written(Kind.ACTOR, name=Part.NAME, town=Part.PLACE, summary=Part.TEXT)

    source = forms.ChoiceField(label=_("どこから届いたか"), choices=WAYS, widget=forms.RadioSelect)
    kind = forms.ChoiceField(label=_("種類"), choices=[("", _("選んでください")), *KINDS])
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


class PaperForm(Form):
    """What the paper is about; the rest is typed on the next page."""

    written = Written(Kind.OTHER, title=Part.TITLE, body=Part.TEXT)

    source = forms.ChoiceField(label=_("どこから届いたか"), choices=WAYS, widget=forms.RadioSelect)
    choice = forms.ChoiceField(label=_("何についてか"), help_text=_("いちばん近いものを選んでください。"))
    title = PlainTextField(
        label=_("題名"),
        max_length=80,
        required=False,
        help_text=_("あとから直せます。分からなければ空のままで。"),
    )
    body = PlainTextField(
        label=_("届いた言葉"),
        max_length=4000,
        rows=6,
        required=False,
        help_text=_("紙に書かれていたことや、電話で聞いたことを、そのまま入れてください。"),
    )

    def __init__(self, *args: Any, official: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["choice"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [
            ("", _("選んでください")),
            *(
                (
                    side.label,
                    [
                        (f"{side}:{template}", guide.name)
                        for template, guide in _guides(side, official=official)
                    ],
                )
                for side in Side
            ),
        ]

    @property
    def side_and_template(self) -> tuple[str, str]:
        side, template = self.cleaned_data["choice"].split(":")
        return side, template


def _guides(side: Side, *, official: bool) -> list[tuple[Template, Any]]:
    return [
        (template, guide) for template, guide in GUIDES[side].items() if template != Template.MENU or official
    ]
