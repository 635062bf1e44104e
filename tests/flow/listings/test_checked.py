"""What no form offers is stored by no service either."""

import datetime as dt
from contextlib import nullcontext
from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from musubi.base.common.enums import Source
from musubi.flow.listings import services
from musubi.flow.listings.enums import Side, Template
from musubi.flow.listings.models import Listing
from musubi.flow.listings.services import Content, LineValue, WindowValue, content_of
from tests import factories
from tests.factories import Town

from .samples import hall_needed

WRONG = [
    ({"visibility": "nonsense"}, "だれに見せるか"),
    ({"visibility": ""}, "だれに見せるか"),
    ({"conditions": ("x",)}, "条件"),
    ({"wanted_kinds": ("friends",)}, "どんな相手"),
    ({"fields": (21,)}, "活動の分野"),
    ({"lines": (LineValue(resource="gold"),)}, "種類と単位"),
    ({"lines": (LineValue(resource="place", amount=1, unit="miles"),)}, "種類と単位"),
    ({"windows": (WindowValue(least_minutes=14),)}, "15分から24時間"),
    ({"windows": (WindowValue(least_minutes=1441),)}, "15分から24時間"),
]


def create(town: Town, now: dt.datetime, content: Content) -> Listing:
    return services.create_draft(
        actor=town.actor, side=Side.NEED, template=Template.PLACE, by=town.owner, now=now, content=content
    )


@pytest.mark.parametrize(("minutes", "is_stored"), [(14, False), (15, True), (1440, True), (1441, False)])
def test_the_database_keeps_a_length_within_a_day(town: Town, minutes: int, is_stored: bool) -> None:
    listing = factories.make_listing(town.actor, Side.NEED)
    refused = nullcontext() if is_stored else pytest.raises(IntegrityError, match="length_within_a_day")
    with refused, transaction.atomic():
        listing.availabilities.create(least_minutes=minutes)


@pytest.mark.parametrize(("change", "sentence"), WRONG)
def test_a_value_of_no_list_is_refused_by_each_verb(
    town: Town, now: dt.datetime, change: dict[str, object], sentence: str
) -> None:
    wrong = hall_needed(town, **change)
    with pytest.raises(ValidationError, match=sentence):
        create(town, now, wrong)
    with pytest.raises(ValidationError, match=sentence):
        services.enter_listing(
            actor=town.actor, side=Side.NEED, template=Template.PLACE, source=Source.PAPER, content=wrong,
            by=town.coordinator, now=now,
        )  # fmt: skip
    listing = create(town, now, hall_needed(town))
    with pytest.raises(ValidationError, match=sentence):
        services.save_listing(listing=listing, content=wrong, version=1, by=town.owner, now=now)
    assert content_of(Listing.objects.get(pk=listing.pk)) == hall_needed(town)


def test_a_length_is_a_needs_only(town: Town, now: dt.datetime) -> None:
    plain, sentence = hall_needed(town, windows=(WindowValue(weekdays=(5,)),)), "ニーズにだけ"
    timed = replace(plain, windows=(WindowValue(weekdays=(5,), least_minutes=120),))
    assert content_of(create(town, now, timed)) == timed

    def offer(content: Content) -> Listing:
        return services.create_draft(
            actor=town.actor,
            side=Side.OFFER,
            template=Template.PLACE,
            by=town.owner,
            now=now,
            content=content,
        )

    with pytest.raises(ValidationError, match=sentence):
        offer(timed)
    listing = offer(plain)
    with pytest.raises(ValidationError, match=sentence):
        services.save_listing(listing=listing, content=timed, version=1, by=town.owner, now=now)
    assert content_of(Listing.objects.get(pk=listing.pk)) == plain
    listing.availabilities.update(least_minutes=120)
    with pytest.raises(ValidationError, match=sentence):
        services.publish_listing(listing=listing, by=town.owner, now=now)


def test_areas_lie_within_the_town(town: Town, other_town: Town, now: dt.datetime) -> None:
    for area in (other_town.city, other_town.wards[0], town.city.parent):
        assert area is not None
        with pytest.raises(ValidationError, match="この町の中から"):
            create(town, now, hall_needed(town, area_ids=(town.wards[0].pk, area.pk)))
    within = (town.city.pk, town.wards[1].pk, town.town.pk)
    assert set(content_of(create(town, now, hall_needed(town, area_ids=within))).area_ids) == set(within)


def test_what_a_draft_holds_is_looked_at_again_on_publishing(
    town: Town, other_town: Town, now: dt.datetime
) -> None:
    level, place = create(town, now, hall_needed(town)), create(town, now, hall_needed(town))
    Listing.objects.filter(pk=level.pk).update(visibility="nonsense")
    place.areas.add(other_town.city)
    for listing, sentence in ((level, "だれに見せるか"), (place, "この町の中から")):
        with pytest.raises(ValidationError, match=sentence):
            services.publish_listing(listing=listing, by=town.owner, now=now)


def test_the_places_that_a_file_brought_may_stay(town: Town, other_town: Town, now: dt.datetime) -> None:
    listing = factories.make_listing(
        town.actor, source=Source.IMPORT, entered_by=town.officer, areas=[other_town.city],
        lines=[("place", "部屋", 30, "capacity")],
    )  # fmt: skip
    content = replace(content_of(listing), title="題名を直しました")
    saved = services.save_listing(listing=listing, content=content, version=1, by=town.officer, now=now)
    assert content_of(saved).area_ids == (other_town.city.pk,)
    more = replace(content, area_ids=(other_town.city.pk, other_town.wards[0].pk))
    with pytest.raises(ValidationError, match="この町の中から"):
        services.save_listing(listing=saved, content=more, version=2, by=town.officer, now=now)
