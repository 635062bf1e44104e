"""ORM rows ↔ engine values. The only place of the flow that speaks with the engine."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, fields
from functools import partial
from typing import Any

from django.db.models import Q, QuerySet

from musubi.base.common.pairs import others_of
from musubi.base.common.prepared import Among, Prepared, Question, together
from musubi.base.places.models import Area, AreaLevel
from musubi.flow.actors.enums import CredentialKind
from musubi.flow.actors.queries import past_partners_question
from musubi.flow.listings.enums import Side
from musubi.flow.listings.models import Listing, Provision, Requirement
from musubi.flow.listings.queries import menu_item_of
from musubi.flow.listings.queries.plain import areas_question
from musubi_engine import (
    ENGINE_VERSION,
    SHIPPED,
    AreaPath,
    Blocker,
    Credential,
    Heading,
    Line,
    Reason,
    Weights,
    Window,
    feasible,
    partners,
    proposals_per_line,
    propose,
    rank,
    rank_needs,
    teams_among,
    why_not,
)
from musubi_engine import Listing as Value
from musubi_engine import Proposal as Suggestion
from musubi_engine import TeamProposal as Team
from musubi_engine.exposure import (
    DAYS,
    MOST_BETA,
    MOST_BOUND,
    Exposure,
    ExposureRule,
    Placed,
    fair_order,
)
from musubi_engine.labels import RESOURCES, amount_words
from musubi_engine.rank import MINIMUM
from musubi_engine.reading import words_of
from musubi_engine.signal_words import SIGNAL_WORDS
from musubi_engine.telling import as_json
from musubi_engine.weights import usual_weights, without_vectors

from ..enums import NOT_AGAIN
from ..models import Introduction
from .answering import answer_days_question

__all__ = [
    "DAYS",
    "ENGINE_VERSION",
    "MINIMUM",
    "MOST_BETA",
    "MOST_BOUND",
    "RESOURCES",
    "SHIPPED",
    "SIGNAL_WORDS",
    "AreaPath",
    "Blocker",
    "Exposure",
    "ExposureRule",
    "Heading",
    "Line",
    "Placed",
    "Suggestion",
    "Team",
    "Value",
    "Weights",
    "amount_words",
    "answer_days_question",
    "as_json",
    "fair_order",
    "feasible",
    "listing_values",
    "partners",
    "proposals_per_line",
    "propose",
    "rank",
    "rank_needs",
    "reasons_as_stored",
    "refused_pairs_question",
    "teams_among",
    "usual_weights",
    "weights_as_stored",
    "weights_from",
    "why_not",
    "without_vectors",
    "words_of",
]


def weights_from(stored: Mapping[str, float]) -> Weights:
    """The engine's weights with a town's instead; a signal the town has never seen keeps the engine's own."""
    names = {field.name for field in fields(Weights)}
    return Weights(**{name: float(value) for name, value in stored.items() if name in names})


def weights_as_stored(weights: Weights) -> dict[str, float]:
    """Every weight by the name of its signal."""
    return asdict(weights)


def reasons_as_stored(reasons: Iterable[Reason]) -> list[dict[str, Any]]:
    """A proposal's reasons as they are kept, each with what its sentence is made of."""
    return [
        {
            "signal": reason.signal,
            **as_json(reason.sentence),
            "value": reason.value,
            "weight": reason.weight,
        }
        for reason in reasons
    ]


def listing_values(listings: Iterable[Listing], *, today: dt.date, refused: bool = True) -> list[Value]:
    """Engine values of listings fetched `with_parts`, in five queries more for any number of them.

    `refused`: with whom they refused to be introduced. That is of both sides, so that of a pair one may do without it.
    """
    return _values(list(listings), today, refused=refused)


def _values(rows: Sequence[Listing], today: dt.date, *, refused: bool) -> list[Value]:
    if not rows:
        return []
    areas = {area.pk: area for row in rows for area in row.areas.all()}
    actors = {row.actor_id for row in rows}
    above, points, days, past, pairs = together(
        areas_question({part for area in areas.values() for part in _ids(area)}),
        _towns.asking(_points_of_towns, names={row.town for row in rows if row.town}),
        answer_days_question(actors, today=today),
        past_partners_question(actors),
        refused_pairs_question([row.pk for row in rows] if refused else ()),
    )
    paths = {pk: _path(area, above) for pk, area in areas.items()}
    return [
        _value(
            row,
            paths,
            points,
            refused=pairs.get(row.pk, ()),
            days=days.get(row.actor_id),
            past=past.get(row.actor_id, ()),
            today=today,
        )
        for row in rows
    ]


def refused_pairs_question(listing_ids: Iterable[int]) -> Question[dict[int, frozenset[int]]]:
    """The question with whom each of some listings was introduced in vain: a pair that said no is not proposed again."""
    ids = set(listing_ids)
    return _refusals.asking(partial(others_of, among=ids), listings=ids)


@Prepared
def _refusals() -> QuerySet[Introduction, tuple[int, int]]:
    rows = Introduction.objects.filter(
        Q(Among("need", "listings")) | Q(Among("offer", "listings")), state__in=NOT_AGAIN
    )
    return rows.order_by().values_list("need_id", "offer_id")


def _value(
    listing: Listing,
    paths: Mapping[int, AreaPath],
    points: Mapping[str, Sequence[tuple[str, tuple[float, float]]]],
    *,
    refused: Iterable[int],
    days: float | None,
    past: Iterable[int],
    today: dt.date,
) -> Value:
    actor = listing.actor
    lines = listing.requirements if listing.side == Side.NEED else listing.provisions
    valid = [row for row in actor.credentials.all() if row.is_valid_on(today)]
    menu = menu_item_of(listing)
    return Value(
        ref=str(listing.pk),
        side=listing.side,
        title=listing.title,
        body=listing.body,
        actor=str(actor.pk),
        actor_name=actor.name,
        actor_kind=actor.kind,
        lines=tuple(
            Line(resource=row.resource, what=row.what, amount=_left(row), unit=row.unit or None)
            for row in lines.all()
            if not (_taken(row) and _left(row) == 0)
        ),
        fields=frozenset(listing.fields),
        areas=tuple(paths[area.pk] for area in listing.areas.all()),
        town=listing.town,
        point=_point_of(listing, points),
        windows=tuple(
            Window(
                start=row.starts_on,
                end=row.ends_on,
                weekdays=frozenset(row.weekdays),
                opens=row.opens,
                closes=row.closes,
                least=row.least_minutes,
            )
            for row in listing.availabilities.all()
        ),
        conditions=frozenset(listing.conditions),
        wanted_kinds=frozenset(listing.wanted_kinds),
        declined=frozenset(str(pk) for pk in refused),
        credentials=tuple(
            Credential(kind=row.kind, issuer=row.issuer_name, until=row.valid_until) for row in valid
        ),
        can_do=menu.can_do if menu else "",
        cannot_do=menu.cannot_do if menu else "",
        concepts=_names(listing.concepts),
        concepts_in_title=_names(listing.concepts_in_title),
        responsiveness_days=days,
        past_partners=frozenset(str(pk) for pk in past),
        registered=any(row.kind == CredentialKind.REGISTRATION for row in valid),
        state=listing.state,
    )


def _names(kept: list[str] | None) -> frozenset[str] | None:
    return None if kept is None else frozenset(kept)


def _taken(line: Requirement | Provision) -> int:
    return getattr(line, "taken", 0)  # a requirement has none


def _left(line: Requirement | Provision) -> int | None:
    """How much of a line may be proposed: of an offer's, what is not in use; None where it has no number."""
    return None if line.amount is None else line.amount - _taken(line)


def _path(area: Area, above: Mapping[int, Area]) -> AreaPath:
    rows = [above[part] for part in _ids(area)]
    return AreaPath(codes=tuple(row.code for row in rows if row.code), names=tuple(row.name for row in rows))


def _ids(area: Area) -> list[int]:
    """The ids on an area's path, from the prefecture down to itself."""
    return [int(part) for part in area.path.strip("/").split("/") if part]


def _points_of_towns(
    rows: Iterable[tuple[str, str, float | None, float | None]],
) -> dict[str, list[tuple[str, tuple[float, float]]]]:
    """Where the towns lie that listings name: name → [(path, point)]."""
    points: dict[str, list[tuple[str, tuple[float, float]]]] = defaultdict(list)
    for name, path, lat, lng in rows:
        if lat is not None and lng is not None:
            points[name].append((path, (lat, lng)))
    return points


@Prepared
def _towns() -> QuerySet[Area, tuple[str, str, float | None, float | None]]:
    rows = Area.objects.filter(Among("name", "names"), level=AreaLevel.TOWN).order_by("path")
    return rows.values_list("name", "path", "lat", "lng")


def _point_of(
    listing: Listing, points: Mapping[str, Sequence[tuple[str, tuple[float, float]]]]
) -> tuple[float, float] | None:
    """The point of the town named, if just one of that name lies in the listing's areas."""
    within = {
        point
        for path, point in points.get(listing.town, ())
        if any(path.startswith(area.path) for area in listing.areas.all())
    }
    return within.pop() if len(within) == 1 else None
