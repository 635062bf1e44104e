"""Who is told that a case was opened, changed hands, lost a party or ended."""

import datetime as dt

from django.utils.translation import gettext as _

from musubi.base.accounts.models import User
from musubi.base.common.enums import Source
from musubi.base.common.joining import run_on
from musubi.base.notify.enums import MessageKind
from musubi.base.notify.services import in_app_only, in_readers_language

from ..enums import CaseCloseReason
from ..models import Case, Party
from ..queries import parties_of
from .people import case_path, coordinators_of_case, tell_actors


@in_readers_language
def tell_opened(case: Case, *, by: User, at: dt.datetime) -> None:
    """The need's people read in their list that somebody looks for partners for them."""
    with in_app_only():
        tell_actors(
            [case.need.actor],
            kind=MessageKind.CASE_CHANGED,
            subject=_("相手さがしを始めました：%(title)s") % {"title": case},
            text=_(
                "%(name)sさんが、「%(title)s」に合う相手をさがし始めました。紹介が届くまでお待ちください。"
            )
            % {"name": by, "title": case},
            path=case_path(case),
            at=at,
            but=by,
        )


@in_readers_language
def tell_taken(case: Case, *, before: User | None, by: User, at: dt.datetime) -> None:
    """The parties learn who helps them now, and who had it before that it is in other hands."""
    facts = {
        "kind": MessageKind.CASE_CHANGED,
        "subject": _("担当が決まりました：%(title)s") % {"title": case},
        "text": _("「%(title)s」は、これから%(name)sさんが担当します。") % {"title": case, "name": by},
        "path": case_path(case),
    }
    actors = [party.actor for party in parties_of(case)]
    tell_actors(actors, also=[before] if before else [], **facts, at=at, but=by)


@in_readers_language
def tell_left(case: Case, party: Party, *, by: User, at: dt.datetime) -> None:
    """The other parties and staff hear who goes, and why."""
    facts = {
        "kind": MessageKind.CASE_CHANGED,
        "subject": _("%(actor)sが抜けました：%(title)s") % {"actor": party.actor, "title": case},
        "text": _("%(actor)sが「%(title)s」から抜けました。%(note)s")
        % {"actor": party.actor, "title": case, "note": party.left_note},
        "path": case_path(case),
    }
    others = [row.actor for row in parties_of(case)]
    tell_actors(others, also=coordinators_of_case(case, at=at), **facts, at=at, but=by)


@in_readers_language
def tell_left_for(case: Case, party: Party, source: str, *, by: User, at: dt.datetime) -> None:
    """Staff typed in what was said on the telephone: the people of who left may check it."""
    tell_actors(
        [party.actor],
        kind=MessageKind.CASE_CHANGED,
        subject=_("話し合いから抜けたことを、代わりに入力しました：%(title)s") % {"title": case},
        text=_(
            "%(source)sでうかがい、%(actor)sが「%(title)s」から抜けることを、%(name)sさんが代わりに入力しました。%(note)s\n"
            "ちがうときは、すぐにコーディネーターに知らせてください。"
        )
        % {
            "source": Source(source).label,
            "actor": party.actor,
            "title": case,
            "name": by,
            "note": party.left_note,
        },
        path=case_path(case),
        at=at,
        but=by,
    )


@in_readers_language
def tell_closed(case: Case, *, by: User, at: dt.datetime) -> None:
    """Every party and staff hear that it ended, and why."""
    note = _("\n%(note)s") % {"note": case.close_note} if case.close_note else ""
    text = _("「%(title)s」は終わりました。") % {"title": case}
    if case.close_reason != CaseCloseReason.OTHER:
        text = run_on((text, _("理由：%(reason)s。") % {"reason": case.get_close_reason_display()}))
    facts = {
        "kind": MessageKind.CASE_CLOSED,
        "subject": _("案件が終わりました：%(title)s") % {"title": case},
        "text": text + note,
        "path": case_path(case),
    }
    actors = [party.actor for party in parties_of(case)]
    tell_actors(actors, also=coordinators_of_case(case, at=at), **facts, at=at, but=by)
