from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from musubi.base.accounts.models import User
from musubi.base.places.models import Area, Municipality
from musubi.base.places.queries import wards_of
from musubi.flow.actors.enums import MandateRole
from musubi.flow.actors.queries import person_with_address
from musubi.web.design.forms import Form, JapaneseDateField


class MandateForm(Form):
    email = forms.EmailField(
        label=_("お願いする方のメールアドレス"), widget=forms.EmailInput({"autocomplete": "off"})
    )
    role = forms.ChoiceField(label=_("役割"), choices=MandateRole.choices, widget=forms.RadioSelect)
    areas: "forms.ModelMultipleChoiceField[Area]" = forms.ModelMultipleChoiceField(
        label=_("受け持ちの区（コーディネーター）"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("選ばなければ、市の全体です。"),
    )
    valid_from = JapaneseDateField(label=_("始まりの日"))
    valid_until = JapaneseDateField(
        label=_("終わりの日"), required=False, help_text=_("決まっていなければ、空のままにします。")
    )

    def __init__(self, *args: Any, user: User, municipality: Municipality, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"valid_from": timezone.localdate()})
        super().__init__(*args, **kwargs)
        self.user = user
        self.person: User | None = None
        areas = self.fields["areas"]
        assert isinstance(areas, forms.ModelMultipleChoiceField)
        areas.queryset = wards = wards_of(municipality)
        if not wards.exists():
            del self.fields["areas"]

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        self.person = person_with_address(self.user, email)
        if self.person is None:
            raise forms.ValidationError(
                _(
                    "このメールアドレスの方は、まだ登録していません。先に登録してもらってから、お願いしてください。"
                )
            )
        return email

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        start, end = data.get("valid_from"), data.get("valid_until")
        if start and end and end < start:
            self.add_error("valid_until", _("終わりの日は、始まりの日より後にしてください。"))
        if data.get("role") == MandateRole.OFFICE and data.get("areas"):
            self.add_error("areas", _("区を選べるのは、コーディネーターだけです。"))
        return data

    @property
    def mandate(self) -> dict[str, Any]:
        """What the service takes."""
        names = ("role", "areas", "valid_from", "valid_until")
        return {"user": self.person} | {
            name: self.cleaned_data[name] for name in names if name in self.cleaned_data
        }
