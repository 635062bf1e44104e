"""What nobody has confirmed for 90 days: asked twice, each time once, and then it is the staff's."""

import datetime as dt
import threading

import pytest
from django.db import connection
from django.utils import timezone

from musubi.base.common.links import read_token
from musubi.base.notify.models import Message
from musubi.flow.actors.models import Membership
from musubi.flow.listings.enums import ListingState
from musubi.flow.listings.models import Listing
from musubi.flow.listings.queries import STILL, asked_with, unconfirmed_for
from musubi.flow.listings.services import (
    ask_unconfirmed,
    asking,
    confirm_listing,
    longer_expiry,
    publish_listing,
    save_listing,
    withdraw_listing,
)
from tests.factories import Town, make_actor, make_listing, make_person

from .samples import hall_needed

DAY = dt.timedelta(days=1)


def old_listing(town: Town, now: dt.datetime, **fields: object) -> Listing:
    fields.setdefault("confirmed_at", now - 91 * DAY)
    fields.setdefault("areas", [town.wards[0]])
    fields.setdefault("lines", [("place", "台所のある部屋", 30, "capacity")])
    actor = fields.pop("actor", town.actor)
    return make_listing(actor, **fields)


def asked() -> list[tuple[str, str]]:
    rows = Message.objects.filter(kind="listing_unconfirmed").order_by("pk")
    return [(row.recipient.name, row.subject) for row in rows.select_related("recipient")]


def test_its_people_are_asked_twice_two_weeks_apart_each_time_once(town: Town, now: dt.datetime) -> None:
    listing = old_listing(town, now, title="集会所")
    assert [ask_unconfirmed(now=now), ask_unconfirmed(now=now)] == [1, 0]
    assert asked() == [(town.owner.name, "いまも続けていますか：集会所")]
    listing.refresh_from_db()
    assert (listing.times_asked, listing.asked_at) == (1, now)

    assert ask_unconfirmed(now=now + 13 * DAY) == 0
    assert [ask_unconfirmed(now=now + 14 * DAY), ask_unconfirmed(now=now + 14 * DAY)] == [1, 0]
    assert ask_unconfirmed(now=now + 300 * DAY) == 0
    texts = list(
        Message.objects.filter(kind="listing_unconfirmed").order_by("pk").values_list("text", flat=True)
    )
    assert ["2回目" in text for text in texts] == [False, True]


def test_the_link_names_the_listing_and_the_one_it_was_sent_to(town: Town, now: dt.datetime) -> None:
    listing = old_listing(town, now)
    ask_unconfirmed(now=now)
    path = Message.objects.get(kind="listing_unconfirmed").path
    token = path.removeprefix("/still/").removesuffix("/")
    assert read_token(STILL, token) == (listing.pk, town.owner.pk)
    assert asked_with(token) == (listing, town.owner)
    Membership.objects.filter(user=town.owner).update(role="viewer")
    assert asked_with(token) is None
    assert asked_with("nothing") is None


@pytest.mark.parametrize(
    "fields",
    [
        {"confirmed_days": 89},
        {"state": "draft"},
        {"state": "reserved"},
        {"state": "fulfilled"},
        {"state": "withdrawn"},
        {"state": "expired"},
        {"hidden": True},
    ],
    ids=lambda fields: "-".join(map(str, fields.values())),
)
def test_nobody_is_asked_about_what_is_fresh_or_not_shown(
    fields: dict[str, object], town: Town, now: dt.datetime
) -> None:
    if fields.pop("hidden", False):
        fields |= {"hidden_at": now, "hidden_reason": "確かめる間"}
    days = fields.pop("confirmed_days", 91)
    listing = old_listing(town, now, confirmed_at=now - days * DAY, **fields)
    assert ask_unconfirmed(now=now) == 0
    listing.refresh_from_db()
    assert (listing.times_asked, asked()) == (0, [])


def test_only_those_who_may_answer_are_asked_and_a_closed_actor_is_left_alone(
    town: Town, now: dt.datetime
) -> None:
    old_listing(town, now, actor=make_actor(town.municipality, make_person(), state="closed"))
    old_listing(town, now, actor=make_actor(town.municipality))
    editor = make_person("編集さん")
    Membership.objects.create(actor=town.actor, user=editor, role="editor", joined_at=now)
    gone = make_person("やめた人")
    gone.is_active = False
    gone.save()
    Membership.objects.create(actor=town.actor, user=gone, role="editor", joined_at=now)
    old_listing(town, now)
    assert ask_unconfirmed(now=now) == 1
    assert [name for name, _subject in asked()] == [town.owner.name, "編集さん"]


def test_saying_it_writing_it_or_publishing_it_again_starts_anew(town: Town, now: dt.datetime) -> None:
    said, written, republished = (old_listing(town, now) for _ in range(3))
    assert ask_unconfirmed(now=now) == 3
    later = now + DAY
    confirm_listing(listing=said, by=town.owner, now=later)
    save_listing(listing=written, content=hall_needed(town), version=1, by=town.owner, now=later)
    withdraw_listing(listing=republished, reason="mistake", by=town.owner, now=later)
    publish_listing(listing=republished, by=town.owner, now=later)
    rows = Listing.objects.values_list("times_asked", "asked_at", "confirmed_at")
    assert list(rows) == [(0, None, later)] * 3
    assert ask_unconfirmed(now=later + 89 * DAY) == 0
    assert ask_unconfirmed(now=later + 90 * DAY) == 3


def test_a_draft_that_is_saved_was_not_confirmed_by_it(town: Town, now: dt.datetime) -> None:
    draft = old_listing(town, now, state="draft", confirmed_at=None)
    saved = save_listing(listing=draft, content=hall_needed(town), version=1, by=town.owner, now=now)
    assert saved.confirmed_at is None


def test_what_ends_soon_is_shown_longer_but_never_beyond_its_own_last_day(
    town: Town, now: dt.datetime
) -> None:
    today = timezone.localdate(now)
    soon = old_listing(town, now, expires_on=today + 29 * DAY)
    later = old_listing(town, now, expires_on=today + 30 * DAY)
    festival = old_listing(town, now, expires_on=today + 5 * DAY, windows=[{"ends_on": today + 5 * DAY}])
    until = [longer_expiry(listing, today) for listing in (soon, later, festival)]
    assert until == [today + 180 * DAY, None, None]
    shown = [
        confirm_listing(listing=listing, by=town.owner, now=now, prolong=True).expires_on
        for listing in (soon, later, festival)
    ]
    assert shown == [today + 180 * DAY, today + 30 * DAY, today + 5 * DAY]
    plain = old_listing(town, now, expires_on=today + 29 * DAY)
    assert confirm_listing(listing=plain, by=town.owner, now=now).expires_on == today + 29 * DAY


def test_staff_see_what_nobody_answers_for_and_what_was_asked_twice_in_vain(
    town: Town, other_town: Town, now: dt.datetime
) -> None:
    nobodys = old_listing(town, now, actor=make_actor(town.municipality), confirmed_at=now - 100 * DAY)
    in_vain = old_listing(town, now, times_asked=2, asked_at=now - DAY)
    inner = old_listing(town, now, times_asked=2, asked_at=now - DAY, visibility="city_hall")
    old_listing(town, now, times_asked=1, asked_at=now - DAY)
    old_listing(other_town, now, times_asked=2, asked_at=now - DAY)
    here = town.municipality.pk
    assert list(unconfirmed_for(town.coordinator, here, now)) == [nobodys, in_vain]
    assert list(unconfirmed_for(town.officer, here, now)) == [nobodys, in_vain, inner]
    for person in (town.owner, town.citizen, other_town.officer):
        assert list(unconfirmed_for(person, here, now)) == []


def test_staff_ask_about_the_longest_unconfirmed_first(town: Town, now: dt.datetime) -> None:
    later, earlier = (
        old_listing(town, now, times_asked=2, asked_at=now - DAY, confirmed_at=None, published_at=now - days)
        for days in (100 * DAY, 200 * DAY)
    )
    between = old_listing(town, now, times_asked=2, asked_at=now - DAY, confirmed_at=now - 150 * DAY)
    assert list(unconfirmed_for(town.coordinator, town.municipality.pk, now)) == [earlier, between, later]


def test_more_than_one_chunk(town: Town, now: dt.datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "ASKED_AT_ONCE", 2)
    for _ in range(5):
        old_listing(town, now)
    assert [ask_unconfirmed(now=now), len(asked())] == [5, 5]


def test_a_worker_that_dies_in_between_has_asked_either_and_written_both_or_nothing(
    town: Town, now: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    old_listing(town, now)
    with monkeypatch.context() as broken:
        broken.setattr(asking, "ask_whether_still_true", _die)
        with pytest.raises(SystemExit):
            ask_unconfirmed(now=now)
    assert (Listing.objects.get().times_asked, asked()) == (0, [])
    assert (ask_unconfirmed(now=now), len(asked())) == (1, 1)


def _die(*_args: object, **_more: object) -> None:
    raise SystemExit


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="the test's SQLite lies in memory and has no second writer"
)
def test_two_workers_at_the_same_moment_ask_once(now: dt.datetime) -> None:
    from tests.factories import make_town

    town = make_town("結浜市", prefecture="990001", code="991007")
    for _ in range(6):
        old_listing(town, now)
    counts: list[int] = []
    start = threading.Barrier(3)

    def work() -> None:
        try:
            start.wait()
            counts.append(ask_unconfirmed(now=now))
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert (sum(counts), len(asked())) == (6, 6)
    assert set(Listing.objects.values_list("times_asked", "state")) == {(1, ListingState.PUBLISHED)}


def test_a_stale_row_is_not_asked_again(town: Town, now: dt.datetime) -> None:
    """Where the database holds no row lock, only who raises the count writes the message."""
    listing = old_listing(town, now)
    stale = Listing.objects.get(pk=listing.pk)
    assert asking._ask(listing, now) is True
    assert asking._ask(stale, now) is False
    assert len(asked()) == 1
