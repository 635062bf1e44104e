"""The demonstration's mail: kept in a table, shown on a page and in the terminal, never sent."""

import sys
from collections.abc import Sequence
from functools import partial

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from .models import StoredMail

RULE = "─" * 60


class MailboxBackend(BaseEmailBackend):
    """A Django e-mail backend whose `send` is an INSERT, so that it joins the caller's transaction."""

    in_this_database = True

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep the mail, and print it once the transaction has held."""
        for mail in email_messages:
            kept = StoredMail.objects.create(
                to=", ".join(mail.recipients())[:500],
                sender=mail.from_email[:254],
                subject=" ".join(str(mail.subject).split())[:300],
                text=str(mail.body),
                mail_id=str(mail.extra_headers.get("Message-ID", ""))[:200],
            )
            transaction.on_commit(partial(_print, kept), robust=True)
        return len(email_messages)


def _print(mail: StoredMail) -> None:
    """One write, so that mails of several processes do not mix; a lost terminal loses no mail."""
    text = f"\n{RULE}\nメール（デモのため送らず、ここに表示します）\n宛先: {mail.to}\n件名: {mail.subject}\n\n{mail.text}\n{RULE}\n"
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except (OSError, ValueError, UnicodeEncodeError):
        return
