"""Who may ask why something was not proposed, and who may introduce, answer and call off."""

import datetime as dt
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from musubi.base.audit.queries import count_since
from musubi.base.common.enums import Source
from musubi.base.common.joining import all_of
from musubi.base.common.verdict import ALLOWED, Verdict, refuse
from musubi.flow.actors.enums import ActorState
from musubi.flow.actors.queries import standing_of
from musubi.flow.listings.enums import ListingState
from musubi.flow.listings.models import Listing
from musubi.flow.listings.queries import listings_for

from .enums import INTRODUCTION_OPEN, Answer, Initiative, IntroductionState
from .models import Introduction, Outreach
from .queries import (
    actor_of,
    introductions_for,
    reply_of,
    running_outreach_of,
    sides_of,
    standing_between,
)
from .workflow import OUTREACH, WORKFLOW

if TYPE_CHECKING:
    from musubi.base.accounts.models import User
    from musubi.base.places.models import Municipality
    from musubi.flow.actors.queries.standing import Person

ASKINGS_A_DAY = 20
ASK = "introduction.ask"
SEEKING = frozenset({ListingState.PUBLISHED, ListingState.RESERVED})
"""States in which a need's people still look for partners: with one they may already be talking."""


def can_read_proposals(user: "Person", listing: Listing) -> Verdict:
    """The people of the listing's actor and the staff of its town; others see the listing only."""
    standing = standing_of(user)
    if listing.actor_id in standing.actor_ids or listing.municipality_id in standing.staff_in:
        return ALLOWED
    return refuse(_("合いそうな相手を見られるのは、載せた団体の方と、コーディネーター・市の担当だけです。"))


def can_work_at_desk(user: "Person", municipality: "Municipality") -> Verdict:
    """The coordinators of a town and its office."""
    if municipality.pk in standing_of(user).staff_in:
        return ALLOWED
    return refuse(_("このページは、この町のコーディネーターと市の担当だけが開けます。"))


def can_change_matching_rule(user: "Person", municipality: "Municipality") -> Verdict:
    """How a town orders what fits is its office's to say."""
    if municipality.pk in standing_of(user).office_in:
        return ALLOWED
    return refuse(_("照合のきまりを変えられるのは、この町の市の担当だけです。"))


def can_introduce(user: "Person", need: Listing, offer: Listing) -> Verdict:
    """Staff of the town who may read both; a pair that said no, or is being asked, not again."""
    if need.municipality_id not in standing_of(user).staff_in:
        return refuse(_("紹介できるのは、この町のコーディネーターと市の担当だけです。"))
    return _is_a_pair(user, need, offer, SEEKING)


def can_ask_to_talk(user: "Person", need: Listing, offer: Listing) -> Verdict:
    """「話を聞きたい」: an editor of one of the two actors, while both listings are published."""
    if not user.is_authenticated:
        return refuse(_("「話を聞きたい」を送るには、まず入って（ログインして）ください。"))
    if need.actor_id == offer.actor_id:
        return refuse(_("同じ団体のニーズと提供です。ほかの団体のものを選んでください。"))
    edits = standing_of(user).edits
    mine = {need.actor_id, offer.actor_id} & edits
    if not mine:
        return refuse(
            _("「話を聞きたい」を送れるのは、ニーズか提供を載せた団体の管理者・編集の担当だけです。")
        )
    if len(mine) > 1:
        return refuse(_("どちらも、あなたが担当している団体のものです。団体の中で話し合ってください。"))
    return _is_a_pair(user, need, offer, {ListingState.PUBLISHED})


def can_ask_now(user: "User", now: dt.datetime) -> Verdict:
    """The limit on asking: nobody is flooded."""
    since = now - dt.timedelta(days=1)
    if count_since(by=user, verbs=(ASK,), since=since) >= ASKINGS_A_DAY:
        return refuse(
            _("1日に送れる「話を聞きたい」は%(limit)d件までです。明日もう一度お試しください。")
            % {"limit": ASKINGS_A_DAY}
        )
    return ALLOWED


def can_reach_out(user: "Person", need: Listing, resource: str) -> Verdict:
    """Staff of the town, for a need that looks for partners; one outreach at a time for each resource."""
    if need.municipality_id not in standing_of(user).staff_in:
        return refuse(_("順番に声をかけられるのは、この町のコーディネーターと市の担当だけです。"))
    if need.state not in SEEKING or need.hidden_at is not None:
        return refuse(_("このニーズは、いまは相手をさがしていません。"))
    if resource not in {line.resource for line in need.requirements.all()}:
        return refuse(_("このニーズが求めているものの中から選んでください。"))
    if running_outreach_of(need, resource) is not None:
        return refuse(_("このニーズのこの必要なものでは、もう順番に声をかけています。"))
    return ALLOWED


def can_stop_outreach(user: "Person", outreach: Outreach) -> Verdict:
    """Staff of the town, while it goes on."""
    if outreach.municipality_id not in standing_of(user).staff_in:
        return refuse(_("止められるのは、この町のコーディネーターと市の担当だけです。"))
    if OUTREACH.allows("stop", outreach.state):
        return ALLOWED
    return refuse(_("もう終わっています（%(state)s）。") % {"state": outreach.get_state_display()})


def initiative_of(user: "Person", need: Listing) -> Initiative:
    """From which side somebody who may ask to talk does so."""
    return Initiative.NEED if need.actor_id in standing_of(user).edits else Initiative.OFFER


def can_answer(
    user: "Person", introduction: Introduction, side: str, answer: str = Answer.YES, source: str = Source.WEB
) -> Verdict:
    """An editor of the side's actor; staff type in what they were told, and say how. Once a side."""
    verdict = _speaks(user, introduction, side, source)
    if not verdict:
        return verdict
    given = reply_of(introduction, side)
    if introduction.state != IntroductionState.PROPOSED:
        return refuse(
            _("この紹介は、もう返事を待っていません（%(state)s）。")
            % {"state": introduction.get_state_display()}
        )
    if given.answer:
        if _is_staff(user, introduction):
            return refuse(
                _(
                    "この返事は、もう入っています（%(answer)s）。変えるときは、この紹介を取りやめてから、もう一度紹介してください。"
                )
                % {"answer": given.get_answer_display()}
            )
        return refuse(
            _(
                "この返事は、もう入っています（%(answer)s）。変えたいときは、コーディネーターに知らせてください。"
            )
            % {"answer": given.get_answer_display()}
        )
    if answer == Answer.YES:
        for listing in (introduction.need, introduction.offer):
            if listing.state not in SEEKING or listing.hidden_at is not None:
                return refuse(
                    _("「%(title)s」は、いまは掲載されていません。コーディネーターに知らせてください。")
                    % {"title": listing}
                )
    return ALLOWED


def can_withdraw_introduction(user: "Person", introduction: Introduction) -> Verdict:
    """Staff, the people of the need, and whoever asked to talk."""
    sides = sides_of(user, introduction)
    if _is_staff(user, introduction) or "need" in sides or introduction.initiative in sides:
        return ALLOWED
    return refuse(
        _(
            "取りやめられるのは、コーディネーターと、ニーズを出した団体、「話を聞きたい」を送った団体だけです。"
        )
    )


def can_reopen_introduction(user: "Person", introduction: Introduction) -> Verdict:
    """Staff take a no back: they mistyped it, or the side has told them that it was meant otherwise."""
    if not _is_staff(user, introduction):
        return refuse(_("返事を入力し直せるのは、この町のコーディネーターと市の担当だけです。"))
    if WORKFLOW.allows("reopen", introduction.state):
        return ALLOWED
    return refuse(
        _("入力をやり直せるのは、見送りの返事だけです（いまは「%(state)s」です）。")
        % {"state": introduction.get_state_display()}
    )


def can_part(user: "Person", introduction: Introduction, side: str, source: str = Source.WEB) -> Verdict:
    """Saying no after having said yes: the side's editors, and staff who were told."""
    return _speaks(user, introduction, side, source)


def _speaks(user: "Person", introduction: Introduction, side: str, source: str) -> Verdict:
    if source == Source.WEB:
        if side in sides_of(user, introduction):
            return ALLOWED
        if _is_staff(user, introduction):
            return refuse(_("代わりに入力するときは、電話・窓口など、どのように聞いたかを選んでください。"))
        return refuse(
            _("返事ができるのは、%(actor)sの管理者・編集の担当だけです。")
            % {"actor": actor_of(introduction, side)}
        )
    if _is_staff(user, introduction):
        return ALLOWED
    return refuse(_("代わりに入力できるのは、この町のコーディネーターと市の担当だけです。"))


def _is_staff(user: "Person", introduction: Introduction) -> bool:
    if introduction.municipality_id not in standing_of(user).staff_in:
        return False
    return introductions_for(user).filter(pk=introduction.pk).exists()


def _is_a_pair(user: "Person", need: Listing, offer: Listing, seeking: Collection[str]) -> Verdict:
    """What must hold of the two listings, whoever brings them together."""
    first = next(_against(user, need, offer, seeking), None)
    return ALLOWED if first is None else refuse(first)


def _against(user: "Person", need: Listing, offer: Listing, seeking: Collection[str]) -> Iterator[str]:
    if need.municipality_id != offer.municipality_id:
        yield _("別の町のニーズと提供は、紹介できません。")
    if need.actor_id == offer.actor_id:
        yield _("同じ団体のニーズと提供です。ほかの団体のものを選んでください。")
    if listings_for(user).filter(pk__in=[need.pk, offer.pk]).count() < 2:
        yield _("このニーズか提供は、いまは見られません。")
    for listing, states in ((need, seeking), (offer, {ListingState.PUBLISHED})):
        if listing.state not in states:
            yield _("「%(title)s」は、いまは相手をさがしていません（%(state)s）。") % {
                "title": listing,
                "state": listing.get_state_display(),
            }
        if listing.hidden_at is not None or listing.actor.hidden_at is not None:
            yield _("「%(title)s」は、市が非表示にしています。") % {"title": listing}
        if listing.actor.state == ActorState.CLOSED:
            yield _("%(actor)sは、活動を終えています。") % {"actor": listing.actor}
    before = standing_between(need, offer)
    if before is not None and before.state in INTRODUCTION_OPEN:
        yield _("この組み合わせは、もう紹介しています（%(state)s）。") % {"state": before.get_state_display()}
    if before is not None:
        yield _("この組み合わせは、前に見送りになりました（%(reason)s）。もう一度は紹介できません。") % {
            "reason": _reason(before)
        }


def _reason(introduction: Introduction) -> str:
    reasons = [reply.get_reason_display() for reply in introduction.replies.all() if reply.reason]
    return all_of(reasons) or str(introduction.get_state_display())
