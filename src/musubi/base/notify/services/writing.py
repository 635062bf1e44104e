"""What a mail looks like: plain text, the same bytes in every attempt."""

from email.utils import format_datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone
from django.utils.translation import gettext as _

from musubi.base.accounts.queries import language_of
from musubi.base.common.languages import written_in
from musubi.base.notify.enums import MANDATORY
from musubi.base.notify.models import Delivery, Message

PREFERENCES_PATH = "/workspace/preferences/"  # a page of the web layer above; a test sees that it resolves


def mail_of(delivery: Delivery, *, to: str, connection: BaseEmailBackend) -> EmailMessage:
    """The mail for a delivery: subject, text, where to read on, who sent it, how to get fewer."""
    message = delivery.message
    return EmailMessage(
        subject=message.subject,
        body=body_of(message),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[to],
        connection=connection,
        headers={
            "Message-ID": delivery.mail_id,
            "Date": format_datetime(timezone.localtime(message.created_at)),
            "Auto-Submitted": "auto-generated",
        },
    )


def body_of(message: Message) -> str:
    """The text of the mail with absolute links."""
    parts = [message.subject, message.text.strip()]
    with written_in(language_of(message.recipient or message.address)):
        if message.path:
            parts.append(_("くわしくは、次のページをご覧ください。") + f"\n{settings.BASE_URL}{message.path}")
        parts.append("-- \n" + "\n".join(_closing(message)))
    return "\n\n".join(part for part in parts if part) + "\n"


def _closing(message: Message) -> list[str]:
    lines = [
        _("このメールは、Musubi（%(address)s）から自動で送っています。このメールに返信しても届きません。")
        % {"address": settings.BASE_URL},
    ]
    if message.recipient is None:
        lines.append(_("お心当たりがないときは、このメールを消してください。何も起きません。"))
    elif message.kind in MANDATORY:
        lines.append(_("これは大切なお知らせのため、メールを止めることはできません。"))
    else:
        lines.append(
            _("どのお知らせをメールで受け取るかは、次のページで選べます。")
            + f"\n{settings.BASE_URL}{PREFERENCES_PATH}"
        )
    return lines
