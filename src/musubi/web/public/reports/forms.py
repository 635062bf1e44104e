from django import forms
from django.utils.translation import gettext_lazy as _

from musubi.flow.moderation.enums import ReportReason
from musubi.web.design.forms import Form, PlainTextField


class ReportForm(Form):
    """What is wrong, and in the reader's own words."""

    reason = forms.ChoiceField(
        label=_("どんな問題ですか"), choices=ReportReason.choices, widget=forms.RadioSelect
    )
    words = PlainTextField(
        label=_("くわしく"),
        required=False,
        max_length=1000,
        help_text=_("どこが問題か、分かる範囲で書いてください。投稿した人には、あなたの名前は伝わりません。"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
