"""What a later stage does with a listing for those who have no right on it themselves."""

import datetime as dt

import pytest

from musubi.base.audit.queries import events_about
from musubi.base.index.queries import search
from musubi.flow.listings import services
from musubi.flow.listings.enums import ListingState
from tests.factories import Town, make_listing

ENDS = {
    "arrange": {"published": "reserved"},
    "unarrange": {"reserved": "published"},
    "settle": {"published": "fulfilled", "reserved": "fulfilled"},
}
RECORDED = {"arrange": "listing.reserve", "unarrange": "listing.release", "settle": "listing.fulfil"}


@pytest.mark.parametrize("state", ListingState.values)
@pytest.mark.parametrize("verb", list(ENDS))
def test_what_its_people_have_closed_stays_as_they_left_it(
    town: Town, now: dt.datetime, verb: str, state: str
) -> None:
    listing = make_listing(town.actor, state=state)
    moved = getattr(services, f"{verb}_listing")(listing=listing, by=town.citizen, now=now)
    listing.refresh_from_db()
    assert moved.state == listing.state == ENDS[verb].get(state, state)
    recorded = [event.verb for event in events_about(listing)]
    assert recorded == ([RECORDED[verb]] if state in ENDS[verb] else [])


def test_the_index_follows(town: Town, now: dt.datetime) -> None:
    listing = make_listing(town.actor, title="夏祭りのやぐら")
    services.arrange_listing(listing=listing, by=None, now=now)
    reserved = [frozenset({"st:reserved"})]
    found = search(partitions=[town.municipality.pk], text="やぐら", facets=reserved)
    assert [ref.object_id for ref in found.refs] == [listing.pk]
