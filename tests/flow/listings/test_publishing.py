"""A listing's life: every verb from every state, who may, who is told, what the index finds."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.utils import timezone

from musubi.base.audit.models import Event
from musubi.base.common.verdict import NotAllowed
from musubi.base.common.workflow import InvalidTransition
from musubi.base.notify.queries import messages_for
from musubi.flow.actors.enums import ActorKind, ActorState, MembershipRole
from musubi.flow.actors.models import Membership
from musubi.flow.listings import services
from musubi.flow.listings.enums import ListingState, Side, Template, WithdrawReason
from musubi.flow.listings.models import Listing
from musubi.flow.listings.permissions import PUBLISHINGS_AN_HOUR
from musubi.flow.listings.queries import listings_for
from musubi.flow.listings.services import Content, NotComplete, WindowValue, problems_of
from musubi.flow.listings.workflow import WORKFLOW
from tests import factories
from tests.factories import Town

from .samples import MENU, hall_needed

VERBS: dict[str, Callable[..., Listing]] = {
    "publish": services.publish_listing,
    "reserve": services.reserve_listing,
    "release": services.release_listing,
    "fulfil": services.fulfil_listing,
    "withdraw": services.withdraw_listing,
}


def listing_in(town: Town, state: str, **fields: object) -> Listing:
    return factories.make_listing(
        town.actor,
        state=state,
        areas=[town.wards[0]],
        lines=[("place", "台所のある部屋", 30, "capacity")],
        **fields,
    )


def call(verb: str, listing: Listing, by: object, now: dt.datetime) -> Listing:
    more = {"reason": WithdrawReason.PLAN_CHANGED} if verb == "withdraw" else {}
    return VERBS[verb](listing=listing, by=by, now=now, **more)


@pytest.mark.parametrize("state", ListingState.values)
@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_from_every_state(town: Town, now: dt.datetime, verb: str, state: str) -> None:
    listing = listing_in(town, state)
    if WORKFLOW.allows(verb, state):
        moved = call(verb, listing, town.owner, now)
        assert moved.state == Listing.objects.get(pk=listing.pk).state == WORKFLOW.target(verb, state)
        event = Event.objects.get(verb=f"listing.{verb}")
        assert (event.before, event.municipality_ref) == (state, str(town.municipality.pk))
    else:
        with pytest.raises((InvalidTransition, NotAllowed)):
            call(verb, listing, town.owner, now)
        assert Listing.objects.get(pk=listing.pk).state == state
        assert not Event.objects.filter(verb=f"listing.{verb}").exists()


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("who", ["viewer", "citizen"])
def test_who_may_not_move_it(town: Town, now: dt.datetime, verb: str, who: str) -> None:
    listing = listing_in(town, min(WORKFLOW.transitions[verb].sources))
    with pytest.raises(NotAllowed):
        call(verb, listing, getattr(town, who), now)


@pytest.mark.parametrize("verb", VERBS)
def test_nobody_of_another_town_moves_it(town: Town, other_town: Town, now: dt.datetime, verb: str) -> None:
    listing = listing_in(town, min(WORKFLOW.transitions[verb].sources))
    for person in (other_town.owner, other_town.coordinator, other_town.officer):
        with pytest.raises(NotAllowed):
            call(verb, listing, person, now)


def test_a_coordinator_reserves_and_releases_but_does_not_withdraw(town: Town, now: dt.datetime) -> None:
    listing = listing_in(town, ListingState.PUBLISHED)
    services.reserve_listing(listing=listing, by=town.coordinator, now=now)
    services.release_listing(listing=listing, by=town.coordinator, now=now)
    with pytest.raises(NotAllowed):
        call("withdraw", listing, town.coordinator, now)


def test_publishing_tells_the_others_of_the_actor_and_opens_the_listing(town: Town, now: dt.datetime) -> None:
    colleague = factories.make_person()
    Membership.objects.create(actor=town.actor, user=colleague, role=MembershipRole.EDITOR, joined_at=now)
    listing = listing_in(town, ListingState.DRAFT, expires_on=None)
    assert not listings_for(town.citizen).exists()
    published = services.publish_listing(listing=listing, by=town.owner, now=now)
    assert list(listings_for(town.citizen)) == [published]
    assert (published.published_at, published.confirmed_at) == (now, now)
    assert published.expires_on == timezone.localdate(now) + dt.timedelta(days=180)
    assert [m.kind for m in messages_for(colleague)] == ["listing_published"]
    assert not messages_for(town.owner).exists()


def test_publishing_again_forgets_why_it_was_withdrawn(town: Town, now: dt.datetime) -> None:
    listing = listing_in(town, ListingState.PUBLISHED)
    services.withdraw_listing(
        listing=listing, reason=WithdrawReason.NO_REPLY, note="春にまた出します", by=town.owner, now=now
    )
    stored = Listing.objects.get(pk=listing.pk)
    assert (stored.withdraw_reason, stored.closing_note) == ("no_reply", "春にまた出します")
    again = services.publish_listing(listing=listing, by=town.owner, now=now)
    assert (again.withdraw_reason, again.closing_note) == ("", "")


def test_withdrawing_takes_one_of_the_reasons(town: Town, now: dt.datetime) -> None:
    with pytest.raises(ValueError, match="whim"):
        services.withdraw_listing(
            listing=listing_in(town, ListingState.PUBLISHED), reason="whim", by=town.owner, now=now
        )


def test_what_is_missing_is_said_field_by_field(town: Town, now: dt.datetime) -> None:
    listing = factories.make_listing(town.actor, state=ListingState.DRAFT, title="", body="")
    with pytest.raises(NotComplete) as lacks:
        services.publish_listing(listing=listing, by=town.owner, now=now)
    assert [problem.field for problem in lacks.value.problems] == ["title", "body", "lines", "areas"]
    assert all(problem.sentence.endswith(("。", "）")) for problem in lacks.value.problems)
    assert Listing.objects.get(pk=listing.pk).state == ListingState.DRAFT


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"windows": (WindowValue(ends_on=dt.date(2020, 1, 1)),)}, ["windows"]),
        ({"windows": (WindowValue(ends_on=dt.date(2020, 1, 1)), WindowValue(weekdays=(5,)))}, []),
        ({"expires_on": dt.date(2020, 1, 1)}, ["expires_on"]),
        ({"expires_on": dt.date(2099, 1, 1)}, ["expires_on"]),
        ({"area_ids": ()}, ["areas"]),
        ({"body": ""}, ["body"]),
        ({}, []),
    ],
)
def test_dates_are_sane(town: Town, changes: dict[str, object], fields: list[str]) -> None:
    content = hall_needed(town, **changes)
    found = problems_of(content, side=Side.NEED, template=Template.PLACE, today=dt.date(2026, 11, 21))
    assert [problem.field for problem in found] == fields


def test_a_menu_item_says_who_answers_what_by_when(town: Town) -> None:
    kinds = {"side": Side.OFFER, "template": Template.MENU, "today": dt.date(2026, 11, 21)}
    lacks = problems_of(hall_needed(town), **kinds)
    assert [p.field for p in lacks] == ["can_do", "cannot_do", "answered_by", "answers_within_days"]
    assert problems_of(hall_needed(town, menu=MENU), **kinds) == []


def test_an_actor_that_has_not_asked_to_be_registered_does_not_publish(town: Town, now: dt.datetime) -> None:
    group = factories.make_actor(
        town.municipality, town.owner, state=ActorState.DRAFT, kind=ActorKind.CIVIC_GROUP
    )
    listing = factories.make_listing(
        group, state=ListingState.DRAFT, areas=[town.city], lines=[("people", "手伝い", 2, "people")]
    )
    with pytest.raises(NotAllowed, match="市に確認を頼む"):
        services.publish_listing(listing=listing, by=town.owner, now=now)


def test_thirty_publishings_an_hour(town: Town, now: dt.datetime) -> None:
    for _number in range(PUBLISHINGS_AN_HOUR):
        services.publish_listing(listing=listing_in(town, ListingState.DRAFT), by=town.owner, now=now)
    more = listing_in(town, ListingState.DRAFT)
    with pytest.raises(NotAllowed, match="1時間に公開できるのは30件まで"):
        services.publish_listing(listing=more, by=town.owner, now=now)
    services.publish_listing(listing=more, by=town.owner, now=now + dt.timedelta(hours=1, minutes=1))


def test_expiry_takes_down_what_is_due_and_tells_its_people(town: Town, now: dt.datetime) -> None:
    today = timezone.localdate(now)
    due = listing_in(town, ListingState.PUBLISHED, expires_on=today - dt.timedelta(days=1))
    last_day = listing_in(town, ListingState.PUBLISHED, expires_on=today)
    reserved = listing_in(town, ListingState.RESERVED, expires_on=today - dt.timedelta(days=1))
    assert services.expire_due_listings(now=now) == 1
    states = {row.pk: row.state for row in Listing.objects.all()}
    assert states == {due.pk: "expired", last_day.pk: "published", reserved.pk: "reserved"}
    assert [m.kind for m in messages_for(town.owner)] == ["listing_expired"]
    assert Event.objects.get(verb="listing.expire").by == "system"
    assert services.expire_due_listings(now=now) == 0


def test_only_the_office_of_the_town_hides_and_shows_again(
    town: Town, other_town: Town, now: dt.datetime
) -> None:
    listing = listing_in(town, ListingState.PUBLISHED)
    for person in (town.owner, town.coordinator, other_town.officer):
        with pytest.raises(NotAllowed):
            services.hide_listing(listing=listing, reason="営業の案内です", by=person, now=now)
    services.hide_listing(listing=listing, reason="営業の案内です", by=town.officer, now=now)
    assert not listings_for(town.citizen).exists()
    assert list(listings_for(town.owner)) == [listing]
    services.withdraw_listing(listing=listing, reason=WithdrawReason.MISTAKE, by=town.owner, now=now)
    with pytest.raises(NotAllowed, match="非表示"):
        services.publish_listing(listing=listing, by=town.owner, now=now)
    services.unhide_listing(listing=listing, by=town.officer, now=now)
    services.publish_listing(listing=listing, by=town.owner, now=now)
    assert list(listings_for(town.citizen)) == [listing]


def test_confirming_renews_the_date_of_what_is_published(town: Town, now: dt.datetime) -> None:
    listing = listing_in(town, ListingState.PUBLISHED, confirmed_at=now - dt.timedelta(days=90))
    assert services.confirm_listing(listing=listing, by=town.owner, now=now).confirmed_at == now
    with pytest.raises(NotAllowed):
        services.confirm_listing(listing=listing_in(town, ListingState.RESERVED), by=town.owner, now=now)


def test_the_last_day_of_all_windows_is_the_default_end(town: Town, now: dt.datetime) -> None:
    today = timezone.localdate(now)
    ends = today + dt.timedelta(days=20)
    windows = (WindowValue(ends_on=today + dt.timedelta(days=10)), WindowValue(ends_on=ends))
    listing = services.create_draft(
        actor=town.actor,
        side=Side.NEED,
        template=Template.FREE,
        by=town.owner,
        now=now,
        content=hall_needed(town, windows=windows, expires_on=None),
    )
    assert services.publish_listing(listing=listing, by=town.owner, now=now).expires_on == ends


def test_an_empty_content_lacks_something(town: Town) -> None:
    assert problems_of(Content(), side=Side.OFFER, template=Template.FREE, today=dt.date(2026, 11, 21))
