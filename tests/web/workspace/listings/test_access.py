"""Each page of a listing for each kind of person, of the own and of another town."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client

from musubi.flow.listings.enums import ListingState
from musubi.flow.listings.models import Listing
from tests import factories
from tests.factories import Town

from .posts import posted, url

SignIn = Callable[[object], Client]
READ = ["", "edit/", "publish/", "withdraw/", "fulfil/", "why-not/"]
WRITE = ["edit/", "autosave/", "publish/", "withdraw/", "fulfil/", "confirm/", "delete/"]


@pytest.fixture
def listing(town: Town) -> Listing:
    return factories.make_listing(
        town.actor,
        state=ListingState.PUBLISHED,
        areas=[town.wards[0]],
        lines=[("place", "台所のある部屋", 30, "capacity")],
    )


@pytest.mark.parametrize("page", READ)
@pytest.mark.parametrize("who", ["citizen", "coordinator", "officer"])
def test_others_do_not_see_the_pages_of_its_people(
    town: Town, listing: Listing, sign_in: SignIn, page: str, who: str
) -> None:
    assert sign_in(getattr(town, who)).get(url(listing, page)).status_code == 404


@pytest.mark.parametrize("page", WRITE)
@pytest.mark.parametrize("who", ["owner", "coordinator", "officer", "citizen"])
def test_nobody_of_another_town_acts_on_it(
    town: Town, other_town: Town, listing: Listing, sign_in: SignIn, page: str, who: str
) -> None:
    client = sign_in(getattr(other_town, who))
    assert client.post(url(listing, page), posted(town)).status_code == 404


@pytest.mark.parametrize(
    ("page", "status"),
    [("", 200), ("why-not/", 200), ("publish/", 200), ("edit/", 403), ("withdraw/", 403), ("fulfil/", 403)],
)
def test_a_reading_member_sees_and_is_told_why_not_to_act(
    town: Town, listing: Listing, sign_in: SignIn, page: str, status: int
) -> None:
    response = sign_in(town.viewer).get(url(listing, page))
    assert response.status_code == status
    if status == 403:
        assert "「閲覧のみ」の方は" in response.content.decode()


@pytest.mark.parametrize("page", ["edit/", "withdraw/", "fulfil/", "confirm/", "delete/"])
def test_a_reading_member_changes_nothing(town: Town, listing: Listing, sign_in: SignIn, page: str) -> None:
    before = Listing.objects.filter(pk=listing.pk).values().get()
    data = {**posted(town), "reason": "mistake"}
    assert sign_in(town.viewer).post(url(listing, page), data).status_code == 403
    assert Listing.objects.filter(pk=listing.pk).values().get() == before


@pytest.mark.parametrize("page", READ)
def test_nobody_signed_in_is_sent_to_sign_in_and_back(listing: Listing, page: str) -> None:
    response = Client().get(url(listing, page))
    assert response.status_code == 302
    assert response.headers["Location"].endswith(f"next={url(listing, page)}")


@pytest.mark.parametrize("page", ["confirm/", "autosave/"])
def test_acts_are_posted(town: Town, listing: Listing, sign_in: SignIn, page: str) -> None:
    assert sign_in(town.owner).get(url(listing, page)).status_code == 405


def test_what_is_being_arranged_is_not_edited(town: Town, sign_in: SignIn) -> None:
    arranged = factories.make_listing(town.actor, state=ListingState.RESERVED)
    response = sign_in(town.owner).get(url(arranged, "edit/"))
    assert response.status_code == 403
    assert "いま調整中のため" in response.content.decode()


def test_staff_open_what_staff_typed_in(town: Town, sign_in: SignIn, now: dt.datetime) -> None:
    paper = factories.make_listing(
        town.actor, state=ListingState.PUBLISHED, source="paper", entered_by=town.officer
    )
    assert sign_in(town.coordinator).get(url(paper, "edit/")).status_code == 200


def test_who_typed_a_draft_in_goes_on_with_it_and_no_colleague(town: Town, sign_in: SignIn) -> None:
    paper = factories.make_listing(
        town.actor, state=ListingState.DRAFT, source="paper", entered_by=town.coordinator
    )
    assert sign_in(town.coordinator).get(url(paper, "edit/")).status_code == 200
    for page in READ:
        assert sign_in(town.officer).get(url(paper, page)).status_code == 404


def test_a_coordinator_cannot_level_up_what_is_for_the_city_hall(town: Town, sign_in: SignIn) -> None:
    inside = factories.make_listing(
        town.actor, source="import", external_ref="7", visibility="city_hall", areas=[town.wards[0]]
    )
    client = sign_in(town.coordinator)
    for page in WRITE:
        assert client.post(url(inside, page), posted(town)).status_code == 404
    assert Listing.objects.get(pk=inside.pk).visibility == "city_hall"
