"""Rows for tests, made the way the product makes them where it has a service for it."""

import datetime as dt
import itertools
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from musubi.base.accounts.models import User
from musubi.base.common.enums import Source, Visibility
from musubi.base.places.models import Area, AreaLevel, Municipality
from musubi.flow.actors.enums import ActorKind, ActorState, CloseReason, MandateRole, MembershipRole
from musubi.flow.actors.models import Actor, Mandate, Membership, Registrant
from musubi.flow.issues.models import Issue
from musubi.flow.listings.enums import ListingState, Side, WithdrawReason
from musubi.flow.listings.models import Availability, Listing, MenuItem, Provision, Requirement
from musubi.flow.listings.services import index_listing

_serial = itertools.count(1)


@dataclass(frozen=True)
class Town:
    """A municipality with its places and people."""

    municipality: Municipality
    city: Area
    wards: tuple[Area, Area]
    town: Area
    officer: User
    coordinator: User
    owner: User
    viewer: User
    citizen: User
    actor: Actor
    """A verified neighbourhood association, owned by `owner`, with `viewer` as a reading member."""


def make_area(level: str, name: str, code: str = "", parent: Area | None = None) -> Area:
    area, created = Area.objects.get_or_create(
        level=level, name=name, code=code, parent=parent, defaults={"path": "/", "kana": name}
    )
    if created:
        area.path = f"{parent.path if parent else '/'}{area.pk}/"
        area.save(update_fields=["path"])
    return area


def make_person(name: str | None = None, email: str | None = None) -> User:
    """Somebody with a verified mail address, as after signing up."""
    from allauth.account.models import EmailAddress

    number = next(_serial)
    user = User.objects.create_user(email or f"person{number}@example.jp", name or f"人{number}")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def make_town(name: str, *, prefecture: str, code: str, host: str = "") -> Town:
    pref = make_area(AreaLevel.PREFECTURE, "みそら県", prefecture)
    city = make_area(AreaLevel.CITY, name, code, pref)
    base = int(code[:5])
    wards = (
        make_area(AreaLevel.WARD, "港区", f"{base + 1}0", city),
        make_area(AreaLevel.WARD, "川辺区", f"{base + 2}0", city),
    )
    town = make_area(AreaLevel.TOWN, "浜町一丁目", "", wards[0])
    municipality = Municipality.objects.create(
        area=city, name=name, host=host, contact="市民協働課 0000-00-0000"
    )
    officer, coordinator = make_person(f"{name}の担当"), make_person(f"{name}のコーディネーター")
    owner, viewer, citizen = (
        make_person(f"{name}の会長"),
        make_person(f"{name}の会員"),
        make_person(f"{name}の市民"),
    )
    give_mandate(municipality, officer, MandateRole.OFFICE)
    give_mandate(municipality, coordinator, MandateRole.COORDINATOR)
    register(municipality, citizen)
    actor = make_actor(municipality, owner, name=f"{name}浜町町内会", area=wards[0])
    Membership.objects.create(actor=actor, user=viewer, role=MembershipRole.VIEWER, joined_at=timezone.now())
    return Town(municipality, city, wards, town, officer, coordinator, owner, viewer, citizen, actor)


def give_mandate(municipality: Municipality, user: User, role: str) -> Mandate:
    return Mandate.objects.create(
        municipality=municipality, user=user, role=role, valid_from=timezone.localdate()
    )


def register(municipality: Municipality, user: User) -> Registrant:
    return Registrant.objects.create(municipality=municipality, user=user, registered_at=timezone.now())


def make_actor(municipality: Municipality, owner: User | None = None, **fields: Any) -> Actor:
    now = timezone.now()
    fields.setdefault("name", f"団体{next(_serial)}")
    fields.setdefault("kind", ActorKind.NEIGHBORHOOD_ASSOCIATION)
    fields.setdefault("state", ActorState.VERIFIED)
    if fields["state"] == ActorState.VERIFIED:
        fields.setdefault("verified_at", now)
    if fields["state"] == ActorState.PENDING:
        fields.setdefault("submitted_at", now)
    if fields["state"] == ActorState.RETURNED:
        fields.setdefault("returned_reason", "代表者のお名前を入れてください。")
    if fields["state"] == ActorState.CLOSED:
        fields.setdefault("closed_reason", CloseReason.DISSOLVED)
    fields.setdefault("confirmed_at", now)
    actor = Actor.objects.create(municipality=municipality, created_at=now, updated_at=now, **fields)
    if owner is not None:
        Membership.objects.create(actor=actor, user=owner, role=MembershipRole.OWNER, joined_at=now)
    return actor


def make_listing(actor: Actor, side: str = Side.NEED, **fields: Any) -> Listing:
    """A listing in any state, with `areas`, `lines` [(resource, what, amount, unit)] and `windows` [dict]."""
    now = timezone.now()
    areas, lines, windows = fields.pop("areas", ()), fields.pop("lines", ()), fields.pop("windows", ())
    menu = fields.pop("menu", None)
    fields.setdefault("title", f"題名{next(_serial)}")
    fields.setdefault("body", "町内の行事のために探しています。")
    fields.setdefault("state", ListingState.PUBLISHED)
    fields.setdefault("visibility", Visibility.PUBLIC)
    if fields["state"] != ListingState.DRAFT:
        fields.setdefault("published_at", now)
    if fields["state"] == ListingState.WITHDRAWN:
        fields.setdefault("withdraw_reason", WithdrawReason.NO_LONGER_NEEDED)
    fields.setdefault("expires_on", timezone.localdate() + dt.timedelta(days=90))
    listing = Listing.objects.create(
        municipality=actor.municipality, actor=actor, side=side, created_at=now, updated_at=now, **fields
    )
    listing.areas.set(areas)
    part = Requirement if side == Side.NEED else Provision
    for position, (resource, what, amount, unit) in enumerate(lines):
        part.objects.create(
            listing=listing, position=position, resource=resource, what=what, amount=amount, unit=unit or ""
        )
    for window in windows:
        Availability.objects.create(listing=listing, **window)
    if menu is not None:
        MenuItem.objects.create(listing=listing, **menu)
    index_listing(listing)
    return listing


def make_issue(town: Town, by: User | None = None, **fields: Any) -> Issue:
    now = timezone.now()
    fields.setdefault("title", f"困りごと{next(_serial)}")
    fields.setdefault("body", "階段の手すりがこわれています。")
    fields.setdefault("area", town.wards[0])
    fields.setdefault("source", Source.WEB)
    return Issue.objects.create(
        municipality=town.municipality,
        reported_by=by or town.citizen,
        created_at=now,
        updated_at=now,
        **fields,
    )
