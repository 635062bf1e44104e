"""Actors that a file names without a number of ours."""

from collections import defaultdict
from collections.abc import Iterable

from musubi.base.places.models import Municipality

from ..models import Actor


def actors_by_name(municipality: Municipality, names: Iterable[str]) -> dict[str, list[Actor]]:
    """The actors of a town with exactly these names, whatever their state. For files, not for pages."""
    found: dict[str, list[Actor]] = defaultdict(list)
    rows = Actor.objects.filter(municipality=municipality, name__in=list(names)).order_by("pk")
    for actor in rows.select_related("municipality"):
        found[actor.name].append(actor)
    return found
