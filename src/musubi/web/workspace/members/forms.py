import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from musubi.base.accounts.models import User
from musubi.flow.actors.enums import MembershipRole
from musubi.flow.actors.models import Actor
from musubi.flow.actors.permissions import can_invite_address
from musubi.web.design.forms import Form


class InviteForm(Form):
    """Whom to invite; an address that cannot be invited says why at the field."""

    email = forms.EmailField(
        label=_("招待する方のメールアドレス"), widget=forms.EmailInput({"autocomplete": "off"})
    )
    role = forms.ChoiceField(
        label=_("できること"),
        choices=MembershipRole.choices,
        initial=MembershipRole.EDITOR,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, actor: Actor, user: User, now: dt.datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor, self.user, self.now = actor, user, now

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].strip().lower()
        verdict = can_invite_address(self.user, self.actor, email, self.now)
        if not verdict:
            raise forms.ValidationError(verdict.reason)
        return email


class RoleForm(Form):
    role = forms.ChoiceField(label=_("できること"), choices=MembershipRole.choices)
