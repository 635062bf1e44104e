"""Who may write an agreement, and who may say yes to it in whose name."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from musubi.base.common.enums import Source
from musubi.base.common.joining import all_of
from musubi.base.common.verdict import ALLOWED, Verdict, refuse
from musubi.flow.actors.models import Actor

from ..enums import CaseState
from ..models import Agreement, AgreementVersion, Case
from ..queries import acts_for_in, parties_of
from ..queries.agreements import AGREEING, newcomers_of
from .taking_part import can_arrange, can_take_part

if TYPE_CHECKING:
    from musubi.flow.actors.queries.standing import Person

TOLD = frozenset({Source.COUNTER, Source.TELEPHONE, Source.FAX, Source.PAPER})
"""How staff may have heard what they type in for a party."""


def can_begin_agreement(user: "Person", case: Case) -> Verdict:
    """Whoever takes part, once the parties talk."""
    return can_take_part(user, case) and _case_agrees(case)


def can_write_version(user: "Person", version: AgreementVersion) -> Verdict:
    """Saving a draft and showing it to all for confirmation: whoever takes part."""
    return can_begin_agreement(user, version.agreement.case)


def can_revise_agreement(user: "Person", agreement: Agreement) -> Verdict:
    """Writing the next version: whoever takes part."""
    return can_begin_agreement(user, agreement.case)


def can_confirm_version(
    user: "Person", version: AgreementVersion, actor: Actor, source: str = Source.WEB
) -> Verdict:
    """A party's own people on the screen, or staff who heard it otherwise; once a party."""
    case = version.agreement.case
    verdict = _speaks(user, case, actor, source) and _case_agrees(case)
    if not verdict:
        return verdict
    parties = parties_of(case)
    if all(party.actor_id != actor.pk for party in parties):
        return refuse(_("この団体は、いまはこの案件の当事者ではありません。"))
    newcomers = newcomers_of(version, parties)
    if newcomers:
        return refuse(
            _("%(actors)sが、あとから加わりました。合意書を書き直してから、みんなで確認してください。")
            % {"actors": all_of(newcomers)}
        )
    if any(row.actor_id == actor.pk for row in version.confirmations.all()):
        return refuse(_("%(actor)sは、もう確認しています。") % {"actor": actor})
    return ALLOWED


def _speaks(user: "Person", case: Case, actor: Actor, source: str) -> Verdict:
    if source == Source.WEB:
        if any(own.pk == actor.pk for own in acts_for_in(user, case)):
            return ALLOWED
        if can_arrange(user, case):
            return refuse(_("代わりに入力するときは、どのように聞いたか（電話・窓口など）を選んでください。"))
        return refuse(_("この団体の名前で確認できるのは、その団体の管理者・編集の担当です。"))
    if source not in TOLD:
        return refuse(_("どのように聞いたかを、電話・窓口・FAX・紙から選んでください。"))
    return can_arrange(user, case)


def _case_agrees(case: Case) -> Verdict:
    if case.state in AGREEING:
        return ALLOWED
    reasons = {
        CaseState.OPEN: _("合意書は、相手との話し合いが始まってから書きます。"),
        CaseState.STARTED: _("プロジェクトが始まったので、合意書はもう変わりません。"),
        CaseState.CLOSED: _("この案件は終わっているため、合意書は変えられません。"),
    }
    return refuse(reasons[CaseState(case.state)])
