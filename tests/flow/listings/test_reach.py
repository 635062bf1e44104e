"""Staff handle only what they may read, and nobody posts for an actor that has ended."""

import datetime as dt

import pytest

from musubi.base.accounts.models import User
from musubi.base.audit.models import Event
from musubi.base.common.enums import Source
from musubi.base.common.verdict import NotAllowed
from musubi.flow.actors.enums import ActorState
from musubi.flow.listings import services
from musubi.flow.listings.enums import ListingState, Side, Template, WithdrawReason
from musubi.flow.listings.models import Listing
from musubi.flow.listings.permissions import can_edit_listing, can_reserve_listing
from musubi.flow.listings.queries import editable_listings_for
from tests import factories
from tests.factories import Town

from .samples import hall_needed


def brought_in(town: Town, by: User, **fields: object) -> Listing:
    return factories.make_listing(town.actor, source=Source.PAPER, entered_by=by, **fields)


def handles(person: User, listing: Listing) -> bool:
    """Opens it in a form and may save it; one never without the other."""
    opens = editable_listings_for(person).filter(pk=listing.pk).exists()
    assert opens == bool(can_edit_listing(person, listing))
    return opens


@pytest.mark.parametrize(
    ("fields", "coordinator", "officer"),
    [
        ({}, True, True),
        ({"visibility": "intermediaries"}, True, True),
        ({"visibility": "city_hall"}, False, True),
        ({"visibility": "city_hall", "state": "withdrawn"}, False, True),
        ({"state": "draft"}, False, False),
        ({"state": "draft", "visibility": "city_hall"}, False, False),
    ],
)
def test_staff_handle_of_others_paper_what_they_may_read(
    town: Town, other_town: Town, fields: dict[str, object], coordinator: bool, officer: bool
) -> None:
    typist = factories.make_person()
    factories.give_mandate(town.municipality, typist, "office")
    listing = brought_in(town, typist, **fields)
    assert handles(town.coordinator, listing) == coordinator
    assert handles(town.officer, listing) == officer
    assert handles(typist, listing)
    assert handles(town.owner, listing)
    assert not handles(other_town.officer, listing)


def test_who_typed_a_draft_in_and_is_staff_no_more_lets_it_go(town: Town) -> None:
    assert not handles(town.citizen, brought_in(town, town.citizen, state="draft"))


@pytest.mark.parametrize("source", [Source.PAPER, Source.IMPORT])
def test_a_coordinator_does_nothing_to_what_is_for_the_city_hall(
    town: Town, now: dt.datetime, source: str
) -> None:
    listing = factories.make_listing(
        town.actor, source=source, entered_by=town.officer, visibility="city_hall", areas=[town.city]
    )
    by = town.coordinator
    with pytest.raises(NotAllowed):
        services.save_listing(listing=listing, content=hall_needed(town), version=1, by=by, now=now)
    with pytest.raises(NotAllowed):
        services.withdraw_listing(listing=listing, reason=WithdrawReason.NO_LONGER_NEEDED, by=by, now=now)
    with pytest.raises(NotAllowed):
        services.reserve_listing(listing=listing, by=by, now=now)
    Listing.objects.filter(pk=listing.pk).update(state=ListingState.EXPIRED)
    with pytest.raises(NotAllowed):
        services.publish_listing(listing=listing, by=by, now=now)
    assert Listing.objects.get(pk=listing.pk).visibility == "city_hall"


def test_a_coordinator_arranges_for_a_member_but_not_in_the_city_hall(town: Town) -> None:
    shown = factories.make_listing(town.actor)
    inside = factories.make_listing(town.actor, visibility="city_hall")
    assert can_reserve_listing(town.coordinator, shown)
    assert not can_reserve_listing(town.coordinator, inside)
    assert can_reserve_listing(town.officer, inside)


def test_nothing_begins_for_an_actor_that_has_ended(town: Town, now: dt.datetime) -> None:
    draft = services.create_draft(
        actor=town.actor, side=Side.NEED, template=Template.FREE, by=town.owner, now=now,
        content=hall_needed(town),
    )  # fmt: skip
    paper = brought_in(town, town.coordinator, state="draft")
    shown = factories.make_listing(town.actor)
    town.actor.state, town.actor.closed_reason = ActorState.CLOSED, "dissolved"
    town.actor.save(update_fields=["state", "closed_reason"])
    with pytest.raises(NotAllowed, match="活動を終えた団体"):
        services.create_draft(
            actor=town.actor, side=Side.NEED, template=Template.FREE, by=town.owner, now=now
        )
    with pytest.raises(NotAllowed, match="活動を終えた団体"):
        services.enter_listing(
            actor=town.actor, side=Side.NEED, template=Template.FREE, source=Source.PAPER,
            content=hall_needed(town), by=town.officer, now=now,
        )  # fmt: skip
    with pytest.raises(NotAllowed, match="活動を終えた団体"):
        services.publish_listing(listing=draft, by=town.owner, now=now)
    with pytest.raises(NotAllowed, match="活動を終えた団体"):
        services.publish_listing(listing=paper, by=town.coordinator, now=now)
    taken = services.withdraw_listing(
        listing=shown, reason=WithdrawReason.NO_LONGER_NEEDED, by=town.owner, now=now
    )
    assert taken.state == ListingState.WITHDRAWN


def test_the_log_never_holds_words_that_nobody_published(town: Town, now: dt.datetime) -> None:
    secret = hall_needed(town, title="ひみつの題名", body="ひみつの本文")
    thrown, kept = (
        services.create_draft(
            actor=town.actor, side=Side.NEED, template=Template.PLACE, by=town.owner, now=now, content=secret
        )
        for _number in range(2)
    )
    changed = hall_needed(town, title="ひみつの新しい題名")
    services.save_listing(listing=thrown, content=changed, version=1, by=town.owner, now=now)
    services.delete_draft(listing=thrown, by=town.owner, now=now)
    services.publish_listing(listing=kept, by=town.owner, now=now)
    services.withdraw_listing(listing=kept, reason=WithdrawReason.MISTAKE, by=town.owner, now=now)
    services.save_listing(listing=kept, content=changed, version=1, by=town.owner, now=now)
    events = Event.objects.filter(subject_type="listings.listing")
    assert {event.verb for event in events} >= {"listing.create", "listing.save", "listing.delete"}
    assert not [event for event in events if "ひみつ" in event.before + event.after]
    assert '"title"' in events.get(verb="listing.delete").before
    saved = events.filter(verb="listing.save", subject_ref=str(thrown.pk)).get()
    assert saved.after == '{"changed": ["body", "title"]}'
