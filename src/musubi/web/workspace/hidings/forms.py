from django.utils.translation import gettext_lazy as _

from musubi.web.design.forms import Form, PlainTextField


class AnswerForm(Form):
    """The author's word, once."""

    answer = PlainTextField(
        label=_("返事"),
        rows=6,
        max_length=2000,
        help_text=_("直したこと、事情、考えなどを書いてください。返事は一度だけ送れます。"),
    )
