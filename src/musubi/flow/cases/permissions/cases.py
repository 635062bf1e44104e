"""Who opens a case, introduces in it, takes it over, writes in it, leaves it and closes it."""

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from musubi.base.audit.queries import count_since
from musubi.base.common.enums import Source
from musubi.base.common.verdict import ALLOWED, Verdict, refuse
from musubi.flow.actors.models import Actor
from musubi.flow.actors.queries import standing_of
from musubi.flow.listings.models import Listing
from musubi.flow.listings.queries import listings_for
from musubi.flow.matching.enums import INTRODUCTION_OPEN
from musubi.flow.matching.models import Introduction
from musubi.flow.matching.permissions import SEEKING, can_introduce, can_reopen_introduction

from ..enums import CASE_OPEN, CaseState
from ..models import Case, Party
from ..queries import acts_for_in, contacts_for, open_case_of, parties_of
from ..workflow import CASE
from .taking_part import can_arrange

if TYPE_CHECKING:
    from musubi.base.accounts.models import User
    from musubi.flow.actors.queries.standing import Person

LETTERS_AN_HOUR = 60
LETTER = "letter.write"
INTRODUCING = frozenset({CaseState.OPEN, CaseState.TALKING})
"""States in which partners are still brought into a case."""
WRITING = CASE_OPEN | {CaseState.STARTED}


def can_open_case(user: "Person", need: Listing) -> Verdict:
    """Staff of the town who may read it, for a need that looks for partners; one case a need."""
    if need.municipality_id not in standing_of(user).staff_in:
        return refuse(_("案件を開けるのは、この町のコーディネーターと市の担当だけです。"))
    if not need.is_need:
        return refuse(_("案件は、ニーズから開きます。"))
    if not listings_for(user).filter(pk=need.pk).exists():
        return refuse(_("このニーズは、いまは見られません。"))
    if need.state not in SEEKING or need.hidden_at is not None:
        return refuse(
            _("いまの状態（%(state)s）のニーズからは、案件を開けません。")
            % {"state": need.get_state_display()}
        )
    case = open_case_of(need)
    if case is not None:
        return refuse(_("この案件は、もう%(name)sが開いています。") % {"name": opener_of(case)})
    return ALLOWED


def opener_of(case: Case) -> str:
    """Who works on a case, as others read it."""
    person = case.coordinator or case.opened_by
    return _("%(name)sさん") % {"name": person} if person else _("ほかの担当")


def can_introduce_in(user: "Person", case: Case, offer: Listing | None = None) -> Verdict:
    """Staff, while partners are sought; with an offer also whether the two may be introduced."""
    if verdict := can_arrange(user, case):
        verdict = can_take_partners(case)
    if not verdict or offer is None:
        return verdict
    if any(party.actor_id == offer.actor_id for party in parties_of(case) if not party.listing.is_need):
        return refuse(
            _("%(actor)sは、この案件にもう加わっています。ほかの提供のことは、やりとりで相談してください。")
            % {"actor": offer.actor}
        )
    return can_introduce(user, case.need, offer)


def can_introduce_to(user: "Person", need: Listing, offer: Listing, case: Case | None) -> Verdict:
    """Whether this pair may be introduced now: within the need's open case if it has one, else by themselves."""
    return can_introduce(user, need, offer) if case is None else can_introduce_in(user, case, offer)


def can_introduce_team(
    user: "Person", need: Listing, case: Case | None, offers: Sequence[Listing]
) -> Verdict:
    """Staff, if each of these offers may be introduced; those already asked are not among them."""
    if not offers:
        return refuse(_("この顔ぶれは、もう全員を紹介しています。"))
    for offer in offers:
        verdict = can_introduce_to(user, need, offer, case)
        if not verdict:
            return refuse(
                _("%(actor)sを紹介できないため、だれにも送りません。%(reason)s")
                % {"actor": offer.actor, "reason": verdict.reason}
            )
    return ALLOWED


def can_reopen_in(user: "Person", case: Case, introduction: Introduction) -> Verdict:
    """Staff take a no back, while the case takes partners."""
    return can_reopen_introduction(user, introduction) and can_take_partners(case)


def can_leave_case(user: "Person", party: Party, source: str = Source.WEB) -> Verdict:
    """The party's own editors, and staff who were told, until the project starts."""
    if party.left_at is not None:
        return refuse(_("%(actor)sは、もうこの案件から抜けています。") % {"actor": party.actor})
    if party.case.state == CaseState.STARTED:
        return refuse(_("もうプロジェクトになりました。プロジェクトのページから抜けてください。"))
    if party.case.state not in CASE_OPEN:
        return refuse(_("この案件は、もう終わっています。"))
    if source != Source.WEB:
        return can_arrange(user, party.case)
    if any(party.actor_id == own.pk for own in acts_for_in(user, party.case)):
        return ALLOWED
    return refuse(_("案件から抜けられるのは、その団体の管理者・編集の担当だけです。"))


def can_close_case(user: "Person", case: Case) -> Verdict:
    """Staff, until it has become a project."""
    return can_arrange(user, case) and _is_open(case, CASE.allows("close", case.state))


def can_take_case(user: "Person", case: Case) -> Verdict:
    """Staff take over what somebody else, or nobody, looks after."""
    verdict = can_arrange(user, case) and _is_open(case, case.state in CASE_OPEN)
    if verdict and case.coordinator_id is not None and case.coordinator_id == getattr(user, "pk", None):
        return refuse(_("この案件は、もうあなたの担当です。"))
    return verdict


def can_set_next_step(user: "Person", case: Case) -> Verdict:
    """Staff, while somebody works on it."""
    return can_arrange(user, case) and _is_open(case, case.state in CASE_OPEN)


def can_write_letter(
    user: "Person", case: Case, introduction: Introduction | None = None, actor: Actor | None = None
) -> Verdict:
    """Staff as such (`actor` None); else in the name of a party, or of a side of the introduction."""
    if case.state not in WRITING:
        return refuse(_("この案件は終わっているため、書き込めません。"))
    if introduction is not None and introduction.state not in INTRODUCTION_OPEN:
        return refuse(
            _("この紹介は終わっているため、書き込めません（%(state)s）。")
            % {"state": introduction.get_state_display()}
        )
    if actor is None:
        return can_arrange(user, case)
    if introduction is not None:
        sides = {introduction.need.actor_id, introduction.offer.actor_id}
    else:
        sides = {party.actor_id for party in parties_of(case)}
    if actor.pk in sides and actor.pk in standing_of(user).edits:
        return ALLOWED
    return refuse(_("ここに書けるのは、当事者の団体の管理者・編集の担当と、コーディネーターだけです。"))


def can_write_now(user: "User", now: dt.datetime) -> Verdict:
    """The limit on letters."""
    since = now - dt.timedelta(hours=1)
    if count_since(by=user, verbs=(LETTER,), since=since) >= LETTERS_AN_HOUR:
        return refuse(
            _("1時間に書けるのは%(limit)d通までです。少し時間をおいてから送ってください。")
            % {"limit": LETTERS_AN_HOUR}
        )
    return ALLOWED


def can_see_contacts(user: "Person", case: Case) -> Verdict:
    """The parties' editors and staff, once both sides have said yes."""
    if contacts_for(user, case):
        return ALLOWED
    return refuse(
        _("連絡先は、両方が「話してみたい」と答えたあとに、当事者とコーディネーターだけが見られます。")
    )


def can_take_partners(case: Case) -> Verdict:
    if case.state in INTRODUCING:
        return ALLOWED
    return refuse(
        _("この案件は、いま新しい相手を受け付けていません（%(state)s）。")
        % {"state": case.get_state_display()}
    )


def _is_open(case: Case, is_open: bool) -> Verdict:
    if is_open:
        return ALLOWED
    return refuse(
        _("いまの状態（%(state)s）では、この操作はできません。") % {"state": case.get_state_display()}
    )
