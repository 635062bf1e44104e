"""Introducing a few at a time: not everybody at once, and nobody once enough are interested.

Each step is one transaction that locks the case first: its introductions, their messages and the places
in line are written together or not at all. However many workers run, and wherever one is killed,
nobody is asked twice and nobody is skipped.
"""

import datetime as dt
import logging
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from musubi.base.accounts.models import User
from musubi.base.common.verdict import refuse, require
from musubi.flow.listings.models import Listing
from musubi.flow.matching import services as matching
from musubi.flow.matching.enums import Initiative, OutreachState
from musubi.flow.matching.models import Outreach
from musubi.flow.matching.permissions import SEEKING
from musubi.flow.matching.queries import interested_in, is_due, next_invitees, running_outreaches

from ..models import Case
from ..permissions.cases import can_introduce_in
from ..queries import asked_actors_in, open_case_of
from .introducing import introduce_within
from .moving import locked_case
from .opening import open_case

log = logging.getLogger(__name__)

FROM_HOUR, TO_HOUR = 9, 18
"""The hours in which the clock asks people."""


@transaction.atomic
def begin_outreach(
    *,
    need: Listing,
    resource: str,
    offers: Sequence[Listing],
    at_a_time: int,
    enough: int,
    need_agrees: str = "",
    words: str,
    by: User,
    now: dt.datetime,
) -> Outreach:
    """Ask the first few of these offers now and the rest by the clock; the case is opened if nobody has."""
    case = locked_case(open_case_of(need) or open_case(need=need, by=by, now=now))
    require(can_introduce_in(by, case))
    outreach = matching.plan_outreach(
        need=case.need,
        resource=resource,
        offers=offers,
        at_a_time=at_a_time,
        enough=enough,
        need_agrees=need_agrees,
        words=words,
        by=by,
        now=now,
    )
    return _ask_next(case, outreach, by, now)


def continue_outreaches(*, now: dt.datetime) -> int:
    """What the clock does: end what has enough, ask the next where a business day has passed.

    How many outreaches moved. People are asked in office hours only. One that fails is tried again
    next time and keeps no other waiting.
    """
    return sum(_tried(pk, now) for pk in running_outreaches())


def _tried(pk: int, now: dt.datetime) -> bool:
    try:
        return _continue(pk, now)
    except Exception:
        log.exception("outreach %s could not go on", pk)
        return False


@transaction.atomic
def _continue(pk: int, now: dt.datetime) -> bool:
    need = Listing.objects.get(outreaches=pk)
    case = open_case_of(need)
    if case is not None:
        case = locked_case(case)
    outreach = matching.locked_outreach(pk)
    if outreach.state != OutreachState.RUNNING:
        return False
    by = outreach.begun_by
    if interested_in(outreach) >= outreach.enough:
        matching.end_outreach(outreach=outreach, verb="satisfy", by=None, now=now)
    elif case is None or by is None or not _seeks(need) or not can_introduce_in(by, case):
        matching.end_outreach(outreach=outreach, verb="stop", by=None, now=now)
    elif is_due(outreach, timezone.localdate(now)) and FROM_HOUR <= timezone.localtime(now).hour < TO_HOUR:
        _ask_next(case, outreach, by, now)
    else:
        return False
    return True


def _seeks(need: Listing) -> bool:
    return need.state in SEEKING and need.hidden_at is None


def _ask_next(case: Case, outreach: Outreach, by: User, now: dt.datetime) -> Outreach:
    """Introduce the next few who may be; who may not is passed over with the reason."""
    waiting = next_invitees(outreach)
    asked = 0
    while waiting and asked < outreach.at_a_time:
        invitee = waiting.pop(0)
        verdict = can_introduce_in(by, case, invitee.offer)
        if verdict and invitee.offer.actor_id in asked_actors_in(case):
            verdict = refuse(_("この団体には、このニーズのことで、もう声をかけています。"))
        if not verdict:
            matching.take_up(invitee=invitee, introduction=None, reason=verdict.reason, now=now)
            continue
        introduction = introduce_within(
            case, invitee.offer, Initiative.COORDINATOR, outreach.words, by, now, outreach.need_agrees
        )
        matching.take_up(invitee=invitee, introduction=introduction, now=now)
        asked += 1
    if waiting:
        matching.pause_outreach(outreach=outreach, by=by, now=now)
        return outreach
    return matching.end_outreach(outreach=outreach, verb="exhaust", by=None, now=now)
