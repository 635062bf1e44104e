"""How the queue is narrowed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from musubi.base.places.models import Area, Municipality
from musubi.base.places.queries import choosable_areas
from musubi.flow.listings.enums import Resource
from musubi.web.design.forms import Form

OLDEST, NEWEST = "oldest", "newest"


class QueueForm(Form):
    """Nonsense narrows nothing."""

    order = forms.ChoiceField(
        label=_("並べ方"),
        choices=[(OLDEST, _("長く待っている順")), (NEWEST, _("新しい順"))],
        required=False,
    )
    area: "forms.ModelChoiceField[Area]" = forms.ModelChoiceField(
        label=_("地域"), queryset=None, required=False, empty_label=_("担当のすべて")
    )
    resource = forms.ChoiceField(
        label=_("必要なもの"), choices=[("", _("すべて")), *Resource.choices], required=False
    )
    unanswered = forms.BooleanField(label=_("候補のないものだけ"), required=False)

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
