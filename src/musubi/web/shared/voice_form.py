"""Three questions to those concerned: the same form by the link and for staff who type in paper."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from musubi.flow.outcomes.enums import SCALE, VoiceQuestion, VoiceRelation
from musubi.flow.outcomes.services import VoiceValue
from musubi.web.design.forms import Form, Kind, Part, PlainTextField, Written

POINTS = [(number, SCALE[number]) for number in sorted(SCALE, reverse=True)]
"""From 「そう思う」 down, as on paper."""


def points_field(label: str) -> forms.TypedChoiceField:
    """A question answered from 5 to 1."""
    return forms.TypedChoiceField(label=label, choices=POINTS, coerce=int, widget=forms.RadioSelect)


class VoiceForm(Form):
    """Nobody's name is asked."""

    written = Written(Kind.OTHER, words=Part.VOICE)

    relation = forms.ChoiceField(
        label=_("この活動との関わり"), choices=VoiceRelation.choices, widget=forms.RadioSelect
    )
    words = PlainTextField(
        label=_("ひとこと"),
        rows=4,
        max_length=1000,
        required=False,
        help_text=_("よかったこと、困ったこと、続けるときの希望など。名前や電話番号は書かないでください。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in VoiceQuestion:
            self.fields[question.value] = points_field(str(question.label))
        self.order_fields([*VoiceQuestion.values, "relation", "words"])

    @property
    def questions(self) -> list[BoundField]:
        return [self[name] for name in VoiceQuestion.values]

    @property
    def value(self) -> VoiceValue:
        typed = self.cleaned_data
        return VoiceValue(
            relation=typed["relation"],
            answers={name: typed[name] for name in VoiceQuestion.values},
            words=typed["words"],
        )
