"""Keeping what the engine proposes, so that any past proposal can be explained."""

import datetime as dt
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils import timezone

from musubi.base.audit import services as audit
from musubi.base.common.enums import Visibility
from musubi.flow.actors.enums import ACTOR_SHOWN
from musubi.flow.listings.enums import MATCHABLE
from musubi.flow.listings.models import Listing

from ..models import Proposal
from ..notifications import tell_offer_found
from ..queries import Match, match_offer, match_one

KEPT = 30
"""Proposals kept for each need, and needs looked at for each new offer."""

RANKED = 4 * KEPT
TOLD_FROM = 0.5
"""From this score (the share of the best grade to be expected) people hear of a later offer."""

_OPEN_TO_TOWN = frozenset({Visibility.PUBLIC, Visibility.REGISTERED})


def propose_for_need(*, need: Listing, now: dt.datetime) -> list[Proposal]:
    """Ask the engine anew and keep its best offers for this need; earlier answers stay as superseded."""
    found = match_one(need, today=timezone.localdate(now), top=RANKED)
    return _keep(need, _best(found), now)


def propose_for_offer(*, offer: Listing, now: dt.datetime) -> list[Proposal]:
    """Place a new or changed offer among the proposals of the needs it answers best."""
    found = match_offer(offer, today=timezone.localdate(now), top=KEPT)
    kept = [_place(match, now) for match in found]
    _supersede_elsewhere(offer, [match.need.pk for match in found], now)
    return [proposal for proposal in kept if proposal is not None]


def _best(found: list[Match]) -> list[Match]:
    """The best thirty, and besides the best thirty that everybody registered may read.

    So neither what only staff see nor what everybody sees pushes the other off the list.
    """
    open_to_town = [match for match in found if _is_open(match.offer)][:KEPT]
    chosen = {id(match): match for match in [*found[:KEPT], *open_to_town]}
    return list(chosen.values())


def _is_open(offer: Listing) -> bool:
    return offer.visibility in _OPEN_TO_TOWN and offer.actor.state in ACTOR_SHOWN


@transaction.atomic
def _keep(need: Listing, found: list[Match], now: dt.datetime) -> list[Proposal]:
    need = Listing.objects.select_for_update(of=("self",)).get(pk=need.pk)
    current = {row.offer_id: row for row in Proposal.objects.filter(need=need, superseded_at=None)}
    if need.state not in MATCHABLE:
        found = []
    wanted = {match.offer.pk: _unsaved(match, now) for match in found}
    same = {pk for pk, row in wanted.items() if pk in current and _says_the_same(current[pk], row)}
    gone = [row.pk for pk, row in current.items() if pk not in same]
    Proposal.objects.filter(pk__in=gone).update(superseded_at=now)
    fresh = Proposal.objects.bulk_create([row for pk, row in wanted.items() if pk not in same])
    if fresh or gone:
        audit.record(
            by=None, verb="proposals.refresh", subject=need, at=now, before=len(current), after=len(wanted)
        )
    kept = [*fresh, *(current[pk] for pk in same)]
    return sorted(kept, key=lambda row: (-row.score, row.offer_id))


@transaction.atomic
def _place(match: Match, now: dt.datetime) -> Proposal | None:
    """One offer in one need's list, if it is good enough for it."""
    need = Listing.objects.select_for_update(of=("self",)).select_related("actor").get(pk=match.need.pk)
    if need.state not in MATCHABLE:
        return None
    current = Proposal.objects.filter(need=need, superseded_at=None)
    others, own = current.exclude(offer=match.offer), current.filter(offer=match.offer)
    before = own.first()
    row = _unsaved(match, now)
    if others.filter(score__gt=match.score).count() >= KEPT:
        own.update(superseded_at=now)
        return None
    if before is not None and _says_the_same(before, row):
        return before
    own.update(superseded_at=now)
    row.save()
    audit.record(by=None, verb="proposals.refresh", subject=need, at=now, after=f"offer {match.offer.pk}")
    if before is None and match.score >= TOLD_FROM:
        tell_offer_found(need, match.offer, at=now)
    return row


def _supersede_elsewhere(offer: Listing, need_ids: list[int], now: dt.datetime) -> None:
    """Needs the changed offer no longer answers."""
    Proposal.objects.filter(offer=offer, superseded_at=None).exclude(need__in=need_ids).update(
        superseded_at=now
    )


def _unsaved(match: Match, now: dt.datetime) -> Proposal:
    return Proposal(
        need_id=match.need.pk,
        offer_id=match.offer.pk,
        score=match.score,
        reasons=_reasons(match),
        engine_version=match.suggestion.engine_version,
        proposed_at=now,
    )


def _reasons(match: Match) -> list[dict[str, Any]]:
    return [asdict(reason) for reason in match.suggestion.reasons]


def _says_the_same(one: Proposal, other: Proposal) -> bool:
    return (one.score, one.reasons, one.engine_version) == (other.score, other.reasons, other.engine_version)
