"""Keeping what the engine proposes, so that any past proposal can be explained."""

import datetime as dt
from collections import defaultdict

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from musubi.base.audit import services as audit
from musubi.base.index.services import give_back
from musubi.flow.listings.enums import MATCHABLE
from musubi.flow.listings.models import Listing

from ..models import Proposal
from ..queries import FoundTeam, Match, is_open_to_town, match_offer, match_one, match_teams, unsaved
from .teams import keep_teams
from .telling import tell_of_later_offer

KEPT = 30
"""Proposals kept for each need, and needs looked at for each new offer."""

RANKED = 4 * KEPT
TOLD_FROM = 0.5
"""From this score (the share of the best grade to be expected) people hear of a later offer."""


def propose_for_need(*, need: Listing, now: dt.datetime) -> list[Proposal]:
    """Ask the engine anew and keep its best offers for this need; earlier answers stay as superseded."""
    today = timezone.localdate(now)
    found = match_one(need, today=today, top=RANKED)
    teams = match_teams(need, today=today)
    give_back()
    return _keep(need, _best(found), teams, now)


def propose_for_offer(*, offer: Listing, now: dt.datetime) -> list[Proposal]:
    """Place a new or changed offer among the proposals of the needs it answers best.

    The number of queries does not grow with the needs; their people are told by the worker.
    """
    return _place(offer, match_offer(offer, today=timezone.localdate(now), top=KEPT), now)


def _best(found: list[Match]) -> list[Match]:
    """The best thirty, and besides the best thirty that everybody registered may read.

    So neither what only staff see nor what everybody sees pushes the other off the list.
    """
    open_to_town = [match for match in found if is_open_to_town(match.offer)][:KEPT]
    chosen = {id(match): match for match in [*found[:KEPT], *open_to_town]}
    return list(chosen.values())


@transaction.atomic
def _keep(need: Listing, found: list[Match], teams: list[FoundTeam], now: dt.datetime) -> list[Proposal]:
    need = Listing.objects.select_for_update(of=("self",)).get(pk=need.pk)
    current = {row.offer_id: row for row in Proposal.objects.filter(need=need, superseded_at=None)}
    if not _is_proposed(need, now):
        found, teams = [], []
    keep_teams(need=need, found=teams, now=now)
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
def _place(offer: Listing, found: list[Match], now: dt.datetime) -> list[Proposal]:
    """One offer in the lists of all needs it is good enough for, and in no other."""
    asked = Listing.objects.select_for_update(of=("self",)).filter(pk__in=[match.need.pk for match in found])
    needs = {need.pk: need for need in asked.order_by("pk") if _is_proposed(need, now)}
    lists: dict[int, list[Proposal]] = defaultdict(list)
    for row in Proposal.objects.filter(need__in=list(needs), superseded_at=None):
        lists[row.need_id].append(row)
    same: list[Proposal] = []
    fresh: list[Proposal] = []
    told: list[int] = []
    for match in found:
        current = lists[match.need.pk]
        before = next((row for row in current if row.offer_id == offer.pk), None)
        better = [row for row in current if row is not before and row.score > match.score]
        if match.need.pk not in needs or len(better) >= KEPT:
            continue
        row = _unsaved(match, now)
        if before is not None and _says_the_same(before, row):
            same.append(before)
            continue
        fresh.append(row)
        if before is None and match.score >= TOLD_FROM:
            told.append(match.need.pk)
    stale = Proposal.objects.filter(offer=offer, superseded_at=None).exclude(pk__in=[row.pk for row in same])
    stale.update(superseded_at=now)
    Proposal.objects.bulk_create(fresh)
    subjects: dict[Model, str] = {needs[row.need_id]: f"offer {offer.pk}" for row in fresh}
    audit.record_all(by=None, verb="proposals.refresh", subjects=subjects, at=now)
    if told:
        tell_of_later_offer.enqueue(offer.pk, told)
    return [*same, *fresh]


def _is_proposed(listing: Listing, now: dt.datetime) -> bool:
    """Whether the listing, as it stands now that it is locked, may still be proposed."""
    over = listing.expires_on is not None and listing.expires_on < timezone.localdate(now)
    return listing.state in MATCHABLE and listing.hidden_at is None and not over


def _unsaved(match: Match, now: dt.datetime) -> Proposal:
    row = unsaved(match)
    row.proposed_at = now
    return row


def _says_the_same(one: Proposal, other: Proposal) -> bool:
    return (one.score, one.reasons, one.engine_version) == (other.score, other.reasons, other.engine_version)
