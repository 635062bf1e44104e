from django import forms
from django.utils.translation import gettext_lazy as _

from musubi.web.design.forms import Form, JapaneseDateField

from .wording import VERBS


class LogForm(Form):
    """Narrows the log; nonsense narrows nothing."""

    verb = forms.ChoiceField(label=_("したこと"), required=False, choices=[("", _("すべて")), *VERBS.items()])
    until = JapaneseDateField(label=_("この日まで"), required=False)
