from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from musubi.base.accounts.models import User
from musubi.base.places.models import Municipality
from musubi.flow.actors.enums import CredentialKind
from musubi.flow.actors.models import Actor
from musubi.flow.actors.queries import issuers_for
from musubi.web.design.forms import Form, JapaneseDateField, Kind, Part, PlainTextField, Written


class CredentialForm(Form):
    written = Written(Kind.OTHER, title=Part.NAME, issuer_name=Part.NAME)
    kind = forms.ChoiceField(label=_("種類"), choices=CredentialKind.choices, widget=forms.RadioSelect)
    title = PlainTextField(label=_("名称"), max_length=120, help_text=_("例：市民活動団体登録、○○協定"))
    issuer: "forms.ModelChoiceField[Actor]" = forms.ModelChoiceField(
        label=_("出した機関"),
        queryset=None,
        required=False,
        empty_label=_("下に書く"),
        help_text=_("登録のある課・支援組織から選びます。"),
    )
    issuer_name = PlainTextField(
        label=_("出した機関の名前（上にないとき）"),
        max_length=120,
        required=False,
        help_text=_("例：みそら県"),
    )
    valid_from = JapaneseDateField(label=_("始まりの日"))
    valid_until = JapaneseDateField(
        label=_("終わりの日"), required=False, help_text=_("決まっていなければ、空のままにします。")
    )

    def __init__(self, *args: Any, user: User, municipality: Municipality, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"valid_from": timezone.localdate()})
        super().__init__(*args, **kwargs)
        issuer = self.fields["issuer"]
        assert isinstance(issuer, forms.ModelChoiceField)
        issuer.queryset = issuers_for(user, municipality)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if not data.get("issuer") and not data.get("issuer_name"):
            self.add_error("issuer_name", _("出した機関を、上の一覧から選ぶか、ここに書いてください。"))
        start, end = data.get("valid_from"), data.get("valid_until")
        if start and end and end < start:
            self.add_error("valid_until", _("終わりの日は、始まりの日より後にしてください。"))
        return data


class RevokeForm(Form):
    written = Written(Kind.OTHER, reason=Part.TEXT)
    reason = PlainTextField(
        label=_("理由"), max_length=500, rows=4, help_text=_("公開の登録簿にのり、団体の管理者にも届きます。")
    )
