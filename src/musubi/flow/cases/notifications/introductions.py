"""What came of an introduction: both sides hear it, and whoever has the case in hand."""

import datetime as dt

from django.utils.translation import gettext as _

from musubi.base.accounts.models import User
from musubi.base.common.joining import run_on
from musubi.base.notify.enums import MessageKind
from musubi.base.notify.services import in_readers_language
from musubi.flow.actors.models import Actor
from musubi.flow.matching.enums import DeclineReason
from musubi.flow.matching.models import Introduction
from musubi.flow.matching.queries import actor_of, introducer_of, other_side, reply_of

from ..models import Case
from ..queries import parties_of
from .people import case_path, coordinators_of_case, tell_actors, tell_people


@in_readers_language
def tell_asked(case: Case, introduction: Introduction, *, at: dt.datetime) -> None:
    """Staff hear that somebody has introduced itself, and may take the case."""
    side = introduction.initiative
    text = _(
        "%(who)sが、%(other)sに「話を聞きたい」と伝えました。返事を待っています。\n"
        "担当が決まっていないときは、案件のページで「わたしが担当する」を押してください。"
    ) % {"who": introducer_of(introduction), "other": actor_of(introduction, other_side(side))}
    tell_people(
        coordinators_of_case(case, at=at),
        kind=MessageKind.INTRODUCTION_ASKED,
        subject=_("「話を聞きたい」が届きました：%(title)s") % {"title": case},
        text=text,
        path=case_path(case),
        at=at,
    )


@in_readers_language
def tell_replied_for(introduction: Introduction, side: str, *, by: User, at: dt.datetime) -> None:
    """Staff typed in what was said on the telephone: the side's people may check it."""
    answer = reply_of(introduction, side)
    text = _(
        "%(source)sでうかがった返事「%(answer)s」を、%(name)sさんが代わりに入力しました。"
        "ちがうときは、すぐにコーディネーターに知らせてください。"
    ) % {"source": answer.get_source_display(), "answer": answer.get_answer_display(), "name": by}
    _tell_sides(
        introduction, [actor_of(introduction, side)], _("返事を代わりに入力しました：%(title)s"), text, by, at
    )


@in_readers_language
def tell_connected(case: Case, introduction: Introduction, *, at: dt.datetime) -> None:
    """Both have said yes: contacts are visible now, and the next step is to meet."""
    for side, other in (("need", "offer"), ("offer", "need")):
        text = _(
            "%(other)sと%(own)sの両方が「話してみたい」と答えました。\n"
            "案件のページで、お互いの連絡先が見られるようになりました。\n"
            "次は、事前の打ち合わせの日を決めましょう。"
        ) % {"other": actor_of(introduction, other), "own": actor_of(introduction, side)}
        tell_actors(
            [actor_of(introduction, side)],
            kind=MessageKind.INTRODUCTION_SETTLED,
            subject=_("%(other)sとつながりました") % {"other": actor_of(introduction, other)},
            text=text,
            path=case_path(case),
            at=at,
        )
    _tell_there(case, introduction, at)
    text = _("%(need)sと%(offer)sがつながりました。次は、事前の打ち合わせの日を決めます。")
    _tell_staff(case, _("つながりました：%(title)s"), text % _names(introduction), None, at)


@in_readers_language
def tell_declined(
    case: Case | None, introduction: Introduction, side: str, *, by: User, at: dt.datetime
) -> None:
    """One side said no: the other hears the reason in these words, and staff what was written besides."""
    said, own = reply_of(introduction, side), actor_of(introduction, side)
    text = _("%(actor)sから「今回は見送る」と返事がありました。") % {"actor": own}
    if said.reason != DeclineReason.OTHER:
        text = run_on((text, _("理由：%(reason)s。") % {"reason": said.get_reason_display()}))
    words = _("\nひとこと：%(words)s") % {"words": said.words} if said.words else ""
    other = actor_of(introduction, other_side(side))
    more = _("\nほかの相手が見つかったら、お知らせします。") if side == "offer" else ""
    subject = _("今回は見送りになりました：%(title)s")
    _tell_sides(introduction, [other], subject, text + words + more, by, at)
    _tell_staff(case, subject, text + words, by, at)


@in_readers_language
def tell_withdrawn(case: Case | None, introduction: Introduction, *, by: User, at: dt.datetime) -> None:
    """Nobody need answer any more."""
    text = _("%(need)sと%(offer)sの紹介は、取りやめになりました。お返事はいりません。") % _names(introduction)
    subject = _("紹介は取りやめになりました：%(title)s")
    _tell_sides(introduction, [introduction.need.actor, introduction.offer.actor], subject, text, by, at)
    _tell_staff(case, subject, text, by, at)


@in_readers_language
def tell_lapsed(case: Case | None, introduction: Introduction, *, at: dt.datetime) -> None:
    """Too long without an answer."""
    text = _("%(need)sと%(offer)sの紹介は、60日のあいだ返事がそろわなかったため、終わりにしました。")
    text %= _names(introduction)
    subject = _("返事がなく、紹介を終えました：%(title)s")
    more = _("\nいまも話してみたいときは、コーディネーターに知らせてください。")
    _tell_sides(
        introduction, [introduction.need.actor, introduction.offer.actor], subject, text + more, None, at
    )
    _tell_staff(case, subject, text, None, at)


def _tell_sides(
    introduction: Introduction, actors: list[Actor], subject: str, text: str, by: User | None, at: dt.datetime
) -> None:
    tell_actors(
        actors,
        kind=MessageKind.INTRODUCTION_SETTLED,
        subject=subject % {"title": introduction.need},
        text=text,
        path=f"/workspace/introductions/{introduction.pk}/",
        at=at,
        but=by,
    )


def _tell_there(case: Case, introduction: Introduction, at: dt.datetime) -> None:
    """Who was there already hears who has come, and that the two sides see each other's contacts."""
    pair = {introduction.need.actor_id, introduction.offer.actor_id}
    facts = {"actor": introduction.offer.actor, "title": case}
    tell_actors(
        [party.actor for party in parties_of(case) if party.actor_id not in pair],
        kind=MessageKind.CASE_CHANGED,
        subject=_("%(actor)sが加わりました：%(title)s") % facts,
        text=_(
            "%(actor)sが「%(title)s」の話し合いに加わりました。案件のページで、おたがいの連絡先を見られます。"
        )
        % facts,
        path=case_path(case),
        at=at,
    )


def _tell_staff(case: Case | None, subject: str, text: str, by: User | None, at: dt.datetime) -> None:
    if case is not None:
        tell_people(
            coordinators_of_case(case, at=at),
            kind=MessageKind.INTRODUCTION_SETTLED,
            subject=subject % {"title": case},
            text=text,
            path=case_path(case),
            at=at,
            but=by,
        )


def _names(introduction: Introduction) -> dict[str, object]:
    return {"need": introduction.need.actor, "offer": introduction.offer.actor}
