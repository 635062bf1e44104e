"""What is written when one asks to talk, or within an introduction."""

from django import forms
from django.utils.translation import gettext_lazy as _

from musubi.web.design.forms import Form, PlainTextField


class AskForm(Form):
    """About which of one's own listings one would like to talk, and a word for the other side."""

    own = forms.ChoiceField(label=_("どれについて話しますか"), widget=forms.RadioSelect)
    words = PlainTextField(
        label=_("相手へのひとこと"),
        rows=4,
        max_length=1000,
        help_text=_("例：いつ・どのように使うかを、いちど相談させてください。"),
    )

    def __init__(self, *args: object, choices: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        own = self.fields["own"]
        assert isinstance(own, forms.ChoiceField)
        own.choices = choices
        if len(choices) == 1:
            own.initial = choices[0][0]
