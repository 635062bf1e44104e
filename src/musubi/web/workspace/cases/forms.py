"""What is typed on a case: letters, the next step, leaving and closing."""

from django import forms
from django.utils.translation import gettext_lazy as _

from musubi.base.common.enums import Source
from musubi.flow.cases.enums import CaseCloseReason
from musubi.flow.matching.enums import DeclineReason
from musubi.web.design.forms import Form, JapaneseDateField, PlainTextField
from musubi.web.shared.reply_form import TOLD


class LetterForm(Form):
    """One letter, with a file if need be."""

    text = PlainTextField(
        label=_("書くこと"),
        rows=5,
        max_length=4000,
        help_text=_("メールアドレスや電話番号は、書かなければ相手に伝わりません。"),
    )
    upload = forms.FileField(
        label=_("ファイル（なくてもかまいません）"),
        required=False,
        help_text=_("写真（JPEG・PNG・WebP・HEIC）、PDF、Excel（.xlsx）、CSV を一つ付けられます。"),
    )


class NextStepForm(Form):
    """What the coordinator does next, until when."""

    what = PlainTextField(
        label=_("次にすること"),
        max_length=200,
        help_text=_("当事者にも見えます。例：会社に電話して、いすの数を確かめる"),
    )
    on = JapaneseDateField(label=_("いつまでに"))


class LeaveForm(Form):
    """Why a party leaves."""

    reason = forms.ChoiceField(
        label=_("抜ける理由"),
        choices=[("", _("選んでください")), *DeclineReason.choices],
        help_text=_("この言葉のまま、ほかの当事者とコーディネーターに伝わります。"),
    )
    words = PlainTextField(
        label=_("ひとこと（なくてもかまいません）"), rows=3, max_length=500, required=False
    )


class ToldLeaveForm(LeaveForm):
    """The same, typed in by staff who were told: also how it came."""

    field_order = ("source", "reason", "words")
    source = forms.ChoiceField(
        label=_("どうやって聞きましたか"),
        choices=[(source.value, source.label) for source in TOLD],
        initial=Source.TELEPHONE,
    )


class CloseForm(Form):
    """Why a case ends."""

    reason = forms.ChoiceField(
        label=_("終わりにする理由"), choices=[("", _("選んでください")), *CaseCloseReason.choices]
    )
    note = PlainTextField(
        label=_("くわしく（なくてもかまいません）"),
        rows=3,
        max_length=500,
        required=False,
        help_text=_("当事者にも伝わります。"),
    )
