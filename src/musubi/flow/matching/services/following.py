"""What hangs on an actor follows it: its listings in search at once, their proposals by the worker."""

from collections.abc import Iterable

from django_tasks import task

from musubi.base.places.models import Municipality
from musubi.flow.actors.models import Actor
from musubi.flow.listings.enums import LISTING_SHOWN, MATCHABLE, Side
from musubi.flow.listings.models import Listing
from musubi.flow.listings.services import index_listings_of, reread_concepts

from .refreshing import refresh_later_for_actor, refresh_town_later


def follow_actor(*, actor: Actor) -> None:
    """An actor's name, kind, state or hiding has changed: to be called in the transaction that changed it."""
    index_listings_of(actor=actor)
    refresh_later_for_actor(actor=actor)


def follow_actors(*, ids: Iterable[int]) -> None:
    """The same for many, most of whom have published nothing: an import's."""
    listed = Listing.objects.filter(actor__in=list(ids), state__in=LISTING_SHOWN).values("actor")
    for actor in Actor.objects.filter(pk__in=listed).order_by("pk"):
        follow_actor(actor=actor)


def follow_knowledge(*, municipality: Municipality) -> None:
    """A town's recipes or concepts have changed: to be called in the transaction that changed them."""
    follow_town.enqueue(municipality.pk)


def follow_meaning() -> None:
    """What the listings' vectors say has changed: to be called in the transaction that changed it.

    One task for each town that has open needs; each then leaves its needs to the worker, so many at a time.
    """
    needs = Listing.objects.filter(side=Side.NEED, state__in=MATCHABLE, hidden_at=None)
    for municipality_id in needs.order_by("municipality").values_list("municipality", flat=True).distinct():
        refresh_town.enqueue(municipality_id)


@task()
def refresh_town(municipality_id: int) -> int:
    """Have the engine asked about all needs of a town; in how many tasks."""
    return refresh_town_later(municipality=Municipality.objects.get(pk=municipality_id))


@task()
def follow_town(municipality_id: int) -> int:
    """Read the town's listings anew, and have the engine asked about all its needs; how many had changed."""
    municipality = Municipality.objects.get(pk=municipality_id)
    changed = reread_concepts(municipality=municipality)
    refresh_town_later(municipality=municipality)
    return changed
