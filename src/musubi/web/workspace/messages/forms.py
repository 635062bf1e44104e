from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from musubi.base.notify.queries import Choice
from musubi.web.design.forms import Form, PlainTextField


class PreferencesForm(Form):
    """One box per kind of message; kinds that cannot be switched off are not asked."""

    def __init__(self, *args: Any, choices: list[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = [choice for choice in choices if not choice.mandatory]
        self.asked = [choice.kind for choice in asked]
        self.fields["kinds"] = forms.MultipleChoiceField(
            label=_("メールでも受け取るもの"),
            required=False,
            choices=[(choice.kind, choice.label) for choice in asked],
            initial=[choice.kind for choice in asked if choice.email],
            widget=forms.CheckboxSelectMultiple,
            help_text=_("印を外しても、お知らせの一覧には出ます。"),
        )

    @property
    def wishes(self) -> dict[str, bool]:
        """Each kind that was asked, and whether mail is wanted for it."""
        wanted = set(self.cleaned_data["kinds"])
        return {kind: kind in wanted for kind in self.asked}


class NameForm(Form):
    name = PlainTextField(
        label=_("お名前"),
        max_length=60,
        help_text=_("ほかの人に表示されます。"),
        widget=forms.TextInput({"autocomplete": "name"}),
    )
