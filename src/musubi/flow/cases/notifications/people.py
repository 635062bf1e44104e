"""Whom a case concerns, and telling each of them once."""

import datetime as dt
from collections.abc import Iterable

from django.utils import timezone

from musubi.base.accounts.models import User
from musubi.base.notify.services import tell
from musubi.flow.actors.models import Actor
from musubi.flow.listings.queries import editors_of
from musubi.flow.matching.queries import coordinators_of

from ..models import Case


def coordinators_of_case(case: Case, *, at: dt.datetime) -> list[User]:
    """Who has it in hand, else those who coordinate the place."""
    if case.coordinator is not None and case.coordinator.is_active:
        return [case.coordinator]
    return coordinators_of(case.need, today=timezone.localdate(at))


def tell_actors(
    actors: Iterable[Actor],
    *,
    kind: str,
    subject: str,
    text: str,
    path: str,
    at: dt.datetime,
    also: Iterable[User] = (),
    but: User | None = None,
) -> None:
    """The owners and editors of these actors and whoever else, each once, but not who did it."""
    people = (person for actor in actors for person in editors_of(actor.pk))
    tell_people([*people, *also], kind=kind, subject=subject, text=text, path=path, at=at, but=but)


def tell_people(
    people: Iterable[User],
    *,
    kind: str,
    subject: str,
    text: str,
    path: str,
    at: dt.datetime,
    but: User | None = None,
) -> None:
    """Each of these people once, but not who did it."""
    for person in {person.pk: person for person in people}.values():
        if person != but:
            tell(to=person, kind=kind, subject=subject, text=text, path=path, at=at)


def case_path(case: Case) -> str:
    return f"/workspace/cases/{case.pk}/"
