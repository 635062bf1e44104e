from django.utils.translation import gettext_lazy as _

from musubi.web.design.forms import Form, Kind, Part, PlainTextField, Written


class ContactForm(Form):
    written = Written(Kind.OTHER, contact=Part.CONTACT)
    contact = PlainTextField(
        label=_("問い合わせ先"),
        max_length=200,
        required=False,
        help_text=_("係の名前・電話番号・メールアドレスなど。使い方のページなどに表示されます。"),
    )
