"""Whom to ask in turn, how many at a time, and when it is enough."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from musubi.base.common.enums import Source
from musubi.base.common.joining import bracketed
from musubi.flow.matching.enums import AT_A_TIME, Fit
from musubi.flow.matching.models import MOST_AT_A_TIME, MOST_ENOUGH, Proposal
from musubi.web.design.forms import Form, PlainTextField

LIKELY = frozenset({Fit.STRONG, Fit.GOOD})
"""What is ticked before anybody chooses."""
HEARD = [(value, label) for value, label in Source.choices if value not in (Source.WEB, Source.IMPORT)]


class OutreachForm(Form):
    offers = forms.TypedMultipleChoiceField(
        label=_("声をかける相手"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("上から順に声をかけます。よく合いそうな方に、はじめから印が付いています。"),
        error_messages={"required": _("声をかける相手を、一つ以上選んでください。")},
    )
    at_a_time = forms.IntegerField(
        label=_("一度に声をかける数"),
        min_value=1,
        max_value=MOST_AT_A_TIME,
        initial=AT_A_TIME,
        help_text=_("次の営業日まで返事を待って、続きの方に声をかけます。例：5"),
        error_messages={
            "required": _("一度に何件ずつ声をかけるかを、数字で入れてください。例：5"),
            "invalid": _("数字で入れてください。例：5"),
            "min_value": _("1以上にしてください。"),
            "max_value": _("一度に声をかけるのは20件までです。20以下にしてください。"),
        },
    )
    enough = forms.IntegerField(
        label=_("何人が関心を示したら止めますか"),
        min_value=1,
        max_value=MOST_ENOUGH,
        help_text=_("「話してみたい」という返事がこの数になったら、続きの方には声をかけません。"),
        error_messages={
            "required": _("何人で止めるかを、数字で入れてください。例：3"),
            "invalid": _("数字で入れてください。例：3"),
            "min_value": _("1以上にしてください。"),
            "max_value": _("50以下にしてください。"),
        },
    )
    need_agrees = forms.ChoiceField(
        label=_("求めている方の了解"),
        choices=[("", _("まだ聞いていない（紹介のたびに、両方の方に聞きます）")), *HEARD],
        required=False,
        help_text=_(
            "関心を示した方と話すことを、求めている方から先に聞いていれば、その方法を選んでください。"
        ),
    )
    words = PlainTextField(
        label=_("紹介のひとこと（なくてもかまいません）"),
        rows=4,
        max_length=1000,
        required=False,
        help_text=_("声をかけるすべての方に、そのまま届きます。"),
    )

    def __init__(
        self, *args: Any, proposals: Iterable[Proposal] = (), enough: int = 1, **kwargs: Any
    ) -> None:
        rows = list(proposals)
        kwargs.setdefault("initial", {})
        kwargs["initial"] = {
            "enough": enough,
            "offers": [row.offer_id for row in rows if row.fit in LIKELY],
            **kwargs["initial"],
        }
        super().__init__(*args, **kwargs)
        field = self.fields["offers"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = [
            (row.offer_id, f"{bracketed(row.offer, row.offer.actor.name)} {row.fit.label}") for row in rows
        ]
