"""Actors with their members and what vouches for them."""

import datetime as dt
from dataclasses import dataclass, field

from musubi.base.accounts.models import User
from musubi.base.places.models import Municipality
from musubi.flow.actors import services
from musubi.flow.actors.enums import OFFICIAL_KINDS, ActorKind, ActorState, CloseReason, MembershipRole
from musubi.flow.actors.models import Actor
from musubi.flow.actors.queries import own_actors_for

from .content import Row, rows_of
from .people import People
from .places import Places

# Every state of an actor occurs: these few are not where the content's `verified` would put them.
RETURNED, CLOSED = {"b-in-shinoda"}, {"cg-ayumi"}


@dataclass
class Cast:
    """The actors by key, their members by "key/name", and who posts for each."""

    actors: dict[str, Actor] = field(default_factory=dict)
    members: dict[str, User] = field(default_factory=dict)
    writers: dict[str, User] = field(default_factory=dict)


def build_actors(
    *, municipality: Municipality, places: Places, people: People, officer: User, now: dt.datetime
) -> Cast:
    """All of them, oldest first, each founded in Musubi some months ago."""
    cast = Cast()
    for number, row in enumerate(rows_of("actors")):
        joined = now - dt.timedelta(days=300 - number, hours=number % 7)
        _build_actor(row, municipality, places, people, officer, cast, joined)
    for row in rows_of("actors"):
        _vouch(row, cast, officer, now)
    return cast


def _build_actor(
    row: Row,
    municipality: Municipality,
    places: Places,
    people: People,
    officer: User,
    cast: Cast,
    at: dt.datetime,
) -> None:
    key, kind = row["key"], row["kind"]
    members = [(people.get(m["email"], m["name"]), m["role"]) for m in row["members"]]
    for (user, _), member in zip(members, row["members"], strict=True):
        cast.members[f"{key}/{member['name']}"] = user
        services.register_person(municipality=municipality, by=user, now=at)
    owner = members[0][0]
    founder = officer if kind in OFFICIAL_KINDS else owner
    actor = services.create_actor(
        municipality=municipality,
        kind=kind,
        name=row["name"],
        kana=row["kana"],
        summary=row["summary"],
        description=row["description"],
        area=None if row["ward"] == "city" else places.areas[row["ward"]],
        town=row["town"] or "",
        fields=row["fields"],
        founded_on=dt.date.fromisoformat(f"{row['founded']}-01") if row["founded"] else None,
        representative=row["representative"],
        email=row["email"],
        phone=row["phone"],
        address=row["address"],
        url=row["url"],
        item_visibility=row["visibility"],
        submit=True,
        by=founder,
        now=at,
    )
    cast.actors[key], cast.writers[key] = actor, owner
    for user, role in members:
        if user != founder:
            invitation = services.invite_member(actor=actor, email=user.email, role=role, by=founder, now=at)
            services.accept_invitation(invitation=invitation, by=user, now=at + dt.timedelta(hours=5))
    if founder != owner:
        services.remove_member(membership=actor.memberships.get(user=founder), by=founder, now=at)


def _vouch(row: Row, cast: Cast, officer: User, now: dt.datetime) -> None:
    """The office looks at each, and writes down who says what about it."""
    key = row["key"]
    actor = own_actors_for(cast.writers[key]).get(pk=cast.actors[key].pk)
    if key in RETURNED:
        reason = "活動の内容が分かるように、もう少しくわしく書いてください。"
        services.return_actor(actor=actor, reason=reason, by=officer, now=now - dt.timedelta(days=2))
    elif row["verified"] and actor.state == ActorState.PENDING:
        services.verify_actor(actor=actor, by=officer, now=now - dt.timedelta(days=60))
    for credential in row["credentials"]:
        until = credential["until_days"]
        services.give_credential(
            actor=actor,
            kind=credential["kind"],
            title=credential["title"],
            issuer=cast.actors.get(credential["issuer_key"]),
            issuer_name=credential["issuer"],
            valid_from=(now + dt.timedelta(days=credential["from_days"])).date(),
            valid_until=None if until is None else (now + dt.timedelta(days=until)).date(),
            by=officer,
            now=now - dt.timedelta(days=30),
        )
    if key in CLOSED:
        services.close_actor(
            actor=actor, reason=CloseReason.PAUSED, by=cast.writers[key], now=now - dt.timedelta(days=20)
        )
    else:
        confirmed = now - dt.timedelta(days=row["last_confirmed_days"])
        services.confirm_actor(actor=actor, by=cast.writers[key], now=confirmed)


def begin_actor(*, municipality: Municipality, by: User, now: dt.datetime) -> None:
    """Somebody has begun to describe a group and not yet shown it to the city."""
    services.create_actor(
        municipality=municipality,
        kind=ActorKind.CIVIC_GROUP,
        name="路地裏の花と野菜の会（準備中）",
        kana="ろじうらのはなとやさいのかい",
        summary="路地の空いた場所に、花と野菜の鉢を並べたいと考えています。",
        by=by,
        now=now - dt.timedelta(days=4),
    )


def invite_somebody(cast: Cast, *, now: dt.datetime) -> None:
    """One invitation is still open."""
    services.invite_member(
        actor=cast.actors["na-hamacho"],
        email="invited@example.jp",
        role=MembershipRole.EDITOR,
        by=cast.writers["na-hamacho"],
        now=now - dt.timedelta(days=1),
    )
