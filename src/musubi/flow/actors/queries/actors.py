"""The only door to actors and what vouches for them."""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from musubi.base.audit.models import Event
from musubi.base.audit.queries import events_about
from musubi.base.common.enums import Source, Visibility
from musubi.base.places.models import Municipality

from ..enums import ACTOR_SHOWN, OFFICIAL_KINDS, ActorState, DisclosureLevel, ProfileItem
from ..models import Actor, Credential
from .standing import reads_level, standing_of

if TYPE_CHECKING:
    from .standing import Person

REACHABLE_BY = (ProfileItem.EMAIL, ProfileItem.PHONE, ProfileItem.URL)


def actors_for(user: "Person") -> QuerySet[Actor]:
    """Actors that are shown to everybody, one's own, and for staff every one of their town."""
    standing = standing_of(user)
    rows = (
        Q(state__in=ACTOR_SHOWN, hidden_at=None)
        | Q(pk__in=standing.actor_ids)
        | Q(municipality__in=standing.staff_in)
    )
    return Actor.objects.filter(rows).select_related("area", "municipality")


def own_actors_for(user: "Person") -> QuerySet[Actor]:
    """The actors this person acts for."""
    return Actor.objects.filter(pk__in=standing_of(user).actor_ids).select_related("area", "municipality")


def editable_actors_for(user: "Person") -> QuerySet[Actor]:
    """The actors this person may post for."""
    return Actor.objects.filter(pk__in=standing_of(user).edits).select_related("area", "municipality")


def office_actors_for(user: "Person") -> QuerySet[Actor]:
    """Every actor of the towns whose office this person is, in any state; nobody else's."""
    rows = Actor.objects.filter(municipality__in=standing_of(user).office_in)
    return rows.select_related("area", "municipality")


def actors_waiting_for(user: "Person", municipality: Municipality) -> QuerySet[Actor]:
    """What the office has to verify, the longest waiting first."""
    rows = office_actors_for(user).filter(municipality=municipality, state=ActorState.PENDING)
    return rows.order_by("submitted_at", "pk")


def imported_drafts_for(user: "Person", municipality: Municipality) -> QuerySet[Actor]:
    """Drafts that a file brought in and nobody looks after yet: only the office can take them further."""
    rows = office_actors_for(user).filter(municipality=municipality, state=ActorState.DRAFT)
    return rows.filter(source=Source.IMPORT, memberships=None).order_by("pk")


def named_like(actors: QuerySet[Actor], words: str) -> QuerySet[Actor]:
    """Those whose name or reading contains every word."""
    for word in words.split()[:5]:
        actors = actors.filter(Q(name__icontains=word) | Q(kana__icontains=word))
    return actors


def stale_actors_for(user: "Person", now: dt.datetime, after: dt.timedelta) -> QuerySet[Actor]:
    """Shown actors one posts for that nobody has confirmed as still true for so long."""
    old = Q(confirmed_at=None) | Q(confirmed_at__lt=now - after)
    return editable_actors_for(user).filter(old, state__in=ACTOR_SHOWN)


def visible_items_for(user: "Person", actor: Actor) -> dict[str, str]:
    """The profile items this person may read: item -> text. A member reads all of its own."""
    own = actor.pk in standing_of(user).actor_ids
    return {
        item: text
        for item in ProfileItem.values
        if (text := getattr(actor, item))
        and (own or reads_level(user, actor.visibility_of(item), actor.municipality_id))
    }


@dataclass(frozen=True)
class ProfileLine:
    """One item of a profile as a reader may see it, and who else may."""

    item: str
    label: str
    text: str
    visibility: str
    visibility_label: str


def profile_lines_for(user: "Person", actor: Actor) -> list[ProfileLine]:
    """The profile items this person may read, each with its level of visibility."""
    lines = []
    for item, text in visible_items_for(user, actor).items():
        level = Visibility(actor.visibility_of(item))
        lines.append(ProfileLine(item, str(ProfileItem(item).label), text, level.value, str(level.label)))
    return lines


def personal_items_for(user: "Person", actor: Actor, *, in_form: bool = False) -> list[str]:
    """The items this person reads of somebody else's profile that are not for everybody.

    A form to edit the profile shows every item, whatever its level.
    """
    if actor.pk in standing_of(user).actor_ids:
        return []
    read = [i for i in ProfileItem.values if getattr(actor, i)] if in_form else visible_items_for(user, actor)
    return [item for item in read if actor.visibility_of(item) != Visibility.PUBLIC]


def missing_for_more_disclosure(actor: Actor) -> list[ProfileItem]:
    """What to publish to reach the next level of disclosure; empty at the highest. Any one way of contact will do."""
    shown = {i for i in ProfileItem if getattr(actor, i) and actor.visibility_of(i) == Visibility.PUBLIC}
    level = actor.disclosure_level
    if level == DisclosureLevel.NAME_ONLY:
        return list(REACHABLE_BY)
    wanted = {
        DisclosureLevel.REACHABLE: [ProfileItem.REPRESENTATIVE],
        DisclosureLevel.ACCOUNTABLE: [ProfileItem.ADDRESS],
    }.get(level, [])
    return [item for item in wanted if item not in shown]


def credentials_for(user: "Person") -> QuerySet[Credential]:
    """Credentials of the actors this person may read; the register itself is public."""
    return Credential.objects.filter(actor__in=actors_for(user)).select_related(
        "actor", "actor__area", "issuer"
    )


def office_credentials_for(user: "Person") -> QuerySet[Credential]:
    """Credentials in the towns whose office this person is."""
    rows = Credential.objects.filter(actor__municipality__in=standing_of(user).office_in)
    return rows.select_related("actor", "issuer")


def issuers_for(user: "Person", municipality: Municipality) -> QuerySet[Actor]:
    """Who issues credentials in a town: its departments and intermediaries that the city has verified."""
    rows = office_actors_for(user).filter(municipality=municipality, kind__in=OFFICIAL_KINDS)
    return rows.filter(state=ActorState.VERIFIED)


def audit_events_for(user: "Person", municipality: Municipality) -> QuerySet[Event]:
    """The log of a town whose office this person is."""
    if municipality.pk not in standing_of(user).office_in:
        return Event.objects.none()
    about_town = Q(subject_type=Municipality._meta.label_lower, subject_ref=str(municipality.pk))
    return Event.objects.filter(Q(municipality_ref=str(municipality.pk)) | about_town)


def history_for(user: "Person", actor: Actor) -> QuerySet[Event]:
    """What happened to an actor, for the office of its town."""
    if actor.municipality_id not in standing_of(user).office_in:
        return Event.objects.none()
    return events_about(actor)
