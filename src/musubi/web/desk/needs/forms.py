"""Which offer somebody wonders about."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from musubi.web.design.forms import Form, PlainTextField

MOST_DIGITS = 18
"""Longer numbers the database does not know."""


class OfferForm(Form):
    offer = PlainTextField(
        label=gettext_lazy("提供の番号"),
        max_length=500,
        help_text=gettext_lazy(
            "提供のページの住所（/listings/123/）の数字です。住所をそのまま貼ってもかまいません。例：123"
        ),
        error_messages={"required": gettext_lazy("提供の番号か、提供のページの住所を入れてください。")},
    )

    def clean_offer(self) -> int:
        """The number, or the last one in the path of a pasted address; -1 and 1.5 are neither."""
        text = unicodedata.normalize("NFKC", self.cleaned_data["offer"]).strip(" #")
        path = re.split(r"[?#]", text, maxsplit=1)[0]
        numbers = re.findall(r"(?:^|(?<=/))[0-9]+(?=/|$)", path)
        if not numbers or len(numbers[-1].lstrip("0")) > MOST_DIGITS:
            raise ValidationError(
                _("番号を読み取れませんでした。提供のページの住所の最後の数字を入れてください。例：123")
            )
        return int(numbers[-1])
