"""Asking the two sides of an introduction. What came of it is told by the case it belongs to."""

import datetime as dt

from django.utils.translation import gettext as _

from musubi.base.accounts.models import User
from musubi.base.common.joining import labelled
from musubi.base.common.links import token_for
from musubi.base.notify.enums import MessageKind
from musubi.base.notify.services import in_readers_language, tell
from musubi.flow.listings.queries import editors_of

from ..models import Introduction, Reply
from ..queries import actor_of, introducer_of, other_side, told_lines_of

LINK = "introduction"
"""The purpose of a link by which a person answers for a side: the reply's and the person's number."""


@in_readers_language
def tell_introduced(introduction: Introduction, reply: Reply, *, at: dt.datetime) -> int:
    """A side is asked, with five lines about the other; how many people were told."""
    other = actor_of(introduction, other_side(reply.side))
    subject, first = _("%(name)sの紹介が届きました") % {"name": other.name}, _("次の方を紹介します。")
    if introduction.initiative == other_side(reply.side):
        subject = _("%(name)sから「話を聞きたい」が届きました") % {"name": other.name}
        first = _("次の方が、あなたの団体と話してみたいそうです。")
    return _ask(introduction, reply, MessageKind.INTRODUCTION_MADE, subject, first, at)


@in_readers_language
def tell_reminded(introduction: Introduction, reply: Reply, *, at: dt.datetime) -> int:
    """A side that has not answered is asked again; how many people were told."""
    other = actor_of(introduction, other_side(reply.side))
    subject = _("お返事を待っています：%(name)sの紹介") % {"name": other.name}
    first = _("お返事がまだのようです。見送るときも、そのままお知らせください。")
    return _ask(introduction, reply, MessageKind.INTRODUCTION_REMINDED, subject, first, at)


def _ask(
    introduction: Introduction, reply: Reply, kind: str, subject: str, first: str, at: dt.datetime
) -> int:
    lines = "\n".join(labelled(line.label, line.text) for line in told_lines_of(introduction, reply.side))
    text = "\n\n".join(
        (
            first,
            lines,
            _(
                "下のページで「話してみたい」か「今回は見送る」を選んでください（紹介した人：%(who)s）。"
                "連絡先は、両方が「話してみたい」と答えるまで伝わりません。"
            )
            % {"who": introducer_of(introduction)},
        )
    )
    people = editors_of(actor_of(introduction, reply.side).pk)
    for person in people:
        tell(to=person, kind=kind, subject=subject, text=text, path=link_for(reply, person), at=at)
    return len(people)


def link_for(reply: Reply, person: User) -> str:
    """The address by which this person answers without signing in."""
    return f"/i/{token_for(LINK, thing=reply.pk, person=person.pk)}/"
