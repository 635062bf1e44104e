"""Which offer somebody wonders about."""

from django.utils.translation import gettext_lazy as _

from musubi.web.design.forms import AmountField, Form


class OfferForm(Form):
    offer = AmountField(
        label=_("提供の番号"),
        maximum=2**62,
        help_text=_("提供のページの住所（/listings/123/）の数字です。例：123"),
    )
