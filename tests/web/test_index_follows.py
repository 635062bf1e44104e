"""After every verb the index says what it would say if it were made anew."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from musubi.base.common.enums import Source
from musubi.base.index.models import Document
from musubi.flow.actors.enums import ActorState
from musubi.flow.issues import services as issues
from musubi.flow.listings import services as listings
from musubi.flow.listings.enums import Side, Template
from musubi.flow.listings.models import Listing
from musubi.flow.matching.services import publish_and_match, release_and_match
from musubi.flow.moderation.models import Hiding
from musubi.flow.moderation.services import hide, lift_hiding
from tests.factories import Town, make_issue
from tests.flow.listings.samples import hall_needed


def documents() -> list[tuple[str, int, bytes]]:
    """What the index holds of each thing, with all its words and facets in the digest, in the order of its lists."""
    rows = Document.objects.order_by("key").values_list("kind", "object_id", "digest")
    return [(kind, pk, bytes(digest)) for kind, pk, digest in rows]


def published(town: Town) -> Listing:
    now = timezone.now()
    draft = listings.create_draft(
        actor=town.actor,
        side=Side.NEED,
        template=Template.PLACE,
        by=town.owner,
        now=now,
        content=hall_needed(town),
    )
    return publish_and_match(listing=draft, by=town.owner, now=now)


def closed(town: Town) -> None:
    town.actor.state, town.actor.closed_reason = ActorState.CLOSED, "paused"
    town.actor.save()


def in_state(town: Town, state: str) -> None:
    town.actor.state = state
    town.actor.submitted_at = timezone.now()
    town.actor.returned_reason = "直してください" if state == ActorState.RETURNED else ""
    town.actor.source, town.actor.external_ref = Source.IMPORT, "a"
    town.actor.save()


def rebuilt() -> None:
    call_command("index", "rebuild", verbosity=0)


PAGES = [
    ("workspace:actor_submit", "owner", ActorState.DRAFT, {}, ActorState.PENDING),
    ("workspace:actor_close", "owner", ActorState.VERIFIED, {"reason": "paused"}, ActorState.CLOSED),
    ("workspace:actor_reopen", "owner", ActorState.CLOSED, {}, ActorState.PENDING),
    ("office:actor_submit", "officer", ActorState.DRAFT, {}, ActorState.PENDING),
    ("office:actors_submit", "officer", ActorState.DRAFT, {}, ActorState.PENDING),
    ("office:actor_verify", "officer", ActorState.PENDING, {}, ActorState.VERIFIED),
    ("office:actor_return", "officer", ActorState.PENDING, {"reason": "直してください"}, ActorState.RETURNED),
    ("office:actor_unverify", "officer", ActorState.VERIFIED, {"reason": "確かめます"}, ActorState.PENDING),
    ("office:actor_close", "officer", ActorState.VERIFIED, {"reason": "paused"}, ActorState.CLOSED),
    ("office:actor_reopen", "officer", ActorState.CLOSED, {}, ActorState.PENDING),
]


@pytest.mark.parametrize(("page", "person", "state", "posted", "after"), PAGES)
def test_after_a_verb_on_an_actor(
    town: Town, sign_in: Any, page: str, person: str, state: str, posted: dict[str, str], after: str
) -> None:
    published(town)
    if state == ActorState.CLOSED:
        closed(town)
    else:
        in_state(town, state)
    if page in ("office:actor_submit", "office:actors_submit"):
        town.actor.memberships.all().delete()
    rebuilt()
    args = [] if page == "office:actors_submit" else [town.actor.pk]
    sign_in(getattr(town, person)).post(reverse(page, args=args), posted)
    town.actor.refresh_from_db()
    assert town.actor.state == after
    held = documents()
    rebuilt()
    assert documents() == held


def report_issue(town: Town, listing: Listing, now: dt.datetime) -> None:
    issues.report_issue(
        municipality=town.municipality,
        title="階段",
        body="手すり",
        area=town.wards[0],
        by=town.citizen,
        now=now,
    )


def change_listing(town: Town, listing: Listing, now: dt.datetime) -> None:
    content = hall_needed(town, title="剣道の道場")
    listings.save_listing(listing=listing, content=content, version=listing.version, by=town.owner, now=now)


def withdraw(town: Town, listing: Listing, now: dt.datetime) -> None:
    listings.withdraw_listing(listing=listing, reason="mistake", by=town.owner, now=now)


def reserve(town: Town, listing: Listing, now: dt.datetime) -> None:
    listings.reserve_listing(listing=listing, by=town.coordinator, now=now)


def release(town: Town, listing: Listing, now: dt.datetime) -> None:
    reserve(town, listing, now)
    release_and_match(listing=listing, by=town.coordinator, now=now)


def fulfil(town: Town, listing: Listing, now: dt.datetime) -> None:
    listings.fulfil_listing(listing=listing, by=town.owner, now=now)


def expire(town: Town, listing: Listing, now: dt.datetime) -> None:
    Listing.objects.filter(pk=listing.pk).update(expires_on=dt.date(2026, 1, 1))
    assert listings.expire_due_listings(now=now) == 1


def edit_issue(town: Town, listing: Listing, now: dt.datetime) -> None:
    issues.edit_issue(issue=make_issue(town), by=town.citizen, now=now, title="橋の上")


def withdraw_issue(town: Town, listing: Listing, now: dt.datetime) -> None:
    issue = make_issue(town)
    issues.index_issue(issue=issue)
    issues.withdraw_issue(issue=issue, by=town.citizen, now=now)


def hide_each(town: Town, listing: Listing, now: dt.datetime) -> None:
    for subject in (listing, town.actor, make_issue(town)):
        hide(subject=subject, reason="確かめます", by=town.officer, now=now)


def lift_each(town: Town, listing: Listing, now: dt.datetime) -> None:
    hide_each(town, listing, now)
    for hiding in Hiding.objects.all():
        lift_hiding(hiding=hiding, reason="確かめました", by=town.officer, now=now)


def hide_actor(town: Town, listing: Listing, now: dt.datetime) -> None:
    hide(subject=town.actor, reason="確かめます", by=town.officer, now=now)


VERBS = [
    report_issue, change_listing, withdraw, reserve, release, fulfil, expire, edit_issue, withdraw_issue, hide_each,
    lift_each, hide_actor,
]  # fmt: skip


THERE_AND_BACK = {release, withdraw_issue}


@pytest.mark.parametrize("verb", VERBS)
def test_after_a_verb_on_anything_else(
    town: Town, now: dt.datetime, verb: Callable[[Town, Listing, dt.datetime], None]
) -> None:
    listing = published(town)
    rebuilt()
    before = documents()
    verb(town, listing, now)
    held = documents()
    assert (held == before) == (verb in THERE_AND_BACK)
    rebuilt()
    assert documents() == held
