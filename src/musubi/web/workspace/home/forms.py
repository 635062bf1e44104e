from django import forms
from django.utils.translation import gettext_lazy as _

from musubi.web.design.forms import Form, PlainTextField


class WelcomeForm(Form):
    name = PlainTextField(
        label=_("お名前"),
        max_length=60,
        help_text=_("ほかの人に表示されます。団体の中では本名をおすすめします。"),
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    agree = forms.BooleanField(label=_("個人情報の扱いを読み、この町に登録することに同意します。"))
