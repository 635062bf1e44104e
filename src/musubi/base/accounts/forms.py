"""What is asked beside the mail address when somebody signs up."""

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from .models import User


class SignUpForm(forms.Form):
    name = forms.CharField(
        label=_("お名前"),
        max_length=60,
        help_text=_("ほかの人に表示されます。団体の中では本名をおすすめします。"),
        error_messages={"required": _("お名前を入れてください。")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def signup(self, request: HttpRequest, user: User) -> None:  # noqa: ARG002 (allauth calls it so)
        user.name = self.cleaned_data["name"].strip()
        user.save(update_fields=["name"])
