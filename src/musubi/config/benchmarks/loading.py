"""A town of made-up listings, as many as asked for, in an empty database: the rows first, the index by its own builder."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from musubi.base.common.processes import in_order, usual_jobs
from musubi.base.places.models import Area, AreaLevel, Municipality
from musubi.flow.actors.enums import ActorState
from musubi.flow.actors.models import Actor
from musubi.flow.listings.enums import ListingState, Side
from musubi.flow.listings.models import Availability, Listing, MenuItem, Provision, Requirement
from musubi_engine import AreaPath, concepts_found, concepts_in_title
from musubi_engine import Listing as Value
from musubi_engine.bench import postings

SEED = 20261129
CHUNK = 2_000
BATCH = 500
YEAR = dt.timedelta(days=365)
GOLDEN = (
    0.6180339887498949  # its multiples lie evenly: however many listings, each week of the year has its share
)

Say = Callable[[str], None]


def load_town(number: int, *, seed: int = SEED, say: Say) -> Municipality:
    """Bring the town to `number` listings. Listing i is the same whatever the number; what stands already stays."""
    now = timezone.now()
    with transaction.atomic():
        areas = _areas()
        municipality = _municipality(areas[postings.city().names])
        if not Actor.objects.filter(municipality=municipality).exists():
            Actor.objects.bulk_create(_actors(municipality, now), batch_size=BATCH)
    actors = list(Actor.objects.filter(municipality=municipality).order_by("pk").values_list("pk", flat=True))
    there = Listing.objects.filter(municipality=municipality).count()
    pieces = [(start, min(start + CHUNK, number), seed) for start in range(there, number, CHUNK)]
    first = (Listing.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) - there + 1
    for chunk in in_order(_made, pieces, jobs=usual_jobs()):
        with transaction.atomic():
            _store(chunk, municipality, actors, areas, first, now)
        there += len(chunk)
        if there % 50_000 == 0:
            say(f"  {there:,} / {number:,}")
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [Listing]):
            cursor.execute(statement)
    return municipality


@dataclass(frozen=True, slots=True)
class _Made:
    """A listing with what is found in its words at saving."""

    value: Value
    concepts: list[str]
    concepts_in_title: list[str]


def _made(piece: tuple[int, int, int]) -> list[_Made]:
    """The listings of a piece (from, to, seed); asks no database."""
    start, end, seed = piece
    return [
        _Made(value, sorted(concepts_found(value)), sorted(concepts_in_title(value.title)))
        for value in postings.postings(end, seed=seed, start=start)
    ]


def _areas() -> dict[tuple[str, ...], Area]:
    """The generator's areas by their names from the prefecture down."""
    paths = [AreaPath(codes=postings.city().codes[:1], names=postings.city().names[:1]), postings.city()]
    paths += [postings.ward(number) for number in range(postings.WARDS)]
    paths += [postings.town(w, number) for w in range(postings.WARDS) for number in range(postings.TOWNS)]
    found: dict[tuple[str, ...], Area] = {}
    for path in paths:
        level = list(AreaLevel)[len(path.names) - 1]
        code = path.codes[-1] if level != AreaLevel.TOWN else ""
        parent = found.get(path.names[:-1])
        known = Area.objects.filter(level=level, name=path.names[-1], parent=parent).first()
        area = known or Area.objects.create(level=level, name=path.names[-1], parent=parent, code=code)
        if known is None:
            area.path = f"{parent.path if parent else '/'}{area.pk}/"
            area.save(update_fields=["path"])
        found[path.names] = area
    return found


def _municipality(area: Area) -> Municipality:
    found = Municipality.objects.filter(area=area).first()
    return found or Municipality.objects.create(area=area, name=area.name, is_demonstration=True)


def _actors(municipality: Municipality, now: dt.datetime) -> Iterator[Actor]:
    for number in range(postings.ACTORS):
        maker = postings.maker(number)
        yield Actor(
            municipality=municipality,
            kind=maker.kind,
            name=maker.name,
            state=ActorState.VERIFIED,
            verified_at=now,
            external_ref=maker.ref,
            created_at=now,
            updated_at=now,
        )


def _store(
    chunk: list[_Made],
    municipality: Municipality,
    actors: list[int],
    areas: dict[tuple[str, ...], Area],
    first: int,
    now: dt.datetime,
) -> None:
    through: Any = Listing.areas.through
    parts: dict[type[Model], list[Model]] = {model: [] for model in (Listing, *_PARTS, through)}
    for made in chunk:
        listing, value = _listing(made, municipality, actors, first, now), made.value
        parts[Listing].append(listing)
        for part in _parts_of(value, listing):
            parts[type(part)].append(part)
        for path in value.areas:
            parts[through].append(through(listing_id=listing.pk, area_id=areas[path.names].pk))
    for model, rows in parts.items():
        model._default_manager.bulk_create(rows, batch_size=BATCH)


_PARTS: tuple[type[Model], ...] = (Requirement, Provision, Availability, MenuItem)


def _listing(
    made: _Made, municipality: Municipality, actors: list[int], first: int, now: dt.datetime
) -> Listing:
    value = made.value
    pk = first + int(value.ref) - 1
    return Listing(
        pk=pk,
        municipality=municipality,
        side=value.side,
        template="menu" if value.can_do else "free",
        actor_id=actors[int(value.actor[1:])],
        title=value.title,
        body=value.body,
        fields=sorted(value.fields),
        town=value.town,
        conditions=sorted(value.conditions),
        concepts=made.concepts,  # as every saved listing has
        concepts_in_title=made.concepts_in_title,
        state=ListingState.PUBLISHED,
        published_at=now - YEAR * (pk * GOLDEN % 1),
        created_at=now,
        updated_at=now,
    )


def _parts_of(value: Value, listing: Listing) -> Iterable[Model]:
    kind = Requirement if value.side == "need" else Provision
    for position, line in enumerate(value.lines):
        yield kind(
            listing=listing,
            position=position,
            resource=line.resource,
            what=line.what,
            amount=line.amount,
            unit=line.unit or "",
        )
    for window in value.windows:
        yield Availability(
            listing=listing,
            starts_on=window.start,
            ends_on=window.end,
            weekdays=sorted(window.weekdays),
            opens=window.opens,
            closes=window.closes,
            least_minutes=window.least if value.side == Side.NEED else None,
        )
    if value.can_do:
        yield MenuItem(listing=listing, can_do=value.can_do, cannot_do=value.cannot_do, answered_by="係")
