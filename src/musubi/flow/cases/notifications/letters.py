"""Who is told of a new letter: everybody else in its thread, never with an address."""

import datetime as dt

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from musubi.base.accounts.models import User
from musubi.base.notify.enums import MessageKind
from musubi.base.notify.services import in_readers_language

from ..models import Letter
from ..queries import parties_of
from .people import case_path, tell_actors

EXCERPT = 200


@in_readers_language
def tell_letter(letter: Letter, *, by: User, at: dt.datetime) -> None:
    """The thread's other people, each at the page where they read it, and the case's coordinator."""
    case, introduction = letter.case, letter.introduction
    writer = letter.actor or _("%(name)sさん（コーディネーター）") % {"name": by}
    excerpt = Truncator(letter.text).chars(EXCERPT)
    more = _("\n\nファイルが1つ付いています。") if letter.file_id else ""
    facts = {
        "kind": MessageKind.LETTER_RECEIVED,
        "subject": _("%(writer)sから書き込みがありました：%(title)s") % {"writer": writer, "title": case},
        "text": _("%(writer)s：\n%(excerpt)s") % {"writer": writer, "excerpt": excerpt} + more,
    }
    if introduction is None:
        actors, path = [party.actor for party in parties_of(case)], case_path(case)
    else:
        actors = [introduction.need.actor, introduction.offer.actor]
        path = f"/workspace/introductions/{introduction.pk}/"
    also = [case.coordinator] if case.coordinator else []
    tell_actors(actors, also=also, **facts, path=path, at=at, but=by)
