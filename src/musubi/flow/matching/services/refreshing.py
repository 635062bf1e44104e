"""Finding anew: at once for one listing, by the worker for what hangs on it."""

import datetime as dt
import logging

from django.db.models import Q
from django.utils import timezone
from django_tasks import TaskContext, task

from musubi.base.places.models import Municipality
from musubi.flow.actors.models import Actor
from musubi.flow.listings.enums import MATCHABLE, Side
from musubi.flow.listings.models import Listing
from musubi.flow.listings.queries import ACTOR_MATCHABLE, matchable

from ..models import Proposal, TeamProposal
from .proposals import propose_for_need, propose_for_offer
from .telling import started_at

log = logging.getLogger(__name__)

AT_ONCE = 100


def refresh(*, listing: Listing, now: dt.datetime) -> int:
    """Ask the engine anew about one listing of either side; how many proposals it has.

    What cannot be proposed now (closed, hidden, over, or its actor is) has none to refresh.
    """
    today = timezone.localdate(now)
    if not matchable(listing.municipality_id, listing.side, today=today).filter(pk=listing.pk).exists():
        return 0
    if listing.side == Side.NEED:
        return len(propose_for_need(need=listing, now=now))
    return len(propose_for_offer(offer=listing, now=now))


def refresh_now(*, listing: Listing, now: dt.datetime) -> None:
    """The same, for somebody who is waiting: what goes wrong is written down, and the worker tries again.

    To be called only where `refresh_later` has been called.
    """
    try:
        refresh(listing=listing, now=now)
    except Exception:
        log.exception("proposals of listing %s are left to the worker", listing.pk)


def refresh_later(*, listing: Listing) -> None:
    """Leave it to the worker, in the transaction that changed the listing: both happen or neither."""
    if listing.state in MATCHABLE:
        refresh_proposals.enqueue(listing.pk)


def refresh_later_for_actor(*, actor: Actor) -> None:
    """The same for everything an actor has published, in one task."""
    if actor.hidden_at is not None or actor.state not in ACTOR_MATCHABLE:
        return
    if Listing.objects.filter(actor=actor, state__in=MATCHABLE, hidden_at=None).exists():
        refresh_proposals_of_actor.enqueue(actor.pk)


@task(takes_context=True)
def refresh_proposals(context: TaskContext, listing_id: int) -> int:
    """Ask again about one listing; an offer also brings the lists of the needs it stands in up to date.

    Running it twice changes nothing. A listing that is gone or closed has nothing to refresh.
    """
    listing = Listing.objects.filter(pk=listing_id).first()
    return 0 if listing is None else _with_its_needs([listing], started_at(context))


@task(takes_context=True)
def refresh_proposals_of_actor(context: TaskContext, actor_id: int) -> int:
    """The same for everything an actor has published: it is seen again, or other people vouch for it."""
    rows = Listing.objects.filter(actor=actor_id, state__in=MATCHABLE, hidden_at=None).order_by("pk")
    return _with_its_needs(list(rows), started_at(context))


def refresh_town_later(*, municipality: Municipality) -> int:
    """The same for every need of a town, in tasks that each end well before a worker is thought dead; how many."""
    rows = Listing.objects.filter(
        municipality=municipality, side=Side.NEED, state__in=MATCHABLE, hidden_at=None
    )
    ids = list(rows.order_by("pk").values_list("pk", flat=True))
    parts = [ids[first : first + AT_ONCE] for first in range(0, len(ids), AT_ONCE)]
    for part in parts:
        refresh_proposals_of_needs.enqueue(part)
    return len(parts)


@task(takes_context=True)
def refresh_proposals_of_needs(context: TaskContext, need_ids: list[int]) -> int:
    """Ask again about some needs, each with the rule and the knowledge that hold by then."""
    needs = Listing.objects.filter(pk__in=need_ids, side=Side.NEED).order_by("pk")
    return sum(refresh(listing=need, now=started_at(context)) for need in needs)


def _with_its_needs(listings: list[Listing], now: dt.datetime) -> int:
    number = sum(refresh(listing=listing, now=now) for listing in listings)
    offers = [listing.pk for listing in listings if listing.side == Side.OFFER]
    placed = Proposal.objects.filter(offer__in=offers, superseded_at=None)
    teams = TeamProposal.objects.filter(members__offer__in=offers, superseded_at=None)
    needs = Q(pk__in=placed.values("need")) | Q(pk__in=teams.values("need"))
    for need in Listing.objects.filter(needs).order_by("pk"):
        propose_for_need(need=need, now=now)
    return number
