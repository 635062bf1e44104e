"""Saying yes or no to an introduction: by link, signed in, or typed in for somebody who telephoned."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from musubi.base.common.enums import Source
from musubi.flow.matching.enums import Answer, DeclineReason
from musubi.web.design.forms import Form, PlainTextField

TOLD = (Source.TELEPHONE, Source.COUNTER, Source.FAX, Source.PAPER)


class ReplyForm(Form):
    """Whoever says no says why; the other side reads it in these words."""

    answer = forms.ChoiceField(label=_("お返事"), choices=Answer.choices, widget=forms.RadioSelect)
    reason = forms.ChoiceField(
        label=_("見送る理由"),
        choices=[("", _("（見送るときに選んでください）")), *DeclineReason.choices],
        required=False,
        help_text=_("「今回は見送る」のときだけ選んでください。この言葉のまま、相手に伝わります。"),
    )
    words = PlainTextField(
        label=_("ひとこと（なくてもかまいません）"),
        rows=3,
        max_length=500,
        required=False,
        help_text=_("相手とコーディネーターに伝わります。例：平日の夜なら打ち合わせができます。"),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("answer") == Answer.NO and not data.get("reason"):
            self.add_error("reason", _("見送るときは、「見送る理由」を一つ選んでください。"))
        if data.get("answer") == Answer.YES:
            data["reason"] = ""
        return data


class ToldReplyForm(ReplyForm):
    """The same, typed in by staff who were told: also how it came."""

    field_order = ("source", "answer", "reason", "words")
    source = forms.ChoiceField(
        label=_("どうやって聞きましたか"),
        choices=[(source.value, source.label) for source in TOLD],
        initial=Source.TELEPHONE,
    )
