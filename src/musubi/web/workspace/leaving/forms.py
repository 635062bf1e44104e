from django import forms
from django.utils.translation import gettext_lazy as _

from musubi.web.design.forms import Form


class LeaveForm(Form):
    """Said once more before it cannot be undone."""

    understood = forms.BooleanField(
        label=_("何が消え、何が残るかを読みました。元に戻せないことも分かりました。"),
        error_messages={"required": _("読んで分かったら、ここに印を付けてください。")},
    )
