"""How the board is narrowed, and a word for those who are introduced."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from musubi.base.places.models import Area, Municipality
from musubi.base.places.queries import choosable_areas
from musubi.web.design.forms import Form, PlainTextField


class BoardForm(Form):
    """Nonsense narrows nothing."""

    q = PlainTextField(label=_("題名のことば"), max_length=80, required=False)
    coordinator = forms.ChoiceField(
        label=_("担当"),
        choices=[("", _("すべて")), ("mine", _("わたしの案件")), ("nobody", _("担当のいないもの"))],
        required=False,
    )
    area: "forms.ModelChoiceField[Area]" = forms.ModelChoiceField(
        label=_("地域"), queryset=None, required=False, empty_label=_("すべて")
    )

    still = forms.BooleanField(label=_("14日以上動いていないものだけ"), required=False)

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        area = self.fields["area"]
        assert isinstance(area, forms.ModelChoiceField)
        area.queryset = choosable_areas(municipality)

    @property
    def wanted(self) -> dict[str, Any]:
        """What was asked for and makes sense."""
        self.is_valid()
        return self.cleaned_data


class IntroduceForm(Form):
    words = PlainTextField(
        label=_("紹介のひとこと（なくてもかまいません）"),
        rows=4,
        max_length=1000,
        required=False,
        help_text=_("両方の方に、そのまま届きます。例：去年の夏祭りでも、いすを貸してくださった会社です。"),
    )
