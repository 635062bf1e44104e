from django.utils.translation import gettext_lazy as _

from musubi.web.design.forms import Form, PlainTextField


class DecisionForm(Form):
    """Why the office decides so; those concerned read it."""

    reason = PlainTextField(label=_("理由"), rows=4, max_length=500)
