"""Who is told what about an agreement: those who act for the parties, and the coordinator."""

import datetime as dt

from django.utils.translation import gettext as _

from musubi.base.accounts.models import User
from musubi.base.common.joining import all_of
from musubi.base.notify.enums import MessageKind
from musubi.base.notify.services import in_readers_language, tell
from musubi.flow.listings.queries import editors_of

from ..enums import AgreementState
from ..models import AgreementVersion, Case, Confirmation
from ..queries import parties_of


@in_readers_language
def tell_proposed(version: AgreementVersion, *, by: User, at: dt.datetime) -> None:
    """Everybody who may confirm; the coordinator where a party has nobody who could."""
    case = version.agreement.case
    text = _(
        "「%(title)s」の合意書（第%(number)d版）ができました。内容を読んで、よければ「確認しました」を押してください。"
        "直したいところがあるときは、押さずに「書き直す」を選ぶか、やりとりで伝えてください。"
    )
    _tell_parties(
        case,
        kind=MessageKind.AGREEMENT_PROPOSED,
        subject=_("合意書を確認してください：%(title)s") % {"title": case},
        text=text % {"title": case, "number": version.number},
        by=by,
        at=at,
    )
    alone = [party.actor.name for party in parties_of(case) if not editors_of(party.actor_id)]
    if alone and case.coordinator is not None:
        told = _(
            "「%(title)s」の合意書を、みんなに確認してもらっています。%(actors)sには画面で答える人がいません。"
            "電話などで聞いて、代わりに入力してください。"
        )
        tell(
            to=case.coordinator,
            kind=MessageKind.AGREEMENT_PROPOSED,
            subject=_("合意書の確認を聞いてください：%(title)s") % {"title": case},
            text=told % {"title": case, "actors": all_of(alone)},
            path=path_of(case),
            at=at,
        )


@in_readers_language
def tell_confirmed_for(row: Confirmation, *, by: User, at: dt.datetime) -> None:
    """Staff typed in a party's yes: its people may object."""
    case = row.version.agreement.case
    text = _(
        "%(name)sさんが、%(actor)sに代わって、「%(title)s」の合意書（第%(number)d版）の確認を入力しました（受け取り方：%(source)s）。"
        "ちがうときは、すぐに「書き直す」を押すか、コーディネーターに知らせてください。"
    )
    for person in editors_of(row.actor_id):
        if person != by:
            tell(
                to=person,
                kind=MessageKind.AGREEMENT_SETTLED,
                subject=_("合意書の確認を、代わりに入力しました：%(title)s") % {"title": case},
                text=text
                % {
                    "name": by,
                    "actor": row.actor,
                    "title": case,
                    "number": row.version.number,
                    "source": row.get_source_display(),
                },
                path=path_of(case),
                at=at,
            )


@in_readers_language
def tell_settled(version: AgreementVersion, *, by: User, at: dt.datetime) -> None:
    """All have confirmed."""
    case = version.agreement.case
    text = _(
        "「%(title)s」の合意書（第%(number)d版）を、当事者のみんなが確認しました。"
        "これで合意です。次は、コーディネーターといっしょにプロジェクトを始めます。"
    )
    _tell_all(
        case,
        subject=_("合意書がまとまりました：%(title)s") % {"title": case},
        text=text % {"title": case, "number": version.number},
        by=by,
        at=at,
    )


@in_readers_language
def tell_revised(version: AgreementVersion, *, before: str, by: User, at: dt.datetime) -> None:
    """A next version is being written; what the earlier confirmations are worth."""
    case = version.agreement.case
    stands = (
        _("前の合意書は、新しい版をみんなが確認するまで、そのまま有効です。")
        if before == AgreementState.AGREED
        else _("前の版への確認は、新しい版には引きつがれません。書き上がったら、もう一度おたずねします。")
    )
    text = _("「%(title)s」の合意書を、書き直しています（第%(number)d版）。%(stands)s")
    _tell_all(
        case,
        subject=_("合意書を書き直しています：%(title)s") % {"title": case},
        text=text % {"title": case, "number": version.number, "stands": stands},
        by=by,
        at=at,
    )


def path_of(case: Case) -> str:
    return f"/workspace/agreements/{case.pk}/"


def _tell_all(case: Case, *, subject: str, text: str, by: User, at: dt.datetime) -> None:
    _tell_parties(
        case,
        kind=MessageKind.AGREEMENT_SETTLED,
        subject=subject,
        text=text,
        by=by,
        at=at,
        also=case.coordinator,
    )


def _tell_parties(
    case: Case, *, kind: str, subject: str, text: str, by: User, at: dt.datetime, also: User | None = None
) -> None:
    """Each person once, whatever number of parties they act for; not whoever did it."""
    people = {person.pk: person for party in parties_of(case) for person in editors_of(party.actor_id)}
    if also is not None:
        people[also.pk] = also
    for person in people.values():
        if person.pk != by.pk:
            tell(to=person, kind=kind, subject=subject, text=text, path=path_of(case), at=at)
