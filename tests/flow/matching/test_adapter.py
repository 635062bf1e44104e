"""From rows to the engine's values: everything arrives, in a constant number of queries."""

import datetime as dt

from django.db import connection
from django.test.utils import CaptureQueriesContext

from musubi.flow.actors.models import Credential
from musubi.flow.listings.enums import Side
from musubi.flow.listings.models import Listing
from musubi.flow.listings.queries import with_parts
from musubi.flow.matching.adapter import AreaPath, listing_values
from tests import factories
from tests.factories import Town

TODAY = dt.date(2026, 11, 21)


def values(listings: object = None) -> list[object]:
    rows = with_parts(Listing.objects.select_related("actor", "menu_item").order_by("pk"))
    return listing_values(rows, today=TODAY)


def credential(town: Town, kind: str, **changes: object) -> None:
    fields = {
        "title": "登録団体",
        "issuer_name": "結浜市",
        "valid_from": dt.date(2026, 1, 1),
        "given_at": dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
    }
    Credential.objects.create(actor=town.actor, kind=kind, **{**fields, **changes})


def test_everything_the_engine_knows_arrives(town: Town) -> None:
    town.town.lat, town.town.lng = 35.1, 140.1
    town.town.save()
    credential(town, "registration")
    credential(town, "endorsement", valid_until=dt.date(2026, 2, 1))
    listing = factories.make_listing(
        town.actor,
        Side.OFFER,
        template="menu",
        title="集会所",
        body="お貸しします。",
        areas=[town.wards[0]],
        town="浜町一丁目",
        lines=[("place", "台所つき", 40, "capacity"), ("goods", "長机", None, "")],
        windows=[
            {
                "starts_on": dt.date(2027, 4, 1),
                "ends_on": None,
                "weekdays": [5, 6],
                "opens": dt.time(9),
                "closes": dt.time(17),
            }
        ],
        conditions=["no_food"],
        wanted_kinds=["npo"],
        fields=[1, 13],
        menu={"can_do": "貸します", "cannot_do": "運べません"},
    )
    (value,) = values()
    assert (value.ref, value.side, value.title, value.body) == (
        str(listing.pk),
        "offer",
        "集会所",
        "お貸しします。",
    )
    assert (value.actor, value.actor_name, value.actor_kind) == (
        str(town.actor.pk),
        town.actor.name,
        "neighborhood_association",
    )
    assert [(line.resource, line.what, line.amount, line.unit) for line in value.lines] == [
        ("place", "台所つき", 40, "capacity"),
        ("goods", "長机", None, None),
    ]
    prefecture = town.city.parent
    assert value.areas == (
        AreaPath(
            codes=(prefecture.code, town.city.code, town.wards[0].code),
            names=("みそら県", "結浜市", "港区"),
        ),
    )
    assert (value.town, value.point) == ("浜町一丁目", (35.1, 140.1))
    (window,) = value.windows
    assert (window.start, window.end, window.weekdays) == (dt.date(2027, 4, 1), None, frozenset({5, 6}))
    assert (window.opens, window.closes, window.least) == (dt.time(9), dt.time(17), None)
    assert (value.conditions, value.wanted_kinds, value.fields) == (
        frozenset({"no_food"}),
        frozenset({"npo"}),
        frozenset({1, 13}),
    )
    assert [(row.kind, row.issuer, row.until) for row in value.credentials] == [
        ("registration", "結浜市", None)
    ]
    assert value.registered
    assert (value.can_do, value.cannot_do, value.state) == ("貸します", "運べません", "published")


def test_a_town_of_another_ward_has_no_point_here(town: Town) -> None:
    town.town.lat, town.town.lng = 35.1, 140.1
    town.town.save()
    factories.make_listing(town.actor, areas=[town.wards[1]], town="浜町一丁目")
    (value,) = values()
    assert value.point is None
    assert not value.registered


def test_one_and_fifty_listings_take_the_same_queries(town: Town) -> None:
    def grow(number: int) -> None:
        for _number in range(number):
            factories.make_listing(
                factories.make_actor(town.municipality),
                areas=town.wards,
                town="浜町一丁目",
                lines=[("place", "部屋", None, "")],
                windows=[{"weekdays": [1]}],
            )

    grow(1)
    with CaptureQueriesContext(connection) as one:
        values()
    grow(49)
    with CaptureQueriesContext(connection) as fifty:
        values()
    assert len(one) == len(fifty)


def test_the_authors_concepts_stand_over_what_the_engine_would_read(town: Town) -> None:
    factories.make_listing(town.actor, title="台所を探しています")
    factories.make_listing(town.actor, title="台所を探しています", concepts=["防災"])
    factories.make_listing(town.actor, title="台所を探しています", concepts=[])
    assert [value.concepts for value in values()] == [None, {"防災"}, frozenset()]
